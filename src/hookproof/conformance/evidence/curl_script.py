"""Lines for a shell that show a finding again, freshly signed and without the secret.

They stand in parentheses, so that a shell into which they are pasted reads all of them first and
stops at the first that fails, as the one that asks for the secret.
"""

from __future__ import annotations

import re
import shlex
from base64 import b64encode
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote, quote_plus

from hookproof.conformance.evidence.stored_request import place_of
from hookproof.contract.model import Place
from hookproof.http.request import with_parameter
from hookproof.http.target import shell_headers, with_query
from hookproof.signature.recipe import (
    digest_recipe,
    secret_in_shell,
    shell_recipe,
    token_recipe,
)
from hookproof.signature.secrets import SecretSource
from hookproof.signature.tokens import claims_of
from hookproof.signature.verify import find_signature, query_of, signed_values, values_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hookproof.contract import Callback
    from hookproof.contract.model import RequestField, SignatureFacts
    from hookproof.findings.finding import StoredRequest
    from hookproof.http.request import Request
    from hookproof.http.target import GivenHeader

# Stands in the lines for the name of the file that holds a long body.
BODY_FILE: Final = "@@body-file@@"

_SIGNATURE: Final = "sig"
_FILE: Final = '"$f"'
_MARK: Final = f"@@{_SIGNATURE}@@"
_MASK: Final = "<signature>"
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
    `variables` are those that hold the value of a signed field. `is_quoted` says that the body
    is a form, in which the signature is written in percent escapes.
    """

    lines: list[str] = field(default_factory=list)
    marks: dict[str, str] = field(default_factory=dict)
    variables: dict[str, str] = field(default_factory=dict)
    is_quoted: bool = False

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
    body, marked, script.is_quoted = _masked(request, callback)
    if stored:
        body = _refreshed(body, stored, callback, script)
        script.lines = ["; ".join(script.lines)] if script.lines else []
    write, attached = _write(body, script, genuine=genuine)
    signed_outside = not place.in_body and not callback.signature.is_unsigned
    if genuine and (marked or signed_outside):
        guard, expansion = secret_in_shell(secret or SecretSource())
        script.lines = [*guard, *script.lines, *_moments(callback)]
        recipes = _recipes(request, callback, script, expansion)
        # A body that holds its signature needs it first; one that is signed whole comes first.
        if place.in_body:
            script.lines.append(recipes.pop(0))
        script.lines += [write, *_digests(callback), *recipes]
    else:
        script.lines += [*_moments(callback), write, *_digests(callback)] if genuine else [write]
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
    """The URL as a shell's argument, with what is made anew in its query."""
    query = request.query
    for name, value in query_of(f"?{query}"):
        marked = _marked(value, callback, Place("query", name), genuine=genuine)
        if marked != value:
            # Encoded as a value is, but for the marks.
            query = with_parameter(query, name, quote(marked, safe="@<>"))
    return _with_variables(with_query(url, query))


def _header(name: str, value: str, callback: Callback, *, genuine: bool) -> str:
    """A header as an argument of `curl`; a signature is a variable or masked, a moment of now."""
    text = _marked(value, callback, Place("header", name), genuine=genuine)
    return f"-H {_with_variables(f'{name}: {text}')}"


def _marked(value: str, callback: Callback, where: Place, *, genuine: bool) -> str:
    """What stands in a header or a parameter, with marks for what is made anew."""
    marks: dict[Place, list[str]] = {}
    for place, mark in _marks(callback, genuine=genuine):
        if place.within == where.within and place.field.lower() == where.field.lower():
            marks.setdefault(place, []).append(mark)
    for place, several in marks.items():
        found = values_at(replace(place, within="header"), [(place.field, value)], url="")
        # Signatures that are sent together may stand in one place, one after the other.
        each = several if len(several) == len(found) else several[:1] * len(found)
        for text, mark in sorted(zip(found, each, strict=True), key=lambda one: -len(one[0])):
            value = value.replace(text, mark) if text else value
    return value


def _marks(callback: Callback, *, genuine: bool) -> Iterator[tuple[Place, str]]:
    """Where variables or masks go: signatures, and the moments beside a body."""
    main = callback.signature
    for number, facts in enumerate((main, *main.together), 1):
        mark = f"@@{_SIGNATURE}{_nth(number)}@@" if genuine else _MASK
        yield facts.place, f"{facts.text.prefix}{mark}"
    for fact in callback.request_fields if genuine else ():
        if fact.moment:
            yield fact.place, f"@@{_variable(callback, fact)}@@"
        if fact.digest:
            yield fact.place, f"@@{_of_digest(fact)}@@"


