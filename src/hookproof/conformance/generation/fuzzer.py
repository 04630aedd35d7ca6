"""Generates payloads with schemathesis; the only module that knows it.

schemathesis takes a document with `paths` and sends to an app. It gets a document made
for one callback and an app that answers 200 to everything: its payloads are collected,
and sent later by our own transport, which keeps deadlines. It also ignores `webhooks`,
so a run without a single payload is an error and not a success.
"""

from __future__ import annotations

import os
import random
import tempfile
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from math import inf
from typing import TYPE_CHECKING, Any, Final

from hookproof.conformance.cases.marks import marks_of
from hookproof.conformance.cases.moments import timed_as
from hookproof.conformance.generation.descriptions import NOTHING_SAID, describe
from hookproof.conformance.generation.fuzzer_schema import (
    LONGEST_TEXT,
    TEXT_FORMAT,
    URL_FORMAT,
    lower,
    mend,
    nest,
    plain_numbers,
)
from hookproof.conformance.sending.session import TimeIsUp
from hookproof.errors import DependencyMissing, HookproofError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from hookproof.contract import Callback


def crossed(payloads: Sequence[Any], *, chance: random.Random) -> Iterator[dict[str, Any]]:
    """Objects with each field from one of two payloads; without end, or none without objects."""
    objects = [payload for payload in payloads if isinstance(payload, dict)]
    while objects:
        one, other = chance.choice(objects), chance.choice(objects)
        yield {
            name: other[name] if name in other and chance.random() < _HALF else value
            for name, value in one.items()
        }


def disturbed(
    broken: Sequence[Any], payloads: Sequence[Any], *, chance: random.Random
) -> Iterator[dict[str, Any]]:
    """Broken objects with one field from another payload, so that most stay broken."""
    objects = [payload for payload in broken if isinstance(payload, dict) and payload]
    others = [payload for payload in payloads if isinstance(payload, dict)]
    while objects and others:
        one, other = chance.choice(objects), chance.choice(others)
        name = chance.choice(list(one))
        yield {**one, name: other.get(name, one[name])}


_HALF = 0.5


# Adaptation to answers would make the payloads depend on the receiver.
_OFF: Final = {"extra-data-sources": {"responses": False}}

_INSIDE: Final = ("_get_local_constants", "Constants", "CONSTANTS_CACHE")

# So many are drawn by the fuzzer where any are wanted, and at least a fifth of them.
_DRAWN: Final = 20
_DRAWN_AT_MOST: Final = 400
_TRIES: Final = 20


@dataclass(frozen=True, slots=True)
class Generated:
    """One payload: a JSON value, or bytes where the fuzzer broke the syntax.

    `breaks` tells what it was made for; whether it does is judged from the bytes sent.
    """

    payload: Any
    breaks: bool
    description: str


def generate_payloads(
    callback: Callback, *, seed: int, conforming: int, broken: int, within: float = inf
) -> list[Generated]:
    """Payloads of the coverage phase, filled up with fuzzed ones to about so many of each kind.

    The same seed gives the same payloads, and fewer drawn ones where they are not made `within`
    so many seconds. Raises DependencyMissing without schemathesis, and TimeIsUp where there was
    not even time for the first.
    """
    end = time.monotonic() + within
    with _nothing_of_local_code():
        found = _generate(lower(callback), seed, {False: conforming, True: broken}, end)
    if not found and time.monotonic() >= end:
        raise TimeIsUp
    if not found:
        raise HookproofError(f"nothing was generated for {callback.path}")
    return [
        Generated(_travelling(callback, case, number), case.breaks, case.description)
        for number, case in enumerate(found)
    ]


