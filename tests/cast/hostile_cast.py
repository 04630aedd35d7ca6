"""The hostile cast: receivers that hang, flood, lie or break off, each in its own way."""

from __future__ import annotations

import gzip
from typing import Final

from cast import hostile_acts as act
from cast.hostile import OK, Hostile
from cast.hostile_acts import HEAD, says, says_and_drips, says_and_floods
from cast.hostile_acts import says_and_holds as holds
from hookproof.http.answer import Outcome
from hookproof.http.symptom import Symptom

_TIMEOUT, _NOT_HTTP, _CLOSED, _RESET = (
    Outcome.TIMEOUT,
    Outcome.NOT_HTTP,
    Outcome.CLOSED,
    Outcome.RESET,
)
_CHUNKED: Final = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
_TEN_GB: Final = HEAD + b"Content-Length: 10000000000\r\n\r\n"
_LARGE: Final = 32 * 1024 * 1024
_NO_TRAFFIC: Final = b"HTTP/1.1 204 No Content\r\n"


def _with(*lines: bytes, status: bytes = b"200 OK", body: bytes = b"1") -> bytes:
    """An answer with a length and these headers."""
    length = b"Content-Length: %d" % len(body)
    return b"\r\n".join([b"HTTP/1.1 " + status, length, *lines, b"", body])


def _redirect(location: bytes) -> bytes:
    return _with(b"Location: " + location, status=b"307 Temporary Redirect", body=b"")


CONNECTIONS: Final = {
    "ReadsNothing": Hostile(
        "takes the connection and never reads the request",
        act.reads_nothing,
        Symptom.NOT_READ,
        _TIMEOUT,
        request=_LARGE,
    ),
    "NeverAnswers": Hostile("says nothing", holds(b""), Symptom.SILENT, _TIMEOUT),
    "ClosesWithoutAnswer": Hostile(
        "closes the connection without a byte", says(b""), Symptom.CLOSED, _CLOSED
    ),
    "ResetsAtOnce": Hostile(
        "resets the connection as it stands", act.resets_at_once, Symptom.RESET, _RESET
    ),
    "ResetsAfterTheRequest": Hostile(
        "resets the connection once the request is there",
        act.says_and_resets(b""),
        Symptom.RESET,
        _RESET,
    ),
    "AnswersUnread": Hostile(
        "answers before it has read the request", act.answers_unread, Symptom.EARLY, request=_LARGE
    ),
    "ChangesItsMind": Hostile(
        "accepts at first and fails later", act.changes_its_mind, Symptom.CHANGED
    ),
    "DiesAndComesBack": Hostile(
        "is gone for a moment and comes back", act.dies_and_comes_back, Symptom.CAME_BACK
    ),
}

