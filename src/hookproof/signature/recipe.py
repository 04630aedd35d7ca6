"""How a person signs a request again in a shell, with the secret in $HOOKPROOF_SECRET."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Final

from hookproof.signature.schemes import METHOD

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from hookproof.contract.facts import SignatureFacts


def shell_recipe(facts: SignatureFacts, *, inputs: Sequence[str], file: str) -> str:
    """A line that sets $sig; `inputs` are the signed values, `file` names the body's file."""
    return _RECIPES[facts.scheme](facts, inputs, file)


def _sorted_sha1(facts: SignatureFacts, inputs: Sequence[str], file: str) -> str:
    del facts, file
    values = " ".join(shlex.quote(value) for value in inputs)
    return (
        f"sig=$(printf '%s\\n' \"$HOOKPROOF_SECRET\" {values} "
        "| LC_ALL=C sort | tr -d '\\n' | sha1sum | cut -c1-40)"
    )


def _joined(facts: SignatureFacts, inputs: Sequence[str], file: str) -> str:
    del file
    parts = [shlex.quote(value) for value in inputs]
    parts.insert(facts.secret_at, '"$HOOKPROOF_SECRET"')
    said = f"printf %s {' '.join(parts)}"
    return f"sig=$({said} | openssl dgst -{facts.digest} -binary | {_written(facts)})"


def _hmac_body(facts: SignatureFacts, inputs: Sequence[str], file: str) -> str:
    del inputs
    return f"sig=$({_hmac(facts)} {file} | {_written(facts)})"


def _hmac_method_body(facts: SignatureFacts, inputs: Sequence[str], file: str) -> str:
    del inputs
    said = f"{{ printf {METHOD.decode()}; cat {file}; }}"
    return f"sig=$({said} | {_hmac(facts)} | {_written(facts)})"


def _hmac(facts: SignatureFacts) -> str:
    return f'openssl dgst -{facts.digest} -hmac "$HOOKPROOF_SECRET" -binary'


def _written(facts: SignatureFacts) -> str:
    """From a digest's bytes on the way out to its text."""
    percent = "base64 | sed 's/+/%2B/g; s,/,%2F,g; s/=/%3D/g'"
    ways = {"base64": "base64", "percent-base64": percent}
    return ways.get(facts.encodings[0], "od -An -tx1 | tr -d ' \\n'")


_RECIPES: Final[dict[str, Callable[[SignatureFacts, Sequence[str], str], str]]] = {
    "sorted-sha1": _sorted_sha1,
    "joined": _joined,
    "hmac-body": _hmac_body,
    "hmac-method-body": _hmac_method_body,
}
