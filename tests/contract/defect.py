"""A contract with one defect, and where the defect has to be reported."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hookproof.contract.files import shipped_contract

if TYPE_CHECKING:
    from pathlib import Path

SHIPPED = shipped_contract().schemas.parent
RECORD = "schemas/zego_rtc/record.json"
COMPOSE = "schemas/zego_rtc/compose.json"
PROCEDURE = "schemas/zego_rtc/procedure.json"
TRANSCODE = "schemas/zego_rtc/transcode_stop.json"
GME = "schemas/tencent_gme/recording.json"
VOICE = "schemas/tencent_gme/voice_moderation.json"
DECIMAL = "schemas/common/decimal_string.json"
RTC_YAML = "openapi/zego_rtc.yaml"
GME_YAML = "openapi/tencent_gme.yaml"

SCHEMAS = (RECORD, COMPOSE, PROCEDURE, TRANSCODE, GME, VOICE)


def shipped(file: str) -> str:
    """A shipped file; a document without the callbacks that no defect is about.

    The proof of a hundred callbacks takes seconds, and there is one for each defect.
    """
    text = (SHIPPED / file).read_text()
    if not file.endswith(".yaml"):
        return text
    webhooks, components = re.split("(?m)^(?=components:)", text)
    head, *sections = re.split(r"(?m)^(?=  \w+/\w+:$)", webhooks)
    names = tuple(
        f"  {schema.removeprefix('schemas/').removesuffix('.json')}:" for schema in SCHEMAS
    )
    kept = [section for section in sections if section.startswith(names)]
    lines = components.splitlines(keepends=True)
    known = [
        line for line in lines if "../schemas" not in line or any(one in line for one in SCHEMAS)
    ]
    return "".join([head, *kept, *known])


@dataclass(frozen=True)
class Defect:
    """In a shipped file, the first `old` becomes `new`; the problem is reported in that line.

    `old` may be `a…b`: the first b after the first a. `at` is another text whose line is
    reported, searched for in the same way; `within` is another file that it is reported in.
    """

    name: str
    code: str
    file: str
    old: str
    new: str
    at: str = field(default="", kw_only=True)
    within: str = field(default="", kw_only=True)
    severity: str = field(default="error", kw_only=True)

    def spoil(self, root: Path) -> None:
        """Make the replacement."""
        file = root / self.file
        text = file.read_text()
        start = _find(text, self.old)
        end = start + len(self.old.rpartition("…")[2])
        file.write_text(text[:start] + self.new + text[end:])

    def expected(self, root: Path) -> tuple[str, str, str, int]:
        """Code, severity, file and line of the one problem of a spoilt contract."""
        name = self.within or self.file
        text = (root / name).read_text()
        indent = len(self.new) - len(self.new.lstrip())
        offset = _find(text, self.at) if self.at else self._start() + indent
        return self.code, self.severity, name, text.count("\n", 0, offset) + 1

    def _start(self) -> int:
        return _find(shipped(self.file), self.old)


def style(name: str, file: str, old: str, new: str, at: str = "") -> Defect:
    """A defect of style: a warning."""
    return Defect(name, "HP516", file, old, new, at=at, severity="warning")


def _find(text: str, wanted: str) -> int:
    *before, last = wanted.split("…")
    start = 0
    for part in before:
        start = text.index(part, start) + len(part)
    return text.index(last, start)
