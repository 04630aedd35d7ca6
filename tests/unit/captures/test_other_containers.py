"""Callbacks in containers and notations that were thought of last: each stands for its kind.

What cannot be read is told by name, with the command that makes it readable, and no run over it
and a valid callback stays silent.
"""

from __future__ import annotations

import base64
import html
import json
import quopri
import textwrap
from typing import Any
from urllib.parse import parse_qsl

import pytest
from each import each
from unit.captures.reading import everything
from unit.captures.test_containers import (
    FORM,
    HEADERS,
    ONE,
    RAW,
    RECORD,
    ROOM,
    SIGN,
    UNSEEN,
    VALID,
    VALIDATOR,
    b64,
    pairs,
    verdicts,
)

from hookproof.captures.capture import Capture, Remark, Unreadable
from hookproof.payload.body import read_body

PAYLOAD, EVENT = json.loads(RECORD), json.loads(ROOM)
LOWER = {name.lower(): value for name, value in HEADERS.items()}
HEXED = ROOM.encode().hex()


def escaped(text: str) -> str:
    """A text as it stands between double quotes in most languages."""
    written = json.dumps(text, ensure_ascii=False)
    return written[1:-1]


def dynamo(value: Any) -> Any:
    """A value as DynamoDB keeps it."""
    if isinstance(value, dict):
        return {"M": {name: dynamo(one) for name, one in value.items()}}
    return {"S": value} if isinstance(value, str) else {"N": str(value)}


def attributes(value: Any) -> Any:
    """A value as OpenTelemetry keeps it."""
    if isinstance(value, dict):
        values = [{"key": name, "value": attributes(one)} for name, one in value.items()]
        return {"kvlistValue": {"values": values}}
    return {"stringValue": value} if isinstance(value, str) else {"intValue": str(value)}


def fields(value: Any) -> Any:
    """A value as Firestore keeps it."""
    if isinstance(value, dict):
        return {"mapValue": {"fields": {name: fields(one) for name, one in value.items()}}}
    return {"stringValue": value} if isinstance(value, str) else {"integerValue": str(value)}


def lines(*records: Any) -> str:
    """Records, one on a line."""
    return "".join(json.dumps(record) + "\n" for record in records)


def inspected(value: dict[str, Any]) -> str:
    """An object as Node prints it."""
    rows = []
    for name, one in value.items():
        if isinstance(one, dict):
            inner = ", ".join(f"{k}: {v!r}" for k, v in one.items())
            rows.append(f"  {name}: {{ {inner} }}")
        else:
            rows.append(f"  {name}: {one!r}")
    return "{\n" + ",\n".join(rows) + "\n}"


def ruby(value: dict[str, Any], arrow: str = "=>") -> str:
    """A hash as Ruby prints it."""
    return "{" + ", ".join(f"{json.dumps(k)}{arrow}{json.dumps(v)}" for k, v in value.items()) + "}"


def php(value: dict[str, Any], indent: str = "  ") -> str:
    """An array as var_export of PHP prints it."""
    rows = []
    for name, one in value.items():
        shown = f"\n{indent}{php(one, indent + '  ')}" if isinstance(one, dict) else repr(one)
        rows.append(f"{indent}'{name}' => {shown},\n")
    return f"array (\n{''.join(rows)}{indent[2:]})"


def quoted(value: Any) -> str:
    """A text or number of most languages."""
    return json.dumps(value, ensure_ascii=False)


