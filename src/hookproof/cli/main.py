"""The command `hookproof`: finds the subcommand, and turns our errors into one line."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress
from functools import cache
from importlib import import_module
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NoReturn

import click

from hookproof.cli.exits import Exit
from hookproof.cli.settings.call import Call, file_options, make_configurable, said_of_the_file
from hookproof.errors import HookproofError, TargetUnreachable, UsageError
from hookproof.version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

# Name, and the line that --help shows: importing all commands for their help would be slow.
COMMANDS: Final = {
    "validate": "Validate captured payloads and say exactly what is wrong.",
    "sanitize": "Make captures fit for a public repository.",
    "test": "Contract-test a receiver over HTTP.",
    "replay": "Send the requests behind findings, or captures, again, freshly signed.",
    "explain": "Say what a finding's code means and how to mend it.",
    "list": "List the callbacks of the contract.",
    "show": "Show all that is known of a callback.",
    "send": "Send a callback as the vendor would, with its retries if you like.",
    "play": "Play callbacks that belong together, and prove that all ways lead to one state.",
    "compare": "Say what is new, mended and unchanged between two reports.",
    "serve": "Receive callbacks at your desk: verify, keep, show and forward them.",
    "outage": "Say how long a receiver may be down without losing an event.",
    "example": "Write an example of a callback, signed if you like.",
    "generate": "Write typed models of the callbacks, in Python or another language.",
    "vectors": "Write requests, and what a receiver has to make of each, for any language.",
    "diff": "Say what a change of the contract means to a receiver.",
    "contract": "Prove that a contract holds.",
    "mcp": "Serve a coding agent with tools, over standard input and output.",
    "completion": "Write what makes a shell complete this command.",
    "trust": "Trust a configuration file with secrets and targets.",
    "demo": "See the whole loop on receivers of our own.",
}


class _Commands(click.Group):
    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find a command; for a word that is none, say which one may have been meant."""
        name = args[0]
        if not name.startswith("-") and name not in COMMANDS and not ctx.resilient_parsing:
            from hookproof.cli.settings.file import meant

            hint = meant(name, COMMANDS) or f"known are {', '.join(COMMANDS)}"
            raise UsageError(f"there is no command {name!a}", hint=hint)
        return super().resolve_command(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        del ctx
        if cmd_name not in COMMANDS:
            return None
        return _command(cmd_name)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@cache
def _command(name: str) -> click.Command:
    command: click.Command = import_module(f"hookproof.cli.{name}").command
    # What is trusted no file may say, nor a variable that was set for something else.
    if name != "trust":
        make_configurable(command, name)
    return command


@click.group(
    cls=_Commands,
    params=file_options(),
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, prog_name="hookproof")
@click.pass_context
def hookproof(ctx: click.Context, /, **_: object) -> None:
    """The contract of vendors' server callbacks, and the tools on it.

    Exit codes: 0 clean, 1 findings, 2 wrong usage or a broken contract, 3 target
    unreachable, 4 incomplete, 70 a fault of hookproof's own.
    """
    ctx.ensure_object(Call).told = said_of_the_file(ctx)


def main(args: list[str] | None = None) -> NoReturn:
    """Run the command line and leave the process with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        # What a terminal cannot show comes as an escape, not as a traceback.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    call = Call()
    if args is None:
        _clean_up_when_ended()
    try:
        code = _run(args, call)
    except Exception as error:  # noqa: BLE001 - a fault of ours; its text may hold a secret
        # Python may wrap a signal's exception that comes while a class is made.
        if isinstance(error.__cause__, (SystemExit, KeyboardInterrupt)):
            sys.exit(getattr(error.__cause__, "code", Exit.INTERRUPTED))
        words = [*(sys.argv[1:] if args is None else args), *call.secret_options()]
        click.echo(crash_text(error, words, os.environ), err=True)
        code = Exit.BROKEN
    finally:
        if call.permission:
            call.permission.remember()
    sys.exit(code)


def _clean_up_when_ended() -> None:
    """Leave as from any other end where somebody ends the command: no temporary file stays."""

    def leave(number: int, _: object) -> NoReturn:
        raise SystemExit(128 + number)

    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        # nohup has it ignored, and that is to stay.
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, leave)


def _run(args: list[str] | None, call: Call) -> int:
    try:
        code: Any = hookproof.main(args, standalone_mode=False, obj=call)
    except HookproofError as error:
        click.echo(f"hookproof: {error}", err=True)
        return Exit.UNREACHABLE if isinstance(error, TargetUnreachable) else Exit.USAGE
    except click.ClickException as error:
        told = call.explain(error)
        if told is None:
            error.show()
        else:
            click.echo(f"hookproof: {told}", err=True)
        return error.exit_code
    except (click.Abort, KeyboardInterrupt) as ended:
        # Click takes each end of a file for Ctrl-D at a prompt, of which there is none here.
        if isinstance(ended.__cause__, EOFError):
            raise ended.__cause__ from None
        click.echo("hookproof: stopped", err=True)
        return Exit.INTERRUPTED
    except BrokenPipeError:
        # The reader of our output went away (`| head`); nothing is left to say to it.
        sys.stderr.close()
        return Exit.CLEAN
    except OSError as error:
        # A full disk behind our output, or a folder that turned unreadable under us.
        place = f"{error.filename}: " if error.filename else ""
        click.echo(f"hookproof: {place}{error.strerror or error}", err=True)
        # What could not be written is tried once more at the end, and that ends with 120.
        with suppress(OSError, AttributeError):
            sys.stdout.close()
        return Exit.USAGE
    return code if isinstance(code, int) else Exit.CLEAN


def crash_text(error: Exception, args: Sequence[str], environment: Mapping[str, str]) -> str:
    """The traceback of a fault of ours, with a line on top on what to do about it."""
    import traceback

    from hookproof.signature.veil import veil_of

    told = "".join(traceback.format_exception(error))
    veil = veil_of(_secrets_at_hand(args, environment))
    head = "hookproof: a fault of hookproof's own, not of the receiver or the captures"
    hint = "  hint: please report it with the lines below; secrets are taken out of them"
    return veil.over_text(f"{head}\n{hint}\n{told}")


def _secrets_at_hand(args: Sequence[str], environment: Mapping[str, str]) -> Iterator[bytes]:
    """Whatever may have been a secret of this call, by its environment and its options."""
    named = {name for name in environment if name.startswith("HOOKPROOF_SECRET")}
    named |= set(_values(args, "--secret-env"))
    for name in named & environment.keys():
        yield environment[name].encode("utf-8", "surrogateescape")
    for file in _values(args, "--secret-file"):
        with suppress(OSError, ValueError):
            yield Path(file).read_bytes().strip()


def _values(args: Sequence[str], option: str) -> Iterator[str]:
    """The values that an option was given."""
    for number, arg in enumerate(args):
        if arg.startswith(f"{option}="):
            yield arg.partition("=")[2]
        elif arg == option:
            yield from args[number + 1 : number + 2]
