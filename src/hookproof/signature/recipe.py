"""How a person signs a request again in a shell, with the secret in $HOOKPROOF_SECRET."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Final

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


def _hmac_body(facts: SignatureFacts, inputs: Sequence[str], file: str) -> str:
    del inputs
    written = "base64" if facts.encodings[0] == "base64" else "od -An -tx1 | tr -d ' \\n'"
    return (
        f'sig=$(openssl dgst -{facts.digest} -hmac "$HOOKPROOF_SECRET" -binary {file} | {written})'
    )


_RECIPES: Final[dict[str, Callable[[SignatureFacts, Sequence[str], str], str]]] = {
    "sorted-sha1": _sorted_sha1,
    "hmac-body": _hmac_body,
}
