"""JSON pointers, written and read."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hookproof.payload.pointer import from_pointer, leaves, to_pointer, with_leaves


@pytest.mark.parametrize(
    ("path", "pointer"),
    [
        ((), ""),
        (("",), "/"),
        (("a",), "/a"),
        (("a", 0, "b"), "/a/0/b"),
        (("a/b", "m~n"), "/a~1b/m~0n"),
        (("~1",), "/~01"),
        (("c%d", " ", "中", '"', "-"), '/c%d/ /中/"/-'),
    ],
)
def test_a_path_is_written_as_a_pointer(path: tuple[str | int, ...], pointer: str) -> None:
    """A pointer escapes "~" and "/", and the whole document is the empty pointer."""
    assert to_pointer(path) == pointer
    assert from_pointer(pointer) == tuple(str(part) for part in path)


@given(st.lists(st.text(alphabet=st.sampled_from("a~/01")) | st.text()))
@settings(max_examples=200, derandomize=True, database=None, deadline=None)
def test_a_pointer_leads_back_to_its_path(path: list[str]) -> None:
    """Any path comes back from its pointer."""
    assert from_pointer(to_pointer(tuple(path))) == tuple(path)


def test_leaves_are_what_holds_nothing_else() -> None:
    """In their order, each at its place; what is empty is one itself."""
    value = {"a": [1, {"b": None}], "c": {}, "d": [], "e": "x"}
    found = [(("a", 0), 1), (("a", 1, "b"), None), (("c",), {}), (("d",), []), (("e",), "x")]
    assert list(leaves(value)) == found
    assert list(leaves(3, ("z",))) == [(("z",), 3)]


def test_leaves_are_changed_where_they_stand() -> None:
    """Names, and what is empty, stay."""
    value = {"1": [1, {"b": 2}], "c": {}, "d": []}
    assert with_leaves(value, str) == {"1": ["1", {"b": "2"}], "c": {}, "d": []}
