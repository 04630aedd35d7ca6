"""Which generated payloads a run asks for, and the one place that makes them or has them kept."""

from __future__ import annotations

import hashlib
import json
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from hookproof.conformance.generation.fuzzer import generate_payloads

if TYPE_CHECKING:
    from hookproof.conformance.generation.fuzzer import Generated
    from hookproof.contract import Callback


@dataclass(frozen=True, slots=True)
class CorpusKey:
    """What payloads depend on: the callback and what it is made of, the seed, how many.

    `digest` is of the schema and the examples, in hexadecimal.
    """

    callback: str
    digest: str
    seed: int
    conforming: int
    broken: int


class Corpus(Protocol):
    """Keeps payloads for later runs; a dict does, as long as the process lives."""

    def get(self, wanted: CorpusKey, /) -> list[Generated] | None:
        """The payloads, None where there are none."""

    def __setitem__(self, wanted: CorpusKey, payloads: list[Generated], /) -> None:
        """Keep payloads, or not."""


def payloads_of(
    callback: Callback, *, seed: int, conforming: int, broken: int, corpus: Corpus, within: float
) -> list[Generated]:
    """The payloads of a callback, from the corpus or generated anew and kept there.

    Those that are not all made `within` so many seconds are not kept; raises TimeIsUp where there
    are none.
    """
    wanted = CorpusKey(callback.path, _digest(callback), seed, conforming, broken)
    kept = corpus.get(wanted)
    if kept is not None:
        return kept
    start = time.monotonic()
    made = generate_payloads(
        callback, seed=seed, conforming=conforming, broken=broken, within=within
    )
    if time.monotonic() - start < within:
        corpus[wanted] = made
    return made


def _digest(callback: Callback) -> str:
    """Of all that generating looks at; the order of fields tells, for it is that of payloads."""
    examples = [example.payload for example in callback.examples]
    facts = [callback.schema, examples, str(callback.signature.place)]
    return hashlib.sha256(json.dumps(facts).encode()).hexdigest()
