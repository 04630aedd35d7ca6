"""--area, and what a shell offers for the name of a callback, an area or a code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from hookproof.errors import HookproofError

if TYPE_CHECKING:
    from collections.abc import Callable

    from hookproof.contract import Contract


def callbacks(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """The full names that begin so, and the short ones of which there is one."""
    del param
    contract = _contract(ctx)
    names = contract.names() if contract else []
    events = [name.rpartition("/")[2] for name in names]
    short = [event for event in events if events.count(event) == 1]
    return [name for name in (*names, *short) if name.startswith(incomplete)]


def areas(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """The areas that begin so."""
    del param
    contract = _contract(ctx)
    return [area for area in contract.areas if area.startswith(incomplete)] if contract else []


def area_option(about: str) -> Callable[[Any], Any]:
    """--area, as often as it is given."""
    return click.option(
        "--area",
        "areas",
        shell_complete=areas,
        metavar="AREA",
        multiple=True,
        help=about,
    )


def codes(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """The codes of findings that begin so, in either letter case."""
    from hookproof.findings import CODES

    del ctx, param
    return [code for code in CODES if code.startswith(incomplete.upper())]


def _contract(ctx: click.Context) -> Contract | None:
    """The contract that the line names; None where it cannot be read, which no shell can show."""
    from hookproof.cli.options import open_contract

    try:
        return open_contract(ctx.params.get("contract_dir"))
    except HookproofError:
        return None
