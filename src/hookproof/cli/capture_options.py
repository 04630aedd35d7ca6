"""Options on what captures are and how they are read, for each command that reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import click

from hookproof.cli import completed

if TYPE_CHECKING:
    from collections.abc import Callable

    from hookproof.captures.formats import ReadOptions


class InputFormat(click.ParamType[str]):
    """The name of a capture format; the readers are imported only where one is asked for."""

    name = "FORMAT"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Take a name that stands in the table of formats."""
        names = self.names()
        if value not in names:
            self.fail(f"{value!r} is not one of {', '.join(names)}", param, ctx)
        return value

    def names(self) -> list[str]:
        """All formats, those first that are told by a mark."""
        from hookproof.captures.formats import formats

        return [format_.name for format_ in formats()]


INPUT_FORMAT: Final = InputFormat()


_OPTIONS: Final = (
    click.option(
        "--callback",
        shell_complete=completed.callbacks,
        metavar="NAME",
        help="Take every capture for this callback.",
    ),
    completed.area_option("Only the callbacks of this area; repeatable."),
    click.option(
        "--body-form",
        type=click.Choice(["json", "form", "percent-json", "print_r"]),
        help="How the bodies are written.  [default: told by content]",
    ),
    click.option(
        "--input-format",
        type=INPUT_FORMAT,
        metavar="FORMAT",
        help="What the captures are; a wrong name lists them all.  [default: told by content]",
    ),
    click.option(
        "--body-field",
        metavar="NAME",
        help="The captures are records, and this field of them holds the body; a path as a.b "
        "leads into objects and lists.  [default: found by content]",
    ),
    click.option(
        "--headers-field", metavar="NAME", default="headers", help="Field with the headers."
    ),
    click.option("--url-field", metavar="NAME", default="url", help="Field with the URL."),
    click.option("--method-field", metavar="NAME", default="method", help="Field with the method."),
    click.option(
        "--time-field", metavar="NAME", default="received_at", help="Field with the moment."
    ),
    click.option(
        "--url",
        "url_pattern",
        metavar="PATTERN",
        help="Only requests to such a URL: a part of it, or a pattern with * for any text.",
    ),
)


def capture_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of a command that reads captures."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def read_options(
    *,
    body_field: str | None,
    headers_field: str | None,
    url_field: str | None,
    method_field: str | None,
    time_field: str | None,
    url_pattern: str | None,
) -> ReadOptions:
    """How records are read, by the options that name their fields."""
    from hookproof.captures.formats import ReadOptions

    return ReadOptions(
        body=body_field or "body",
        headers=headers_field or "headers",
        url=url_field or "url",
        method=method_field or "method",
        received_at=time_field or "received_at",
        named=body_field is not None,
        url_pattern=url_pattern or "",
    )
