"""Who wants to know of drift is told, each alone, and asked for what can be told to."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest

from hookproof.errors import UsageError
from hookproof.serve import alerts as under_test
from hookproof.serve.alerts import Alerts, deliver_to
from hookproof.serve.store import Store
from hookproof.signature.veil import veil_of

if TYPE_CHECKING:
    from pathlib import Path


def tell_again(store: Store, delivers: dict[str, Any]) -> list[str]:
    """Start with what did not arrive before; gives what is printed."""
    printed: list[str] = []
    watch = cast("Any", SimpleNamespace(look=lambda *_: []))
    page = "http://127.0.0.1:1/"
    Alerts(store, watch, delivers, page=page, veil=veil_of(set()), told=printed.append).close()
    return printed


def test_one_that_cannot_be_told_costs_the_others_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The others are told, at once and once; who was not is told at the next start."""
    monkeypatch.setattr(under_test, "_AGAIN", ())
    got: dict[str, list[Any]] = {"broken --now": [], "http://u:p@x/hidden": []}
    problems = {"broken --now": "exit code 3", "http://u:p@x/hidden": ""}

    def to(where: str) -> Any:
        def deliver(body: bytes) -> str:
            got[where].append(json.loads(body))
            return problems[where]

        return deliver

    delivers = {where: to(where) for where in got}
    store = Store(tmp_path / "captures.db")
    alert = json.dumps({"text": "a new field", "headers": []}).encode()
    new = "INSERT INTO told VALUES ('new', 1, x'7b7d', ?, 0)"
    store.write(lambda db: db.execute(new, (alert,)) and None)
    store.close()
    for said in ("a new field; the alert to broken failed: exit code 3", "a new field; alerted"):
        store = Store(tmp_path / "captures.db")
        assert tell_again(store, delivers) == [said]
        store.close()
        problems["broken --now"] = ""
    store = Store(tmp_path / "captures.db")
    assert tell_again(store, delivers) == []
    store.close()
    assert [len(one) for one in got.values()] == [2, 1]
    assert got["broken --now"][0] == {"text": "a new field"}


@pytest.mark.parametrize("where", ["no-such-command --x", "''", "'"])
def test_what_cannot_be_told_to_is_refused_at_once(where: str) -> None:
    """Not when something is to be told."""
    with pytest.raises(UsageError):
        deliver_to(where)


def test_a_command_that_fails_says_how() -> None:
    """By its exit code."""
    assert deliver_to("false")(b"") == "exit code 1"
    assert deliver_to("true")(b"") == ""
