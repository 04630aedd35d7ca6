"""Tables of a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hookproof.report.markup import NOTHING, Markup, element, lines, text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence


def table(
    heads: Sequence[str],
    rows: Iterable[Sequence[Markup]],
    *,
    numbers: Collection[int] = (),
    caption: str = "",
) -> Markup:
    """A table whose first column names the rows; the columns in `numbers` are set right."""
    head = _row([element("th", text(name), **_column(i, numbers)) for i, name in enumerate(heads)])
    body = lines(*(_body_row(row, numbers) for row in rows))
    return element(
        "div",
        element(
            "table",
            element("caption", text(caption)) if caption else NOTHING,
            element("thead", head),
            element("tbody", body),
        ),
        class_="scroll",
    )


def _body_row(cells: Sequence[Markup], numbers: Collection[int]) -> Markup:
    first, *rest = cells
    name = element("th", first, scope="row")
    return _row([name, *(element("td", c, **_shade(i, numbers)) for i, c in enumerate(rest, 1))])


def _row(cells: Sequence[Markup]) -> Markup:
    return element("tr", *cells)


def _column(index: int, numbers: Collection[int]) -> dict[str, str]:
    return {"scope": "col", **_shade(index, numbers)}


def _shade(index: int, numbers: Collection[int]) -> dict[str, str]:
    return {"class_": "number"} if index in numbers else {}
