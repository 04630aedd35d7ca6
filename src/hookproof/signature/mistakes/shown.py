"""What is to be signed, told to a person; no secret and no signature is ever shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hookproof.signature.schemes import piece_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hookproof.signature.mistakes.attempt import Attempt

_LONGEST_SHOWN: Final = 40
_BEGINNING: Final = 16
_MASKED: Final = "<secret>"
_HIDDEN: Final = "<a value that holds a secret>"


def string_to_sign(attempt: Attempt) -> str:
    """What is to be signed, in one line."""
    between = f" + {_quoted(attempt.facts.separator)} + " if attempt.facts.separator else " + "
    if attempt.facts.is_sorted:
        hashed = f"{attempt.wanted} of what is " if attempt.facts.message else ""
        pieces = sorted(_pieces(attempt))
        return f"{hashed}sorted and joined: " + between.join(text for _, text in pieces)
    if not attempt.facts.is_keyed or attempt.is_composed:
        return f"{attempt.wanted} of " + between.join(text for _, text in _pieces(attempt))
    if attempt.facts.is_token:
        claim = attempt.facts.body_claim
        held = f"{claim.name} the {claim.digest} of the body ({len(attempt.body):,} bytes)"
        return f"{attempt.wanted} of the token's head and claims, {held}"
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


def _pieces(attempt: Attempt) -> Iterator[tuple[bytes, str]]:
    """What is signed piece by piece, each as its bytes and as it is shown."""
    values = iter(zip(attempt.names, attempt.values, strict=True))
    for part in attempt.facts.parts:
        match part.kind:
            case "secret":
                yield attempt.key, _MASKED
            case "literal":
                yield part.text.encode(), _quoted(part.text)
            case "value":
                name, value = next(values)
                text = shown(value, attempt.unspeakable)
                yield value, text if value else f'"" ({name})'
            case "body":
                yield attempt.body, f"the body ({len(attempt.body):,} bytes)"
            case "form":
                yield attempt.body, "names and values of the form, sorted by name"
            case "digest":
                told = f"the {part.text} of the body in {part.encoding}"
                yield piece_of(part, attempt.key, attempt.body, attempt.url), told
            case _:
                yield b"", f"the {part.kind}"


def _quoted(text: str) -> str:
    return '"' + text.encode("unicode_escape").decode() + '"'


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
