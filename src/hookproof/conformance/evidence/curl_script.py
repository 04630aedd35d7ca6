"""Lines for a shell that show a finding again, freshly signed and without the secret.

They stand in parentheses, so that a shell into which they are pasted reads all of them first and
stops at the first that fails, as the one that asks for the secret.
"""

from __future__ import annotations

import re
import shlex
from base64 import b64encode
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from hookproof.conformance.evidence.stored_request import place_of
from hookproof.http.request import with_parameter
from hookproof.http.target import shell_headers, with_query
from hookproof.signature.recipe import secret_in_shell, shell_recipe
from hookproof.signature.secrets import SecretSource
from hookproof.signature.verify import find_signature, signed_values

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hookproof.contract import Callback
    from hookproof.findings.stored import StoredRequest
    from hookproof.http.request import Request
    from hookproof.http.target import GivenHeader

# Stands in the lines for the name of the file that holds a long body.
BODY_FILE: Final = "@@body-file@@"

_MARK: Final = "@@signature@@"
_MASK: Final = "<signature>"
_NOW: Final = "@@now@@"
# Base64 has three characters that a query has not.
_FOR_QUERY: Final = "sed 's/%/%25/g; s/+/%2B/g; s,/,%2F,g; s/=/%3D/g'"
# What is longer is read from a file.
_LONGEST_BODY: Final = 1024
# No argument is longer, so that a report can break the lines between arguments.
_PIECE: Final = 37


@dataclass(frozen=True, slots=True)
class Recipe:
    """The lines; `body` is what they read from BODY_FILE, b"" where they hold it themselves."""

    lines: str
    body: bytes = b""


@dataclass(slots=True)
class _Script:
    """The lines as they are put together.

    `marks` are what stands in the body for a variable's value: the mark, and the variable.
    `variables` are those that hold the value of a signed field.
    """

    lines: list[str] = field(default_factory=list)
    marks: dict[str, str] = field(default_factory=dict)
    variables: dict[str, str] = field(default_factory=dict)

    def make(self, name: str, variable: str, command: str) -> bytes:
        """Let a field of the body have what a command prints; gives its mark."""
        mark = f"@@{variable}@@"
        self.lines.append(f"{variable}={command}")
        self.marks[mark] = variable
        self.variables[name] = f'"${variable}"'
        return mark.encode()


def shell_lines(  # noqa: PLR0913 - a request, and the run that it was of
    url: str,
    request: Request,
    callback: Callback,
    *,
    genuine: bool,
    stored: StoredRequest | None = None,
    secret: SecretSource | None = None,
    given: Sequence[GivenHeader] = (),
) -> Recipe:
    """The request as `curl`. A right signature is made anew, any other is masked.

    With the stored request its moment and nonces are made anew, too. `secret` is where the run
    had the secret from, and `given` the headers for what stands before the receiver.
    """
    place, script = callback.signature.place, _Script()
    body, marked = _masked(request, callback)
    if stored:
        body = _refreshed(body, stored, callback, script)
        script.lines = ["; ".join(script.lines)] if script.lines else []
    write, attached = _write(body, script, genuine=genuine)
    signed_outside = not place.in_body and not callback.signature.is_unsigned
    if genuine and (marked or signed_outside):
        guard, expansion = secret_in_shell(secret or SecretSource())
        script.lines = [*guard, *script.lines]
        unit = next((fact.moment for fact in callback.request_fields if fact.moment), "")
        if unit:
            script.lines.append(f"at=$(date +%s){'000' if unit == 'milliseconds' else ''}")
        recipe = _recipe(request, callback, script, expansion)
        # A body that holds its signature needs it first; one that is signed whole comes first.
        script.lines += [recipe, write] if place.in_body else [write, recipe]
        if request.query:
            script.lines.append(f'sig=$(printf %s "$sig" | {_FOR_QUERY})')
    else:
        script.lines.append(write)
    names = {header.name.lower() for header in given}
    kept = tuple(pair for pair in request.headers if pair[0].lower() not in names)
    more = [*shell_headers((), given)]
    if stored and stored.chunked:
        more.append("-H 'Transfer-Encoding: chunked'")
    script.lines.append(
        _curl(url, replace(request, headers=kept), callback, genuine=genuine, more=more)
    )
    lines = "\n".join(script.lines)
    return Recipe(f"( set -e; {lines} )", attached)


def _curl(
    url: str,
    request: Request,
    callback: Callback,
    *,
    genuine: bool,
    more: Sequence[str],
) -> str:
    headers = [_header(name, value, callback, genuine=genuine) for name, value in request.headers]
    if not any(name.lower() == "content-type" for name, _ in request.headers):
        headers.append("-H 'Content-Type:'")  # else curl would make a form of it
    headers += more
    to = _address(url, request, callback, genuine=genuine)
    return f'curl -sS -i {" ".join(headers)} --data-binary @"$f" {to}'


