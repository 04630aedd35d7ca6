"""Every finding's stable code: what it means in a few words, and how heavy it is."""

from __future__ import annotations

from typing import Final, NamedTuple

from hookproof.finding.finding import Severity

_ERROR, _WARNING, _NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE


class Code(NamedTuple):
    """The title of a code, its usual severity, and what to do where nothing closer is known."""

    title: str
    severity: Severity = _ERROR
    hint: str = ""


_COMPARE: Final = "compare with the page; a vendor that moved on shows up like this"


CODES: Final[dict[str, Code]] = {
    # Reading a body.
    "HP100": Code("the capture cannot be opened"),
    "HP101": Code("not UTF-8", hint="convert it to UTF-8, or capture the bytes untouched"),
    "HP102": Code("empty body"),
    "HP103": Code(
        "not JSON", hint="is the capture cut off, or another body form? say which with --body-form"
    ),
    "HP104": Code("duplicate key"),
    "HP105": Code("NaN or Infinity"),
    "HP106": Code("lone surrogate"),
    "HP107": Code("text after the value"),
    "HP108": Code("nested too deep"),
    "HP109": Code("too large"),
    "HP110": Code("number out of range"),
    "HP111": Code("byte order mark"),
    "HP112": Code("broken percent escape", hint="was the body decoded once already?"),
    "HP113": Code("percent-encoded twice", _WARNING),
    "HP114": Code("print_r dump cut off"),
    "HP115": Code(
        "not an object", hint="a callback is one JSON object; is this a list of captures?"
    ),
    # The payload against its schema.
    "HP200": Code("breaks the contract"),
    "HP201": Code(
        "field missing",
        hint="is the capture whole? if so, look up on the page whether the field is optional",
    ),
    "HP202": Code(
        "wrong type",
        hint="was the body parsed and written anew on its way? numbers sent as text are text",
    ),
    "HP203": Code("value not allowed", hint=_COMPARE),
    "HP204": Code("wrong form of text", hint=_COMPARE),
    "HP205": Code("wrong length", hint=_COMPARE),
    "HP206": Code("too many bytes", hint="the limit counts bytes of UTF-8, not characters"),
    "HP207": Code("number outside its range", hint=_COMPARE),
    "HP208": Code("none of the documented shapes", hint=_COMPARE),
    "HP209": Code("nested text is not JSON", hint="was the text escaped once too often, or cut?"),
    "HP220": Code("unknown callback"),
    "HP221": Code("callback not clear"),
    "HP230": Code("documented contradiction seen", _WARNING),
    "HP231": Code("encoding not documented", _WARNING),
    "HP299": Code("our two validators disagree"),
    # The signature of a capture.
    "HP301": Code("signature missing"),
    "HP302": Code("signature wrong"),
    "HP303": Code("signature not readable"),
    # The receiver test.
    "HP401": Code("refuses genuine callbacks"),
    "HP402": Code("refuses conforming payloads"),
    "HP403": Code("refuses a documented variant"),
    "HP404": Code("crashes on a payload"),
    "HP405": Code("does not answer"),
    "HP406": Code("acknowledges broken payloads", _WARNING),
    "HP407": Code("accepts a forgery"),
    "HP408": Code("crashes on a forgery"),
    "HP409": Code("accepts a changed body"),
    "HP410": Code("the vendor does not sign the body", _NOTE),
    "HP411": Code("refuses a redelivery"),
    "HP412": Code("refuses unknown fields"),
    "HP413": Code("too slow"),
    "HP414": Code("answer is not the documented one"),
    "HP415": Code("refuses a documented encoding", _WARNING),
    "HP416": Code("accepts a signature in another letter case", _WARNING),
    "HP417": Code("the answer is not HTTP"),
}
