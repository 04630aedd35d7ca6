"""`hookproof completion`: what makes a shell complete commands, options, callbacks and areas."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

import click

from hookproof.cli.exits import Exit
from hookproof.cli.options import calls
from hookproof.errors import UsageError

_SHELLS: Final = ("bash", "zsh", "fish")
_VARIABLE: Final = "_HOOKPROOF_COMPLETE"


@click.command(
    name="completion",
    epilog=calls(
        "source <(hookproof completion bash)    # in ~/.bashrc",
        "hookproof completion fish > ~/.config/fish/completions/hookproof.fish",
        page="docs/testing.md",
    ),
)
@click.argument("shell", required=False, type=click.Choice(_SHELLS))
def command(shell: str | None) -> int:
    """Write the script that makes a SHELL complete `hookproof`; without one, for your own.

    Commands, options and their values are completed, callbacks and areas from the shipped contract.
    """
    from click.shell_completion import get_completion_class

    from hookproof.cli.main import hookproof

    chosen = shell or Path(os.environ.get("SHELL", "")).name
    if chosen not in _SHELLS:
        raise UsageError(
            "your shell is none that can be completed for", hint=f"name one: {', '.join(_SHELLS)}"
        )
    made = get_completion_class(chosen)
    if made is None:
        raise UsageError(f"this version of click completes nothing for {chosen}")
    try:
        click.echo(made(hookproof, {}, "hookproof", _VARIABLE).source())
    except RuntimeError as error:  # an old bash, or none
        raise UsageError(str(error)) from None
    return Exit.CLEAN
