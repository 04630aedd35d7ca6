"""The callbacks of a contract as a list, an area after the other."""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

from hookproof.describe.wording import discriminator_words
from hookproof.report.ink import plural, safe

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hookproof.contract.model import Listing
    from hookproof.report.ink import Ink


def render_list(listings: Sequence[Listing], *, ink: Ink) -> str:
    """A line for each callback: its event, what it is told by, what has happened."""
    lines = []
    named = max((len(one.event) for one in listings), default=0)
    told = max((len(discriminator_words(one.discriminator)) for one in listings), default=0)
    for area, group in groupby(listings, key=attrgetter("area")):
        members = list(group)
        lines.append(f"{ink.paint(area, 'bold')}  {plural(len(members), 'callback')}")
        for one in members:
            words = discriminator_words(one.discriminator)
            lines.append(f"  {one.event:<{named}}  {words:<{told}}  {safe(one.summary)}".rstrip())
    areas = len({one.area for one in listings})
    lines += ["", f"{plural(len(listings), 'callback')} in {plural(areas, 'area')}"]
    return "\n".join(lines) + "\n"