def _travelling(callback: Callback, case: Generated, number: int) -> Any:
    """A generated payload as it travels; every other one that is to conform is mended.

    What conforms has the moments of an example, for chance knows no order in time.
    """
    payload = nest(callback.schema, plain_numbers(case.payload))
    if case.breaks:
        return payload
    if not number % 2:
        payload = mend(callback, payload, turn=number // 2)
    example = callback.examples[number % len(callback.examples)].payload
    return timed_as(payload, example, marks_of(callback.schema, word="x-moment"))


def _generate(
    schema: dict[str, Any], seed: int, wanted: dict[bool, int], end: float
) -> list[Generated]:
    found = list(_run(schema, seed=seed, mode="all", count=0, end=end))
    for breaks, count in wanted.items():
        # The coverage phase is cheap and minimal; the fuzzer is not, so it gives a part of what
        # is still wanted, and the rest is crossed from all that there is.
        missing = count - sum(case.breaks is breaks for case in found)
        if missing > 0:
            mode = "negative" if breaks else "positive"
            drawn = min(missing, max(missing // 5, _DRAWN), _DRAWN_AT_MOST)
            found += _run(schema, seed=seed, mode=mode, count=drawn, end=end)
            missing = count - sum(case.breaks is breaks for case in found)
            found += islice(_crossed(found, seed, breaks=breaks), max(missing, 0))
    return found


def _crossed(found: list[Generated], seed: int, *, breaks: bool) -> Iterator[Generated]:
    chance = random.Random(f"{seed} {breaks}")  # noqa: S311 - payloads of a test
    kinds = {kind: [one.payload for one in found if one.breaks is kind] for kind in (False, True)}
    payloads = (
        disturbed(kinds[True], kinds[False], chance=chance)
        if breaks
        else crossed(kinds[False], chance=chance)
    )
    known = {repr(payload) for payload in kinds[breaks]}
    # Of few payloads there are few crossings, and after a while only known ones come.
    for payload in islice(payloads, _TRIES * len(known)):
        if repr(payload) not in known:
            known.add(repr(payload))
            yield Generated(payload, breaks, NOTHING_SAID)


@contextmanager
def _nothing_of_local_code() -> Iterator[None]:
    """Keep Hypothesis from drawing the constants of whatever modules are imported by now.

    With them the same seed would give other payloads in a checkout, in a user's tests, and
    after a finding that made us import one more module of our own.
    """
    _engine()
    from hypothesis.internal.conjecture import providers  # noqa: PLC0415 - slow, and an extra

    inside: Any = providers
    if not all(hasattr(inside, part) for part in _INSIDE):
        yield  # another Hypothesis: it generates all the same
        return
    collect = inside._get_local_constants  # noqa: SLF001 - there is no setting for it
    inside._get_local_constants = inside.Constants  # noqa: SLF001
    inside.CONSTANTS_CACHE.cache.clear()
    try:
        yield
    finally:
        inside._get_local_constants = collect  # noqa: SLF001
        inside.CONSTANTS_CACHE.cache.clear()


def _run(
    schema: dict[str, Any], *, seed: int, mode: str, count: int, end: float
) -> Iterator[Generated]:
    if time.monotonic() >= end:
        return
    engine = _engine()
    config = engine.Config.from_dict(_config(seed=seed, mode=mode, count=count))
    operations = engine.from_dict(_document(schema), config=config)
    operations.app = _accept_all
    events = engine.from_schema(operations).execute()
    with _stopped_at(end, events.stop) as time_is_up:
        for event in events:
            # It takes Ctrl-C for a wish to end early, and so it tells of a stop as well.
            if isinstance(event, engine.events.Interrupted) and not time_is_up.is_set():
                raise KeyboardInterrupt
            if isinstance(event, engine.events.FatalError):
                raise HookproofError(f"the generator failed: {event.exception}")
            if isinstance(event, engine.events.ScenarioFinished):
                for node in event.recorder.cases.values():
                    yield from _collect(node.value)


@contextmanager
def _stopped_at(end: float, stop: Callable[[], None]) -> Iterator[threading.Event]:
    """Stop the engine at a reading of the steady clock; what it has made until then counts.

    The engine has no say in it between two events, and a single one may take minutes. Gives what
    is set as soon as that has happened.
    """
    time_is_up = threading.Event()

    def end_it() -> None:
        time_is_up.set()
        stop()

    left = max(end - time.monotonic(), 0)
    timer = threading.Timer(min(left, threading.TIMEOUT_MAX), end_it)
    timer.daemon = True
    timer.start()
    try:
        yield time_is_up
    finally:
        timer.cancel()


def _collect(case: Any) -> Iterator[Generated]:
    if case.meta is None or type(case.body).__name__ == "NotSet":
        return
    description = getattr(case.meta.phase.data, "description", None)
    yield Generated(
        case.body,
        case.meta.generation.mode.is_negative,
        describe(description),
    )


@dataclass(frozen=True, slots=True)
class _Engine:
    Config: Any
    from_dict: Any
    from_schema: Any
    events: Any


def _engine() -> _Engine:
    # Hypothesis writes what it learns into the working folder unless told otherwise.
    os.environ.setdefault("HYPOTHESIS_STORAGE_DIRECTORY", tempfile.gettempdir() + "/hookproof")
    try:
        import schemathesis  # noqa: PLC0415 - slow, and an extra
        from schemathesis.engine import events, from_schema  # noqa: PLC0415
    except ImportError:
        raise DependencyMissing("schemathesis", extra="test") from None
    _register_formats(schemathesis)
    return _Engine(schemathesis.Config, schemathesis.openapi.from_dict, from_schema, events)


def _register_formats(schemathesis: Any) -> None:
    from hypothesis import strategies  # noqa: PLC0415

    # One number is one draw, where a text costs a draw for each character.
    numbers = strategies.integers(0, 999_999)
    urls = numbers.map(lambda n: _URLS[n % len(_URLS)].format(n))
    schemathesis.openapi.format(URL_FORMAT, urls)
    texts = numbers.map(lambda n: f"id-{n}" if n % 2 else _ODD_TEXTS[n // 2 % len(_ODD_TEXTS)])
    schemathesis.openapi.format(TEXT_FORMAT, texts)


_URLS: Final = (
    "https://media.example.com/{}.mp4",
    "http://media.example.com/live/{}/index.m3u8?t=1",
    "https://media.example.com/{}.flv?sign=a%2Fb%3D&x=1+2",
    "https://media.example.com/%E4%B8%AD/{}.mp4",
)

# What goes wrong in real receivers: quotes, escapes, what looks like markup or a number,
# other scripts, characters beyond 16 bits, combining and right-to-left ones.
_ODD_TEXTS: Final = (
    "a b",
    'say "hi"',
    "it's",
    "back\\slash",
    "a/b?c=d&e=f+g%20h",
    '{"a":1}',
    "<b>bold</b>",
    "null",
    "0",
    "-1",
    "007",
    "1e5",
    "true",
    "\u00fc\u00df\u00e9",
    "\u76f4\u64ad\u95f4",
    "\u65e5\u672c\u8a9e",
    "\u0627\u0644\u0628\u062b",
    "e\u0301",
    "\U0001f3a5\U0001f468\u200d\U0001f469\u200d\U0001f467",
    "\U00020bb7",
    "x" * LONGEST_TEXT,
)


def _config(*, seed: int, mode: str, count: int) -> dict[str, Any]:
    return {
        # No base-url: the probes that cannot be turned off would go there, through any proxy.
        "seed": seed,
        "continue-on-failure": True,
        "warnings": False,
        "cache": {"enabled": False},
        # What the app answers means nothing, and each fault found in it is written as a command.
        "checks": {"enabled": False},
        # It would take words of our own source for values, in a checkout and not once installed.
        "analysis": {"constants": {"enabled": False}},
        # NUL is no character that a vendor sends, and many a database refuses it.
        "generation": {
            "mode": mode,
            "max-examples": max(count, 1),
            "database": "none",
            "allow-x00": False,
        },
        "phases": {
            "examples": {"enabled": False},
            "stateful": {"enabled": False},
            "coverage": {"enabled": count == 0, "unexpected-methods": [], **_OFF},
            "fuzzing": {"enabled": count > 0, "error-feedback": {"enabled": False}, **_OFF},
        },
    }


def _document(schema: dict[str, Any]) -> dict[str, Any]:
    body = {"required": True, "content": {"application/json": {"schema": schema}}}
    operation = {"requestBody": body, "responses": {"default": {"description": "any"}}}
    return {
        "openapi": "3.1.0",
        "info": {"title": "derived", "version": "1"},
        "paths": {"/callback": {"post": operation}},
    }


def _accept_all(
    environ: dict[str, Any], start_response: Callable[[str, list[tuple[str, str]]], Any]
) -> Iterable[bytes]:
    environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b""]
