"""Nobody's name, address, number or date of birth is left, wherever it stood in a capture."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from hookproof.contract import Contract
from hookproof.sanitize import Sanitizer, sanitize_files
from hookproof.signature.secrets import PUBLISHED_SECRET, Secrets
from hookproof.validation_run import Task, validate

CAPTURES = Path(__file__).parents[2] / "captures"
SALT = bytes(range(32))
CANARIES = {
    "name": "Zhang Sanfeng",
    "e-mail": "sanfeng@corp-acme.cn",
    "phone": "138-0013-8000",
    "number": 13800138000,
    "address": "203.0.113.57",
    "birth date": "1962-05-17",
    "id": "sanfeng7",
}
# What of them may be seen nowhere, be it in small letters or percent-encoded.
TRACES = ["sanfeng", "acme", "0013-8000", "13800138000", "203.0.113.57", "1962-05-17", "zhang san"]
CONTRACT = Contract()


def laced(value: Any, canary: Any) -> Any:
    """A payload with a canary in each leaf, and in a new name beside each name."""
    if isinstance(value, dict):
        inside = {name: laced(one, canary) for name, one in value.items()}
        return {**inside, f"{canary}": 1, f"x {canary}": {"y": [f"{canary}", {f"{canary}": {}}]}}
    if isinstance(value, list):
        return [laced(one, canary) for one in value]
    if isinstance(value, str) and value.startswith('{"'):
        return json.dumps(laced(json.loads(value), canary))
    return value if isinstance(value, bool) else canary


def requests(callback: Any, canary: Any) -> str:
    """Requests with a canary in every place that a request has."""
    payload = laced(callback.examples[0].payload, canary)
    for name in callback.discriminator:
        inside, given, path = payload, callback.examples[0].payload, name.strip("/").split("/")
        for part in path[:-1]:
            inside, given = inside[part], given[part]
        if path[-1] in given:
            inside[path[-1]] = given[path[-1]]
    text = f"{canary}"
    headers = [
        [f"X-{text}-Token", text],
        ["User-Agent", f"relay ({text})"],
        ["Content-Type", f"application/json; user={text}; boundary={text}"],
        *([name, text] for name in ("Cookie", "Accept", "Date", "TE", "Content-Encoding", "Via")),
    ]
    url = (
        f"http://{quote(text)}:x@h.cn/{quote(text)}?{quote(text)}={quote(quote(text))}&next={text}"
    )
    beside = {"headers": headers, "url": url, text: text, "cookies": {text: text}}
    return json.dumps({"method": "POST", "body": json.dumps(payload), **beside})


@cache
def of_area(area: str) -> Sanitizer:
    """One for all that is sent: to make one ready takes as long as to use it."""
    return Sanitizer(CONTRACT, salt=SALT, areas=[area])


@pytest.mark.parametrize("kind", CANARIES)
def test_no_canary_is_left_of_any_sample(kind: str, tmp_path: Path) -> None:
    """In each leaf, name, header, parameter and file name of a sample of every callback."""
    canary, source = CANARIES[kind], tmp_path / "in"
    names = [callback for area in CONTRACT.areas for callback in CONTRACT.callbacks(area).values()]
    for callback in names:
        folder = source / callback.area / f"{canary}" / callback.event
        folder.mkdir(parents=True)
        (folder / f"{canary}_{callback.event}.json").write_text(requests(callback, canary))
    made = 0
    for area in CONTRACT.areas:
        ours = of_area(area)
        outcome = sanitize_files(str(source / area), tmp_path / "out" / area, ours)
        made += outcome.captures
        assert not any(trace in " ".join(outcome.stayed).lower() for trace in TRACES)
    files = [file for file in (tmp_path / "out").rglob("*") if file.is_file()]
    # What is broken by its canary so far that nobody can read it is not copied.
    assert made >= 0.9 * len(names), outcome.refused
    left = [
        (trace, file)
        for file in files
        for text in (file.read_text(), str(file.relative_to(tmp_path)))
        for shown in (text.lower(), json.dumps(text).lower())
        for trace in TRACES
        if trace in shown or quote(trace) in shown
    ]
    assert left == []


def findings(source: Path, **more: Any) -> dict[str, int]:
    """What a run finds, signatures and what cannot be read left out."""
    task = Task(secrets=Secrets({}, PUBLISHED_SECRET), areas=("zego_rtc", "tencent_gme"), **more)
    tally = validate([str(source)], task)
    found: dict[str, int] = {}
    for group in tally.groups.values():
        code, where = group.finding.code, group.finding.where
        if code.startswith("HP2") and code not in {"HP220", "HP221", "HP222"}:
            key = f"{group.finding.callback} {code} {where}"
            found[key] = found.get(key, 0) + group.count
    return found


def test_every_capture_of_the_suite_is_judged_as_before(tmp_path: Path) -> None:
    """Of each format: the copies have the findings that the captures have, and no others."""
    ours = Sanitizer(CONTRACT, salt=SALT, areas=("zego_rtc", "tencent_gme"))
    outcome = sanitize_files(str(CAPTURES), tmp_path / "out", ours)
    assert outcome.captures > 40
    assert not [why for why in outcome.refused if why[0] == "HP199"]
    assert findings(tmp_path / "out") == findings(CAPTURES)
    task = Task(secrets=Secrets({}, PUBLISHED_SECRET), areas=("zego_rtc", "tencent_gme"))
    again = validate([str(tmp_path / "out")], task)
    assert again.captures == outcome.captures
    assert not [f for f in again.findings if f.code.startswith("HP1")]
