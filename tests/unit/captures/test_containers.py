"""Callbacks in what clouds, queues, loggers and hook inspectors make of a request.

The shapes are those of the tools' own documents, with a callback put in. Nothing in src knows
one of them: each stands for its kind.
"""

from __future__ import annotations

import base64
import gzip
import json
from typing import Any

import pytest
from each import each
from unit.captures.reading import everything

from hookproof.captures.capture import Capture, Remark
from hookproof.contract import Contract
from hookproof.payload.body import read_body
from hookproof.signature.secrets import Secrets
from hookproof.validation.validator import Validator
from hookproof.validation_run.fast_path_router import form_of

SECRETS = Secrets({"HOOKPROOF_SECRET_ZEGO": "secret", "HOOKPROOF_SECRET_TENCENT": "123654"})
VALIDATOR = Validator(Contract(), secrets=SECRETS)
# Signed in itself, with JSON that is text in it.
RECORD = (
    '{"stream_alias":"aaaa","replay_url":"https://example.com/replay/aaaa.mp4",'
    '"begin_time":"1481597358","end_time":"1481597358","extra_params":'
    '"{\\"TaskId\\":\\"1400341231-Record-58ed713tt0\\",\\"FileID\\":\\"5285890813221514958\\",'
    '\\"Duration\\":61.5}","timestamp":"1481597358","nonce":"158273",'
    '"signature":"284ab8ee0bea09677148e517b1ef42f7120b73f4","appid":"1","event":"record"}'
)
# Signed over its bytes in a header.
ROOM = (
    '{"EventGroupId":1,"EventType":102,"CallbackTs":1687771618531,"EventInfo":'
    '{"RoomId":"12345","EventTs":1687771618,"EventMsTs":1687771618457}}'
)
SIGN = "iszmcOuHRftpwjYquPnV03zqnDPssl9CwTpwMlqTTZA="
HEADERS = {"Host": "h", "Content-Type": "application/json", "Sign": SIGN}
FORM = "&".join(
    f"{name}={value}"
    for name, value in {
        "event": "room_close",
        "appid": "1",
        "timestamp": "1499676989",
        "nonce": "350176",
        "signature": "0a36e8e590a2298fb9d9b3ab0c94e82775b8cde2",
        "room_id": "rid_1242649",
        "room_session_id": "858012925204410400",
        "close_reason": "1",
        "room_close_time": "1499676989909",
    }.items()
)
RAW = "".join(
    [
        "POST /cb HTTP/1.1\r\n",
        *(f"{name}: {value}\r\n" for name, value in HEADERS.items()),
        f"Content-Length: {len(ROOM)}\r\n\r\n{ROOM}",
    ]
)


def b64(text: str | bytes) -> str:
    """Base64 of a text."""
    return base64.b64encode(text.encode() if isinstance(text, str) else text).decode()


def pairs(name: str = "name") -> list[dict[str, str]]:
    """Headers as objects with name and value."""
    return [{name: key, "value": value} for key, value in HEADERS.items()]


def verdicts(content: str | bytes, **options: Any) -> list[str]:
    """Of each capture its callback and, where it was checked, its signature; codes of errors."""
    told = []
    for found in everything(content, sought=VALIDATOR.sought, **options):
        if isinstance(found, Remark):
            continue
        if not isinstance(found, Capture):
            told.append(found.code)
            continue
        form = form_of(found.body, found.headers)
        verdict = VALIDATOR.judge(
            read_body(found.body, form=form),
            origin=found.origin,
            headers=found.headers,
            url=found.url,
            rewritten=found.rewritten,
        )
        errors = [one.code for one in verdict.findings if one.severity.value == "error"]
        name = verdict.callback.rpartition("/")[2]
        state = verdict.signature.value if verdict.signature else "not checked"
        told.append(" ".join([name, state, *errors]))
    return told


VALID = "room_dismissed valid"
UNSEEN = "room_dismissed not checked"
ONE = "record valid"

