"""Reads bodies strictly: JSON, forms, percent-encoded JSON. Whatever is wrong is a ValueError."""

import json
import re
from urllib.parse import unquote_to_bytes

BYTES, DEPTH, DIGITS = 16 * 1024 * 1024, 128, 4300
FORM = re.compile(r"[A-Za-z_][A-Za-z0-9_.\-\[\]%]*=")


def read_body(headers, raw):
    """What a body holds, and whether it is a form."""
    if len(raw) > BYTES:
        raise ValueError("too-large")
    text = raw.decode()
    start = text.lstrip()
    types = [value.lower() for name, value in headers if name.lower() == "content-type"]
    if start[:1] not in ("{", "["):
        if types and "x-www-form-urlencoded" in types[0]:
            return read_form(text), True
        if start[:3].lower() == "%7b":
            return read_json(percent_decoded(text.strip())), False
        if FORM.match(start):
            return read_form(text), True
    return read_json(text), False


def read_form(text):
    pairs = [one.partition("=") for one in text.rstrip("\r\n").split("&") if one]
    fields = [(percent_decoded(name), percent_decoded(value)) for name, _, value in pairs]
    if any(value.lstrip()[:3].lower() == "%7b" for _, value in fields):
        raise ValueError("encoded twice")
    return once(fields)


def percent_decoded(text):
    if re.search("%(?![0-9A-Fa-f]{2})", text):
        raise ValueError("no percent escape")
    return unquote_to_bytes(text.replace("+", " ")).decode()


def read_json(text):
    """A value, integers of any length exact; no key twice, no NaN, nothing half or too deep."""
    if not 0 < deepest(text) <= DEPTH and text.strip()[:1] in ("{", "["):
        raise ValueError("too deep")
    value = json.loads(
        text,
        object_pairs_hook=once,
        parse_constant=refused,
        parse_float=finite,
        parse_int=integer,
    )
    json.dumps(value, ensure_ascii=False).encode()  # a lone surrogate is no character
    return value


def deepest(text):
    depths, depth = [0], 0
    for mark in re.findall(r'"(?:[^"\\]|\\.)*"|[\[{]|[\]}]', text, re.DOTALL):
        depth += (mark in "[{") - (mark in "]}")
        depths.append(depth)
    return max(depths)


def once(pairs):
    fields = dict(pairs)
    if len(fields) < len(pairs):
        raise ValueError("a key twice")
    return fields


def refused(word):
    raise ValueError(f"{word} is not JSON")


def finite(text):
    if float(text) in (float("inf"), float("-inf")):
        raise ValueError("too large")
    return float(text)


def integer(text):
    if len(text.lstrip("-")) > DIGITS:
        raise ValueError("too long")
    return int(text)
