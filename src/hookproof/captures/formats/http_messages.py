"""HTTP/1.1 requests as they travelled: from nc, from a proxy, or within what a tool has printed.

`http.head` reads the heads. Where a body ends is found here, for captures differ from what
travelled: line ends became LF, chunks were taken out and their header left, a length is not there
or not right any more. Answers and other text between requests are passed over. What tools
print around requests (packets, offsets, parts of audit logs) is taken away first.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from hookproof.captures.capture import Capture, Origin, ReadOptions, Remark, Unreadable
from hookproof.captures.formats.format import OPAQUE, Format, Refused, guarded, too_large
from hookproof.captures.formats.json_values import is_whole, object_end
from hookproof.captures.formats.mentions import STATUS, answers_in, outside, unsent
from hookproof.captures.formats.window import Window
from hookproof.captures.stream import START_SIZE, Start

if TYPE_CHECKING:
    import io
    from collections.abc import Callable, Generator, Iterable, Iterator

    from hookproof.captures.formats.conversations import Conversation
    from hookproof.captures.formats.format import Found
    from hookproof.http.head import HttpRequestHead

_METHODS: Final = "GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|CONNECT|TRACE"
# A few blanks in the target are for the head's reader to complain of; some tools write methods
# in small letters.
_REQUEST: Final = (
    rf'(?:{_METHODS}|(?i:POST|PUT)) [^\s"]{{1,8000}}(?: [^\s"]{{1,99}}){{0,3}}'
    r" HTTP/[0-9](?:\.[0-9])?[ \t]*\r?\n"
)
_MESSAGE: Final = rf"{_REQUEST}|{STATUS}"
_NEXT: Final = rf"\n(?={_REQUEST}|{STATUS})"
# Where a head ends, or is broken off by the next message.
_HEAD_END: Final = rf"(?P<end>\r?\n[ \t]*+\r?\n)|{_NEXT}"
_STARTS: Final = rf"\s*(?:(?:{_METHODS}|(?i:POST|PUT)) [^\r\n]+ HTTP/[0-9]|{STATUS})".encode()
_WITHIN: Final = _REQUEST.encode() + rb"[A-Za-z][A-Za-z0-9\-]*:"
# One of these stands in the start of what `_unwrapper` knows.
_MARKS: Final = (
    rb"(?m)Follow: |^T \S+ (?:\S+ )*-> |: Flags \[|: tcp [0-9]|Send (?:header|data)|-[AB]--\r?$"
    rb"|^---request begin---|\A[1-3] [0-9a-f]{20}|^body:[a-z-]+ \{|\A\s*:[a-z]+:"
    rb"|^(?:%s)[ \t]+(?:https?:|/|\{\{|[\w.-]+:[0-9])"
) % _METHODS.encode()

# What carries no body unless a length says so.
_EMPTY: Final = frozenset({"GET", "HEAD", "DELETE", "OPTIONS", "CONNECT", "TRACE"})
_PSEUDO: Final = r"(?m)^:[a-z]+:.*\n"
_CHUNK: Final = r"([0-9A-Fa-f]{1,15})[ \t]*(?:;[^\n]*)?\r?\n"
_LINE_END: Final = r"\r?\n"
_ONE_LINE: Final = r"[^\n]*\n"
_MAX_HEAD: Final = 64 * 1024
_MAX_LINE: Final = 8 * 1024
# What is printed of packets is put in order as a whole.
_MAX_PRINTED: Final = 256 * 1024 * 1024
_LAID_OUT: Final = "the body is longer than Content-Length says, so a tool has laid it out anew"
_CUT_OFF: Final = "is the capture cut off, or was it edited? give the body alone, or mend the lines"


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """A pattern, compiled only where there is HTTP to read."""
    return re.compile(pattern)


def _looks(start: Start, _: ReadOptions) -> bool:
    # These are compiled only where a file is not told before.
    if re.match(_STARTS, start.text) or re.search(_WITHIN, start.text):
        return True
    return _unwrapper(start.text) is not None


def _read(stream: io.BufferedReader, file: str, options: ReadOptions) -> Found:
    unwrap = _unwrapper(stream.peek(START_SIZE)[:START_SIZE])
    if unwrap is None:
        # Each byte is one character, as Content-Length counts.
        yield from _Reader(Window(stream, encoding="latin-1"), file, options).requests()
        return
    raw = stream.read(_MAX_PRINTED + 1)
    if len(raw) > _MAX_PRINTED:
        message = f"what is printed of packets is read up to {_MAX_PRINTED:,} bytes"
        yield Unreadable(Origin(file), "HP109", message, "capture into several files")
        return
    text = raw.decode("latin-1")
    try:
        conversations = list(unwrap(text))
    except Refused as refused:
        yield refused.at(Origin(file))
        return
    yield from read_conversations(conversations, file, options)
    sent = "\n".join(one.text for one in conversations if not isinstance(one, Refused))
    yield from unsent(text, sent, file, options)


def _unwrapper(start: bytes) -> Callable[[str], Iterable[Conversation | Refused]] | None:
    """What takes away that which a tool has printed around requests, None for requests alone."""
    if not re.search(_MARKS, start):
        return None
    from hookproof.captures.formats import packet_text, request_text  # noqa: PLC0415

    text = start.decode("latin-1")
    table: tuple[tuple[Callable[[str], bool], Any], ...] = (
        (packet_text.is_tcpdump, packet_text.tcpdump),
        (packet_text.is_followed, packet_text.followed),
        (packet_text.is_ngrep, packet_text.ngrep),
        (request_text.is_trace, request_text.trace),
        (request_text.is_wget, request_text.wget),
        (request_text.is_audit_log, request_text.audit_log),
        (request_text.is_replay, request_text.replay),
        (request_text.has_pseudo_headers, request_text.pseudo_headers),
        (request_text.is_collection_file, request_text.collection_file),
        (request_text.is_request_file, request_text.request_file),
    )
    return next((unwrap for told, unwrap in table if told(text)), None)


def read_conversations(
    conversations: Iterable[Conversation | Refused], file: str, options: ReadOptions
) -> Found:
    """Yield the requests of conversations, with their places in the file."""
    from hookproof.captures.formats.conversations import as_captured  # noqa: PLC0415 - seldom

    record = 0
    for conversation in conversations:
        if isinstance(conversation, Refused):
            record += 1
            line = conversation.origin.line if conversation.origin else 1
            conversation.origin = Origin(file, record, line)
            yield conversation.at(conversation.origin)
            continue
        window = Window(None, encoding="latin-1", text=conversation.text)
        places = conversation.places()
        for found in _Reader(window, file, options, first=record).requests():
            origin = found.origin
            line, column, whole = places.at(origin.line, origin.column)
            text = origin.text if whole else OPAQUE
            origin = Origin(file, origin.record, line, column, text, origin.path)
            record = max(record, origin.record)
            yield as_captured(found, origin, conversation)


class _Body(NamedTuple):
    """A body and where it begins; None for one over the limit. `length` is its Content-Length.

    `cut` tells whether text that stood behind it was left out.
    """

    text: str | None
    origin: Origin
    length: int | None = None
    cut: bool = False


class _Reader:
    """Reads one request after the other; the window then stands behind what was read."""

    def __init__(self, window: Window, file: str, options: ReadOptions, *, first: int = 0) -> None:
        self._window = window
        self._file = file
        self._options = options
        self._record = first

    def requests(self) -> Found:
        """The requests that carry anything, and what cannot be read of the text."""
        window = self._window
        while (yield from self._passed()):
            begun = (window.line, window.column)
            line_end = window.text.find("\n", window.at) + 1 or len(window.text)
            raw = window.text[window.at : line_end].encode("latin-1")
            yield from guarded(self._request, self._here(), raw)
            if (window.line, window.column) == begun:
                # A fault of ours: behind the line that shows it may begin the next one.
                window.advance(window.text.find("\n", window.at) + 1 or len(window.text))
        if self._window.broken:
            raise self._window.broken

    def _passed(self) -> Generator[Unreadable, None, bool]:
        """Go to the next line that begins a request; tell what looks like a callback before it."""
        window = self._window
        request = _compiled(_REQUEST)
        while (match := window.find(request, within=_MAX_LINE)) is None:
            yield from self._pass_over(max(window.at, len(window.text) - _MAX_LINE))
            if not window.more():
                yield from self._pass_over(len(window.text))
                return False
        yield from self._pass_over(match.start())
        return True

    def _pass_over(self, to: int) -> Iterator[Unreadable]:
        window = self._window
        passed = window.text[window.at : to]
        answers = answers_in(passed)
        window.advance(window.at + answers)
        here = self._here()
        window.advance(to)
        yield from outside(passed[answers:], "requests", here, self._options)

    def _request(self) -> Found:
        """The request that begins here, if it carries anything."""
        self._record += 1
        try:
            head = self._head()
        except Refused as refused:
            yield refused.at(self._here())
            # Within may begin the next one.
            self._window.advance(self._window.text.index("\n", self._window.at) + 1)
            return
        try:
            body = self._body(head)
            if body.text == "" and head.method != "POST":
                self._record -= 1
                return
            yield from self._found(head, body)
        except Refused as refused:
            yield refused.at(self._here())

    def _found(self, head: HttpRequestHead, body: _Body) -> Found:
        if body.text is None:
            yield too_large(body.origin, "the body", self._options)
            return
        raw, origin = body.text.encode("latin-1"), body.origin
        following = self._following() if body.length is not None else ""
        laid_out = self._laid_out(raw) if following and not is_whole(raw) else None
        if laid_out:
            found = Capture(origin, laid_out, head.headers, None, head.target, _LAID_OUT)
            yield replace(found, rewritten=True)
            return
        if following and not is_whole(raw):
            yield Unreadable(
                self._here(),
                "HP107",
                f"text follows the body, which Content-Length says is {body.length} bytes long",
                "was the body edited? mend Content-Length or leave it out",
            )
            return
        if following:
            yield Remark(self._here(), "text after a body of the stated length was passed over")
        if body.cut:
            yield Remark(self._here(), "text on the lines after a body was passed over")
        from hookproof.captures.formats.content_encoding import opened  # noqa: PLC0415

        content = opened(raw, head.headers, self._options)
        if content is not raw:
            origin = replace(origin, text=OPAQUE)
        if len(content) > self._options.max_body:
            yield too_large(origin, "the body", self._options)
        else:
            yield Capture(origin, content, head.headers, None, head.target)

    def _here(self) -> Origin:
        return Origin(self._file, self._record, self._window.line, self._window.column)

    def _head(self) -> HttpRequestHead:
        window = self._window
        end = window.find(_compiled(_HEAD_END), within=_MAX_HEAD)
        text = window.text[window.at : end.start() if end else window.at + _MAX_HEAD]
        if end is None or not end["end"]:
            raise Refused("the request ends within its headers", hint=_CUT_OFF)
        head = _parse(text)
        window.advance(end.end())
        return head

    def _body(self, head: HttpRequestHead) -> _Body:
        if head.chunked:
            self._window.hold(_MAX_LINE)
            if _compiled(_CHUNK).match(self._window.text, self._window.at):
                return self._chunks()
        elif head.length is not None:
            return self._exactly(head.length)
        elif head.method in _EMPTY:
            return _Body("", self._here())
        return self._rest()

    def _exactly(self, length: int) -> _Body:
        origin = self._here()
        keep = length <= self._options.max_body
        text = self._piece(length, keep=keep)
        return _Body(text if keep else None, origin, length)

    def _piece(self, size: int, *, keep: bool) -> str:
        """So many bytes; refused where the next message or the end of the file comes first."""
        window = self._window
        window.hold(min(size, self._options.max_body) + _MAX_LINE)
        following = self._message_within(size)
        end = len(window.text) if following is None else following
        there = end - window.at
        if following is not None and window.text[window.at : end].endswith("\r"):
            there -= 1
        if there < size and (following is not None or window.ended):
            window.advance(window.at + there)
            raise Refused(f"the body ends after {there} of {size} bytes", hint=_CUT_OFF)
        text = window.text[window.at : window.at + size] if keep else ""
        if not window.skip(size):
            raise Refused(f"the body ends before its {size} bytes", hint=_CUT_OFF)
        return text

    def _message_within(self, size: int) -> int | None:
        """Where the line ends behind which a message begins, within so many bytes."""
        window, last = self._window, self._window.at + size + 1
        message = _compiled(_MESSAGE)
        end = window.text.find("\n", window.at, last)
        while end >= 0:
            if message.match(window.text, end + 1):
                return end
            end = window.text.find("\n", end + 1, last)
        return None

    def _rest(self) -> _Body:
        """What stands up to the next message. The line ends before it are of who saved it."""
        window, origin = self._window, self._here()
        following = window.find(_compiled(_NEXT), within=self._options.max_body)
        end = following.start() if following else len(window.text)
        text = window.text[window.at : end].rstrip("\r\n")
        whole = object_end(text)
        cut = whole is not None and text.startswith(("\n", "\r\n"), whole)
        window.advance(window.at + whole if whole and cut else end)
        text = text[:whole] if cut else text
        return _Body(text if len(text) <= self._options.max_body else None, origin, cut=cut)

    def _laid_out(self, begun: bytes) -> bytes | None:
        """The body that a tool has printed with line ends and blanks that were not sent.

        It begins with what has the stated length; None where no object ends with its line.
        """
        window = self._window
        window.hold(self._options.max_body)
        text = begun.decode("latin-1") + window.text[window.at :]
        end = object_end(text)
        if end is None or end <= len(begun) or "\n" not in text[:end]:
            return None
        if text[end : end + 2].strip():
            return None
        window.advance(window.at + end - len(begun))
        return text[:end].encode("latin-1")

    def _chunks(self) -> _Body:
        pieces: list[str] = []
        room = self._options.max_body
        origin = self._here()
        while size := self._chunk_size():
            origin = origin if pieces else self._here()
            room -= size
            pieces.append(self._piece(size, keep=room >= 0))
            if not self._take(_LINE_END):
                raise Refused(f"the chunk is longer than {size} bytes", hint=_CUT_OFF)
        while not self._take(_LINE_END) and not self._begins() and self._take(_ONE_LINE):
            pass
        # Past the first chunk the places in the body are no longer those in the file.
        if len(pieces) > 1:
            origin = replace(origin, text=OPAQUE)
        return _Body("".join(pieces) if room >= 0 else None, origin)

    def _chunk_size(self) -> int:
        chunk = self._take(_CHUNK)
        if chunk is None:
            raise Refused("the size of a chunk was expected", hint=_CUT_OFF)
        return int(chunk[1], 16)

    def _take(self, pattern: str) -> re.Match[str] | None:
        """Go on over what a pattern matches here."""
        self._window.hold(_MAX_LINE)
        match = _compiled(pattern).match(self._window.text, self._window.at)
        if match:
            self._window.advance(match.end())
        return match

    def _following(self) -> str:
        """What stands right behind a body and is no message of its own."""
        if self._begins():
            return ""
        window = self._window
        end = window.text.find("\n", window.at)
        return window.text[window.at : end if end >= 0 else len(window.text)].strip()

    def _begins(self) -> bool:
        """Whether the next message begins here."""
        self._window.hold(_MAX_LINE)
        return _compiled(_MESSAGE).match(self._window.text, self._window.at) is not None


def _parse(text: str) -> HttpRequestHead:
    from hookproof.http.head import NotHttp, parse_request  # noqa: PLC0415 - as above

    try:
        return parse_request(re.sub(_PSEUDO, "", text + "\n").rstrip("\r\n"))
    except NotHttp as error:
        # What follows the colon is the line, which may hold a secret.
        reason = error.detail.partition(": ")[0]
        raise Refused(f"this is no HTTP request: {reason}", hint=_CUT_OFF) from None


HTTP = Format("http", _looks, _read, "no HTTP request with a body stands here")
