"""Running `hookproof test` the ways its tests need it, each run checked for what none may show."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any, NamedTuple

import jsonschema
import pytest
from acceptance.receiver_runs import contract

from hookproof.cli import main
from hookproof.testing import Receiver, Reply, serve

if TYPE_CHECKING:
    from pathlib import Path

    from hookproof.testing.receiver import Incoming

CANARY = "CANARY_c0ffee+/=_DO_NOT_SHOW"
SECRETS = dict.fromkeys(contract().areas, CANARY.encode())
NOBODY = "http://127.0.0.1:9"
# So few requests leave nothing for the generator, which is slow to start.
FEW = ("--max-cases", "30")
# A product of each vendor, with every place that a signature is in; all of them take minutes.
TWO = ("--area", "tencent_gme", "--area", "zego_rtc")
TESTED = contract().names(TWO[1::2])


class Ran(NamedTuple):
    """What a run gave."""

    code: int
    out: str
    err: str

    @property
    def complaint(self) -> str:
        """What an error says; it is one line, and a second one with a hint at most."""
        lines = self.err.splitlines()
        assert len(lines) in {1, 2}, self.err
        assert lines[0].startswith("hookproof: ")
        assert all(line.startswith("  hint: ") for line in lines[1:])
        assert self.out == ""
        return self.err


def clean(ran: Ran) -> Ran:
    """The run, which shows neither a traceback nor the secret, whatever happened."""
    for text in (ran.out, ran.err):
        assert "Traceback" not in text
        assert "CANARY_c0ffee" not in text
    return ran


def execute(*args: Any, env: dict[str, str] | None = None) -> Ran:
    """Run `python -m hookproof test` in a process of its own, without secrets around."""
    around = {k: v for k, v in os.environ.items() if not k.startswith("HOOKPROOF_")}
    done = subprocess.run(
        [sys.executable, "-m", "hookproof", "test", *map(str, args)],
        capture_output=True,
        env={**around, **(env or {})},
        timeout=60,
        check=False,
        text=True,
    )
    return clean(Ran(done.returncode, done.stdout, done.stderr))


def called(*args: Any, env: dict[str, str] | None = None) -> Ran:
    """Run any command in this process, with these of our variables alone; starting one is slow."""
    streams = [io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in "oe"]
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("HOOKPROOF_")]:
            patch.delenv(name)
        for name, value in (env or {}).items():
            patch.setenv(name, value)
        for name, stream in zip(("stdout", "stderr"), streams, strict=True):
            patch.setattr(sys, name, stream)
        with pytest.raises(SystemExit) as left:
            main([*map(str, args)])
    out, err = (stream.buffer.getvalue().decode() for stream in streams)  # type: ignore[attr-defined]
    return clean(Ran(int(left.value.code or 0), out, err))


class Recorder(Receiver):
    """A correct receiver that keeps what it got."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.got: list[Incoming] = []

    def handle(self, incoming: Incoming) -> Reply:
        """Keep the request, then answer it."""
        self.got.append(incoming)
        return super().handle(incoming)


def served(receiver: type[Receiver] = Receiver) -> Any:
    """An embedded receiver with the secret of these tests."""
    return serve(receiver(contract(), secrets=SECRETS))


def read_report(path: Path, schema: dict[str, Any]) -> dict[str, Any]:
    """A written report, which is held to its schema and free of the secret."""
    text = path.read_text(encoding="utf-8")
    assert CANARY not in text
    assert text.isascii()
    report: dict[str, Any] = json.loads(text)
    jsonschema.Draft202012Validator(schema).validate(report)
    totals = dict(report["totals"])
    assert totals.pop("requests") == sum(c["requests"] for c in report["callbacks"].values())
    assert totals.pop("causes") == len(report["causes"])
    assert sum(totals.values()) == len(report["findings"])
    return report
