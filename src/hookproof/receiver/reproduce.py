"""Lines for a shell that show a finding again, freshly signed and without the secret."""

from __future__ import annotations

import shlex
from base64 import b64encode
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from hookproof.delivery.target import with_query
from hookproof.receiver.storage import place_of
from hookproof.signature.recipe import shell_recipe
from hookproof.signature.verify import wire_text

if TYPE_CHECKING:
    from hookproof.contract import Callback
    from hookproof.delivery.request import Request
    from hookproof.finding.stored import StoredRequest

_MARK: Final = "@@signature@@"
_PERCENT_ENCODED: Final = '"$(printf %s "$sig" | sed "s/%/%25/g; s/+/%2B/g; s,/,%2F,g; s/=/%3D/g")"'
_MASK: Final = "<signature>"
# What longer is, or cannot stand in a shell's argument, is written as Base64.
_LONGEST_TEXT: Final = 4000


@dataclass(slots=True)
class _Fresh:
    """Values that the shell makes anew: the mark of each in the body, and its variable."""

    lines: list[str] = field(default_factory=list)
    marks: dict[str, str] = field(default_factory=dict)
    fields: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, variable: str, command: str) -> str:
        """Let a field have what a command prints; gives its mark."""
        mark = f"@@{variable}@@"
        self.lines.append(f"{variable}={command}")
        self.marks[mark] = f"${variable}"
        self.fields[name] = mark
        return mark


def shell_lines(
    url: str,
    request: Request,
    callback: Callback,
    *,
    genuine: bool,
    stored: StoredRequest | None = None,
) -> str:
    """The request as `curl`. A right signature is made anew, any other is masked.

    With the stored request its moment and nonces are made anew, too.
    """
    place = callback.signature.place
    body, signed = _masked(request, callback)
    fresh = _Fresh()
    if stored:
        body = _refreshed(body, stored, callback, fresh)
    if genuine:
        fresh.marks[_MARK] = "$sig"
    first = ["; ".join(fresh.lines)] if fresh.lines else []
    lines = [*first, f"f=$(mktemp); {_write(body, fresh.marks)}"]
    if genuine and (signed or not place.in_body):
        # A body that holds its signature needs it first; one that is signed whole comes first.
        recipe = _recipe(request, callback, fresh)
        lines.insert(len(first) if place.in_body else len(lines), recipe)
    headers = [_header(name, value, callback, genuine=genuine) for name, value in request.headers]
    if not any(name.lower() == "content-type" for name, _ in request.headers):
        headers.append("-H 'Content-Type:'")  # else curl would make a form of it
    chunked = '-H "Transfer-Encoding: chunked" ' if stored and stored.chunked else ""
    to = _address(url, request, callback, genuine=genuine)
    send = f'curl -sS -i {" ".join(headers)} {chunked}--data-binary @"$f" {to}'
    return "\n".join([*lines, send])


def _address(url: str, request: Request, callback: Callback, *, genuine: bool) -> str:
    """The URL as a shell's argument, with the signature where it belongs into the query."""
    if not request.query:
        return shlex.quote(url)
    name = quote(callback.signature.place.field, safe="")
    whole = with_query(url, f"{name}=")
    if not genuine:
        return shlex.quote(whole + _MASK)
    # No tool but the shell's own: Base64 has three characters that a query has not.
    return shlex.quote(whole) + _PERCENT_ENCODED


def _masked(request: Request, callback: Callback) -> tuple[bytes, bool]:
    """The body with its signature marked, and whether there was one."""
    place = callback.signature.place
    if not place.in_body or not isinstance(request.payload, dict):
        return request.body, False
    value = request.payload.get(place.field)
    if not isinstance(value, str) or not value:
        return request.body, False
    shown = value.encode("utf-8", "surrogatepass")
    return request.body.replace(shown, _MARK.encode()), shown in request.body


def _refreshed(body: bytes, stored: StoredRequest, callback: Callback, fresh: _Fresh) -> bytes:
    """The body with marks where the moment and the nonces go."""
    named = dict.fromkeys(stored.nonces[:1], ("nonce", "$((($(date +%s)<<32)+RANDOM))"))
    if stored.moment is not None and callback.sent_at:
        thousand = "000" if callback.sent_at.unit == "milliseconds" else ""
        now = f"$(($(date +%s)+{stored.moment}))" if stored.moment else "$(date +%s)"
        named[callback.sent_at.field] = ("now", now.replace("+-", "-") + thousand)
    for name, (variable, command) in named.items():
        pattern = place_of(name)
        if pattern.search(body):
            mark = fresh.add(name, variable, command).encode()
            body = pattern.sub(rb"\g<1>" + mark, body, count=1)
    return body


def _recipe(request: Request, callback: Callback, fresh: _Fresh) -> str:
    payload = request.payload if isinstance(request.payload, dict) else {}
    inputs = [
        fresh.fields.get(place.field)
        or wire_text(payload.get(place.field)).decode(errors="replace")
        for place in callback.signature.inputs
    ]
    recipe = shell_recipe(callback.signature, inputs=inputs, file='"$f"')
    for mark, variable in fresh.marks.items():
        recipe = recipe.replace(mark, f'"{variable}"')
    return recipe


def _header(name: str, value: str, callback: Callback, *, genuine: bool) -> str:
    place = callback.signature.place
    if place.in_body or name != place.field:
        return "-H " + shlex.quote(f"{name}: {value}")
    return "-H " + (f'"{name}: $sig"' if genuine else shlex.quote(f"{name}: {_MASK}"))


def _write(body: bytes, marks: dict[str, str]) -> str:
    if _MARK not in marks:
        # No signature leaves, right or wrong.
        body = body.replace(_MARK.encode(), _MASK.encode())
    text = _as_text(body)
    if text is None:
        return _write_encoded(body, marks)
    quoted = _quoted(text)
    for mark, variable in marks.items():
        quoted = quoted.replace(mark, f"'\"{variable}\"'")
    return f'printf %s {quoted} >"$f"'


def _write_encoded(body: bytes, marks: dict[str, str]) -> str:
    line = f"printf %s {b64encode(body).decode()} | base64 -d"
    changes = "; ".join(
        f"s|{mark}|{variable}|" for mark, variable in marks.items() if mark.encode() in body
    )
    if changes:
        line += f' | LC_ALL=C sed "{changes}"'
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
