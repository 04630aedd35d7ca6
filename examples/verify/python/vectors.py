"""Holds the reader to a pack of vectors: python vectors.py PACK."""

import base64
import json
import sys
from pathlib import Path

from reader import Reader, Rejected


def leaves(value, path=""):
    inner = value.items() if isinstance(value, dict) else []
    inner = enumerate(value) if isinstance(value, list) else inner
    found = {}
    for name, one in inner:
        escaped = str(name).replace("~", "~0").replace("/", "~1")
        found.update(leaves(one, f"{path}/{escaped}"))
    return found or {path: leaf(value)}


def leaf(value):
    if isinstance(value, str):
        return ["text", value]
    if isinstance(value, (dict, list)):
        return ["empty", json.dumps(value)]
    is_word = value is None or isinstance(value, bool)
    return ["word" if is_word else "number", json.dumps(value)]


def normal(outcome):
    """Digits are compared as texts, other numbers as doubles."""
    values = {}
    for path, (kind, text) in outcome.get("values", {}).items():
        is_double = kind == "number" and not text.lstrip("-").isdigit()
        values[path] = float(text) if is_double else [kind, text]
    return {**outcome, "values": values}


def outcome(reader, one):
    headers = [tuple(pair) for pair in one["headers"]]
    try:
        body = base64.b64decode(one["body"])
        event = reader.receive(one["method"], one["url"], headers, body)
    except Rejected as error:
        return {"accepted": False, "kind": error.kind, "reason": error.reason}
    told = {name: event[name] for name in ("callback", "dedupe_key")}
    return {"accepted": True, **told, "values": leaves(event["payload"])}


def main(pack):
    index = json.loads((pack / "index.json").read_text("utf-8"))
    rules = json.loads((pack / index["rules"]).read_text("utf-8"))
    count = wrong = 0
    for listed in index["areas"]:
        file = json.loads((pack / listed["file"]).read_text("utf-8"))
        for one in file["vectors"]:
            takes = one["accept_unsigned"]
            now = index["moment"].__int__
            reader = Reader(rules, [file["area"]], file["secrets"], accept_unsigned=takes, now=now)
            got = normal(outcome(reader, one))
            count += 1
            if got != normal(one["expect"]):
                wrong += 1
                print("WRONG", one["name"], str(got)[:300])
    print(f"{count} vectors, {wrong} wrong")
    return wrong > 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