HEADS: Final = {
    "DripsStatus": Hostile(
        "sends its status line byte by byte",
        says_and_drips(b"HTTP/1.1 200 ", b"O"),
        Symptom.DRIPS_HEAD,
        _TIMEOUT,
    ),
    "StopsInTheHeaders": Hostile(
        "stops in the middle of its headers",
        holds(HEAD + b"Content-Le"),
        Symptom.STALLS_HEAD,
        _TIMEOUT,
    ),
    "ClosesInTheHeaders": Hostile(
        "closes in the middle of its headers",
        says(HEAD + b"Content-Le"),
        Symptom.CLOSED_HEAD,
        _CLOSED,
    ),
    "ResetsInTheHeaders": Hostile(
        "resets in the middle of its headers",
        act.says_and_resets(HEAD + b"Content-Le"),
        Symptom.RESET_HEAD,
        _RESET,
    ),
    "FloodsInterimAnswers": Hostile(
        "sends 100 Continue without end",
        says_and_floods(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
        Symptom.INTERIM_FLOOD,
        _NOT_HTTP,
    ),
    "EndlessHeaders": Hostile(
        "sends headers without end",
        says_and_floods(HEAD, b"X: y\r\n"),
        Symptom.ENDLESS_HEADERS,
        _NOT_HTTP,
    ),
    "EnormousHeader": Hostile(
        "sends one header without end",
        says_and_floods(HEAD + b"X: ", b"y"),
        Symptom.ENDLESS_LINE,
        _NOT_HTTP,
    ),
    "SpeaksAnotherProtocol": Hostile(
        "greets as a mail server does",
        says(b"220 mail.example.com ESMTP\r\n"),
        Symptom.NOT_HTTP,
        _NOT_HTTP,
    ),
    "SpeaksHttp09": Hostile(
        "sends a page without a status",
        says(b"<html>ok</html>"),
        Symptom.HTTP_0_9,
        _NOT_HTTP,
    ),
    "SpeaksHttp2": Hostile(
        "sends the settings of HTTP/2",
        says(b"\0\0\x12\x04\0\0\0\0\0" + bytes(18)),
        Symptom.HTTP_2,
        _NOT_HTTP,
    ),
    "SpeaksTls": Hostile(
        "expects TLS and sends an alert",
        says(b"\x15\x03\x01\x00\x02\x02\x46"),
        Symptom.TLS_WHERE_PLAIN,
        _NOT_HTTP,
    ),
    "SwitchesProtocol": Hostile(
        "switches to a WebSocket",
        holds(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n\x81\x05hello"),
        Symptom.SWITCHES,
        _NOT_HTTP,
    ),
    "StatusInLetters": Hostile(
        "answers with the status abc",
        says(b"HTTP/1.1 abc OK\r\nContent-Length: 0\r\n\r\n"),
        Symptom.BAD_STATUS,
        _NOT_HTTP,
    ),
    "Status999": Hostile(
        "answers with the status 999", says(_with(status=b"999 Odd")), Symptom.ODD_STATUS
    ),
    "MalformedHeader": Hostile(
        "sends a header without a name", says(_with(b": nameless")), Symptom.BAD_HEADER, _NOT_HTTP
    ),
    "NulInHeader": Hostile(
        "sends a header that holds a NUL", says(_with(b"X: a\0b")), Symptom.CONTROL, _NOT_HTTP
    ),
    "RedirectsToItself": Hostile(
        "redirects to its own address", says(_redirect(b"/callback")), Symptom.REDIRECT_LOOP
    ),
    "RedirectsElsewhere": Hostile(
        "redirects to another host",
        says(_redirect(b"http://127.0.0.2:9/steal")),
        Symptom.REDIRECT_AWAY,
    ),
    "RedirectsToAFile": Hostile(
        "redirects to a file", says(_redirect(b"file:///etc/passwd")), Symptom.REDIRECT_NOWHERE
    ),
    "RedirectsToAnotherPath": Hostile(
        "redirects to another path of its own", says(_redirect(b"/login")), Symptom.REDIRECT
    ),
}

LENGTHS: Final = {
    "NegativeLength": Hostile(
        "names a negative length",
        says(HEAD + b"Content-Length: -5\r\n\r\nhello"),
        Symptom.BAD_LENGTH,
        _NOT_HTTP,
    ),
    "HugeLength": Hostile(
        "names a length beyond 64 bits",
        holds(HEAD + b"Content-Length: 1" + b"0" * 30 + b"\r\n\r\nhello"),
        Symptom.HUGE_LENGTH,
        _NOT_HTTP,
    ),
    "ContradictingLengths": Hostile(
        "names two lengths",
        says(HEAD + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\n1"),
        Symptom.TWO_LENGTHS,
        _NOT_HTTP,
    ),
    "LengthBesideChunks": Hostile(
        "names a length and sends chunks",
        says(_with(b"Transfer-Encoding: chunked", body=b"1\r\n1\r\n0\r\n\r\n")),
        Symptom.LENGTH_AND_CHUNKS,
    ),
    "UnknownTransferCoding": Hostile(
        "sends a coding that nobody knows",
        says(HEAD + b"Transfer-Encoding: zebra\r\n\r\n1"),
        Symptom.UNKNOWN_TRANSFER,
    ),
    "BodyWith204": Hostile(
        "answers 204 and sends a body",
        says(_NO_TRAFFIC + b"Content-Length: 5\r\n\r\nhello"),
        Symptom.NEEDLESS_BODY,
    ),
    "TwoAnswers": Hostile("answers one request twice", holds(OK + OK), Symptom.MORE_BYTES),
}

BODIES: Final = {
    "DripsBody": Hostile(
        "sends its body byte by byte, for ever",
        says_and_drips(HEAD + b"Content-Length: 100000\r\n\r\n", b"x"),
        Symptom.DRIPS_BODY,
    ),
    "NeverEndsTheBody": Hostile(
        "stops in the middle of its body",
        holds(HEAD + b"Content-Length: 100\r\n\r\nhello"),
        Symptom.STALLS_BODY,
    ),
    "ClosesInTheBody": Hostile(
        "closes in the middle of its body",
        says(HEAD + b"Content-Length: 100\r\n\r\nhello"),
        Symptom.CLOSED_BODY,
    ),
    "ResetsInTheBody": Hostile(
        "resets in the middle of its body",
        act.says_and_resets(HEAD + b"Content-Length: 100\r\n\r\nhello"),
        Symptom.RESET_BODY,
    ),
    "TenGigabytes": Hostile(
        "sends ten gigabytes", says_and_floods(_TEN_GB, b"x"), Symptom.HUGE_BODY
    ),
    "EndlessBody": Hostile(
        "sends chunks without end",
        says_and_floods(_CHUNKED, b"400\r\n" + b"x" * 1024 + b"\r\n"),
        Symptom.ENDLESS_BODY,
    ),
    "BadChunkSize": Hostile(
        "gives a chunk a size that is none", says(_CHUNKED + b"zz\r\nhello"), Symptom.BAD_CHUNK
    ),
    "EndlessChunkExtension": Hostile(
        "sends an extension of a chunk without end",
        says_and_floods(_CHUNKED + b"1;", b"x"),
        Symptom.ENDLESS_CHUNK_LINE,
    ),
    "EndlessTrailers": Hostile(
        "sends trailers without end",
        says_and_floods(_CHUNKED + b"1\r\n1\r\n0\r\n", b"X: y\r\n"),
        Symptom.ENDLESS_TRAILERS,
    ),
    "GzipBomb": Hostile(
        "sends a small body that becomes ten megabytes", act.sends_a_bomb, Symptom.BOMB
    ),
    "CompressesUnasked": Hostile(
        "compresses its answer",
        says(_with(b"Content-Encoding: gzip", body=gzip.compress(b"1"))),
        Symptom.COMPRESSED,
    ),
    "UnknownCoding": Hostile(
        "sends an answer coded with Brotli",
        says(_with(b"Content-Encoding: br", body=b"\x0b\x00\x801\x03")),
        Symptom.UNKNOWN_CODING,
    ),
}

HOSTILE: Final[dict[str, Hostile]] = {**CONNECTIONS, **HEADS, **LENGTHS, **BODIES}
