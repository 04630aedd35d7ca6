"""The forms in which vendors write a body, each decoded once and never guessed twice."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final

from hookproof.payload import form as wire_form
from hookproof.payload import print_r
from hookproof.payload.decode import MAX_BYTES, Reading, decode
from hookproof.payload.percent import percent_decode, percent_origins
from hookproof.payload.problem import ReadProblem

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
    return Body(raw, form, decode(raw) if form is BodyForm.JSON else _read_text(raw, form))


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


def _read_text(raw: bytes, form: BodyForm) -> Reading:
    if len(raw) > MAX_BYTES:
        # The JSON decoder says so of a body in any form.
        return decode(raw)
    try:
        text = raw.decode()
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode()
        message = f"not UTF-8: the byte 0x{raw[error.start]:02x} at offset {error.start}"
        problem = ReadProblem("HP101", message, len(before))
        return Reading(None, complete=False, problems=(problem,), text=before)
    return _READERS[form](text)


def _read_percent_json(text: str) -> Reading:
    encoded = text.strip()
    decoded, problems = percent_decode(encoded)
    reading = Reading(None, complete=False) if problems else decode(decoded.encode())
    if reading.problems:
        origins = [*percent_origins(encoded)[1], len(encoded)]
        problems = tuple(replace(p, offset=origins[p.offset]) for p in reading.problems)
    start = len(text) - len(text.lstrip())
    problems = tuple(replace(p, offset=start + p.offset) for p in problems)
    return replace(reading, problems=problems, text=text)


_READERS: Final = {
    BodyForm.FORM: wire_form.read,
    BodyForm.PERCENT_JSON: _read_percent_json,
    BodyForm.PRINT_R: print_r.read,
}