def _moments(callback: Callback) -> Iterator[str]:
    """Lines that set a variable for each way in which a moment beside the body is written."""
    for fact in _ways(callback):
        now = f"$(($(date +%s)+{fact.after}))" if fact.after else "$(date +%s)"
        if fact.moment == "rfc3339":
            now = "$(date -u +%Y-%m-%dT%H:%M:%S.000Z)"
        thousand = "000" if fact.moment == "milliseconds" else ""
        yield f"{_variable(callback, fact)}={now}{thousand}"


def _digests(callback: Callback) -> Iterator[str]:
    """Lines that set a variable to the digest of the body that a header holds."""
    for fact in [one for one in callback.request_fields if one.digest]:
        yield f"{_of_digest(fact)}=$({digest_recipe(fact.digest, fact.encoding, _FILE)})"


def _of_digest(fact: RequestField) -> str:
    return f"{fact.encoding[0]}{fact.digest}"


def _ways(callback: Callback) -> list[RequestField]:
    moments = [fact for fact in callback.request_fields if fact.moment]
    return list({(fact.moment, fact.after): fact for fact in reversed(moments)}.values())[::-1]


def _variable(callback: Callback, fact: RequestField) -> str:
    ways = [(one.moment, one.after) for one in _ways(callback)]
    return f"at{_nth(ways.index((fact.moment, fact.after)) + 1)}"


def _nth(number: int) -> str:
    return str(number) if number > 1 else ""


def _with_variables(text: str) -> str:
    """A text as a shell's argument, each mark as the variable it stands for."""
    parts = re.split(r"@@([a-z]+[0-9]*)@@", text)
    return "".join(
        f'"${one}"' if at % 2 else one and shlex.quote(one) for at, one in enumerate(parts)
    )


def _masked(request: Request, callback: Callback) -> tuple[bytes, bool, bool]:
    """The body with its signature marked, whether there was one, and whether in percent escapes."""
    place = callback.signature.place
    if not place.in_body or not isinstance(request.payload, dict):
        return request.body, False, False
    value = request.payload.get(place.field)
    if not isinstance(value, str) or not value:
        return request.body, False, False
    shown = value.removeprefix(callback.signature.text.prefix).encode("utf-8", "surrogatepass")
    # A form has it in percent escapes, where it needs any.
    quoted = quote_plus(shown).encode()
    sent = quoted if quoted in request.body else shown
    return request.body.replace(sent, _MARK.encode()), sent in request.body, sent != shown


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


def _recipes(request: Request, callback: Callback, script: _Script, secret: str) -> list[str]:
    """Lines that make the signatures, in the order in which a request gets them."""
    lines = []
    main, url = callback.signature, _address(request.address, request, callback, genuine=True)
    for number, facts in enumerate((main, *main.together), 1):
        variable = f"{_SIGNATURE}{_nth(number)}"
        if facts.is_token:
            claims = _claims(facts, request, callback)
            line = token_recipe(facts, variable, claims=claims, file=_FILE, secret=secret)
        else:
            inputs = _inputs(facts, request, callback, script)
            line = shell_recipe(
                facts, inputs=inputs, file=_FILE, secret=secret, url=url, variable=variable
            )
        coded = f'; {variable}=$(printf %s "${variable}" | {_FOR_QUERY})'
        is_quoted = facts.place.in_query or (facts.place.in_body and script.is_quoted)
        lines.append(line + coded if is_quoted else line)
    return lines


def _inputs(
    facts: SignatureFacts, request: Request, callback: Callback, script: _Script
) -> list[str]:
    """The signed values as a shell has them: variables, or what was sent."""
    values = signed_values(facts, request.payload, request.headers, url=request.url)
    moments = {_spot(f.place): f for f in callback.request_fields if f.moment}
    return [
        (place.in_body and script.variables.get(place.field))
        or (
            f'"${_variable(callback, moments[_spot(place)])}"'
            if _spot(place) in moments
            else shlex.quote(value.decode(errors="replace"))
        )
        for place, value in zip(facts.inputs, values, strict=True)
    ]


def _spot(place: Place) -> tuple[str, str, str]:
    name = place.field if place.in_query else place.field.lower()
    return place.within, name, place.pair


def _claims(
    facts: SignatureFacts, request: Request, callback: Callback
) -> dict[str, tuple[Any, str]]:
    """The claims of a request's token but that of its body, a moment as the variable it is in."""
    _, token = find_signature(facts.place, None, request.headers, url=request.url)
    held = {n: v for n, v in claims_of(str(token)).items() if n != facts.body_claim.name}
    moments = {one.place.claim: one for one in callback.request_fields if one.moment}
    return {
        name: (value, f'"${_variable(callback, moments[name])}"' if name in moments else "")
        for name, value in held.items()
    }


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
