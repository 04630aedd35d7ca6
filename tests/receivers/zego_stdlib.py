"""A receiver written from the vendor's page alone: strict about what it takes, standard library.

It takes JSON, percent-encoded JSON and forms, checks the SHA-1 over the sorted strings, checks
each field that the page lists, and answers `1`. Malformed bodies get 400, or the status given
with --malformed-status; a wrong signature gets 401.
"""

from __future__ import annotations

import argparse
import hashlib
import hmac
import json
import os
import re
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, unquote_plus

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_BYTES = 1024 * 1024
NUMBER = re.compile(r"[0-9]+")

Fields = dict[str, Any]


class MalformedError(Exception):
    """The body is not one of the documented callbacks."""


def read_fields(raw: bytes, content_type: str) -> Fields:
    """The fields of a body in whichever documented form it came."""
    try:
        text = raw.decode("utf-8")
        if content_type.startswith("application/x-www-form-urlencoded"):
            return dict(parse_qsl(text, keep_blank_values=True, strict_parsing=True))
        if text.startswith("%"):
            text = unquote_plus(text, errors="strict")
        fields = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise MalformedError("unreadable") from error
    if not isinstance(fields, dict):
        raise MalformedError("no object")
    return fields


def is_signed(fields: Fields, secret: str) -> bool:
    """SHA-1 over secret, timestamp and nonce, sorted as strings."""
    upper = "Event" in fields
    names = ("Signature", "Timestamp", "Nonce") if upper else ("signature", "timestamp", "nonce")
    signature, timestamp, nonce = (fields.get(name) for name in names)
    if not (isinstance(signature, str) and isinstance(timestamp, str) and isinstance(nonce, str)):
        return False
    joined = "".join(sorted([secret, timestamp, nonce]))
    expected = hashlib.sha1(joined.encode("utf-8", "replace")).hexdigest()  # noqa: S324
    return hmac.compare_digest(signature.encode("utf-8", "replace"), expected.encode())


def text(fields: Fields, *names: str) -> None:
    """Those fields must be there and be text."""
    for name in names:
        if not isinstance(fields.get(name), str):
            raise MalformedError(name)


def number(fields: Fields, *names: str) -> None:
    """Those fields must be there and be decimal text."""
    text(fields, *names)
    for name in names:
        if not NUMBER.fullmatch(fields[name]):
            raise MalformedError(name)


def at_most(fields: Fields, name: str, limit: int) -> None:
    """That field must not be longer than so many bytes."""
    if len(fields[name].encode("utf-8", "replace")) > limit:
        raise MalformedError(name)


def nested(value: Any) -> Fields:
    """The object that a field holds as JSON text."""
    try:
        found = json.loads(value)
    except (TypeError, ValueError, RecursionError) as error:
        raise MalformedError("extra_params") from error
    if not isinstance(found, dict):
        raise MalformedError("extra_params")
    return found


def check_compose(fields: Fields) -> None:
    """Recorded files were merged; one of the vendors leaves some fields out."""
    text(fields, "replay_url", "task_id")
    number(fields, "appid", "timestamp", "nonce")
    at_most(fields, "replay_url", 1024)
    if "file_id" in fields:
        number(fields, "file_id")
    if "code" in fields and fields["code"] not in ("0", "40000", "60000", "70000"):
        raise MalformedError("code")
    if "message" in fields:
        text(fields, "message")


def check_record(fields: Fields) -> None:
    """A recording is there; what the three vendors add differs."""
    text(fields, "stream_alias", "replay_url", "extra_params")
    number(fields, "appid", "timestamp", "nonce", "begin_time", "end_time")
    at_most(fields, "stream_alias", 255)
    at_most(fields, "replay_url", 1024)
    extra = nested(fields["extra_params"])
    shapes = ({"TaskId", "FileID"}, {"PersistentId"}, {"ObsObject", "FileSize"})
    duration = extra.get("Duration")
    if not isinstance(duration, (int, float)) or not any(shape <= set(extra) for shape in shapes):
        raise MalformedError("extra_params")


def check_procedure(fields: Fields) -> None:
    """A transcoding ended; the file's id has two spellings."""
    text(fields, "task_id")
    number(fields, "appid", "timestamp", "nonce")
    number(fields, "file_id" if "file_id" in fields else "fileId")
    extra = fields.get("extra_params")
    if fields.get("status") == "FAILED":
        if extra not in (None, "", "{}"):
            raise MalformedError("extra_params")
        return
    if fields.get("status") != "SUCCESS":
        raise MalformedError("status")
    media = nested(extra).get("media")
    if not isinstance(media, dict) or not isinstance(media.get("transcode"), list):
        raise MalformedError("extra_params")
    for output in media["transcode"]:
        if not isinstance(output, dict) or not isinstance(output.get("code"), str):
            raise MalformedError("extra_params")


def check_transcode_stop(fields: Fields) -> None:
    """A transcoding was stopped; the numbers are numbers here."""
    text(fields, "TaskId", "UserId")
    number(fields, "Appid", "Timestamp", "Nonce")
    for name in ("Sequence", "StopReason"):
        if type(fields.get(name)) is not int:
            raise MalformedError(name)
    if fields.get("Status") not in ("TranscodeStopped", "TranscodeStarted"):
        raise MalformedError("Status")


CHECKS = {
    "compose": check_compose,
    "record": check_record,
    "procedure": check_procedure,
    "transcode_stop": check_transcode_stop,
}


def check_for(event: Any) -> Callable[[Fields], None]:
    """What checks the fields of an event."""
    if not isinstance(event, str) or event not in CHECKS:
        raise MalformedError("event")
    return CHECKS[event]


def answer(raw: bytes, content_type: str, secret: str, malformed: int) -> tuple[int, bytes]:
    """The status and the body for one callback."""
    try:
        fields = read_fields(raw, content_type)
        check = check_for(fields.get("Event", fields.get("event")))
        if not is_signed(fields, secret):
            return 401, b"bad signature"
        check(fields)
    except MalformedError as error:
        return malformed, f"malformed: {error}".encode("ascii", "backslashreplace")
    return 200, b"1"


def main() -> None:
    """Serve on a free port of loopback, and print it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--malformed-status", type=int, default=400)
    options = parser.parse_args()
    secret = os.environ["CALLBACK_SECRET"]

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1  # one packet for head and body

        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length", 0))
            if length > MOST_BYTES:
                self.close_connection = True
                self.reply(413, b"too large")
                return
            content_type = self.headers.get("Content-Type", "")
            raw = self.rfile.read(length)
            self.reply(*answer(raw, content_type, secret, options.malformed_status))

        def reply(self, status: int, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            """Stay quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    sys.stdout.write(f"{server.server_port}\n")
    sys.stdout.flush()
    server.serve_forever()


if __name__ == "__main__":
    main()
