"""What `serve` prints as captures come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hookproof.cli.live import Live
from hookproof.report.ink import Ink
from hookproof.serve.store import Stored
from hookproof.signature.veil import veil_of

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest


def test_a_flood_is_counted(capsys: pytest.CaptureFixture[str]) -> None:
    """Some of each second have a line, and of all others it is said how many they are."""
    now, planned = 0.0, list[tuple[float, "Callable[[], None]"]]()
    live = Live(
        Ink(),
        veil_of({b"secret-word"}),
        later=lambda seconds, what: planned.append((seconds, what)),
        clock=lambda: now,
    )
    row = Stored(7, 0.0, "POST", "/secret-word", (), b"", status=200)
    live.tell([row] * 15)
    live.tell([row] * 15)
    live.tell([row] * 1500)
    told = capsys.readouterr().out
    assert told.count("#7  200  POST /") == 20
    assert "secret-word" not in told
    [(seconds, what)] = planned
    assert seconds == 1
    now = 1.0
    what()
    live.tell([row])
    assert "1,510 more captures, on the page" in (told := capsys.readouterr().out)
    assert told.count("#7") == 1
    now = 5.0
    live.sum_up()
    assert capsys.readouterr().out == ""