DOUBLED = RECORD.replace('"', '""')
WIDE = RECORD.replace("aaaa.mp4", "录.mp4")
FIELDS = " ".join(f"'{name}={value}'" for name, value in PAYLOAD.items())
WIRE = "".join(f'DEBUG wire - >> "{line}[\\r][\\n]"\n' for line in RAW.split("\r\n")[:-1])
PRETTY = ["got {", *json.dumps(PAYLOAD, indent=2).split("\n")[1:], "done"]
READ: dict[str, tuple[Any, list[str]]] = {
    # Of a body laid out over lines collectors make a record of each line.
    "docker, a record a line": (
        lines(*({"log": f"{p}\n"} for p in PRETTY), {"log": RECORD}),
        2 * [ONE],
    ),
    "journald, a record a line": (
        lines(*({"MESSAGE": part, "_PID": "1"} for part in PRETTY)),
        [ONE],
    ),
    "filebeat, a record a line": (lines(*({"log": {"message": part}} for part in PRETTY)), [ONE]),
    "docker, an object of Node": (
        lines({"log": "up\n"}, *({"log": f"{part}\n"} for part in inspected(EVENT).split("\n"))),
        [UNSEEN],
    ),
    "cloudwatch, an event a line": (
        {"events": [{"message": part} for part in [*PRETTY, RECORD]]},
        [ONE, ONE],
    ),
    "gcp, an entry a line": ([{"textPayload": part} for part in PRETTY], [ONE]),
    "a body kept as Base64 and as text": (
        [{"method": "POST", "bodyAsBase64": b64(RECORD), "body": RECORD}],
        [ONE],
    ),
    "a form kept as an object": (
        {
            "method": "POST",
            "headers": {"Content-Type": "application/x-www-form-urlencoded"},
            "form": dict(parse_qsl(FORM)),
        },
        ["room_close valid"],
    ),
    "toml": (f"[[request]]\nmethod = 'POST'\nbody = '''{RECORD}'''\n", [ONE]),
    "a body kept twice": (
        {"layers": {"http": {"file_data": RECORD}, "json": {"object": RECORD}}},
        [ONE],
    ),
    "two records of the same bytes": ({"a": {"body": RECORD}, "b": {"body": RECORD}}, [ONE, ONE]),
    # What collectors, queues and databases make of a body.
    "gelf": (lines({"short_message": "up"}, {"short_message": "x", "full_message": RECORD}), [ONE]),
    "otlp, a text": (
        {"resourceLogs": [{"logRecords": [{"body": {"stringValue": RECORD}}]}]},
        [ONE],
    ),
    "otlp, a map": ({"resourceLogs": [{"logRecords": [{"body": attributes(PAYLOAD)}]}]}, [ONE]),
    "jaeger": ({"spans": [{"tags": [{"key": "http.request.body", "value": RECORD}]}]}, [ONE]),
    "cloudevents": ({"specversion": "1.0", "type": "x", "id": "1", "data": PAYLOAD}, [ONE]),
    "cloudevents, bytes": ({"specversion": "1.0", "id": "1", "data_base64": b64(RECORD)}, [ONE]),
    "rabbitmq": (
        [{"payload_bytes": 9, "payload": b64(RECORD), "payload_encoding": "base64"}],
        [ONE],
    ),
    "kafka, whose headers are its own": (
        {"topic": "t", "headers": ["traceparent", "00-1"], "payload": ROOM},
        [UNSEEN],
    ),
    "akhq": ([{"value": ROOM, "headers": pairs("key")}], [VALID]),
    "dynamodb": (
        {"Item": {"body": {"S": ROOM}, "headers": dynamo(HEADERS)}},
        [VALID],
    ),
    "dynamodb, a map": ({"Item": {"id": {"S": "1"}, "payload": dynamo(PAYLOAD)}}, [ONE]),
    "firestore": ({"documents": [{"fields": {"payload": fields(PAYLOAD)}}]}, [ONE]),
    "firehose": (RECORD + RECORD, [ONE, ONE]),
    "journald, a text with a colour": (
        lines({"MESSAGE": list(f"\x1b[32m{RECORD}\x1b[0m".encode())}, {"MESSAGE": "up"}),
        [ONE],
    ),
    "bytea": (lines({"id": 1, "body": f"\\x{RECORD.encode().hex()}"}, {"id": 2}), [ONE]),
    "mysql -B": (f"id\tbody\n1\t{RECORD}\n".replace("\\", "\\\\"), [ONE]),
    "redis": (f'1) 1) "1-0"\n   2) 1) "body"\n      2) "{escaped(RECORD)}"\n', [ONE]),
    # What shows requests.
    "dissected packets": (
        [{"_source": {"layers": {"http": {"http.file_data": ":".join(textwrap.wrap(HEXED, 2))}}}}],
        [UNSEEN],
    ),
    "fields of packets": (f"{HEXED}\n{RECORD.encode().hex()}\n", [UNSEEN, ONE]),
    "whistle": ([{"req": {"method": "POST", "headers": LOWER, "base64": b64(ROOM)}}], [VALID]),
    "envoy": (
        {
            "http_buffered_trace": {
                "request": {
                    "headers": [{"key": ":path", "value": "/cb"}, *pairs("key")],
                    "body": {"as_bytes": b64(ROOM)},
                }
            }
        },
        [VALID],
    ),
    "logbook": (
        (
            f"TRACE Incoming Request:\nPOST http://h/cb HTTP/1.1\nHost: h\nSign: {SIGN}\n\n{ROOM}\n"
            'TRACE Outgoing Response: 1\nHTTP/1.1 200 OK\n\n{"code":0}\n'
        ),
        [VALID],
    ),
    "okhttp": (
        f"--> POST http://h/cb\nSign: {SIGN}\n\n{ROOM}\n--> END POST (139-byte body)\n",
        [UNSEEN],
    ),
    "wire log": (f'{WIRE}DEBUG wire - >> "{ROOM}"\n', [UNSEEN]),
    "strace": (f'read(5, "{escaped(RAW)}", 8192) = {len(RAW)}\n', [UNSEEN]),
    "httpie -v, which lays bodies out": (
        RAW.partition("\r\n\r\n")[0].replace("\r", "")
        + f"\n\n{json.dumps(EVENT, indent=4)}\n\n\nHTTP/1.1 200 OK\n\nok\n",
        [VALID],
    ),
    "messages of a websocket": (
        {
            "log": {
                "version": "1.2",
                "entries": [
                    {
                        "startedDateTime": "2023-06-26T09:12:12Z",
                        "request": {"method": "GET", "url": "wss://h", "headers": []},
                        "_webSocketMessages": [{"type": "receive", "opcode": 1, "data": RECORD}],
                    }
                ],
            }
        },
        [ONE],
    ),
    # Clients and inspectors.
    "hurl": (f"POST http://h/cb\nSign: {SIGN}\n```\n{ROOM}\n```\nHTTP 200\n", [VALID]),
    "hurl without a fence": (f"POST http://h/cb\nSign: {SIGN}\n{ROOM}\n\nHTTP 200\n", [VALID]),
    "hurl, one after the other": (
        (
            f"POST http://h/cb\nSign: {SIGN}\n{ROOM}\nHTTP 200\n[Asserts]\nstatus == 200\n\n"
            f"POST http://h/cb\n{RECORD}\nHTTP 200\n\n"
            f"POST http://h/cb\nA: b\n```json\n{RECORD}\n```\n"
        ),
        [VALID, ONE, ONE],
    ),
    "a row of texts": (f"{json.dumps(RECORD)},{json.dumps(RECORD)}\n", [ONE, ONE]),
    "requests with nothing between them": (
        f"POST http://h/cb\nSign: {SIGN}\n\n{ROOM}\n\nPOST http://h/cb\n\n{RECORD}\n",
        [VALID, ONE],
    ),
    "bruno": (
        (
            "meta {\n  name: x\n}\n\npost {\n  url: http://h/cb\n  body: json\n}\n\n"
            f"headers {{\n  Sign: {SIGN}\n  ~Off: 1\n  Other: {{{{x}}}}\n}}\n\n"
            f"body:json {{\n{textwrap.indent(json.dumps(EVENT, indent=2), '  ')}\n}}\n"
        ),
        [VALID],
    ),
    "smee": (
        {"host": "smee.io", "user-agent": "x", "content-type": "application/json", "sign": SIGN}
        | {"body": EVENT, "query": {}, "timestamp": 1687771618531},
        [VALID],
    ),
    "wrangler": (
        {
            "logs": [{"message": ["callback", ROOM], "level": "log"}],
            "event": {"request": {"url": "https://h/cb", "method": "POST", "headers": LOWER}},
        },
        [VALID],
    ),
    "convoy": (
        [{"raw": ROOM, "data": EVENT, "headers": {k: [v] for k, v in LOWER.items()}}],
        [VALID],
    ),
    "apps script": ({"postData": {"contents": RECORD, "type": "application/json"}}, [ONE]),
    # What people copy from somewhere.
    "jq without -r": (json.dumps(RECORD), [ONE]),
    "a field of a form": (
        f"payload={json.dumps(PAYLOAD).replace(' ', '')}&x=1".replace('"', "%22"),
        [ONE],
    ),
    "a page's text": (f"2023 hook {html.escape(RECORD)}\n", [ONE]),
    "fetch": (
        (
            f'fetch("http://h/cb", {{\n  "headers": {{"sign": "{SIGN}", "accept": "*/*"}},\n'
            f'  "body": "{escaped(ROOM)}",\n  "method": "POST"\n}});\n'
        ),
        [VALID],
    ),
    # Values that a program has parsed and printed.
    "python": (f"2023 got {PAYLOAD!r}\n", [ONE]),
    "python, a file": (f"{PAYLOAD!r}\n", [ONE]),
    "python, over lines": (f"{{'body': '{ROOM}',\n 'headers': {HEADERS!r}}}\n", [UNSEEN]),
    "django": (f"got <QueryDict: { {k: [v] for k, v in PAYLOAD.items()}!r}>\n", [ONE]),
    "ruby": (f"  Parameters: {ruby(PAYLOAD)}\n", [ONE]),
    "ruby 3.4": (f"got {ruby(PAYLOAD, ' => ')}\n", [ONE]),
    "elixir": (f"got %{ruby(PAYLOAD, ' => ')}\n", [ONE]),
    "node": (f"hook {inspected(EVENT)}\nlistening\n", [UNSEEN]),
    "node, on a line": ("got " + inspected(EVENT).replace("\n", "") + "\n", [UNSEEN]),
    "php": (f"hook {php(EVENT)}\n", [UNSEEN]),
    "rust": (
        f"got Event {{ {', '.join(f'{k}: {quoted(v)}' for k, v in PAYLOAD.items())} }}\n",
        [ONE],
    ),
    "rust, a JSON value": (
        "got Object {"
        + ", ".join(f"{quoted(k)}: String({quoted(v)})" for k, v in PAYLOAD.items())
        + "}\n",
        [ONE],
    ),
    "swift": (
        f"got [{', '.join(f'{quoted(k)}: {quoted(v)}' for k, v in PAYLOAD.items())}]\n",
        [ONE],
    ),
    "clojure": (f"got {{{', '.join(f':{k} {quoted(v)}' for k, v in PAYLOAD.items())}}}\n", [ONE]),
    "mongosh": (f"[\n  {{\n    _id: ObjectId('6a6a'),\n    body: {RECORD!r}\n  }}\n]\n", [ONE]),
    "lua": (f"got {{ {', '.join(f'{k} = {quoted(v)}' for k, v in PAYLOAD.items())} }}\n", [ONE]),
    "c#, a verbatim text": (f'var hook = @"{DOUBLED}";\n', [ONE]),
    "bytes of Go": (f"body {' '.join(map(str, RECORD.encode())).join('[]')}\n", [ONE]),
    "bytes of Java": (f"body {[n - 256 * (n > 127) for n in WIDE.encode()]}\n", [ONE]),
    # Commands of other clients than curl.
    "httpie": (f"http POST https://h/cb Sign:{SIGN} --raw '{ROOM}'\n", [VALID]),
    "httpie, from a pipe": (f"$ echo -n '{ROOM}' | http POST h/cb Sign:{SIGN}\n", [VALID]),
    "httpie, fields": (f"http https://h/cb {FIELDS}\n", [ONE]),
    "httpie, a form": (
        f"http -f POST https://h/cb {FORM.replace('&', ' ')}\n",
        ["room_close valid"],
    ),
    "httpie, typed fields": (
        (
            "http POST h/cb EventGroupId:=1 EventType:=102 CallbackTs:=1687771618531 Sign:x"
            f" EventInfo:='{json.dumps(EVENT['EventInfo'])}'\n"
        ),
        ["room_dismissed wrong HP302"],
    ),
    "xh, which leaves blanks out": (
        (
            f"xh post h/cb Sign:{SIGN} EventGroupId:=1 EventType:=102 CallbackTs:=1687771618531"
            f" EventInfo:='{json.dumps(EVENT['EventInfo'])}'\n"
        ),
        [VALID],
    ),
    "wget": (f"wget -qO- --header='Sign: {SIGN}' --post-data='{ROOM}' https://h/cb\n", [VALID]),
    "wget -d": (
        (
            f"Setting --body-data (bodydata) to x\n\n---request begin---\n{RAW.partition(ROOM)[0]}"
            f"---request end---\n[BODY data: {ROOM}]\nHTTP request sent, awaiting response... \n"
            "---response begin---\nHTTP/1.0 200 OK\n---response end---\n"
        ),
        [VALID],
    ),
    # What consoles and queues print.
    "postman's console": (
        f"POST /cb HTTP/1.1\nSign: {SIGN}\nContent-Length: {len(ROOM)}\n \n{ROOM}\n \n",
        [VALID],
    ),
    "csv without names": (f'1,2026,"{DOUBLED}"\n2,2026,"{DOUBLED}"\n', [ONE, ONE]),
    "redis monitor": (
        f'1700.01 [0 h:5] "LPUSH" "hooks" "{escaped(RECORD)}"\n1700.02 [0 h:5] "PING"\n',
        [ONE],
    ),
    "fluent bit": (f'[0] app: [1700000000.000000000, {{"log"=>"{escaped(RECORD)}"}}]\n', [ONE]),
    "rabbitmqadmin": (f"| hooks       |          | 0             | {RECORD} |\n", [ONE]),
    "kafka console": (f"CreateTime:1700000000000\tsign:{SIGN}\tkey\t{RECORD}\n", [ONE]),
    "svix": ({"data": [{"eventType": "record", "payload": PAYLOAD}], "done": True}, [ONE]),
    "server-sent events": (f"id: 1\ndata: {RECORD}\n\nid: 2\ndata: {RECORD}\n\n", [ONE, ONE]),
    "a dump of SQLite": (
        f"BEGIN;\nINSERT INTO hooks VALUES(1,X'{RECORD.encode().hex()}');\n",
        [ONE],
    ),
    "heroku": (f"311 <45>1 2026-03-01T12:00:00+00:00 host app web.1 - hook {RECORD}\n", [ONE]),
}
DUMP = " ".join(textwrap.wrap(RAW.encode().hex(), 4)[:8])
MAIL = "From: a@b\nSubject: x\nContent-Transfer-Encoding: quoted-printable\n\n"
TOLD: dict[str, tuple[str | bytes, str, str]] = {
    "xxd": (f"00000000: {DUMP}  POST /cb\n", "hex dump of xxd", "xxd -r"),
    "hexdump": ("00000000  50 4f 53 54 20 2f 63 62  20  |POST /cb |\n", "hex dump", "xxd -r -p"),
    "hexadecimal digits": (RAW.encode().hex(), "hexadecimal", "xxd -r -p"),
    "base64": (base64.encodebytes(RECORD.encode()), "Base64", "base64 -d"),
    "e-mail": (MAIL.encode() + quopri.encodestring(RECORD.encode()), "e-mail", "attached"),
    "psql": (
        ' id | body\n----+----\n  1 | {       +\n    |   "a": 1+\n    | }\n',
        "psql",
        "psql -At",
    ),
    "curl -v": (
        "* Connected to h\n> POST /cb HTTP/1.1\n> Host: h\n>\n",
        "curl -v",
        "--trace-ascii",
    ),
    "journald's own": (
        b"__CURSOR=s\nMESSAGE\n\x09\0\0\0\0\0\0\0" + WIDE.encode() + b"\n",
        "journald",
        "-o json",
    ),
    "a map of Clojure": ('got {:event "record" :more #object[x]}\n', "Clojure", "as JSON"),
    "yaml": ("- event: record\n  appid: '1'\n  nonce: x\n", "YAML", "yq -o json"),
}
BESIDE = {
    "an access record": '{"method":"POST","uri":"/cb","status":200}',
    "an access record with its request": '{"request":"POST /cb HTTP/1.1","status":200}',
    "a record with a map of Clojure": json.dumps({"msg": 'got {:event "record" :x #a}'}),
    "a table of bytes": '|00000000| 7b 22 65 76 65 6e 74 22 3a 22 72 65 |{"event":"record |',
    "a record of a part": json.dumps({"log": '  "event": "record",'}),
    "a map of Go": "got map[appid:1 event:record]",
    "a struct of Go": "got {Event:record AppID:1}",
    "a map of Java": "got {event=record, appid=1}",
    "a term of Erlang": 'got #{<<"event">> => <<"record">>}',
    "serialize": 's:5:"event";s:6:"record";s:5:"appid";s:1:"1";}',
    "XML": "<event>record</event><appid>1</appid>",
    "cut off": f"hook {RECORD[:150]}...(truncated)",
    "typographic quotes": "{“event”:“record”,“appid”:“1”}",
    "an object of PHP": "stdClass Object [event] => record",
    "var_dump": 'array(2) {\n  ["event"]=>\n  string(6) "record"\n}',
    "an object of Java": "Record(event=record, appid=1)",
    "pairs of C#": "[event, record], [appid, 1]",
    "a map of Scala": "Map(event -> record, appid -> 1)",
    "a value of Rust": 'Object {"appid": String("1"), "event": String("record")}',
    "a dictionary of Objective-C": "{ appid = 1; event = record; }",
    "a dictionary of Swift": '["event": "record", "appid": "1"]',
    "an object too deep for Node": "got { event: 'record', more: [Object] }",
}


