"""Lines of logs as programs write them: escaped, quoted, coloured, cut, over several lines."""

from __future__ import annotations

import html
import json
from typing import Any
from urllib.parse import quote

import pytest
from unit.captures.reading import everything
from unit.captures.test_containers import FORM, ONE, RECORD, ROOM, UNSEEN, VALIDATOR, verdicts

from hookproof.captures.capture import Remark, Unreadable

# With what JSON, Python, nginx and Apache escape each in their own way.
CHAT = json.dumps(
    {
        "event": "send_msg",
        "appid": 1,
        "timestamp": 1499676989,
        "nonce": "350176",
        "signature": "0a36e8e590a2298fb9d9b3ab0c94e82775b8cde2",
        "from_user_id": "a",
        "to_user_id": "b",
        "msg_id": 1,
        "msg_type": 1,
        "conv_type": 0,
        "msg_time": 1,
        "message": 'it\'s "so" \\ 你好\n',
        "payload": json.dumps({"a": "b\\c"}),
    },
    ensure_ascii=False,
)
PRETTY = json.dumps(json.loads(RECORD), indent=2)
TABBED = json.dumps(json.loads(ROOM), indent="\t")
DUMP = "Array\n(\n" + "".join(f"    [{k}] => {v}\n" for k, v in json.loads(RECORD).items()) + ")\n"


def bodies(content: str | bytes) -> list[str]:
    """The bodies that are found; in place of what cannot be read its code."""
    return [
        found.code if isinstance(found, Unreadable) else found.body.decode()
        for found in everything(content, sought=VALIDATOR.sought)
        if not isinstance(found, Remark)
    ]


def nginx(text: str) -> str:
    """What nginx makes of a text by default."""
    return "".join(
        chr(b) if 32 <= b < 127 and b not in b'"\\' else f"\\x{b:02X}" for b in text.encode()
    )


def apache(text: str) -> str:
    """What Apache's error log makes of a text."""
    return "".join(
        {"\\": "\\\\", "\n": "\\n", "\t": "\\t"}.get(chr(b))
        or (chr(b) if 32 <= b < 127 else f"\\x{b:02x}")
        for b in text.encode()
    )


def go(text: str) -> str:
    """What Go's %q makes of a text."""
    inner = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{inner}"'


