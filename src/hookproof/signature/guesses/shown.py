"""What is to be signed, told to a person; no secret and no signature is ever shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hookproof.signature.guesses.attempt import Attempt

_LONGEST_SHOWN: Final = 40
_BEGINNING: Final = 16
_MASKED: Final = "<secret>"
_HIDDEN: Final = "<a value that holds a secret>"


def string_to_sign(attempt: Attempt) -> str:
    """What is to be signed, in one line."""
    if attempt.facts.scheme == "sorted-sha1":
        return _sorted(attempt)
    if attempt.facts.scheme == "joined":
        return _joined(attempt)
    body = attempt.method + attempt.body
    if not body:
        return f"{attempt.wanted} over the empty body"
    masked = _forms_of_secrets(attempt.unspeakable)
    start = _without_secrets(body, masked, length=_BEGINNING) or _HIDDEN
    more = "…" if len(body) > _BEGINNING else ""
    what = "bytes of method and body" if attempt.method else "body bytes"
    return f"{attempt.wanted} over the {len(body):,} {what}, beginning {start}{more}"


def shown(value: bytes, secrets: Sequence[bytes]) -> str:
    """A value in quotes, cut where it is long, escaped where it is not printable ASCII."""
    text = _without_secrets(value, _forms_of_secrets(secrets), length=_LONGEST_SHOWN)
    if text is None:
        return _HIDDEN
    quoted = '"' + text.replace('"', '\\"')
    return quoted + ('"' if len(value) <= _LONGEST_SHOWN else f'…" ({len(value):,} bytes)')


def _joined(attempt: Attempt) -> str:
    parts = [
        shown(value, attempt.unspeakable) if value else f'"" ({name})'
        for name, value in zip(attempt.names, attempt.values, strict=True)
    ]
    parts.insert(attempt.facts.secret_at, _MASKED)
    return f"{attempt.wanted} of " + " + ".join(parts)


def _sorted(attempt: Attempt) -> str:
    parts = [(attempt.secret, _MASKED)]
    for name, value in zip(attempt.names, attempt.values, strict=True):
        text = shown(value, attempt.unspeakable)
        parts.append((value, text if value else f'"" ({name})'))
    return "sorted and joined: " + " + ".join(text for _, text in sorted(parts))


def _forms_of_secrets(secrets: Sequence[bytes]) -> list[bytes]:
    bare = [secret.strip().strip(b"\"'`") for secret in secrets]
    return [secret.lower() for secret in {*secrets, *bare} if secret]


def _without_secrets(value: bytes, masked: Sequence[bytes], *, length: int) -> str | None:
    """The beginning of a value, safe to print; None where a secret is in it."""
    # A secret that begins in what is shown and ends behind it counts too.
    if any(secret in value[: length + len(secret)].lower() for secret in masked):
        return None
    text = value[:length].decode("utf-8", "replace")
    return text.encode("unicode_escape").decode()