@each("name", READ)
def test_each_is_read(name: str) -> None:
    """The callback is found and judged, and nobody is blamed for what stands around it."""
    content, expected = READ[name]
    text = content if isinstance(content, str) else json.dumps(content)
    assert verdicts(text) == expected


@pytest.mark.parametrize("name", TOLD)
def test_what_is_not_read_is_named(name: str) -> None:
    """With what it seems to be, and with the command that makes it readable."""
    content, what, hint = TOLD[name]
    found = everything(content, sought=VALIDATOR.sought)
    assert not [one for one in found if isinstance(one, Capture)]
    [last] = [one for one in found if isinstance(one, Unreadable) and one.code == "HP120"]
    assert what in last.message
    assert hint in last.hint


@pytest.mark.parametrize("name", BESIDE)
def test_beside_a_valid_callback_it_is_told(name: str) -> None:
    """A run never says PASS over what looks like a callback without saying so, and where."""
    found = everything(f"{RECORD}\n{BESIDE[name]}\n{RECORD}\n", sought=VALIDATOR.sought)
    assert sum(isinstance(one, Capture) for one in found) == 2
    told = [one for one in found if isinstance(one, Unreadable)]
    assert [(one.code, one.finding().line) for one in told] == [("HP121", 2)]


WGET = (
    f"---request begin---\nPOST /cb HTTP/1.1\nHost: h\nContent-Length: {len(ROOM)}\n\n"
    f"---request end---\n[POST data: {ROOM}]\n\n"
)


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (f"2026 hook {RECORD}\ncurl http://h/cb -H 'Sign: {SIGN}' -d '{ROOM}'\n", 1),
        (f"2026 hook {RECORD}\n{RAW}", 1),
        (f"{RAW}\n\n2026 hook {RECORD}\n", 9),
        (f"{RAW}\nHTTP/1.1 200 OK\nContent-Length: 2\n\nok\n2026 hook {RECORD}\n", 12),
        (f"at=1 level=info body={json.dumps(RECORD)}\ncurl http://h/cb -d '{ROOM}'\n", 1),
        (f"<13>1 host [a b=\"c\"] {RECORD}\ncurl http://h/cb -d '{ROOM}'\n", 1),
        (f"<td>{html.escape(RECORD)}</td>\ncurl http://h/cb -d '{ROOM}'\n", 1),
        (RECORD.replace('"', "\\x22") + f"\n{RAW}", 1),
        (f"2026 hook {RECORD}\n{WGET}", 1),
        (f"{WGET}2026 hook {RECORD}\n", 9),
    ],
)
def test_beside_commands_and_requests_it_is_told(content: str, line: int) -> None:
    """These readers look for commands and requests, and see what stands outside of them."""
    found = everything(content, sought=VALIDATOR.sought)
    assert sum(isinstance(one, Capture) for one in found) == 1
    told = [one for one in found if isinstance(one, Unreadable)]
    assert [(one.code, one.finding().line) for one in told] == [("HP121", line)]


