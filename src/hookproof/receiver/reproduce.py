"""Lines for a shell that show a finding again, freshly signed and without the secret."""

from __future__ import annotations

import shlex
from base64 import b64encode
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from hookproof.delivery.target import with_query
from hookproof.signature.recipe import shell_recipe
from hookproof.signature.verify import wire_text

if TYPE_CHECKING:
    from hookproof.contract import Callback
    from hookproof.delivery.request import Request

_MARK: Final = "@@signature@@"
_PERCENT_ENCODED: Final = '"$(printf %s "$sig" | sed "s/%/%25/g; s/+/%2B/g; s,/,%2F,g; s/=/%3D/g")"'
# What longer is, or cannot stand in a shell's argument, is written as Base64.
_LONGEST_TEXT: Final = 4000


def shell_lines(url: str, request: Request, callback: Callback, *, genuine: bool) -> str:
    """The request as `curl`. A right signature is made anew, any other is masked."""
    place = callback.signature.place
    body, signed = request.body, False
    if place.in_body and isinstance(request.payload, dict):
        value = request.payload.get(place.field)
        if isinstance(value, str) and value:
            signed = value.encode("utf-8", "surrogatepass") in body
            body = body.replace(value.encode("utf-8", "surrogatepass"), _MARK.encode())
    shown = '"$sig"' if genuine else "<signature>"
    lines = [f"f=$(mktemp); {_write(body, shown=shown)}"]
    if genuine and (signed or not place.in_body):
        # A body that holds its signature needs it first; one that is signed whole comes first.
        recipe = _recipe(request, callback)
        lines.insert(0 if place.in_body else 1, recipe)
    headers = [_header(name, value, callback, shown) for name, value in request.headers]
    if not any(name.lower() == "content-type" for name, _ in request.headers):
        headers.append("-H 'Content-Type:'")  # else curl would make a form of it
    to = _address(url, request, callback, shown)
    lines.append(f'curl -sS -i {" ".join(headers)} --data-binary @"$f" {to}')
    return "\n".join(lines)


def _address(url: str, request: Request, callback: Callback, shown: str) -> str:
    """The URL as a shell's argument, with the signature where it belongs into the query."""
    if not request.query:
        return shlex.quote(url)
    name = quote(callback.signature.place.field, safe="")
    whole = with_query(url, f"{name}=")
    if shown != '"$sig"':
        return shlex.quote(whole + shown)
    # No tool but the shell's own: Base64 has three characters that a query has not.
    return shlex.quote(whole) + _PERCENT_ENCODED


def _recipe(request: Request, callback: Callback) -> str:
    payload = request.payload if isinstance(request.payload, dict) else {}
    inputs = [
        wire_text(payload.get(place.field)).decode(errors="replace")
        for place in callback.signature.inputs
    ]
    return shell_recipe(callback.signature, inputs=inputs, file='"$f"')


def _header(name: str, value: str, callback: Callback, shown: str) -> str:
    place = callback.signature.place
    if place.in_body or name != place.field:
        return "-H " + shlex.quote(f"{name}: {value}")
    return "-H " + (f'"{name}: $sig"' if shown == '"$sig"' else shlex.quote(f"{name}: {shown}"))


def _write(body: bytes, *, shown: str) -> str:
    text = _as_text(body)
    if text is None:
        return _write_encoded(body, shown=shown)
    replacement = f"'{shown}'" if shown == '"$sig"' else shown
    return f'printf %s {_quoted(text).replace(_MARK, replacement)} >"$f"'


def _write_encoded(body: bytes, *, shown: str) -> str:
    # The mark is masked here too: no signature leaves, right or wrong.
    masked = body.replace(_MARK.encode(), b"<signature>")
    line = f"printf %s {b64encode(masked).decode()} | base64 -d"
    if masked != body and shown == '"$sig"':
        line += ' | LC_ALL=C sed "s|<signature>|$sig|"'
    return f'{line} >"$f"'


def _quoted(text: str) -> str:
    # Not shlex.quote: it leaves text bare that needs no quotes, and the signature's would be wrong.
    return "'" + text.replace("'", "'\"'\"'") + "'"


def _as_text(body: bytes) -> str | None:
    try:
        text = body.decode()
    except UnicodeDecodeError:
        return None
    return text if len(text) <= _LONGEST_TEXT and "\0" not in text else None
