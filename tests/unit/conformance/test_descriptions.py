"""The generator's sentences, told in the one notation of places and damages."""

from __future__ import annotations

import pytest

from hookproof.conformance.generation.descriptions import NOTHING_SAID, describe


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (None, NOTHING_SAID),
        ("", NOTHING_SAID),
        ("Positive test case", NOTHING_SAID),
        ("Malformed Content-Type: multipart/form-data without boundary", NOTHING_SAID),
        ("Missing required property: event", "/event missing"),
        ("extra_params -> Missing required property: Duration", "/extra_params/Duration missing"),
        ("a: b: Incorrect type", "/a/b holding another type"),
        ("Incorrect type", "a payload holding another type"),
        ("EventInfo -> RoomId: Value greater than maximum", "/EventInfo/RoomId holding too large"),
        (
            "user_list -> Array with invalid items: Missing required property: UserId",
            "/user_list/*/UserId missing",
        ),
        (
            "Object with valid 'extra_params' value: Object with valid 'n' value: Maximum value",
            "/extra_params/n holding the largest number",
        ),
        ("t: Value not matching the '^(0|[1-9]: x)$' pattern", "/t holding text of another form"),
        ("x: words of a later version", "/x holding a generated value"),
        (
            "Object with valid 'e' value: Object with all required properties and 'r'",
            "/e/r as the only optional field",
        ),
        ("a/b~c: Incorrect type", "/a~1b~0c holding another type"),
    ],
)
def test_a_sentence_is_told_as_a_place_and_what_was_done_to_it(said: str, told: str) -> None:
    """Whatever way the generator takes to a place, it is one pointer; what is unknown is no lie."""
    assert describe(said).startswith(told)