def test_what_a_tool_prints_twice_is_told_once() -> None:
    """What it says of a request beside the request is no callback that was passed over."""
    found = everything(f"Setting --post-data to {ROOM}\n{WGET}", sought=VALIDATOR.sought)
    assert [type(one) for one in found] == [Capture]


def test_however_many_stand_beside_each_is_told() -> None:
    """Looking for each in all that was sent has an end, and telling of it has none."""
    found = everything(WGET + f"2026 hook {RECORD}\n" * 1100, sought=VALIDATOR.sought)
    assert sum(isinstance(one, Unreadable) for one in found) == 1100


def test_parts_of_a_form_are_nobodys_fault() -> None:
    """A multipart body is not read, and the callback in it is not called invalid."""
    part = f'--X\r\nContent-Disposition: form-data; name="p"\r\n\r\n{ROOM}\r\n--X--\r\n'
    head = "POST /cb HTTP/1.1\r\nContent-Type: multipart/form-data; boundary=X\r\n\r\n"
    found = everything(f"{RAW}\r\n{head}{part}", sought=VALIDATOR.sought)
    assert [getattr(one, "code", "") for one in found] == ["", "HP121"]


def test_an_answer_that_repeats_its_request_is_none() -> None:
    """What a server sends back is no callback."""
    answer = f"HTTP/1.1 200 OK\r\nContent-Length: {len(ROOM)}\r\n\r\n{ROOM}\r\n"
    assert verdicts(f"{RAW}\r\n{answer}{RAW}") == [VALID, VALID]


