"""What every report is written from, whatever was tried: one model, and one writer a format.

`of_receiver` and `of_captures` make it. A cause is what a person mends: findings of several
callbacks that show the same, with a number that all formats and `hookproof replay` share.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from hookproof.findings import CODES, Kind, Severity
from hookproof.report.ink import plural, safe
from hookproof.version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from hookproof.conformance.coverage.coverage import Share
    from hookproof.conformance.running.report import CallbackResult
    from hookproof.findings import CaptureFinding, Finding, ReceiverFinding
    from hookproof.validation_run.summary import CallbackTally, Place


# The characters of RFC 3986, less those that end a URL where it stands in prose.
_LINK: Final = re.compile(
    r"https?://[A-Za-z0-9.-]+(?::[0-9]+)?(?:[/?#][A-Za-z0-9._~:/?#@!$&*+,;=%-]*)?"
)


def link_in(source: str) -> str:
    """The http or https address that a source begins with, else ""."""
    found = _LINK.match(source)
    whole = found and source[found.end() : found.end() + 1] in {"", " "}
    return found[0] if found and whole else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """How a report came about, so that it can stand as evidence.

    `started` is in Unix seconds, `seconds` how long it took; None where nobody noted it.
    `contract` is the digest of the contract's files, `options` are by the command's names.
    """

    target: str = ""
    started: float | None = None
    seconds: float | None = None
    contract: str = ""
    options: Mapping[str, str | int | float | bool] = field(default_factory=dict)

    @property
    def moment(self) -> str:
        """When it began, in UTC; "" where nobody noted it."""
        if self.started is None:
            return ""
        return datetime.fromtimestamp(self.started, UTC).isoformat(timespec="seconds")

    @property
    def facts(self) -> dict[str, str]:
        """What is known of it, by label, for a person."""
        told = {
            "Target": self.target,
            "When": self.moment.replace("T", " ").replace("+00:00", " UTC"),
            "Duration": "" if self.seconds is None else f"{self.seconds:,.1f} s",
            "Tool": f"hookproof {__version__}",
            "Contract": f"sha256 {self.contract}" if self.contract else "",
            "Options": ", ".join(
                f"{name} {_option(value)}" for name, value in self.options.items()
            ),
        }
        return {label: text for label, text in told.items() if text}


@dataclass(frozen=True, slots=True)
class Way:
    """One of the ways in which a cause showed in a callback: what was sent, and the answer."""

    what: str
    got: str
    count: int
    case: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """A cause in one callback.

    `ways` are all the ways in which it showed, `places` where in the captures, `last` the last of
    those where it is not among them. `recipe` holds lines for a shell, `bodies` what they read
    from a file, by its name beside the report; `replay` is the command that sends it again from
    the JSON report. `example` is a masked body. `also_fails` are checks besides the cause's own.
    """

    finding: ReceiverFinding | CaptureFinding
    fingerprint: str
    count: int
    ways: tuple[Way, ...] = ()
    sent: str = ""
    answer: str = ""
    recipe: str = ""
    replay: str = ""
    bodies: Mapping[str, bytes] = field(default_factory=dict)
    places: tuple[Place, ...] = ()
    last: Place | None = None
    example: str = ""
    also_fails: tuple[str, ...] = ()

    @property
    def callback(self) -> str:
        """The callback's name, "" where it was not recognised."""
        return self.finding.callback

    @property
    def messages(self) -> list[str]:
        """All that was seen, each thing once: what was sent, and what came back."""
        message = self.finding.message
        others = [way for way in self.ways if not message.startswith(f"{way.what}: ")]
        return [message, *(f"{way.what}: got {way.got}" for way in others)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """What is wrong in one or more callbacks, told once.

    `wanted` and `got` say in a few words what should have come and what came, `case` is the
    number that the receiver was told, `facts` is all that is known besides, by label.
    """

    number: int
    severity: Severity
    code: str
    sightings: tuple[Sighting, ...]
    check: str = ""
    wanted: str = ""
    got: str = ""
    case: int | None = None
    facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """The title of its code."""
        return CODES[self.code].title

    @property
    def shown(self) -> Sighting:
        """The sighting that it is shown by."""
        return self.sightings[0]

    @property
    def count(self) -> int:
        """How often it was seen."""
        return sum(sighting.count for sighting in self.sightings)

    @property
    def callbacks(self) -> list[str]:
        """The callbacks, each once."""
        return list(dict.fromkeys(sighting.callback for sighting in self.sightings))

    @property
    def where(self) -> str:
        """The place in the payload that it is about, "" where that is the whole, or several."""
        places = {sighting.finding.where.lower() for sighting in self.sightings}
        return self.shown.finding.where if len(places) == 1 else ""

    @property
    def hint(self) -> str:
        """What to do next."""
        return self.shown.finding.hint

    @property
    def pages(self) -> list[str]:
        """The pages that document it, each once."""
        return list(dict.fromkeys(s.finding.source for s in self.sightings if s.finding.source))

    @property
    def damages(self) -> list[str]:
        """What was done to the place, each thing once; what is about the whole with its words."""
        whats = dict.fromkeys(way.what for sighting in self.sightings for way in sighting.ways)
        own = (what.removeprefix(f"{self.where} ") if self.where else what for what in whats)
        return list(dict.fromkeys(what.removeprefix("holding ") for what in own))

    @property
    def seen(self) -> list[tuple[Way, list[str]]]:
        """All ways in which it showed, each once, with the callbacks that showed it so."""
        found: dict[tuple[str, str], tuple[Way, list[str]]] = {}
        for sighting in self.sightings:
            own = Way(sighting.finding.message, "", sighting.count, None)
            for way in sighting.ways or (own,):
                known, names = found.get((way.what, way.got), (replace(way, count=0), []))
                both = replace(known, count=known.count + way.count)
                found[way.what, way.got] = (both, [*names, sighting.callback])
        return list(found.values())

    def summary(self, *, most: int | None = None) -> str:
        """What happened in one line: the title, the place, so many damages, and the answer."""
        damages, left = self.damages[:most], len(self.damages[most:]) if most else 0
        more = f", and {left} more" if left else ""
        what = listed(damages) + more if damages else self.shown.finding.message
        # Who speaks of a signature needs no word on where it is.
        # The name of a step to another place is none of this one.
        is_named = re.search(rf"\b{re.escape(self.where.rpartition('/')[2])}\b(?!/)", what)
        place = f"{self.where} " if self.where and not is_named else ""
        came = f": got {self.got}" if self.got and damages else ""
        return safe(f"{self.title}: {place}{what}{came}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A whole report: `tested` callbacks of a receiver, or callbacks that were `captured`.

    `verdict` is a word, `reason` says why the run proves less than was asked for, `beyond` what
    it did not come to. `asides` are
    lines on what lies beside the verdict, as what was not tested. `data` is what the JSON has of
    its own. `lead` is the verdict as a sentence, `unit` what was counted: requests, captures.
    `wanted` is what should be true where nothing is tested by callback: the checks of its causes.
    """

    subject: str
    verdict: str
    reason: str
    lead: str
    unit: str
    count: int
    run: Run
    causes: tuple[Cause, ...]
    data: Mapping[str, Any]
    beyond: str = ""
    asides: tuple[tuple[str, str], ...] = ()
    tested: Mapping[str, CallbackResult] = field(default_factory=dict)
    captured: Mapping[str, CallbackTally] = field(default_factory=dict)
    coverage: Mapping[str, Share] = field(default_factory=dict)
    latency: Mapping[str, float] = field(default_factory=dict)
    wanted: tuple[str, ...] = ()

    @property
    def names(self) -> list[str]:
        """The callbacks that the report is about."""
        return [*self.tested, *self.captured]

    @property
    def sightings(self) -> list[tuple[Cause, Sighting]]:
        """All sightings with their causes."""
        return [(cause, sighting) for cause in self.causes for sighting in cause.sightings]

    @property
    def totals(self) -> dict[str, int]:
        """How many causes of each severity, the heaviest first."""
        return {s.value: sum(cause.severity is s for cause in self.causes) for s in Severity}

    @property
    def headline(self) -> str:
        """The totals in one line, each with the word for what it counts."""
        wrong = [cause for cause in self.causes if cause.severity is not Severity.NOTE]
        callbacks = plural(len([name for name in self.names if name]), "callback")
        if wrong:
            named = len({name for cause in wrong for name in cause.callbacks})
            # Of captures all are counted, of a receiver those that differ.
            counts = [cause.count if self.captured else len(cause.sightings) for cause in wrong]
            found = plural(sum(counts), "finding")
            of_all = f"{named:,} of {callbacks}" if named < len(self.names) else callbacks
            weights = {kind: self.totals[kind] for kind in ("error", "warning")}
            kinds = ", ".join(plural(count, kind) for kind, count in weights.items() if count)
            told = f"{plural(len(wrong), 'cause')} in {of_all} ({found}): {kinds}"
        else:
            told = f"nothing wrong in {callbacks}"
        took = "" if self.run.seconds is None else f" in {_duration(self.run.seconds)}"
        why = "".join(f"; {safe(text)}" for text in (self.beyond, self.reason) if text)
        return f"{told}; {plural(self.count, self.unit)}{took}{why}"


# A forgery that is taken for genuine weighs more than a genuine callback that is not, or too late,
# both more than a payload that is not, and that more than what only a stranger sends.
_GRAVEST: Final = (
    *("HP407", "HP409", "HP433", "HP429", "HP401", "HP413", "HP405", "HP417", "HP427"),
)


def gravity(
    finding: Finding, callbacks: int, *, is_genuine: bool = False, loses: bool = False
) -> tuple[int, int, int]:
    """What findings are sorted by, the heaviest first; `callbacks` is how many show the same.

    `is_genuine` says that the genuine callback was not acknowledged, in whatever way, and `loses`
    that something else is not that the vendor sends.
    """
    code = "HP401" if is_genuine and finding.code not in _GRAVEST else finding.code
    rank = _GRAVEST.index(code) if code in _GRAVEST else len(_GRAVEST) + (not loses)
    return -finding.severity.weight, rank, -callbacks


def short_names(names: Iterable[str]) -> dict[str, str]:
    """Callbacks by their events alone where those are unique among them."""
    all_names = list(names)
    events = [name.rpartition("/")[2] for name in all_names]
    return {
        name: event if events.count(event) == 1 else name
        for name, event in zip(all_names, events, strict=True)
    }


def listed(damages: Sequence[str]) -> str:
    """Damages one after another, without the words that one begins with as the one before."""
    told = list(damages[:1])
    for before, damage in pairwise(damages):
        words = damage.split(" ")
        pairs = zip(words[:-1], before.split(" "), strict=False)
        same = len(list(takewhile(lambda pair: pair[0] == pair[1], pairs)))
        told.append(" ".join(words[same:]) if same > 1 else damage)
    return ", ".join(told)


def gist(answer: str) -> str:
    """An answer without what differs from one request to another: names, numbers, digests."""
    plain = re.sub(r"\"[^\"]*\"|'[^']*'|[0-9a-fA-F-]{8,}|[0-9]+", "#", answer)
    return plain[:60]


def _option(value: str | float) -> str:
    if isinstance(value, bool):
        return "on" if value else "off"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _duration(seconds: float) -> str:
    return f"{seconds:.1f} s" if seconds < 10 else f"{seconds:,.0f} s"


class Meaning(NamedTuple):
    """What a kind of finding means, and what to do about it."""

    means: str
    todo: str


MEANINGS: Final = {
    Kind.INVALID: Meaning(
        "breaks the contract",
        "find out who is wrong: the sender, what stood between, or the contract",
    ),
    Kind.SIGNATURE: Meaning(
        "may not come from the vendor",
        "rule out a wrong secret first; what remains must not be acted upon",
    ),
    Kind.UNREAD: Meaning(
        "was not judged, so nobody is to blame",
        "do what stands behind next, and run again",
    ),
    Kind.DRIFT: Meaning(
        "the vendor moved on",
        "look at the vendor's page, then bring contract and receiver up to date",
    ),
    Kind.QUIRK: Meaning(
        "valid, in one of several readings",
        "nothing is broken; make sure that your receiver takes both readings",
    ),
}


def kind_of(code: str) -> Kind:
    """The kind of a finding with a code."""
    return CODES[code].kind


def spot(place: Place) -> str:
    """`file:line:column (record 3)`, as far as those are known; safe for a terminal."""
    where = f":{place.line}:{place.column}" if place.line else ""
    record = f" (record {place.record:,})" if place.record else ""
    return f"{safe(place.file)}{where}{record}"
