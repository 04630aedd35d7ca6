"""How a person signs a request again in a shell, with the secret from where the run had it."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Final

from hookproof.signature.schemes import METHOD

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from hookproof.contract.facts import SignatureFacts
    from hookproof.signature.secrets import SecretSource

_UNSET: Final = "must hold the secret of the receiver"


def secret_in_shell(source: SecretSource) -> tuple[list[str], str]:
    """Lines that find the secret and stop the shell where there is none, and what expands to it."""
    if source.file:
        found = f"secret=$(cat {shlex.quote(source.file)})"
        return [found, f': "${{secret:?{_UNSET}}}"'], '"$secret"'
    return [f': "${{{source.variable}:?{_UNSET}}}"'], f'"${source.variable}"'


def shell_recipe(facts: SignatureFacts, *, inputs: Sequence[str], file: str, secret: str) -> str:
    """A line that sets $sig.

    `inputs` are the signed values, quoted for a shell; `file` names the body's file, and `secret`
    is what expands to the secret.
    """
    return _RECIPES[facts.scheme](facts, inputs, file, secret)


def _sorted_sha1(facts: SignatureFacts, inputs: Sequence[str], file: str, secret: str) -> str:
    del facts, file
    return (
        f"sig=$(printf '%s\\n' {secret} {' '.join(inputs)} "
        "| LC_ALL=C sort | tr -d '\\n' | openssl dgst -sha1 -r | cut -c1-40)"
    )


def _joined(facts: SignatureFacts, inputs: Sequence[str], file: str, secret: str) -> str:
    del file
    parts = list(inputs)
    parts.insert(facts.secret_at, secret)
    said = f"printf %s {' '.join(parts)}"
    return f"sig=$({said} | openssl dgst -{facts.digest} -binary | {_written(facts)})"


def _hmac_body(facts: SignatureFacts, inputs: Sequence[str], file: str, secret: str) -> str:
    del inputs
    return f"sig=$({_hmac(facts, secret)} {file} | {_written(facts)})"


def _hmac_method_body(facts: SignatureFacts, inputs: Sequence[str], file: str, secret: str) -> str:
    del inputs
    said = f"{{ printf {METHOD.decode()}; cat {file}; }}"
    return f"sig=$({said} | {_hmac(facts, secret)} | {_written(facts)})"


def _hmac(facts: SignatureFacts, secret: str) -> str:
    return f"openssl dgst -{facts.digest} -hmac {secret} -binary"


def _written(facts: SignatureFacts) -> str:
    """From a digest's bytes on the way out to its text."""
    percent = "base64 | sed 's/+/%2B/g; s,/,%2F,g; s/=/%3D/g'"
    ways = {"base64": "base64", "percent-base64": percent}
    return ways.get(facts.encodings[0], "od -An -tx1 | tr -d ' \\n'")


_RECIPES: Final[dict[str, Callable[[SignatureFacts, Sequence[str], str, str], str]]] = {
    "sorted-sha1": _sorted_sha1,
    "joined": _joined,
    "hmac-body": _hmac_body,
    "hmac-method-body": _hmac_method_body,
}
