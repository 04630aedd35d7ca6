"""What a sender asks for is done to a payload, in nested JSON too."""

from __future__ import annotations

import json

import pytest

from hookproof.errors import UsageError
from hookproof.sending.changes import Change, changed

PAYLOAD = {"a": "1", "list": [1, 2, 3], "text": '{"b": {"c": 5}, "d": [7]}'}


@pytest.mark.parametrize(
    ("change", "place", "value"),
    [
        (Change("/new", '{"x": [1]}'), ("new",), {"x": [1]}),
        (Change("/a", "7"), ("a",), "7"),
        (Change("/list/1", "9"), ("list",), [1, 9, 3]),
        (Change("/list/-", "9"), ("list",), [1, 2, 3, 9]),
        (Change("/list/0", None), ("list",), [2, 3]),
        (Change("/text/b/new", "words"), ("text", "b", "new"), "words"),
        (Change("/text/b/c", None), ("text", "b"), {}),
    ],
)
def test_a_change_is_made_where_it_belongs(change, place, value) -> None:
    """And nowhere else."""
    made = changed(PAYLOAD, [change])
    for part in place:
        made = json.loads(made) if isinstance(made, str) else made
        made = made[part]
    assert made == value


@pytest.mark.parametrize(
    "change", [Change("/none", None), Change("/list/7", "1"), Change("/a/b", "1")]
)
def test_a_place_that_is_not_there_is_said(change) -> None:
    """Rather than sending what was not meant."""
    with pytest.raises(UsageError, match=change.pointer):
        changed(PAYLOAD, [change])
