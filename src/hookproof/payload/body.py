"""The forms in which vendors write a body, each decoded once and never guessed twice."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final
from urllib.parse import parse_qsl, unquote_to_bytes

from hookproof.payload import print_r
from hookproof.payload.decode import Reading, decode
from hookproof.payload.problem import ReadProblem

_BAD_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_PERCENT = re.compile(r"%[0-9A-Fa-f]{2}")
_FORM_START = re.compile(rb"[A-Za-z_][A-Za-z0-9_.\-\[\]%]*=")


class BodyForm(StrEnum):
    """How a body is written. The first three travel; `print_r` is how PHP dumps a form."""

    JSON = "json"
    FORM = "form"
    PERCENT_JSON = "percent-json"
    PRINT_R = "print_r"


CONTENT_TYPES: Final = {
    BodyForm.JSON: "application/json",
    BodyForm.FORM: "application/x-www-form-urlencoded",
    # No page says which Content-Type goes with percent-encoded JSON.
    BodyForm.PERCENT_JSON: "application/json",
}


@dataclass(frozen=True, slots=True)
class Body:
    """A body read in one form: the bytes as they came, and what was read from them."""

    raw: bytes
    form: BodyForm
    reading: Reading

    @property
    def value(self) -> Any:
        """The payload, None where it could not be read."""
        return self.reading.value


def read_body(raw: bytes, *, form: BodyForm | None = None) -> Body:
    """Read a body in the given form, or in the one its first bytes show. Never raises."""
    form = form or detect_form(raw)
    return Body(raw, form, _READERS[form](raw))


def detect_form(raw: bytes) -> BodyForm:
    """Tell the form by content; what looks like none of them is taken for JSON."""
    start = raw.lstrip()[:200]
    if start[:3].lower() == b"%7b":
        return BodyForm.PERCENT_JSON
    if print_r.looks_like(start):
        return BodyForm.PRINT_R
    if _FORM_START.match(start):
        return BodyForm.FORM
    return BodyForm.JSON


def percent_decode(text: str) -> tuple[str, tuple[ReadProblem, ...]]:
    """Decode once, as PHP's urldecode does ("+" is a blank), strictly UTF-8."""
    bad = _BAD_PERCENT.search(text)
    if bad:
        what = text[bad.start() : bad.start() + 3]
        return "", (ReadProblem("HP112", f'"{what}" is not a percent escape', bad.start()),)
    try:
        return unquote_to_bytes(text.replace("+", " ")).decode(), ()
    except UnicodeDecodeError as error:
        problem = ReadProblem("HP101", f"not UTF-8 after percent-decoding ({error.reason})", 0)
        return "", (problem,)


def _read_percent_json(raw: bytes) -> Reading:
    text, failed = _as_text(raw)
    if failed:
        return failed
    decoded, problems = percent_decode(text.strip())
    if problems:
        return Reading(None, complete=False, problems=problems, text=text)
    reading = decode(decoded.encode())
    return Reading(reading.value, reading.complete, reading.problems, reading.text or decoded)


def _read_form(raw: bytes) -> Reading:
    text, failed = _as_text(raw)
    if failed:
        return failed
    line = text.rstrip("\r\n")
    _, problems = percent_decode(line)
    if problems:
        return Reading(None, complete=False, problems=problems, text=text)
    pairs = parse_qsl(line, keep_blank_values=True, max_num_fields=10_000)
    return Reading(dict(pairs), complete=True, problems=_form_problems(pairs, line), text=text)


def _form_problems(pairs: list[tuple[str, str]], text: str) -> tuple[ReadProblem, ...]:
    seen: set[str] = set()
    problems = []
    for name, value in pairs:
        at = max(text.find(f"{name}="), 0)
        if name in seen:
            problems.append(
                ReadProblem("HP104", f'the field "{name[:80]}" stands twice in the form', at)
            )
        seen.add(name)
        if _PERCENT.search(value) and value.lstrip()[:3].lower() == "%7b":
            problems.append(
                ReadProblem(
                    "HP113",
                    f'the field "{name[:80]}" is still percent-encoded after decoding once',
                    at,
                    hint="the sender encoded it twice",
                )
            )
    return tuple(problems)


def _read_print_r(raw: bytes) -> Reading:
    text, failed = _as_text(raw)
    return failed or print_r.read(text)


def _as_text(raw: bytes) -> tuple[str, Reading | None]:
    try:
        return raw.decode(), None
    except UnicodeDecodeError as error:
        message = f"not UTF-8: the byte 0x{raw[error.start]:02x} at offset {error.start}"
        problem = ReadProblem("HP101", message, len(raw[: error.start].decode()))
        return "", Reading(None, complete=False, problems=(problem,))


_READERS: Final = {
    BodyForm.JSON: decode,
    BodyForm.FORM: _read_form,
    BodyForm.PERCENT_JSON: _read_percent_json,
    BodyForm.PRINT_R: _read_print_r,
}