IN_LAMBDA = {"resource": "/cb", "requestContext": {"identity": {"sourceIp": "1.2.3.4"}}}
CONTAINERS: dict[str, tuple[Any, list[str]]] = {
    # Clouds and their functions.
    "api gateway v1": (
        {**IN_LAMBDA, "httpMethod": "POST", "path": "/cb", "headers": HEADERS, "body": ROOM}
        | {"isBase64Encoded": False, "queryStringParameters": None},
        [VALID],
    ),
    "api gateway v1, base64": (
        {**IN_LAMBDA, "httpMethod": "POST", "path": "/cb", "headers": HEADERS, "body": b64(ROOM)}
        | {"isBase64Encoded": True},
        [VALID],
    ),
    "api gateway v2, form": (
        {"version": "2.0", "rawPath": "/cb", "rawQueryString": "", "body": b64(FORM)}
        | {"headers": {"content-type": "application/x-www-form-urlencoded"}}
        | {"requestContext": {"http": {"method": "POST", "path": "/cb"}}, "isBase64Encoded": True},
        ["room_close valid"],
    ),
    "alb, several values": (
        {"httpMethod": "POST", "path": "/cb", "isBase64Encoded": False, "body": ROOM}
        | {"multiValueHeaders": {name.lower(): [value] for name, value in HEADERS.items()}},
        [VALID],
    ),
    "aliyun function": (
        {"version": "v1", "rawPath": "/cb", "body": b64(ROOM), "isBase64Encoded": True}
        | {"headers": HEADERS, "queryParameters": {}},
        [VALID],
    ),
    "raw body in base64, nobody says so": ({"rawBody": b64(ROOM), "headers": HEADERS}, [VALID]),
    "cloudflare worker": (
        {"event": {"request": {"url": "https://h/cb", "method": "POST", "headers": HEADERS}}}
        | {"logs": [{"message": [ROOM], "level": "log"}]},
        [VALID],
    ),
    # Queues.
    "sqs": (
        {"Records": [{"messageId": "1", "body": ROOM}, {"messageId": "2", "body": RECORD}]},
        [UNSEEN, ONE],
    ),
    "sns in sqs": (
        {"Records": [{"body": json.dumps({"Type": "Notification", "Message": RECORD})}]},
        [ONE],
    ),
    "request in sqs": (
        {"Records": [{"body": json.dumps({"headers": HEADERS, "body": ROOM, "method": "POST"})}]},
        [VALID],
    ),
    "sns": ({"Records": [{"Sns": {"Subject": None, "Message": RECORD}}]}, [ONE]),
    "kafka in lambda": (
        {
            "records": {
                "hooks-0": [
                    {"offset": 1, "timestamp": 1687771618531, "value": b64(ROOM)},
                    {"offset": 2, "value": b64(RECORD)},
                ]
            }
        },
        [UNSEEN, ONE],
    ),
    "kcat -J": (
        {"topic": "t", "offset": 1, "headers": [x for p in HEADERS.items() for x in p]}
        | {"key": None, "payload": ROOM},
        [VALID],
    ),
    "kafka connect": ({"schema": None, "payload": {"id": 7, "body": RECORD}}, [ONE]),
    "pub/sub": ({"message": {"data": b64(RECORD), "messageId": "1"}, "subscription": "s"}, [ONE]),
    "kinesis": ({"Records": [{"kinesis": {"partitionKey": "1", "data": b64(RECORD)}}]}, [ONE]),
    "eventbridge": ({"detail-type": "hook", "source": "x", "detail": json.loads(RECORD)}, [ONE]),
    "subscription of logs": (
        {
            "awslogs": {
                "data": b64(
                    gzip.compress(
                        json.dumps(
                            {"logEvents": [{"id": "1", "message": f"INFO callback {RECORD}"}]}
                        ).encode()
                    )
                )
            }
        },
        [ONE],
    ),
    # Logs of clouds, and what ships and stores them.
    "filter-log-events": (
        {
            "events": [
                {"timestamp": 1687771618531, "message": f"INFO got {RECORD}\n"},
                {"timestamp": 1687771618532, "message": "START RequestId: 1"},
            ],
            "nextToken": None,
        },
        [ONE],
    ),
    "insights": (
        {
            "results": [
                [{"field": "@timestamp", "value": "x"}, {"field": "@message", "value": RECORD}]
            ]
        },
        [ONE],
    ),
    "gcp, text": ([{"insertId": "1", "textPayload": f"callback {RECORD}"}], [ONE]),
    "gcp, object": ([{"insertId": "1", "jsonPayload": {"message": "x", "body": RECORD}}], [ONE]),
    "azure tables": (
        {"tables": [{"name": "t", "columns": [{"name": "Message"}], "rows": [["x", RECORD]]}]},
        [ONE],
    ),
    "elasticsearch": (
        {
            "hits": {
                "total": {"value": 2},
                "hits": [
                    {"_index": "i", "_source": {"message": f"callback {RECORD}", "level": "info"}},
                    {"_index": "i", "_source": {"http": {"request": {"body": {"content": ROOM}}}}},
                ],
            }
        },
        [ONE, UNSEEN],
    ),
    "loki": (
        {
            "status": "success",
            "data": {
                "resultType": "streams",
                "result": [
                    {"stream": {"app": "x"}, "values": [["1687771618531000000", f"got {RECORD}"]]}
                ],
            },
        },
        [ONE],
    ),
    "splunk": ({"preview": False, "result": {"_raw": f"2023 callback {RECORD}"}}, [ONE]),
    "sentry": (
        {
            "request": {"url": "h", "method": "POST", "headers": [list(p) for p in HEADERS.items()]}
            | {"data": json.loads(ROOM)},
            "level": "error",
        },
        [VALID],
    ),
    # Hook inspectors.
    "ngrok": (
        {
            "uri": "/api/requests/http",
            "requests": [
                {
                    "id": "1",
                    "start": "2023-06-26T09:12:12Z",
                    "request": {"method": "POST", "uri": "/cb", "raw": b64(RAW), "headers": {}},
                }
            ],
        },
        [VALID],
    ),
    "webhook.site": (
        {
            "data": [
                {"uuid": "1", "type": "web", "content": ROOM, "method": "POST", "url": "https://h"}
                | {"headers": {name.lower(): [value] for name, value in HEADERS.items()}}
            ],
            "total": 1,
        },
        [VALID],
    ),
    "hookdeck": (
        {
            "models": [
                {
                    "id": "1",
                    "data": {"headers": HEADERS, "path": "/cb", "query": ""}
                    | {"body": json.loads(ROOM)},
                }
            ]
        },
        [VALID],
    ),
    "pipedream": (
        {
            "method": "POST",
            "path": "/",
            "headers": HEADERS,
            "bodyRaw": ROOM,
            "body": json.loads(ROOM),
        },
        [VALID],
    ),
    "httpbin": (
        {"args": {}, "data": ROOM, "files": {}, "form": {}, "headers": HEADERS}
        | {"json": json.loads(ROOM), "url": "http://h/post"},
        [VALID],
    ),
    "request baskets": (
        {
            "requests": [
                {"date": 1687771618531, "method": "POST", "path": "/b", "query": ""}
                | {"headers": {name: [value] for name, value in HEADERS.items()}, "body": ROOM}
            ]
        },
        [VALID],
    ),
    # Mocks, proxies and API clients.
    "wiremock": (
        {
            "requests": [
                {
                    "id": "1",
                    "request": {"url": "/cb", "method": "POST", "headers": HEADERS}
                    | {"body": ROOM, "bodyAsBase64": b64(ROOM)},
                    "responseDefinition": {"status": 200},
                }
            ]
        },
        [VALID],
    ),
    "mockserver": (
        [
            {"method": "POST", "path": "/cb", "headers": {n: [v] for n, v in HEADERS.items()}}
            | {"body": {"type": "JSON", "json": json.loads(ROOM), "rawBytes": b64(ROOM)}}
        ],
        [VALID],
    ),
    "vcrpy": (
        {
            "interactions": [
                {
                    "request": {"method": "POST", "uri": "http://h/cb", "body": ROOM}
                    | {"headers": {name: [value] for name, value in HEADERS.items()}},
                    "response": {},
                }
            ]
        },
        [VALID],
    ),
    "postman": (
        {
            "info": {"name": "x"},
            "item": [
                {
                    "name": "y",
                    "request": {"method": "POST"}
                    | {
                        "header": pairs("key"),
                        "body": {"mode": "raw", "raw": ROOM},
                        "url": {"raw": "h/cb"},
                    },
                }
            ],
        },
        [VALID],
    ),
    "insomnia": (
        {
            "_type": "export",
            "resources": [
                {"_id": "req_1", "method": "POST", "url": "h/cb"}
                | {"body": {"mimeType": "application/json", "text": ROOM}, "headers": pairs()}
            ],
        },
        [VALID],
    ),
    "charles": (
        [
            {"status": "COMPLETE", "method": "POST", "host": "h", "path": "/cb", "query": None}
            | {
                "request": {
                    "header": {"firstLine": "POST /cb HTTP/1.1", "headers": pairs()} | {},
                    "body": {"text": ROOM, "charset": "UTF-8"},
                }
            }
        ],
        [VALID],
    ),
    "node, a buffer": (
        {"level": 30, "req": {"method": "POST", "url": "/cb", "headers": HEADERS}}
        | {"raw": {"type": "Buffer", "data": list(ROOM.encode())}},
        [VALID],
    ),
    # Databases.
    "mongoexport": (
        {"_id": {"$oid": "64994d3c"}, "received": {"$date": "2023-06-26T09:12:12Z"}}
        | {"payload": {**json.loads(ROOM), "CallbackTs": {"$numberLong": "1687771618531"}}},
        [UNSEEN],
    ),
}

