"""Answers as reports show them."""

from __future__ import annotations

from dataclasses import replace

from unit.conformance.parts import answered, unanswered

from hookproof.conformance.judging.response_class import (
    Reaction,
    as_shown,
    is_put_off,
    react,
    tell,
)
from hookproof.contract.model import Success
from hookproof.http.answer import Outcome


def test_an_answer_is_shown_with_its_headers() -> None:
    """Status, headers, an empty line, then the body as it came."""
    answer = replace(answered(400, b"no\nway"), headers=(("Server", "x"), ("A", "1")))
    assert as_shown(answer) == "400\nServer: x\nA: 1\n\nno\nway"
    assert as_shown(answered(204)) == "204"


def test_an_answer_is_shown_in_part() -> None:
    """However much is answered, little of it is kept, and what is left out is counted."""
    headers = tuple((f"H{n}", "v" * 60_000) for n in range(100))
    shown = as_shown(replace(answered(200, b"x" * 65_536), headers=headers))
    assert len(shown) < 4000
    assert shown.endswith("x... and 64,536 bytes more")
    few = tuple((f"H{n}", "v") for n in range(100))
    assert as_shown(replace(answered(200), headers=few)).count("\n") == 20
    assert as_shown(answered(200, b"x" * 1001)).endswith("x... and 1 bytes more")
    whole = as_shown(answered(200, b"x" * 1000))
    assert whole == f"200\n\n{'x' * 1000}"


def test_a_header_ends_no_line() -> None:
    """Line ends and escapes in headers are visible, so that the body begins where it seems to."""
    answer = replace(answered(200, b"body"), headers=(("A", "1\n\nfalse body\x1b"),))
    assert as_shown(answer) == "200\nA: 1\\n\\nfalse body\\x1b\n\nbody"


def test_silence_is_told_in_words() -> None:
    """Without a status there is nothing to show but what happened."""
    assert as_shown(unanswered(Outcome.RESET)).startswith("no answer: reset")


def test_a_page_is_told_by_its_title() -> None:
    """What frameworks answer begins with a style; the title says what went wrong."""
    page = b"<!DOCTYPE html><html><head><style>" + b"a{}" * 90 + b"</style>"
    told = tell(answered(403, page + b"<title>CSRF &amp; cookies</title>"))
    assert told == "403 CSRF & cookies"
    assert tell(answered(403, b" no ")) == "403 no"


def test_no_answer_is_told_once() -> None:
    """What the detail says already is not said before it."""
    closed = replace(unanswered(Outcome.CLOSED), detail="the connection was closed")
    assert tell(closed) == "no answer: the connection was closed"


def test_a_vendor_tries_again_after_silence_and_what_says_not_now() -> None:
    """Nothing that came, a proxy without a server, and too many requests may pass by themselves."""
    later = [answered(429), answered(502), answered(503), answered(504)]
    later += map(unanswered, (Outcome.TIMEOUT, Outcome.RESET, Outcome.CLOSED))
    assert all(map(is_put_off, later))
    now = [answered(200), answered(400), answered(500), unanswered(Outcome.NOT_HTTP)]
    assert not any(map(is_put_off, now))


def test_what_did_not_end_well_is_no_answer() -> None:
    """A status that came before the end broke off says nothing, nor does an end without one."""
    half = replace(answered(200), outcome=Outcome.TIMEOUT)
    nothing = replace(answered(200), status=None)
    assert {react(one, Success("2XX")) for one in (half, nothing)} == {Reaction.NO_ANSWER}
    assert react(answered(200), Success("2XX")) is Reaction.ACCEPTED


def test_what_is_known_of_silence_is_told_with_it() -> None:
    """In brackets, and nothing where nothing is known."""
    assert tell(unanswered(Outcome.NOT_HTTP, "a banner")).endswith(" (a banner)")
    assert "(" not in tell(unanswered(Outcome.NOT_HTTP))
