"""What developers have daily or often with a callback inside: each row is read as it is, or told.

The rows are those of a survey of 147 containers; "one flag" is what the message names.
"""

from __future__ import annotations

import io
import json
import tarfile
import zipfile
from typing import Any

import pytest
from each import each
from unit.captures.reading import everything
from unit.captures.test_containers import (
    CONTAINERS,
    ONE,
    RAW,
    RECORD,
    ROOM,
    SIGN,
    UNSEEN,
    VALID,
    VALIDATOR,
    verdicts,
)
from unit.captures.test_exports import EXPORTS, table
from unit.captures.test_log_shapes import apache, go, nginx
from unit.captures.test_other_containers import READ, inspected

from hookproof.captures.capture import Capture, Unreadable

PAYLOAD = json.loads(RECORD)
MOMENT = "2026-03-01T12:00:00.123456789Z"
ACCESS = '1.2.3.4 - - [01/Mar/2026:12:00:00 +0000] "POST /cb HTTP/1.1" 200 2'
PRINTED = "Array\n(\n" + "".join(f"    [{k}] => {v}\n" for k, v in PAYLOAD.items()) + ")\n"


def packed(kind: str) -> bytes:
    """An archive with two members."""
    written = io.BytesIO()
    if kind == "zip":
        with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
            for number in range(2):
                archive.writestr(f"{number}.json", RECORD)
        return written.getvalue()
    with tarfile.open(fileobj=written, mode=kind) as tar:
        for number in range(2):
            info = tarfile.TarInfo(f"{number}.json")
            info.size = len(RECORD.encode())
            tar.addfile(info, io.BytesIO(RECORD.encode()))
    return written.getvalue()


def contained(*names: str) -> dict[str, tuple[Any, list[str]]]:
    """Rows that other tests try too."""
    every = {**CONTAINERS, **READ}
    return {name: every[name] for name in names}


