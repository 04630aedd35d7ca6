"""How a person signs a request again in a shell, with the secret from where the run had it."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Final

from hookproof.signature.schemes import METHOD

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hookproof.contract.model import SignatureFacts
    from hookproof.signature.secrets import SecretSource

_UNSET: Final = "must hold the secret of the receiver"


def secret_in_shell(source: SecretSource) -> tuple[list[str], str]:
    """Lines that find the secret and stop the shell where there is none, and what expands to it."""
    if source.file:
        found = f"secret=$(cat {shlex.quote(source.file)})"
        return [found, f': "${{secret:?{_UNSET}}}"'], '"$secret"'
    return [f': "${{{source.variable}:?{_UNSET}}}"'], f'"${source.variable}"'


def shell_recipe(
    facts: SignatureFacts, *, inputs: Sequence[str], file: str, secret: str, url: str = ""
) -> str:
    """A line that sets $sig to the digest as it is written.

    `inputs` are the signed values, quoted for a shell; `file` names the body's file, `secret`
    is what expands to the secret, and `url` the address, quoted, which few schemes sign.
    """
    if facts.is_sorted:
        values = " ".join([secret, *inputs])
        joined = f"paste -sd {shlex.quote(facts.separator)} -" if facts.separator else "tr -d '\\n'"
        said = f"printf '%s\\n' {values} | LC_ALL=C sort | {joined}"
    else:
        said = _said(facts, inputs, file=file, secret=secret, url=url)
    return f"sig=$({said} | {_hashed(facts, secret)} | {_written(facts)})"


def _said(facts: SignatureFacts, inputs: Sequence[str], *, file: str, secret: str, url: str) -> str:
    """What prints the message."""
    values = iter(inputs)
    pieces = []
    for part in facts.parts:
        match part.kind:
            case "body":
                pieces.append(f"cat {file}")
            case "form":
                pieces.append(_FORM % file)
            case "value":
                pieces.append(f"printf %s {next(values)}")
            case "secret":
                pieces.append(f"printf %s {secret}")
            case "url":
                pieces.append(f"printf %s {url}")
            case _:
                text = METHOD.decode() if part.kind == "method" else part.text
                pieces.append(f"printf %s {shlex.quote(text)}")
    between = f"; printf %s {shlex.quote(facts.separator)}; " if facts.separator else "; "
    return pieces[0] if len(pieces) == 1 else f"{{ {between.join(pieces)}; }}"


def _hashed(facts: SignatureFacts, secret: str) -> str:
    if not facts.is_keyed:
        return f"openssl dgst -{facts.hash} -binary"
    if facts.secret.encoding == "text" and not facts.secret.prefix:
        return f"openssl dgst -{facts.hash} -hmac {secret} -binary"
    bare = f"printf %s {secret} | sed 's/^{facts.secret.prefix}//'"
    in_hex = {"base64": f"{bare} | base64 -d | {_HEX}", "text": f"{bare} | {_HEX}"}
    key = in_hex.get(facts.secret.encoding, bare)
    return f"openssl dgst -{facts.hash} -mac HMAC -macopt hexkey:$({key}) -binary"


def _written(facts: SignatureFacts) -> str:
    """From a digest's bytes on the way out to its text."""
    percent = "base64 | sed 's/+/%2B/g; s,/,%2F,g; s/=/%3D/g'"
    ways = {"base64": "base64", "percent-base64": percent}
    return ways.get(facts.encodings[0], _HEX)


_HEX: Final = "od -An -v -tx1 | tr -d ' \\n'"
# Names and values of a form, decoded, sorted by name and joined.
_FORM: Final = (
    "tr '&' '\\n' < %s | LC_ALL=C sort | sed 's/=//; s/+/ /g; s/%%/\\\\x/g' | tr -d '\\n' "
    "| xargs -0 printf %%b"
)
