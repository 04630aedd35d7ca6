"""What other tools wrote of ten callbacks: all are read, and all are genuine."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pytest

from hookproof.captures.formats import formats, recognise
from hookproof.captures.stream import START_SIZE, open_stream
from hookproof.findings import Severity
from hookproof.signature.secrets import Secrets
from hookproof.validation_run import Task, validate

REAL: Final = Path(__file__).parents[2] / "captures" / "real"
FILES: Final = sorted(file.name for file in REAL.iterdir())
# Apache writes each line several times, so fewer are kept.
COUNTS: Final = {"apache_dumpio.log": 4, "body.json": 1}
# These keep bodies alone: four of the callbacks are signed in a header or in the query.
BODIES_ALONE: Final = (
    "cri",
    "docker",
    "go_",
    "nginx",
    "node_c",
    "node_b",
    "php",
    "python",
    "bod",
    "apache_",
)
NEEDS: Final = {
    ".mitm": "mitmproxy",
    ".parquet": "pyarrow",
    ".pcap": "dpkt",
    ".pcapng": "dpkt",
}


@pytest.mark.parametrize("name", FILES)
def test_every_callback_is_read_and_genuine(name: str) -> None:
    """As many as were sent, no error, and each signature that the file shows is valid."""
    if needed := NEEDS.get(Path(name).suffix):
        pytest.importorskip(needed)
    tally = validate([str(REAL / name)], Task(secrets=Secrets({}, b"secret")))
    assert tally.count(Severity.ERROR) == 0, tally.findings
    assert tally.captures == COUNTS.get(name, 10)
    signatures: dict[str, int] = {}
    for callback in tally.callbacks.values():
        for state, count in callback.signatures.items():
            signatures[state] = signatures.get(state, 0) + count
    assert set(signatures) <= {"valid", "not checked"}
    # A body that was printed with dots proves nothing, and one of the ten has some.
    dotted = name.startswith(("tcpdump_A", "tshark_ascii", "ngrep", "curl_trace_ascii"))
    if not name.startswith(BODIES_ALONE):
        assert signatures.get("not checked", 0) == dotted


def test_every_format_is_written_by_a_tool() -> None:
    """Formats that only hookproof's own tests write would be as hookproof thinks they are."""
    told = set()
    for name in FILES:
        with (REAL / name).open("rb") as raw:
            told.add(recognise(open_stream(raw).peek(START_SIZE)[:START_SIZE]).name)
    # Burp runs on a screen alone, with a licence; the store is what hookproof itself writes.
    others = {"burp", "store"}
    assert told | others == {form.name for form in formats()}


def test_nothing_of_the_machine_is_kept() -> None:
    """No path, no name of a host, and small."""
    for name in FILES:
        raw = (REAL / name).read_bytes()
        assert len(raw) < 50_000, name
        assert not re.search(rb"/(?:tmp|home|root|work|usr)/", raw), name