ROWS: dict[str, tuple[Any, list[str]]] = {
    # Clouds.
    **contained("api gateway v1", "api gateway v1, base64", "api gateway v2, form"),
    **contained("alb, several values", "aliyun function", "sqs", "sns", "kafka in lambda"),
    **contained("pub/sub"),
    "lambda url": (EXPORTS["lambda url"][0], [VALID]),
    "tencent scf": (EXPORTS["tencent scf"][0], [VALID]),
    "cloudwatch, tail": (f"2026-03-01T12:00:00 app/1 2026 INFO got {RECORD}\n" * 2, [ONE, ONE]),
    **contained("filter-log-events", "insights", "gcp, text", "gcp, object", "azure tables"),
    "insights, csv": (table(("@timestamp", "@message"), ("2026", f"got {RECORD}")), [ONE]),
    "datadog, csv": (EXPORTS["datadog"][0], [ONE]),
    "kibana, csv": (EXPORTS["kibana"][0], [ONE]),
    "splunk, csv": (EXPORTS["splunk"][0], [ONE]),
    **contained("splunk"),
    # Containers and loggers.
    "docker compose": (f"app-1  | listening\napp-1  | hook {RECORD}\n", [ONE]),
    "kubectl, partial lines": (
        f"{MOMENT} stdout F up\n{MOMENT} stdout P {RECORD[:99]}\n{MOMENT} stdout F {RECORD[99:]}\n",
        [ONE],
    ),
    "journald, text": (f"Mar 01 12:00:00 h app[1]: hook {RECORD}\n", [ONE]),
    "caddy with words": (
        f'2026/03/01 INFO http {{"request":{{"method":"POST"}},"body":{json.dumps(ROOM)}}}\n',
        [UNSEEN],
    ),
    "pino with words": (
        f"listening\n{json.dumps({'level': 30, 'msg': 'hook', 'body': RECORD})}\n",
        [ONE],
    ),
    "wrangler": (READ["wrangler"][0], READ["wrangler"][1]),
    "vercel": (EXPORTS["vercel"][0], [ONE]),
    **contained("elasticsearch", "loki", "kcat -J", "kafka connect"),
    # Inspectors and clients.
    **contained("ngrok", "webhook.site", "hookdeck", "pipedream", "request baskets", "smee"),
    **contained("postman", "insomnia", "bruno", "charles", "mongoexport"),
    "fiddler, raw": (EXPORTS["fiddler, raw"][0], [VALID]),
    "fiddler, a session": (EXPORTS["fiddler, a session"][0], [VALID]),
    "burp": (EXPORTS["burp"][0], [VALID]),
    # Databases.
    "psql, copy": (EXPORTS["psql copy"][0], [ONE, ONE]),
    "mysql dump": (EXPORTS["mysql dump"][0], [ONE, ONE]),
    "csv": (table(("id", "body"), ("1", RECORD)), [ONE]),
    # Servers.
    "nginx, escape=none": (f'{ACCESS} "{RECORD}"\n', [ONE]),
    "nginx, escape=json in a line": (f"{ACCESS} {json.dumps(RECORD)}\n", [ONE]),
    "nginx, escape=json": (
        json.dumps({"request": "POST /cb", "request_body": RECORD}) + "\n",
        [ONE],
    ),
    "nginx, default": (f'{ACCESS} "{nginx(RECORD)}"\n', [ONE]),
    "apache, mod_dumpio": (
        f"[dumpio:trace7] mod_dumpio.c(103): dumpio_in (data-HEAP): {apache(RECORD)}\n",
        [ONE],
    ),
    "modsecurity": (
        (
            f"--a1b2-A--\n[x] 1 h\n--a1b2-B--\nPOST /cb HTTP/1.1\nSign: {SIGN}\n\n"
            f"--a1b2-C--\n{ROOM}\n--a1b2-Z--\n"
        ),
        [VALID],
    ),
    # Applications.
    "laravel": (f"[2026-03-01 12:00:00] local.INFO: hook {RECORD} []\n", [ONE]),
    "spring": (f"2026-03-01 12:00:00.000  INFO 1 --- [nio-1] c.e.Hooks : got {RECORD}\n", [ONE]),
    "nest": (f"\x1b[32m[Nest] 1  - \x1b[39mLOG [Hooks] {RECORD}\n", [ONE]),
    "logfmt": (f"time=2026 level=info body={json.dumps(RECORD)}\n", [ONE]),
    "go, %q": (f"2026/03/01 12:00:00 hook {go(RECORD)}\n", [ONE]),
    "python, bytes": (f"INFO got {RECORD.encode()!r}\n", [ONE]),
    **contained("python", "django", "ruby", "ruby 3.4", "php"),
    "morgan-body": (
        f"Request: POST /cb\nRequest Body:\n{json.dumps(PAYLOAD, indent=2)}\nend\n",
        [ONE],
    ),
    "node": (f"hook {inspected(PAYLOAD)}\nend\n", [ONE]),
    "print_r": (PRINTED, [ONE]),
    "print_r behind a time": (f"[2026-03-01 12:00:00] hook {PRINTED}", [ONE]),
    # Archives.
    "tar": (packed("w"), [ONE, ONE]),
    "tar.gz": (packed("w:gz"), [ONE, ONE]),
    "zip": (packed("zip"), [ONE, ONE]),
    "raw http": (RAW, [VALID]),
}
TOLD = {
    "a map of Go": "hook map[appid:1 event:record nonce:158273]\n",
    "a map of Java": "hook {appid=1, event=record, nonce=158273}\n",
    "var_dump of PHP": 'hook array(2) {\n  ["event"]=>\n  string(6) "record"\n}\n',
}


@each("name", ROWS)
def test_a_row_is_read_as_it_is(name: str) -> None:
    """Every callback in it is found; nobody is blamed for what stands around it."""
    content, expected = ROWS[name]
    text = content if isinstance(content, (str, bytes)) else json.dumps(content)
    got = verdicts(text)
    # A tool that keeps the body as an object has written it anew.
    assert [one.removesuffix(" HP305") for one in got] == expected


@pytest.mark.parametrize("name", TOLD)
def test_a_row_that_no_reader_knows_is_told(name: str) -> None:
    """As not read, with what to log instead; never as a callback that breaks the contract."""
    found = everything(TOLD[name], sought=VALIDATOR.sought)
    assert not [one for one in found if isinstance(one, Capture)]
    told = [one for one in found if isinstance(one, Unreadable)]
    assert {one.code for one in told} <= {"HP120", "HP121"}
    assert any(name in one.message for one in told)
    assert all("write it as JSON" in one.hint for one in told)
