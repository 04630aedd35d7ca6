"""How a person signs a request again in a shell, with the secret from where the run had it."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Final

from hookproof.contract.facts import SecretForm
from hookproof.signature.schemes import METHOD

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hookproof.contract.facts import SignatureFacts
    from hookproof.signature.secrets import SecretSource

_UNSET: Final = "must hold the secret of the receiver"
# From a digest's bytes to its text.
_WRITTEN: Final = {
    "hex": "od -An -tx1 | tr -d ' \\n'",
    "base64": "base64",
    "percent-base64": "base64 | sed 's/+/%2B/g; s,/,%2F,g; s/=/%3D/g'",
}


def secret_in_shell(source: SecretSource) -> tuple[list[str], str]:
    """Lines that find the secret and stop the shell where there is none, and what expands to it."""
    if source.file:
        found = f"secret=$(cat {shlex.quote(source.file)})"
        return [found, f': "${{secret:?{_UNSET}}}"'], '"$secret"'
    return [f': "${{{source.variable}:?{_UNSET}}}"'], f'"${source.variable}"'


def shell_recipe(facts: SignatureFacts, *, inputs: Sequence[str], file: str, secret: str) -> str:
    """A line that sets $sig, "" where a line of a shell cannot say how.

    `inputs` are the signed values, quoted for a shell; `file` names the body's file, and `secret`
    is what expands to the secret.
    """
    kinds = {part.kind for part in facts.parts}
    alone = not (facts.place.pair or facts.text.separator or facts.together)
    if kinds & {"url", "form"} or facts.secret != SecretForm() or not alone:
        return ""
    hashed = f"openssl dgst -{facts.hash} -binary"
    if facts.is_keyed:
        hashed = f"openssl dgst -{facts.hash} -hmac {secret} -binary"
    values = iter(inputs)
    words = {"secret": secret, "method": METHOD.decode(), "body": ""}
    pieces = [
        next(values) if part.kind == "value" else words.get(part.kind, shlex.quote(part.text))
        for part in facts.parts
    ]
    prefix = shlex.quote(facts.text.prefix) if facts.text.prefix else ""
    said = _said(facts, pieces, file)
    return f"sig={prefix}$({said} | {hashed} | {_WRITTEN[facts.encodings[0]]})"


def _said(facts: SignatureFacts, pieces: list[str], file: str) -> str:
    """What prints the message; of the pieces that of the body is empty."""
    if facts.is_sorted:
        joined = f" | paste -sd {shlex.quote(facts.separator)} -" if facts.separator else ""
        return f"printf '%s\\n' {' '.join(pieces)} | LC_ALL=C sort{joined} | tr -d '\\n'"
    between = f" {shlex.quote(facts.separator)} " if facts.separator else " "
    if "" not in pieces:
        return f"printf %s {between.join(pieces)}"
    if len(pieces) == 1:
        return f"cat {file}"
    steps = [f"printf %s {piece}" if piece else f"cat {file}" for piece in pieces]
    joint = f"; printf %s{between.rstrip()}; " if facts.separator else "; "
    return f"{{ {joint.join(steps)}; }}"
