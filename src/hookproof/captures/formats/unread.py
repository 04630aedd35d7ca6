"""What a file that no reader takes seems to be, and what makes it readable.

Not to know a file is nobody's fault. What is told is how it looks, and the command or option
after which it can be read.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import orjson

from hookproof.captures.capture import Origin, Unreadable
from hookproof.captures.stream import start_of
from hookproof.payload.decode import decode_text
from hookproof.payload.locate import locate_in_string

if TYPE_CHECKING:
    from hookproof.captures.capture import ReadOptions
    from hookproof.payload.decode import Reading


class Look(NamedTuple):
    """How a kind of file looks at its start, what it is, and what to do with it."""

    mark: re.Pattern[bytes]
    what: str
    hint: str


def _look(mark: bytes, what: str, hint: str) -> Look:
    return Look(re.compile(mark, re.DOTALL | re.MULTILINE), what, hint)


_SCRIPT: Final = "a script with curl commands"
_TABLE: Final = "a table (CSV)"
_CONTROLS: Final = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_AS_BODY: Final = "let the program log the body as it came, or write it as JSON"
_MARKS: Final = (
    _look(rb"\A7z\xbc\xaf", "a 7z archive", "7z x FILE"),
    _look(
        rb"\ASQLite format 3\0", "an SQLite database", 'sqlite3 -json FILE "SELECT …" > FILE.json'
    ),
    _look(rb"\AObj\x01", "an Avro file", "avro-tools tojson FILE > FILE.ndjson"),
    _look(rb"\A(?:\x89PNG|\xff\xd8\xff|GIF8|%PDF)", "a picture or a document", "leave it out"),
    _look(rb"\A__CURSOR=", "journald's own format", "journalctl -o json > FILE.json"),
    _look(rb"\A[^\n]{0,4000}\0", "a binary file", "save it as text, or name --input-format"),
)
_TEXTS: Final = (
    _look(
        rb"\A\s*<\?xml|\A\s*<[A-Za-z]+ xmlns",
        "XML",
        "export it as HAR or JSON; Burp and Charles do both",
    ),
    _look(rb"\A\s*<(?:!DOCTYPE|html|head|body|div|p)\b", "a page of HTML", "leave it out"),
    _look(
        rb"(?i)\bcurl(?:\.exe)?\b[^\n]{0,999}?(?:\^\r?$|\^\")",
        "a curl command of cmd.exe",
        'copy it as "cURL (bash)", or name --input-format curl',
    ),
    _look(
        rb"(?i)Invoke-(?:WebRequest|RestMethod)\b|\bcurl(?:\.exe)?\b[^\n]{0,999}?`\r?$",
        "a command of PowerShell",
        'copy it as "cURL (bash)", or name --input-format curl',
    ),
    _look(rb"(?m)^[ \t]*curl(?:\.exe)?\s", _SCRIPT, "--input-format curl"),
    _look(
        rb"\A> (?:GET|POST|PUT) |^\* (?:Connected to|upload completely sent)",
        "what curl -v prints, in which no body stands",
        "curl --trace-ascii FILE … keeps the body too",
    ),
    _look(
        rb"\A\s*[^\s:]+:\s[^\n]*\n(?:[^\n]*\n)*?interactions:|\Ahttp_interactions:",
        "a cassette",
        "write it as JSON: vcrpy takes serializer='json'",
    ),
    _look(
        rb"\A[^\n,;\t]*(?:[,;\t][^\n,;\t{]*)+\r?\n[^\n]*[,;\t]",
        _TABLE,
        "save it as .csv with a column of bodies, and name that with --body-field",
    ),
    _look(
        rb"\A(?:---|- \S[^\n{]*:|[\w-]+:)[^\n{]*\n(?:[ -]*+[\w.][\w.-]*:[^\n]*\n){2}",
        "YAML",
        "yq -o json FILE > FILE.json",
    ),
    _look(rb"\A(?:#+ \S|[^\n]+\n(?:=+|-+)\n)|^```", "a page of Markdown", "leave it out"),
)
_HEX: Final = "xxd -r -p FILE > FILE.bin"
# What is printed of bytes, or packed for a mail: in lines of these no reader finds a body.
_PACKED: Final = (
    _look(
        rb"\A[^\n|]*\|[^\n]*\n-+(?:\+-+)*+\r?\n(?:[^\n]*\n){0,40}?[^\n|]*\|[^\n]*\+[ \t]*$",
        "a table as psql prints it",
        'psql -At -c "select body from …" > FILE',
    ),
    _look(rb"\A[0-9a-f]{8}: (?:[0-9a-f]{2,4} ){4}", "a hex dump of xxd", "xxd -r FILE > FILE.bin"),
    _look(
        rb"\A[0-9a-f]{4,8}  ?(?:[0-9a-f]{2} ){4}",
        "a hex dump",
        f"keep the digits alone, then {_HEX}; of packets save the file that was captured",
    ),
    _look(
        rb"(?i)\A(?:from|to|cc|date|subject|received|return-path|delivered-to|mime-version"
        rb"|message-id): .*?^content-transfer-encoding: *(?:base64|quoted-printable)",
        "an e-mail",
        "save what is attached to it, or copy its text as it is shown",
    ),
)
_DIGITS: Final = (
    _look(rb"\A[0-9a-fA-F\s]{16,}\Z", "bytes in hexadecimal digits", _HEX),
    _look(rb"\A[A-Za-z0-9+/\s]{16,}+={0,2}\s*\Z", "Base64", "base64 -d FILE > FILE.bin"),
)
_LANGUAGES: Final = frozenset(
    {"Python", "Ruby", "Java", "JavaScript", "Objective-C", "quotes"} | {"Rust", "Clojure"}
)
# How programs write a value that is no JSON.
_VALUES: Final = (
    _look(
        "\\{\\s*[“”]|[“”]:".encode(), "with typographic quotes", 'write " for them, or copy it anew'
    ),
    _look(rb"map\[(?:[A-Za-z_]\w*:|\w+\][^\n{]{1,40}\{)", "as a map of Go", _AS_BODY),
    _look(rb"%\{\s*:?[\"'A-Za-z]", "as a map of Elixir", _AS_BODY),
    _look(rb"\{(?::[A-Za-z_][\w.\-]*|\"\w+\")\s+[^\s:=]", "as a map of Clojure", _AS_BODY),
    _look(rb"\{\s*\"\w+\": [A-Z]\w+\(", "as a value of Rust", _AS_BODY),
    _look(rb"#\{|<<\"", "as a term of Erlang", _AS_BODY),
    _look(rb"\$VAR1 = |^[ \t]*'\w+' => ", "by Data::Dumper or var_export", _AS_BODY),
    _look(rb"\{[A-Z]\w*:\S", "as a struct of Go", _AS_BODY),
    _look(rb"[OaCs]:\d+:[\"{]", "by serialize of PHP", _AS_BODY),
    _look(rb"stdClass Object|Array\s*\(|array \(", "by PHP", _AS_BODY),
    _look(rb"array\(\d+\)\s*\{|string\(\d+\) \"", "by var_dump of PHP", _AS_BODY),
    _look(rb"<QueryDict:|[\{\[(]\s*'[A-Za-z_]\w*':", "as a dict of Python", _AS_BODY),
    _look(rb"\{\s*(?:[\"'][^\"'\n]{1,80}[\"']|:?[A-Za-z_]\w*)\s*=>", "as a hash of Ruby", _AS_BODY),
    _look(rb"\{\s*[A-Za-z_]\w*=[^,}]{0,400}[,}]", "as a map of Java", _AS_BODY),
    _look(rb"\w\([A-Za-z_]\w*=[^,)]{0,400}[,)]", "as an object of Java", _AS_BODY),
    _look(rb"\{\s*[A-Za-z_]\w* = [^;}]{0,400}[;}]", "as a dictionary of Objective-C", _AS_BODY),
    _look(rb"(?m)^\s{0,99}\[\w+\] => ", "by print_r of PHP", _AS_BODY),
    _look(rb"\[\"\w+\"\]=>", "by var_dump of PHP", _AS_BODY),
    _look(rb"\{\s*[A-Za-z_]\w*:\s", "as an object of JavaScript", _AS_BODY),
    _look(rb"<[A-Za-z_]\w*>[^<]*</", "as XML", _AS_BODY),
    _look(rb"\b[A-Za-z_]\w*=", "as names and values", _AS_BODY),
)


# Those that begin as JSON does.
_FOREIGN: Final = re.compile(
    b"|".join(
        b"(?:%s)" % look.mark.pattern
        for look in _VALUES
        if look.what.rpartition(" ")[2] in _LANGUAGES
    ),
    re.DOTALL | re.MULTILINE,
)
# After a name comes a word that opens a bracket, ObjectId("…") or map[string]any{…}: no JSON.
_TYPED: Final = re.compile(rb"(?<!\\)[\"']\s*(?::|=>)\s*(?:map\[|\[\]\w|[A-Za-z_][\w.]{0,60}[({])")

_DUMPED: Final = re.compile(r"(?:\b[0-9a-fA-F]{2} ){8}|(?:\b[0-9a-fA-F]{4} ){4}")
_LENIENT: Final = json.JSONDecoder(strict=False)
_LEFT_OUT: Final = "truncated|more|chars|characters|bytes|omitted"
_CUT: Final = re.compile(
    rf"(?:\.\.\.|…)[\s\"')\]]*+(?:[\[(<{{]?[\w ,+]*(?:{_LEFT_OUT})\b.*)?$"
    r"|[\[(<]+ ?(?:truncated|cut)\b"
)
_OFTEN_CUT: Final = 1_000
_TEXT: Final = "text without a callback"


def written_as(text: str) -> tuple[str, str]:
    """How a text writes a value that is no JSON, "as a map of Go", and what to do."""
    raw = text.encode(errors="replace")
    found = (look for look in _VALUES if look.mark.search(raw))
    return next(((look.what, look.hint) for look in found), ("in a way of its own", _AS_BODY))


def foreign(text: str, origin: Origin) -> Unreadable:
    """What is told of a callback in a notation that no reader knows."""
    what, hint = written_as(text)
    return Unreadable(origin, "HP121", f"what looks like a callback is written {what}", hint)


def broken(text: str, start: int, origin: Origin, options: ReadOptions) -> Unreadable | None:
    """What is wrong with what begins like a body there; None where the decoder has no complaint.

    `origin` is the line of the text.
    """
    literal = text[start:]
    value = None
    if literal.startswith('"'):
        try:
            value, _ = _LENIENT.raw_decode(literal)
        except (ValueError, RecursionError):
            value = None
    inner = value if isinstance(value, str) else literal
    reading = _explained(inner) if len(inner) <= _OFTEN_CUT else decode_text(inner)
    if not reading.problems:
        return None
    at, sought = Origin(origin.file, 0, origin.line), options.sought
    if sought and is_foreign(inner[:400].encode(errors="replace")) and sought.is_mentioned(inner):
        return foreign(inner, at)
    if _DUMPED.search(text, 0, start):
        message = "what looks like a callback stands in a hex dump"
        return Unreadable(at, "HP121", message, f"keep the digits alone, then {_HEX}")
    if _CUT.search(inner):
        message = "the log has cut off what looks like a callback"
        hint = "let the log keep bodies whole, however long they are"
        return Unreadable(at, "HP121", message, hint)
    fault = reading.problems[0]
    place = reading.position(fault)
    if isinstance(value, str):
        place = locate_in_string(literal, (), place)
    line = origin.line + text.count("\n", 0, start) + place.line - 1
    column = place.column
    column += start - text.rfind("\n", 0, start) - 1 if place.line == 1 else 0
    placed = Origin(origin.file, origin.record, line, column)
    return Unreadable(placed, fault.code, fault.message, fault.hint)


@lru_cache(maxsize=64)
def _explained(inner: str) -> Reading:
    """A broken text, read: a program that cuts its lines cuts many of them alike."""
    return decode_text(inner)


def is_foreign(start: bytes) -> bool:
    """Whether what begins like an object is one of a programming language, and no JSON."""
    head = start.lstrip()[:400]
    return bool(_FOREIGN.match(head) or (head[:1] == b"{" and _TYPED.search(head)))


def is_packed(start: bytes) -> bool:
    """Whether a text is a dump of bytes or an e-mail, in whose lines no body stands as it is."""
    return any(look.mark.match(start) for look in _PACKED)


def unread(
    file: str,
    start: bytes,
    options: ReadOptions,
    *,
    nothing: str,
    passed: Unreadable | None = None,
) -> Unreadable:
    """What is told of a file with this start in which a reader found no capture.

    `passed` is what it told of a line in it.
    """
    what, hint = _seems(start, options)
    if passed and what in {_TEXT, _SCRIPT, _TABLE}:
        what, hint = "", passed.hint
    message = "; ".join(filter(None, (nothing, what and f"the file seems to be {what}")))
    return Unreadable(Origin(file), "HP120", message or "no format known here", hint)


def _seems(start: bytes, options: ReadOptions) -> tuple[str, str]:
    """What a file seems to be, "" where nobody can tell, and what to do."""
    records = [line for line in start_of(start).lines if line.startswith(b"{")]
    # Commas stand in every record, and make no table of it.
    texts = () if records and start_of(start).head.startswith((b"{", b"[")) else _TEXTS
    binary = len(_CONTROLS.findall(start)) * 20 > len(start) > 0
    for look in (*_MARKS, *(() if binary else (*_PACKED, *_DIGITS, *texts))):
        if look.mark.search(start):
            return look.what, look.hint
    named = _named_values(start, options)
    if named:
        return named
    if not start.strip():
        return "empty", "is the capture cut off?"
    if binary:
        return "a binary file", "save it as text, or name --input-format"
    if records:
        return _records(records, start, options)
    return _TEXT, "leave it out, or say what it is with --input-format"


def _named_values(start: bytes, options: ReadOptions) -> tuple[str, str] | None:
    text = start.decode(errors="replace")
    sought = options.sought
    if not is_foreign(start) and not (sought and sought.is_mentioned(text)):
        return None
    for look in _VALUES[:-1]:
        if look.mark.search(start):
            return f"a value written {look.what}", look.hint
    return None


def _records(lines: list[bytes], start: bytes, options: ReadOptions) -> tuple[str, str]:
    """JSON without a callback: which fields its records have."""
    for text in (start, *lines):
        try:
            value: Any = orjson.loads(text)
        except orjson.JSONDecodeError:
            continue
        if isinstance(value, dict):
            fields = ", ".join(list(value)[:12])
            if options.wants_records:
                return (
                    f"JSON records without the field {options.body}; they have {fields}",
                    "name the field of the body with --body-field: a.b for b in a",
                )
            return (
                f"JSON in which nothing names a callback of this contract; it has {fields}",
                "if one of these fields holds the body, name it with --body-field",
            )
    return "JSON, but broken", "is the copy whole?"
