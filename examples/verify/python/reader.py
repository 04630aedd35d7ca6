"""Verifies and reads callbacks by rules.json, with the standard library alone."""

import json
import re
import time

from body import read_body, read_json
from signature import Request, verdict

NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,99})")


class Rejected(Exception):
    """kind: invalid-signature (answer 401) or malformed (400); reason: a word for your log."""

    def __init__(self, kind, reason):
        super().__init__(f"{kind}: {reason}")
        self.kind, self.reason = kind, reason


class Reader:
    """Reads the callbacks of some areas. Make one, and give it each request."""

    def __init__(self, rules, areas, secrets, *, accept_unsigned=False, now=time.time):
        self.forms = rules["signatures"]
        self.known = [one for one in rules["callbacks"] if one["area"] in areas]
        self.secrets, self.accept_unsigned, self.now = secrets, accept_unsigned, now

    def receive(self, method, url, headers, body):
        """The event in a request; raises Rejected and nothing else."""
        payload, is_form = self.payload(headers, body)
        request = Request(method, url, headers, body, payload)
        found = [one for one in self.known if all(is_named(request, n) for n in one["named"])]
        rule = next((one for one in found if self.proof(one, request) == "valid"), None)
        if not rule and self.accept_unsigned:
            rule = next((one for one in found if self.proof(one, request) == "unsigned"), None)
        if not rule:
            return self.unknown(found, request)
        self.hold_to_now(rule, request)
        if is_form:
            for name, text in payload.items():
                payload[name] = typed(rule, name, text)
        key = [request.at(place) for place in rule["dedupe"]]
        for path in rule["nested"]:
            open_text(payload, path)
        return event(rule["callback"], payload, body, key)

    def payload(self, headers, body):
        try:
            payload, is_form = read_body(headers, body)
        except (ValueError, RecursionError) as error:
            reason = "too-large" if "too-large" in error.args else "unreadable"
            raise Rejected("malformed", reason) from None
        if not isinstance(payload, dict):
            raise Rejected("malformed", "no-object")
        return payload, is_form

    def proof(self, rule, request):
        forms = self.forms[rule["signature"]]
        found = {verdict(form, secret, request) for form in forms for secret in self.secrets}
        told = ("valid", "wrong", "unreadable", "missing")
        return next((one for one in told if one in found), "wrong" if forms else "unsigned")

    def unknown(self, found, request):
        """The event of a name that the rules do not have, of a sender who is proved."""
        if found:
            raise Rejected("invalid-signature", self.proof(found[0], request))
        proofs = {self.proof(one, request) for one in self.known}
        if "valid" not in proofs and not (self.accept_unsigned and proofs == {"unsigned"}):
            raise Rejected("invalid-signature", "wrong")
        return event("", request.payload, request.body, [])

    def hold_to_now(self, rule, request):
        moment = rule["moment"]
        text = str(request.at(moment)) if moment else ""
        if re.fullmatch("[0-9]{1,16}", text):
            seconds = int(text) / (1000 if moment["unit"] == "milliseconds" else 1)
            if abs(seconds - self.now()) > moment["tolerance"]:
                raise Rejected("invalid-signature", "stale")


def event(callback, payload, body, key):
    """The same event has the same dedupe_key each time that it is sent; "" where none is known."""
    compact = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    is_known = any(part is not None for part in key)
    text = compact.encode([callback, *key]) if is_known else ""
    return {"callback": callback, "payload": payload, "raw": body, "dedupe_key": text}


def is_named(request, place):
    value = request.at(place)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    same = [type(value) is type(one) and value == one for one in place["values"]]
    return any(same) if same else value is not None


def typed(rule, name, text):
    """A field of a form as what the page documents."""
    if name in rule["numbers"] and NUMBER.fullmatch(text):
        return int(text)
    return text == "true" if name in rule["booleans"] and text in ("true", "false") else text


def open_text(payload, path):
    """Puts what a text holds as JSON in its place; what is none is left."""
    *way, name = path
    for step in way:
        payload = payload.get(step) if isinstance(payload, dict) else None
    if isinstance(payload, dict) and isinstance(payload.get(name), str):
        try:
            payload[name] = read_json(payload[name])
        except (ValueError, RecursionError):
            pass