def _address(url: str, request: Request, callback: Callback, *, genuine: bool) -> str:
    """The URL as a shell's argument, with the signature where it belongs into the query."""
    place, query = callback.signature.place, request.query
    if place.in_query:
        query = with_parameter(query, place.field, _MARK)
    before, mark, after = with_query(url, query).partition(_MARK)
    if not mark:
        return shlex.quote(before)
    shown = '"$sig"' if genuine else shlex.quote(_MASK)
    return shlex.quote(before) + shown + (shlex.quote(after) if after else "")


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


def _refreshed(body: bytes, stored: StoredRequest, callback: Callback, script: _Script) -> bytes:
    """The body with marks where the moment and the nonces go."""
    named = dict.fromkeys(stored.nonces[:1], ("nonce", "$((($(date +%s)<<32)+$$))"))
    if stored.moment is not None and callback.sent_at:
        thousand = "000" if callback.sent_at.unit == "milliseconds" else ""
        later = stored.moment + callback.sent_at.after
        now = f"$(($(date +%s)+{later}))" if later else "$(date +%s)"
        named[callback.sent_at.field] = ("now", now.replace("+-", "-") + thousand)
    for name, (variable, command) in named.items():
        pattern = place_of(name)
        if pattern.search(body):
            mark = script.make(name, variable, command)
            body = pattern.sub(rb"\g<1>" + mark, body, count=1)
    return body


def _recipe(request: Request, callback: Callback, script: _Script, secret: str) -> str:
    facts, payload = callback.signature, request.payload
    values = signed_values(facts, payload, request.headers, url=request.url)
    moments = {fact.place: fact.moment for fact in callback.request_fields if fact.moment}
    inputs = [
        script.variables.get(place.field)
        or ('"$at"' if place in moments else shlex.quote(value.decode(errors="replace")))
        for place, value in zip(facts.inputs, values, strict=True)
    ]
    url = shlex.quote(request.url)
    return shell_recipe(facts, inputs=inputs, file='"$f"', secret=secret, url=url)


def _header(name: str, value: str, callback: Callback, *, genuine: bool) -> str:
    """A header as an argument of `curl`; a signature is a variable or masked, a moment of now."""
    place, text = callback.signature.place, f"{name}: {value}"
    _, known = find_signature(place, None, [(name, value)])
    marks = {}
    if not place.in_body and place.field == name and known:
        shown = f"{callback.signature.text.prefix}{_MARK}"
        text = text.replace(known, shown if genuine else _MASK)
        marks[_MARK] = "$sig"
    for fact in callback.request_fields if genuine else ():
        if fact.moment and fact.place.field == name:
            given = find_signature(fact.place, None, [(name, value)])[1]
            text = text.replace(given, _NOW) if given else text
            marks[_NOW] = "$at"
    quoted = shlex.quote(text)
    for mark, variable in marks.items():
        quoted = quoted.replace(mark, f"'\"{variable}\"'") if "'" in quoted else quoted
    return f"-H {quoted}"


def _write(body: bytes, script: _Script, *, genuine: bool) -> tuple[str, bytes]:
    """What writes the body into the file $f, and what it reads from a file of its own."""
    marks = script.marks | ({_MARK: "sig"} if genuine else {})
    if not genuine:
        # No signature leaves, right or wrong.
        body = body.replace(_MARK.encode(), _MASK.encode())
    held = {mark: name for mark, name in marks.items() if mark.encode() in body}
    # Variables are put in with `sed`, which must not take a letter for what it is not.
    changes = "; ".join(f"s|{mark}|${name}|" for mark, name in held.items())
    into = 'f=$(mktemp); %s >"$f"'
    if len(body) > _LONGEST_BODY:
        put_in = f'LC_ALL=C sed "{changes}" {BODY_FILE}' if changes else f"cat {BODY_FILE}"
        return into % put_in, body
    text = _as_text(body)
    if text is None:
        coded = f"printf %s {' '.join(_pieces(b64encode(body).decode()))} | base64 -d"
        return into % (coded + (f' | LC_ALL=C sed "{changes}"' if changes else "")), b""
    words = " ".join(_words(text, held)) or "''"
    return into % f"printf %s {words}", b""


def _words(text: str, marks: dict[str, str]) -> Iterator[str]:
    """The text as arguments of a shell, a mark as the variable it stands for."""
    pattern = "|".join(map(re.escape, [_MASK, *marks]))
    for part in re.split(f"({pattern})", text):
        if part in marks:
            yield f'"${marks[part]}"'
        else:
            # Not shlex.quote: the end of a piece would look like that of a word.
            yield from ("'" + piece.replace("'", "'\"'\"'") + "'" for piece in _pieces(part))


def _pieces(text: str) -> Iterator[str]:
    return (text[at : at + _PIECE] for at in range(0, len(text), _PIECE))


def _as_text(body: bytes) -> str | None:
    """The body as text where any terminal shows it as it is, and a shell takes it as it is."""
    try:
        text = body.decode()
    except UnicodeDecodeError:
        return None
    return text if text.isprintable() else None
