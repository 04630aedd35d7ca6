"""What is fuzzed: each reads any bytes, and raises nothing but what is documented.

A reader and a judge never raise; journals, reports, configuration and contracts are refused by
an error of ours.
"""

from __future__ import annotations

import io
import tempfile
import zlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from hookproof.captures.capture import Capture, Origin, Unreadable
from hookproof.captures.faults import OUR_FAULT
from hookproof.captures.formats import ReadOptions, formats, recognise
from hookproof.captures.stream import START_SIZE, StreamBroken, open_stream
from hookproof.cli.settings.file import read_named
from hookproof.conformance.replaying.report_reader import recall
from hookproof.contract import Contract, contract_in
from hookproof.errors import HookproofError
from hookproof.payload.body import read_body
from hookproof.sanitize import Refusal, Sanitizer
from hookproof.validation_run import Task
from hookproof.validation_run.journal import Journal
from hookproof.validation_run.worker import validator_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from hookproof.captures.formats import Format
    from hookproof.validation.validator import Validator

ROOT = Path(__file__).parents[2]
AREAS = ("zego_rtc", "tencent_gme")
CALLBACK = "tencent_gme/recording"


def read(data: bytes, form: Format | None = None) -> list[Capture]:
    """The captures in some bytes; fails where a reader broke."""
    try:
        stream = open_stream(io.BytesIO(data))
        chosen = form or recognise(stream.peek(START_SIZE)[:START_SIZE])
    except StreamBroken:
        return []
    found = list(chosen.read(stream, file="f", options=ReadOptions()))
    broken = [one for one in found if isinstance(one, Unreadable) and one.code == OUR_FAULT]
    assert not broken, broken[0].message
    return [one for one in found if isinstance(one, Capture)]


def reader(form: Format) -> Callable[[bytes], None]:
    """The target that reads one format."""

    def target(data: bytes) -> None:
        read(data, form)

    return target


@cache
def _validator() -> Validator:
    return validator_of(Task(areas=AREAS))


@cache
def _sanitizer() -> Sanitizer:
    return Sanitizer(Contract(), salt=bytes(32), areas=AREAS)


@cache
def _folder() -> Path:
    """A folder with a contract of one callback, whose schema is what is fuzzed."""
    # Each input is written anew, and most of the time went to the disk.
    memory = "/dev/shm" if Path("/dev/shm").is_dir() else None
    folder = Path(tempfile.mkdtemp(prefix="hookproof-fuzz-", dir=memory))
    (folder / "schemas" / "tencent_gme").mkdir(parents=True)
    (folder / "openapi").mkdir()
    (folder / "schemas" / "common").symlink_to(ROOT / "schemas" / "common")
    return folder


def recognised(data: bytes) -> None:
    """Whatever a file is taken for."""
    read(data)


def judged(data: bytes) -> None:
    """A body, judged."""
    _validator().judge(read_body(data))


def sanitised(data: bytes) -> None:
    """A body, sanitised: its copy has the findings of the original, or it is no callback."""
    made = _sanitizer().sanitize(Capture(Origin("f"), data))
    assert not (isinstance(made, Refusal) and made.code == "HP199"), made


def journal(data: bytes) -> None:
    """An entry of a journal, with a right seal."""
    file = _folder() / "journal"
    lines = [b'{"run":"r"}', *data.split(b"\n")]
    text = (line.decode(errors="replace") for line in lines)
    file.write_text("\n".join(f"{zlib.crc32(one.encode()):08x} {one}" for one in text))
    _refused(lambda: Journal(file, run="r", resume=True, examples=5))


def report(data: bytes) -> None:
    """A report that is given to replay."""
    _refused(lambda: recall(data.decode(errors="replace"), name="f"))


def configuration(data: bytes) -> None:
    """A configuration file."""
    file = _folder() / "hookproof.toml"
    file.write_bytes(data)
    _refused(lambda: read_named(file).check())


def contract(data: bytes) -> None:
    """A document of a contract."""
    (_folder() / "openapi" / "tencent_gme.yaml").write_bytes(data)

    def load() -> None:
        ours = Contract(contract_in(_folder()))
        for area in ours.areas:
            ours.callbacks(area)

    _refused(load)


def _refused(act: Callable[[], object]) -> None:
    try:
        act()
    except HookproofError:
        return


TARGETS: dict[str, Callable[[bytes], None]] = {
    **{f"read-{form.name}": reader(form) for form in formats()},
    "recognise": recognised,
    "judge": judged,
    "sanitise": sanitised,
    "journal": journal,
    "report": report,
    "configuration": configuration,
    "contract": contract,
}