@pytest.mark.parametrize(
    "body", [RECORD, CHAT, ROOM, TABBED], ids=["record", "chat", "room", "tab"]
)
@pytest.mark.parametrize(
    "line",
    [
        lambda body: f"2023-06-26 INFO body={json.dumps(body)} n=1",
        lambda body: f"2023-06-26 INFO body={json.dumps(body, ensure_ascii=False)}",
        lambda body: f"2023-06-26 INFO body={body.encode()!r}",
        lambda body: f"2023-06-26 INFO body={body!r}, done",
        lambda body: f"2023/06/26 got {go(body)}",
        lambda body: f'1.2.3.4 - - "POST /cb HTTP/1.1" 200 "{nginx(body)}" "-"',
        lambda body: f"[dumpio:trace7] mod_dumpio:  dumpio_in (data-HEAP): {apache(body)}",
        lambda body: f"\x1b[32mINFO\x1b[0m hook body={json.dumps(body)}\x1b[0m",
        lambda body: f"hook body={quote(body)} end",
    ],
    ids=["json", "utf8", "bytes", "repr", "go", "nginx", "dumpio", "colours", "percent"],
)
def test_the_escapes_of_a_log_are_undone(line: Any, body: str) -> None:
    """Whatever the log has escaped, the body is what was sent, and nobody is blamed."""
    text = f"started\n{line(body)}\n"
    found = bodies(text)
    assert found in ([body], [quote(body)])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"batch {RECORD} {ROOM}\n", [ONE, UNSEEN]),
        (f"req={RECORD} resp={ROOM}", [ONE, UNSEEN]),
        (f"batch [{RECORD}, {ROOM}]\n", [ONE, UNSEEN]),
        (f"batch {json.dumps(f'[{RECORD}, {ROOM}]')}\n", [ONE, UNSEEN]),
        (f'headers={{"Content-Type": "x"}} body={RECORD}\n', [ONE]),
        (f'x {{"level": "info", "body": {json.dumps(RECORD)}}} y\n', [ONE]),
        (f'1.2.3.4 "POST /cb HTTP/1.1" 200 {FORM}\n1.2.3.4 "GET /" 200 -\n', ["room_close valid"]),
        (f'1.2.3.4 "POST /cb HTTP/1.1" 200 "{FORM}"\n', ["room_close valid"]),
        (f"level=info body={FORM} status=200\nx\n", ["room_close valid"]),
        (f"Server listening on 3000\n{RECORD}\n{ROOM}\n", [ONE, UNSEEN]),
        (f"{RECORD}\nGET /health 200\n{ROOM}\nGET /health 200\n", [ONE, UNSEEN]),
        ("boot\n" * 5000 + f"callback {RECORD}\n", [ONE]),
        ('{"level": 30, "msg": "up"}\n' * 5000 + f"{RECORD}\n", [ONE]),
        (f"2023 callback\n{PRETTY}\n2023 done\n", [ONE]),
        (f"2023 callback {PRETTY}\n2023 done\n", [ONE]),
        (f"{PRETTY}\n2023 done\n", [ONE]),
        (
            "".join(
                f"2023-06-26T09:12:1{n % 10}+00:00 app[web.1]: {part}\n"
                for n, part in enumerate(PRETTY.split("\n"))
            ),
            [ONE],
        ),
        (f"[2023-06-26 09:12:12] local.INFO: {DUMP}[2023] done\n", [ONE]),
        (f"web_1  | listening\nweb_1  | {RECORD}\n", [ONE]),
        (f"2023-06-26T09:12:12.1Z stdout F {RECORD}\n", [ONE]),
        (
            "2023-06-26T09:12:12.1Z "
            + "\n2023-06-26T09:12:12.1Z ".join(
                [
                    *(f"stdout P {RECORD[:90]}", "stderr F other"),
                    *(f"stdout P {RECORD[90:200]}", f"stdout F {RECORD[200:]}\n"),
                ]
            ),
            [ONE],
        ),
        (f"```json\n{PRETTY}\n```\n", [ONE]),
    ],
)
def test_every_body_of_a_log_is_found(text: str, expected: list[str]) -> None:
    """Several on a line, forms, bodies over several lines, and those that come late."""
    assert verdicts(text) == expected


def test_the_pieces_of_a_container_engine_are_joined() -> None:
    """Docker cuts what is longer than 16 KiB into records; they are one again."""
    long = json.dumps({**json.loads(RECORD), "more": "x" * 40_000})
    pieces = [long[at : at + 16_384] for at in range(0, len(long), 16_384)]
    pieces[-1] += "\n"
    text = "".join(json.dumps({"log": piece, "stream": "stdout"}) + "\n" for piece in pieces)
    assert bodies(text) == [long]
    flagged = [
        {"MESSAGE": RECORD[:99], "CONTAINER_PARTIAL_MESSAGE": "true"},
        {"MESSAGE": RECORD[99:]},
    ]
    assert bodies("".join(json.dumps(piece) + "\n" for piece in flagged)) == [RECORD]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('1.2.3.4 "POST /cb HTTP/1.1" 200 12', "POST"),
        ("got {'event': 'record', 'at': datetime.date(2023, 1, 1)}", "dict of Python"),
        ('got {"event"=>"record", "app"=>#<App id: 1>}', "hash of Ruby"),
        ("got {event=record, appid=1}", "map of Java"),
        ("got map[appid:1 event:record]", "map of Go"),
        ("got {'event': 'record', 'appid': 1}", "dict of Python"),
        ("got <QueryDict: {'event': ['record']", "dict of Python"),
        ("got { event: 'record', app: [Object] }", "JavaScript"),
    ],
)
def test_what_looks_like_a_callback_and_is_not_read_is_told(line: str, said: str) -> None:
    """Beside captures that are valid, its line is named."""
    found = everything(f"{RECORD}\n{line}\nother\n", sought=VALIDATOR.sought)
    [told] = [one for one in found if isinstance(one, Unreadable)]
    assert (told.code, told.origin.line) == ("HP121", 2)
    assert said in told.message
    assert [one.count for one in found if isinstance(one, Remark)] == [1]


