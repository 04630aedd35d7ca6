"""Verifies the signature of a request by a form of rules.json."""

import base64
import binascii
import hashlib
import hmac
import json
from urllib.parse import parse_qsl, quote, unquote


class Request:
    """A request as it came: headers as pairs, the body as bytes and as what was read from it."""

    def __init__(self, method, url, headers, body, payload):
        self.method, self.url, self.headers = method, url, headers
        self.body, self.payload = body, payload

    def texts(self, place):
        """All texts at a place beside the body."""
        if place["in"] == "query":
            query = self.url.partition("#")[0].partition("?")[2]
            pairs = [(unquote(n), unquote(v)) for n, _, v in map(cut, query.split("&"))]
            found = [value for name, value in pairs if name == place["field"]]
        else:
            found = [v for name, v in self.headers if name.lower() == place["field"].lower()]
        if "pair" not in place:
            return found
        pairs = [cut(pair.strip()) for text in found for pair in text.split(place["separator"])]
        return [value for name, equals, value in pairs if equals and name == place["pair"]]

    def at(self, place):
        """What stands at a place, None where nothing does."""
        if place["in"] != "body":
            return next(iter(self.texts(place)), None)
        value = self.payload
        for name in place["path"]:
            value = value.get(name) if isinstance(value, dict) else None
        return value


def cut(text):
    return text.partition("=")


def verdict(form, secret, request):
    """valid, wrong, unreadable or missing; of signatures side by side none there may be wrong."""
    found = [alone(one, secret, request) for one in (form, *form["beside"])]
    there = [one for one in found if one != "missing"]
    return next((one for one in there if one != "valid"), there[0] if there else "missing")


def alone(form, secret, request):
    place, given = form["place"], request.at(form["place"])
    if given is None and not (place["in"] == "body" and place["path"][0] in request.payload):
        return "missing"
    if not isinstance(given, str) or not given:
        return "unreadable"
    if form["token"]:
        return token_verdict(form, secret, given, request.body)
    pieces = [piece(one, form, secret, request) for one in form["pieces"]]
    if None in pieces:
        return "unreadable"
    message = form["separator"].encode().join(sorted(pieces) if form["sorted"] else pieces)
    digest = digest_of(form, secret, message)
    texts = request.texts(place) if "pair" in place else [given]
    several = form["several"]
    claimed = [one for text in texts for one in (text.split(several) if several else [text])]
    right = [form["prefix"] + written(digest, encoding) for encoding in form["encodings"]]
    return "valid" if any(same(one, other) for one in claimed for other in right) else "wrong"


def piece(rule, form, secret, request):
    """The bytes of a piece of what is signed; None for a value that is neither text nor integer."""
    match rule["kind"]:
        case "value":
            value = request.at(rule["place"])
            is_signable = isinstance(value, (str, int)) and not isinstance(value, bool)
            return str(value).encode() if is_signable else None
        case "form":
            pairs = sorted(parse_qsl(request.body.decode(), keep_blank_values=True))
            return "".join(name + value for name, value in pairs).encode()
        case "secret":
            return key(form["secret"], secret)
    known = {"literal": rule.get("text"), "method": request.method, "url": request.url}
    return request.body if rule["kind"] == "body" else known[rule["kind"]].encode()


def key(rule, secret):
    bare = secret.removeprefix(rule["prefix"])
    try:
        ways = {"base64": base64.b64decode, "hex": binascii.unhexlify, "text": str.encode}
        return ways[rule["encoding"]](bare)
    except ValueError:
        return bare.encode()


def digest_of(form, secret, message):
    if form["hmac"]:
        return hmac.digest(key(form["secret"], secret), message, form["hash"])
    return hashlib.new(form["hash"], message).digest()


def written(digest, encoding):
    text = base64.b64encode(digest).decode()
    return {
        "hex": digest.hex(),
        "base64": text,
        "base64url": text.replace("+", "-").replace("/", "_").rstrip("="),
        "percent-base64": quote(text, safe=""),
    }[encoding]


def same(one, other):
    return hmac.compare_digest(one.encode("utf-8", "surrogatepass"), other.encode())


def token_verdict(form, secret, token, body):
    """A JSON Web Token is right where its end is, and its claim of the body's digest."""
    parts, rule = token.split("."), form["token"]
    head, claims = opened(parts[0]), opened(parts[1] if len(parts) == 3 else "")
    if not claims or head.get("alg") != "HS" + form["hash"].removeprefix("sha"):
        return "unreadable"
    right = written(digest_of(form, secret, f"{parts[0]}.{parts[1]}".encode()), "base64url")
    held = written(hashlib.new(rule["hash"], body).digest(), rule["encoding"])
    return "valid" if same(parts[2], right) and claims.get(rule["claim"]) == held else "wrong"


def opened(part):
    try:
        value = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}
