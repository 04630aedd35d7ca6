"""`hookproof mcp`: the tools for a coding agent, over standard input and output."""

from __future__ import annotations

from pathlib import Path

import click

from hookproof.cli.exits import Exit
from hookproof.cli.options import allow_host_option, calls, contract_option
from hookproof.errors import DependencyMissing


@click.command(
    name="mcp",
    epilog=calls(
        "hookproof mcp",
        "hookproof mcp --allow-host staging.example.com",
        page="docs/agents.md",
    ),
)
@allow_host_option
@contract_option
def command(allowed: tuple[str, ...], contract_dir: Path | None) -> int:
    """Serve a coding agent: find, show, validate, test, replay, by the Model Context Protocol.

    An agent starts it, with this command in its configuration. It reads secrets from the
    environment that it is started in, and sends requests to this machine, and to each host that
    is named here, alone.
    """
    try:
        from hookproof.agent.server import serve_agent
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] != "mcp":
            raise
        raise DependencyMissing("mcp", extra="mcp") from None
    from hookproof.agent.command_line import CommandLine

    serve_agent(CommandLine(contract_dir and contract_dir.resolve(), allowed))
    return Exit.CLEAN
