"""Options on what captures are and how they are read, for each command that reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import click

if TYPE_CHECKING:
    from collections.abc import Callable

    from hookproof.capture.formats import ReadOptions

# Named here too, for importing the readers for their names would be slow.
_FORMATS: Final = (
    "body",
    "ndjson",
    "requests",
    "json",
    "log",
    "har",
    "http",
    "curl",
    "mitmproxy",
    "parquet",
)
_OPTIONS: Final = (
    click.option("--callback", metavar="NAME", help="Take every capture for this callback."),
    click.option(
        "--area",
        "areas",
        metavar="AREA",
        multiple=True,
        help="Only the callbacks of this area; repeatable.",
    ),
    click.option(
        "--body-form",
        type=click.Choice(["json", "form", "percent-json", "print_r"]),
        help="How the bodies are written.  [default: told by content]",
    ),
    click.option(
        "--input-format",
        type=click.Choice(_FORMATS),
        help="What the captures are.  [default: told by content]",
    ),
    click.option(
        "--body-field", metavar="NAME", default="body", help="Field of a record with the body."
    ),
    click.option(
        "--headers-field", metavar="NAME", default="headers", help="Field with the headers."
    ),
    click.option(
        "--time-field", metavar="NAME", default="received_at", help="Field with the moment."
    ),
)


def capture_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of a command that reads captures."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def read_options(*, body_field: str, headers_field: str, time_field: str) -> ReadOptions:
    """How records are read, by the options that name their fields."""
    from hookproof.capture.formats import ReadOptions

    return ReadOptions(body=body_field, headers=headers_field, received_at=time_field)
