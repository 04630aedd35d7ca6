"""What is odd about an exchange, in one word each: how a receiver is broken or hostile."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Symptom(StrEnum):
    """One oddity of an exchange. `told` says it to a person."""

    # No connection.
    REFUSED = "connection-refused"
    NO_CONNECTION = "no-connection"
    UNREACHABLE = "unreachable"
    TLS_FAILED = "tls-failed"
    NOT_TRUSTED = "certificate-not-trusted"
    PLAIN_WHERE_TLS = "plain-where-tls"
    # No answer.
    NOT_READ = "request-not-read"
    SILENT = "no-answer"
    RESET = "reset-without-answer"
    CLOSED = "closed-without-answer"
    BROKEN = "connection-broken"
    # A head that never becomes one.
    DRIPS_HEAD = "drips-headers"
    STALLS_HEAD = "stalls-in-headers"
    CLOSED_HEAD = "closed-in-headers"
    RESET_HEAD = "reset-in-headers"
    INTERIM_FLOOD = "floods-interim-answers"
    ENDLESS_HEADERS = "too-many-headers"
    ENDLESS_LINE = "header-too-long"
    # No HTTP/1.1.
    NOT_HTTP = "not-http"
    HTTP_0_9 = "http-0.9"
    HTTP_2 = "http-2"
    TLS_WHERE_PLAIN = "tls-where-plain"
    SWITCHES = "switches-protocol"
    BAD_STATUS = "malformed-status"
    BAD_HEADER = "malformed-header"
    CONTROL = "control-character-in-header"
    BAD_LENGTH = "length-is-no-number"
    HUGE_LENGTH = "impossible-length"
    TWO_LENGTHS = "contradicting-lengths"
    # A body that is not whole.
    DRIPS_BODY = "drips-body"
    STALLS_BODY = "stalls-in-body"
    CLOSED_BODY = "closed-in-body"
    RESET_BODY = "reset-in-body"
    HUGE_BODY = "oversized-body"
    ENDLESS_BODY = "endless-body"
    BAD_CHUNK = "malformed-chunk"
    ENDLESS_CHUNK_LINE = "chunk-line-too-long"
    ENDLESS_TRAILERS = "trailers-too-long"
    # An answer that is whole, and odd.
    EARLY = "answers-before-the-request"
    ODD_STATUS = "status-out-of-range"
    NEEDLESS_BODY = "body-where-none-belongs"
    MORE_BYTES = "bytes-after-the-answer"
    LENGTH_AND_CHUNKS = "length-beside-chunks"
    UNKNOWN_TRANSFER = "unknown-transfer-coding"
    COMPRESSED = "compressed-unasked"
    BOMB = "decompression-bomb"
    UNKNOWN_CODING = "unknown-content-coding"
    REDIRECT = "redirects"
    REDIRECT_LOOP = "redirects-to-itself"
    REDIRECT_AWAY = "redirects-elsewhere"
    REDIRECT_NOWHERE = "redirects-to-no-web-address"
    # Over several exchanges.
    CAME_BACK = "went-away-and-came-back"
    CHANGED = "changed-its-mind"

    @property
    def told(self) -> str:
        """What the receiver did, as the end of a sentence."""
        return _TOLD[self]


_TOLD: Final[dict[Symptom, str]] = {
    Symptom.REFUSED: "nobody listens there",
    Symptom.NO_CONNECTION: "it takes no connection",
    Symptom.UNREACHABLE: "no way leads there",
    Symptom.TLS_FAILED: "the TLS handshake fails",
    Symptom.NOT_TRUSTED: "its certificate is not trusted",
    Symptom.PLAIN_WHERE_TLS: "it does not speak TLS there; is it an http URL?",
    Symptom.NOT_READ: "it does not read the request",
    Symptom.SILENT: "it takes the request and says nothing",
    Symptom.RESET: "it resets the connection in place of an answer",
    Symptom.CLOSED: "it closes the connection in place of an answer",
    Symptom.BROKEN: "the connection broke",
    Symptom.DRIPS_HEAD: "it sends its headers a few bytes at a time and never ends them",
    Symptom.STALLS_HEAD: "it stops in the middle of its headers",
    Symptom.CLOSED_HEAD: "it closes the connection in the middle of its headers",
    Symptom.RESET_HEAD: "it resets the connection in the middle of its headers",
    Symptom.INTERIM_FLOOD: "it sends interim answers (1xx) without end",
    Symptom.ENDLESS_HEADERS: "it sends more headers than any client takes",
    Symptom.ENDLESS_LINE: "it sends a header longer than any client takes",
    Symptom.NOT_HTTP: "what it says is not HTTP",
    Symptom.HTTP_0_9: "it sends a body without a status, as in HTTP/0.9",
    Symptom.HTTP_2: "it speaks HTTP/2 unasked",
    Symptom.TLS_WHERE_PLAIN: "it speaks TLS there; is it an https URL?",
    Symptom.SWITCHES: "it switches to another protocol, which nobody asked for",
    Symptom.BAD_STATUS: "its status is no status",
    Symptom.BAD_HEADER: "its headers are malformed",
    Symptom.CONTROL: "a header of it holds a carriage return or a NUL",
    Symptom.BAD_LENGTH: "its Content-Length is no number",
    Symptom.HUGE_LENGTH: "its Content-Length is more than any computer holds",
    Symptom.TWO_LENGTHS: "its Content-Length contradicts itself",
    Symptom.DRIPS_BODY: "it sends its body a few bytes at a time and never ends it",
    Symptom.STALLS_BODY: "it stops in the middle of its body",
    Symptom.CLOSED_BODY: "it closes the connection in the middle of its body",
    Symptom.RESET_BODY: "it resets the connection in the middle of its body",
    Symptom.HUGE_BODY: "its body is longer than the 64 KiB that are read of it, by its own words",
    Symptom.ENDLESS_BODY: "its body has no length, and no end within the 64 KiB that are read",
    Symptom.BAD_CHUNK: "its chunks are malformed",
    Symptom.ENDLESS_CHUNK_LINE: "a line between its chunks is longer than any client takes",
    Symptom.ENDLESS_TRAILERS: "it sends trailers longer than any client takes",
    Symptom.EARLY: "it answers before the request is there",
    Symptom.ODD_STATUS: "its status is outside 100 to 599",
    Symptom.NEEDLESS_BODY: "it sends a body with a status that has none",
    Symptom.MORE_BYTES: "it sends more after the answer, which would pass for the next one",
    Symptom.LENGTH_AND_CHUNKS: "it gives a length and sends chunks, so where it ends is unclear",
    Symptom.UNKNOWN_TRANSFER: "it names a Transfer-Encoding that clients do not know",
    Symptom.COMPRESSED: "it compresses its body, which nobody asked for",
    Symptom.BOMB: "its body is small and becomes huge when it is decompressed",
    Symptom.UNKNOWN_CODING: "it names a Content-Encoding that was not asked for",
    Symptom.REDIRECT: "it redirects, and no vendor follows",
    Symptom.REDIRECT_LOOP: "it redirects to itself",
    Symptom.REDIRECT_AWAY: "it redirects to another host, where a signed body has no business",
    Symptom.REDIRECT_NOWHERE: "it redirects to what is no web address",
    Symptom.CAME_BACK: "it went away and came back",
    Symptom.CHANGED: "it accepted the genuine callback first and later did not",
}