LINES: dict[str, tuple[list[Any], list[str]]] = {
    "docker json-file": (
        [
            {"log": "listening on 3000\n", "stream": "stdout", "time": "2023-06-26T09:12:12.1Z"},
            {"log": f"{RECORD}\n", "stream": "stdout", "time": "2023-06-26T09:12:12.2Z"},
            {"log": f"callback {RECORD}\n", "stream": "stdout", "time": "2023-06-26T09:12:12.3Z"},
        ],
        [ONE, ONE],
    ),
    "journald": (
        [
            {"__REALTIME_TIMESTAMP": "1687770732932000", "MESSAGE": f"hook {RECORD}"},
            {"__REALTIME_TIMESTAMP": "1687770732932001", "MESSAGE": "other"},
        ],
        [ONE],
    ),
    "zap": (
        [
            {"level": "info", "ts": 1687771618.5, "msg": "start"},
            {"level": "info", "ts": 1687771618.5, "msg": "callback", "body": RECORD},
        ],
        [ONE],
    ),
    "slog, an object": (
        [{"time": "x", "level": "INFO", "body": json.loads(RECORD)}] * 2,
        [ONE] * 2,
    ),
    "pino": (
        [
            {"level": 30, "time": 1687771618531, "msg": "up"},
            {
                "level": 30,
                "time": 1687771618531,
                "req": {"method": "POST", "url": "/cb"} | {"headers": HEADERS},
                "body": json.loads(ROOM),
                "msg": "hook",
            },
        ],
        [VALID],
    ),
    "bunyan": (
        [{"name": "app", "v": 0, "pid": 1, "req": {"body": RECORD, "headers": HEADERS}}] * 2,
        [ONE] * 2,
    ),
    "structlog": (
        [
            {"event": "request_finished", "level": "info", "timestamp": "2023-06-26T09:12:12Z"},
            {"event": "webhook", "level": "info", "payload": RECORD},
        ],
        [ONE],
    ),
    "caddy": (
        [
            {"level": "info", "request": {"method": "GET", "uri": "/"}, "status": 200},
            {
                "level": "info",
                "request": {"method": "POST", "uri": "/cb", "headers": {"Sign": [SIGN]}}
                | {"body": ROOM},
                "status": 200,
            },
        ],
        [VALID],
    ),
    "nginx, json objects": (
        [
            {"request": "POST /cb HTTP/1.1", "request_body": FORM, "status": 200},
            {"request": "GET / HTTP/1.1", "request_body": "", "status": 200},
            {"request": "GET / HTTP/1.1", "request_body": "-", "status": 200},
            {"request": "POST /cb HTTP/1.1", "request_body": RECORD, "status": 200},
        ],
        ["room_close valid", ONE],
    ),
    "elasticdump": (
        [{"_index": "i", "_id": str(n), "_source": {"message": RECORD}} for n in range(2)],
        [ONE] * 2,
    ),
    "webhook.site, one each": (
        [{"uuid": "1", "content": ROOM, "headers": {k: [v] for k, v in HEADERS.items()}}] * 2,
        [VALID] * 2,
    ),
}


@each("name", CONTAINERS)
@each("indent", [None, 2])
def test_a_container_is_opened_by_itself(name: str, indent: int | None) -> None:
    """A callback in a document is found, with what stands beside it, however it is laid out."""
    document, expected = CONTAINERS[name]
    assert verdicts(json.dumps(document, indent=indent)) == expected


@pytest.mark.parametrize("name", LINES)
def test_records_on_lines_are_opened(name: str) -> None:
    """A callback in a record of a log is found, and records of another kind are no faults."""
    records, expected = LINES[name]
    assert verdicts("".join(json.dumps(record) + "\n" for record in records)) == expected