def test_a_body_cut_off_in_a_record_is_told_as_on_a_line() -> None:
    """No record with what begins like a callback is passed over beside one that is whole."""
    found = bodies(f"{json.dumps({'log': RECORD})}\n{json.dumps({'log': RECORD[:99]})}\n")
    assert found == [RECORD, "HP103"]
    assert bodies(f"x {RECORD}\nx {RECORD[:99]}\n") == found
    answer = {"request": RECORD, "response": {"body": RECORD[:99]}}
    assert bodies(f"{json.dumps(answer)}\n{json.dumps(answer)}\n") == [RECORD, RECORD]


@pytest.mark.parametrize(
    "text", ['x {"event":"record', 'x "{\\"event\\":\\"record\\"', "x {{{", '{"']
)
def test_a_cut_off_line_never_raises(text: str) -> None:
    """However a line ends, it is read to its end, alone and among others."""
    assert everything(text, sought=VALIDATOR.sought)
    assert verdicts(f"{RECORD}\n{text}\n{RECORD}\n").count(ONE) == 2


@pytest.mark.parametrize(
    "text",
    [
        "x " + 'y={"event' * 20_000,
        "x Array\n(\n[" * 5_000,
        "x {\n" * 20_000,
        '{"log":"{' + "x" * 16_400 + '"}\n',
        ('{"log":"{' + "x" * 16_400 + '"}\n') * 300,
        ("2023 stdout P " + "x" * 1000 + "\n") * 20_000,
    ],
    ids=["cut", "dumps", "begun", "one piece", "pieces", "partial"],
)
def test_what_has_no_end_is_read_once(text: str) -> None:
    """What is begun over and over and never ends is not looked through again for each of them.

    Each of these took minutes, or would have, where every line looked at all that follow.
    """
    assert everything(text, sought=VALIDATOR.sought)


# How programs print a record that holds a body beside values of types of their own.
PRINTED = {
    "ruby": ('{\n  "@timestamp" => 2024-01-01T00:00:00.000Z,\n  "message" => %s\n}\n', 1),
    "mongo": (
        '{ "_id" : ObjectId("65"), "at" : ISODate("2024-01-01"), "body" : %s }\n',
        1,
    ),
    "python": (
        "got {'at': datetime.datetime(2024, 1, 1), 'n': Decimal('1.5'), 'b': %s}\n",
        1,
    ),
    "beside": (f"got {ROOM} and {html.escape(ROOM)} and {{'body': %s}}\n", 3),
}


@pytest.mark.parametrize("name", PRINTED)
def test_a_body_beside_values_of_other_types_is_read(name: str) -> None:
    """Those, and what is written otherwise beside a whole body on its line, are no end of it."""
    line, count = PRINTED[name]
    assert bodies(line % json.dumps(ROOM) * 2) == [ROOM] * 2 * count


def test_a_map_of_clojure_with_names_in_quotes_is_read() -> None:
    """A blank stands between a name and its value; beside valid lines nothing was said of it."""
    event = {"EventGroupId": 1, "EventType": 102, "CallbackTs": 1, "EventInfo": {"RoomId": 12}}
    printed = json.dumps(event).replace(":", "")
    assert bodies(f"got {ROOM}\nINFO {printed}\n") == [
        ROOM,
        json.dumps(event, separators=(",", ":")),
    ]


def test_what_go_prints_of_maps_within_maps_is_not_read_and_blames_nobody() -> None:
    """What begins as JSON goes on as none: map[string]interface {}{...}."""
    printed = json.dumps(json.loads(ROOM)).replace(": {", ": map[string]interface {}{")
    text = f'got map[string]interface {{}}{printed[:-1]}, "x": map[string]any{{"a": 1}}}}\n'
    assert set(bodies(text * 2)) <= {"HP120", "HP121"}