@pytest.mark.parametrize(
    "command",
    [
        "curl http://h/cb -d @body.json",
        "curl http://h/cb -T body.json",
        "curl http://h/cb -d @-",
        'curl http://h/cb -d "$BODY"',
        "http POST https://h/cb @body.json",
        "http POST https://h/cb Sign:$SIGN event=record",
        "http --multipart POST https://h/cb event=record",
        "wget --post-file=body.json http://h/cb",
        "POST http://h/cb\n\n< body.json",
        "POST http://h/cb\n\n{{body}}",
    ],
)
def test_a_body_that_is_elsewhere_is_nobodys_fault(command: str) -> None:
    """It is not read, and what to do is said; nothing is wrong with the callback."""
    codes = [one.code for one in everything(command + "\n", sought=VALIDATOR.sought)]
    assert codes == ["HP121", "HP120"]


def test_a_post_whose_body_stands_below_is_none_without_a_body() -> None:
    """Of two heads that a dump shows, the one that no body follows is told."""
    text = f"--> POST http://h/a\nHost: h\n\n{RECORD}\n--> POST http://h/b\nHost: h\n"
    found = everything(text, sought=VALIDATOR.sought)
    assert [one.origin.line for one in found if isinstance(one, Unreadable)] == [5]


def test_text_below_a_body_without_a_length_is_a_remark() -> None:
    """What a log writes after a dumped request is none of the sender's."""
    text = f"POST /cb HTTP/1.1\nSign: {SIGN}\n\n{ROOM}\n2023 done\n"
    assert verdicts(text) == [VALID]
    found = everything(text, sought=VALIDATOR.sought)
    assert [one.text for one in found if isinstance(one, Remark)]


