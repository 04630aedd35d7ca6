"""Percent escapes, decoded once and as PHP's urldecode does: "+" is a blank, the rest UTF-8."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import unquote_to_bytes

from hookproof.payload.problem import ReadProblem

_ESCAPE: Final = re.compile(r"%[0-9A-Fa-f]{2}")
_BROKEN: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")


def percent_decode(text: str) -> tuple[str, tuple[ReadProblem, ...]]:
    """Decode once; offsets of problems count in the text as given. Never raises."""
    broken = _BROKEN.search(text)
    if broken:
        what = text[broken.start() : broken.start() + 3]
        return "", (ReadProblem("HP112", f'"{what}" is not a percent escape', broken.start()),)
    try:
        return unquote_to_bytes(text.replace("+", " ")).decode(), ()
    except UnicodeDecodeError as error:
        _, starts = _octets(text)
        message = f"not UTF-8 after percent-decoding ({error.reason})"
        return "", (ReadProblem("HP101", message, starts[error.start]),)
    except UnicodeEncodeError as error:
        return "", (ReadProblem("HP106", "a lone surrogate", error.start),)


def percent_origins(text: str) -> tuple[str, list[int]]:
    """Decode; for each character of the result the offset it came from. Never raises."""
    octets, starts = _octets(text)
    decoded = octets.decode(errors="replace")
    return decoded, [starts[i] for i in range(len(octets)) if octets[i] & 0xC0 != 0x80]


def still_encoded(value: str) -> bool:
    """Whether a decoded value looks like JSON that was percent-encoded once more."""
    return value.lstrip()[:3].lower() == "%7b"


def _octets(text: str) -> tuple[bytes, list[int]]:
    """The decoded bytes, and for each the offset in the text that it came from."""
    octets = bytearray()
    text = text.replace("+", " ")
    starts: list[int] = []
    at = 0
    while at < len(text):
        escape = _ESCAPE.match(text, at)
        here = bytes.fromhex(text[at + 1 : at + 3]) if escape else text[at].encode(errors="replace")
        octets += here
        starts += [at] * len(here)
        at = escape.end() if escape else at + 1
    return bytes(octets), starts
