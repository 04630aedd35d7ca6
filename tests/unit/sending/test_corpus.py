"""A corpus holds each request to the byte, in the form that the tool of its name reads."""

from __future__ import annotations

import json
import random
import re
from base64 import b64decode
from itertools import islice

from hookproof.conformance.cases.constants import Constants
from hookproof.contract import Contract
from hookproof.sending.corpus import CORPORA, write_corpus
from hookproof.sending.events import Events

URL = "http://127.0.0.1:8000/hook?a=1"


def requests():
    """Three signed requests, with quotes, escapes and a query of their own."""
    callback = Contract().callback("zego_rtc/record")
    events = Events(Constants(callback), b"secret", lambda: 1.795e9, random.Random(1))
    payload = {**callback.examples[0].payload, "stream_alias": 'ü "\\ ]] \n'}
    return list(islice(events.many([payload]), 3))


def test_each_format_holds_all_of_them() -> None:
    """Bodies, headers and the URL come back as they were."""
    given = requests()
    text = {name: "".join(write_corpus(given, url=URL, name=name)) for name in CORPORA}
    bodies = [one.body for one in given]
    lines = [json.loads(line) for line in text["ndjson"].splitlines()]
    assert [one["body"].encode() for one in lines] == bodies
    assert {one["url"] for one in lines} == {URL}
    assert lines[0]["headers"] == dict(given[0].headers)
    targets = [json.loads(line) for line in text["vegeta"].splitlines()]
    assert [b64decode(one["body"]) for one in targets] == bodies
    assert targets[0]["header"] == {"Content-Type": ["application/json"]}
    scripted = re.findall(r"^  (\[.*\]),$", text["k6"], re.MULTILINE)
    assert [json.loads(one)[1].encode() for one in scripted] == bodies
    literals = re.findall(r'^  \{"/hook\?a=1", \{.*\}, "(.*)"\},$', text["wrk"], re.MULTILINE)
    assert [lua(one) for one in literals] == bodies


def lua(literal: str) -> bytes:
    """The bytes that a literal of Lua stands for."""
    return re.sub(rb"\\([0-9]{3})", lambda m: bytes([int(m[1])]), literal.encode())


def test_headers_of_ones_own_take_the_place_of_others() -> None:
    """As they do where hookproof sends itself."""
    given = (("content-type", "text/x"), ("X-Key", "1"))
    [first, *_] = write_corpus(requests(), url=URL, name="ndjson", given=given)
    assert json.loads(first)["headers"] == {"content-type": "text/x", "X-Key": "1"}
