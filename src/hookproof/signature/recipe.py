"""How a person signs a request again in a shell, with the secret from where the run had it."""

from __future__ import annotations

import json
import shlex
from typing import TYPE_CHECKING, Any, Final

from hookproof.signature.schemes import METHOD
from hookproof.signature.tokens import head_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hookproof.contract.model import SecretForm, SignatureFacts
    from hookproof.signature.secrets import SecretSource

_UNSET: Final = "must hold the secret of the receiver"


def secret_in_shell(source: SecretSource) -> tuple[list[str], str]:
    """Lines that find the secret and stop the shell where there is none, and what expands to it."""
    if source.file:
        found = f"secret=$(cat {shlex.quote(source.file)})"
        return [found, f': "${{secret:?{_UNSET}}}"'], '"$secret"'
    return [f': "${{{source.variable}:?{_UNSET}}}"'], f'"${source.variable}"'


def shell_recipe(
    facts: SignatureFacts,
    *,
    inputs: Sequence[str],
    file: str,
    secret: str,
    url: str = "",
    variable: str = "sig",
) -> str:
    """A line that sets a variable to the digest as it is written.

    `inputs` are the signed values, quoted for a shell; `file` names the body's file, `secret`
    is what expands to the secret, and `url` the address, quoted, which few schemes sign.
    """
    pieces = _pieces(facts, inputs, file=file, secret=secret, url=url)
    said = _sorted(facts, pieces) if facts.is_sorted else _in_order(facts, pieces)
    return f"{variable}=$({said} | {_hashed(facts, secret)} | {_written(facts)})"


def token_recipe(
    facts: SignatureFacts,
    variable: str,
    *,
    claims: Mapping[str, tuple[Any, str]],
    file: str,
    secret: str,
) -> str:
    """A line that sets a variable to a token.

    `claims` are its values, each with what a shell makes it anew by, "" where it is always this;
    the claim of the body's digest is made from the body's `file`.
    """
    held = facts.body_claim
    digest = f'"$({digest_recipe(held.digest, held.encoding, file)})"'
    named, values = [], []
    for name, (value, anew) in claims.items():
        text = json.dumps(value).replace("\\", "\\\\").replace("%", "%%")
        named.append(f"{json.dumps(name)}:{'%s' if anew else text}")
        values += [anew] if anew else []
    layout = ",".join([*named, f'{json.dumps(held.name)}:"%s"'])
    head = f"printf %s {shlex.quote(json.dumps(head_of(facts), separators=(',', ':')))} | {_URL}"
    body = f"printf {shlex.quote('{' + layout + '}')} {' '.join([*values, digest])} | {_URL}"
    signed = f'printf %s "$t" | {_hashed(facts, secret)} | {_URL}'
    return f't=$({head}).$({body}); {variable}="$t.$({signed})"'


def _pieces(
    facts: SignatureFacts, inputs: Sequence[str], *, file: str, secret: str, url: str
) -> list[str]:
    """What prints each piece of the message, none of them with a line end after it."""
    values = iter(inputs)
    return [
        {
            "body": f"cat {file}",
            "form": _FORM % file,
            "secret": _key(facts.secret, secret),
            "method": f"printf %s {METHOD.decode()}",
            "url": f"printf %s {url}",
            "digest": digest_recipe(part.text, part.encoding, file),
        }.get(part.kind)
        or f"printf %s {next(values) if part.kind == 'value' else shlex.quote(part.text)}"
        for part in facts.parts
    ]


def digest_recipe(name: str, encoding: str, file: str) -> str:
    """What prints the digest of a body as it is written, without a line end."""
    written = _HEX if encoding == "hex" else "base64 | tr -d '\\n'"
    return f"openssl dgst -{name} -binary {file} | {written}"


def _in_order(facts: SignatureFacts, pieces: list[str]) -> str:
    between = f"; printf %s {shlex.quote(facts.separator)}; " if facts.separator else "; "
    return pieces[0] if len(pieces) == 1 else f"{{ {between.join(pieces)}; }}"


def _sorted(facts: SignatureFacts, pieces: list[str]) -> str:
    """The pieces in the order of their bytes, as which a piece of any bytes is sorted in hex."""
    plain = {"value", "secret", "literal", "method", "url"} >= {part.kind for part in facts.parts}
    if (
        plain
        and not facts.separator
        and facts.secret.encoding == "text"
        and "\n" not in "".join(pieces)
    ):
        texts = " ".join(piece.removeprefix("printf %s ") for piece in pieces)
        return f"printf '%s\\n' {texts} | LC_ALL=C sort | tr -d '\\n'"
    lines = "; ".join(f"{piece} | {_HEX}; echo" for piece in pieces)
    between = facts.separator.encode().hex()
    return f"{{ {lines}; }} | LC_ALL=C sort | sed '$!s/$/{between}/' | {_FROM_HEX}"


def _key(form: SecretForm, secret: str) -> str:
    """What prints the bytes of the key."""
    bare = f'"${{{secret[2:-1]}#{shlex.quote(form.prefix)}}}"' if form.prefix else secret
    decoded = {"base64": " | base64 -d", "hex": f" | {_FROM_HEX}"}
    return f"printf %s {bare}{decoded.get(form.encoding, '')}"


def _hashed(facts: SignatureFacts, secret: str) -> str:
    if not facts.is_keyed:
        return f"openssl dgst -{facts.hash} -binary"
    if facts.secret.encoding == "text" and not facts.secret.prefix:
        return f"openssl dgst -{facts.hash} -hmac {secret} -binary"
    key = f"{_key(facts.secret, secret)} | {_HEX}"
    return f"openssl dgst -{facts.hash} -mac HMAC -macopt hexkey:$({key}) -binary"


def _written(facts: SignatureFacts) -> str:
    """From a digest's bytes on the way out to its text."""
    # A long one comes on two lines.
    base64 = "base64 | tr -d '\\n'" if facts.hash == "sha512" else "base64"
    percent = f"{base64} | sed 's/+/%2B/g; s,/,%2F,g; s/=/%3D/g'"
    ways = {"base64": base64, "base64url": _URL, "percent-base64": percent}
    return ways.get(facts.encodings[0], _HEX)


_URL: Final = "base64 | tr -d '\\n=' | tr '+/' '-_'"
_HEX: Final = "od -An -v -tx1 | tr -d ' \\n'"
_FROM_HEX: Final = "tr -d '\\n' | sed 's/../\\\\x&/g' | xargs -0 printf %b"
# Names and values of a form, decoded, sorted by name and joined. A name ends before all letters.
_FORM: Final = (
    "tr '&' '\\n' < %s | sed \"s/=/$(printf '\\001')/\" | LC_ALL=C sort | tr -d '\\001\\n' "
    "| sed 's/+/ /g; s/%%/\\\\x/g' | xargs -0 printf %%b"
)