def test_bytes_are_told_as_bytes() -> None:
    """Commas and line ends stand in any bytes, and make no table of them."""
    content = bytes(range(1, 256)) + b",\n,\r\n" + bytes(range(255))
    found = everything(content, sought=VALIDATOR.sought)
    assert ["a binary file" in one.message for one in found if isinstance(one, Unreadable)] == [
        True
    ]


def test_a_signature_that_the_tool_hid_is_not_called_wrong() -> None:
    """Loggers write REDACTED or stars for it, which is no forgery; a wrong one is one still."""
    for mask in ("REDACTED", "[Filtered]", "<redacted>", "***", "iszm****", "[MASKED]"):
        record = {"request": {"method": "POST", "headers": {"Sign": [mask]}}, "body": ROOM}
        found = VALIDATOR.judge(
            read_body(ROOM.encode()), headers=[("Sign", mask)], url="https://example.com/cb"
        )
        assert [one.code for one in found.findings] == ["HP307"], mask
        assert found.signature is None
        assert verdicts(json.dumps(record)) == ["room_dismissed not checked"], mask
    wrong = VALIDATOR.judge(read_body(ROOM.encode()), headers=[("Sign", SIGN.swapcase())])
    assert [one.code for one in wrong.findings] == ["HP302"]


def test_a_log_is_no_table_for_its_commas() -> None:
    """Of a line that was looked at more is known than of the file's commas."""
    first, second = 'Started POST "/cb"', 'got {:event=>"record", a=>1}'
    log = f"I, [12:00 #1] INFO -- : {first}\nI, [12:00 #1] INFO -- : {second}\n"
    told = [one for one in everything(log, sought=VALIDATOR.sought) if isinstance(one, Unreadable)]
    assert "table" not in told[-1].message
    assert told[-1].code == "HP120"
