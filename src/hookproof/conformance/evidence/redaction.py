"""Answers as they may be shown and kept: without the secret, and without any signature."""

from __future__ import annotations

import re
from base64 import b64decode
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from hookproof.signature import sign
from hookproof.signature.veil import Veil, veil_of
from hookproof.signature.verify import find_signature

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hookproof.contract.model import SignatureFacts
    from hookproof.http.answer import Answer
    from hookproof.http.request import Request

# What is shorter cannot hold a digest in any way of writing it.
_SHORTEST_DIGEST: Final = 20
# No way of writing one has a blank in it, and only a quotation that was cut shows a part.
_ROOM_FOR_A_DIGEST: Final = re.compile(rb"\S{20}|'\.\.\.")


def discreet(
    answer: Answer,
    request: Request,
    facts: SignatureFacts,
    *,
    secret: bytes,
    given: Sequence[str] = (),
) -> Answer:
    """The answer with the secret, the signature sent and the right one hidden.

    So are the values of headers that were `given` as secrets.

    A receiver that prints what it expected, or its whole environment, is no rare thing.
    """
    veil = _veil_of((secret, *(part for value in given for part in _parts(value))))
    texts = "\n".join((answer.detail, *(value for _, value in answer.headers)))
    said = b"\n".join((answer.body, texts.encode("utf-8", "surrogatepass")))
    if _ROOM_FOR_A_DIGEST.search(said):
        about = veil_of([], signatures=_signatures(request, facts, secret))
        veil = Veil((*veil.words, *about.words))
    if veil.over(said) == said:
        return answer
    return replace(
        answer,
        body=veil.over(answer.body),
        detail=veil.over_text(answer.detail),
        headers=tuple((name, veil.over_text(value)) for name, value in answer.headers),
    )


@lru_cache(maxsize=64)
def _veil_of(secrets: tuple[bytes, ...]) -> Veil:
    return veil_of(secrets)


def _parts(value: str) -> Iterator[bytes]:
    """A header's value, what follows the scheme in it, and what that says in Base64."""
    yield value.encode("latin-1", "replace")
    _, _, credentials = value.partition(" ")
    if credentials:
        yield credentials.encode("latin-1", "replace")
        with suppress(ValueError):
            yield b64decode(credentials, validate=True)


def _signatures(request: Request, facts: SignatureFacts, secret: bytes) -> Iterator[str]:
    """The signature that was sent where it is a digest, and the right one in each encoding."""
    url = f"?{request.query}"
    for one in facts.sent:
        _, sent = find_signature(one.place, request.payload, request.headers, url=url)
        if isinstance(sent, str) and len(sent) >= _SHORTEST_DIGEST:
            yield sent
    for form in () if facts.is_unsigned else (*facts.forms, *facts.together):
        for encoding in form.encodings:
            yield sign(
                form,
                secret,
                payload=request.payload,
                body=request.body,
                encoding=encoding,
                headers=request.headers,
                url=request.url,
            )
