"""What is said when hookproof itself breaks: all that helps to mend it, and no secret."""

from __future__ import annotations

import traceback
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


def crash_text(error: Exception, args: Sequence[str], environment: Mapping[str, str]) -> str:
    """The traceback of a fault of ours, with a line on top on what to do about it."""
    from hookproof.signature.veil import veil_of

    told = "".join(traceback.format_exception(error))
    veil = veil_of(_secrets_at_hand(args, environment))
    head = "hookproof: a fault of hookproof's own, not of the receiver or the captures"
    hint = "  hint: please report it with the lines below; secrets are taken out of them"
    return veil.over_text(f"{head}\n{hint}\n{told}")


def _secrets_at_hand(args: Sequence[str], environment: Mapping[str, str]) -> Iterator[bytes]:
    """Whatever may have been a secret of this call, by its environment and its options."""
    named = {name for name in environment if name.startswith("HOOKPROOF_SECRET")}
    named |= set(_values(args, "--secret-env"))
    for name in named & environment.keys():
        yield environment[name].encode("utf-8", "surrogateescape")
    for file in _values(args, "--secret-file"):
        with suppress(OSError, ValueError):
            yield Path(file).read_bytes().strip()


def _values(args: Sequence[str], option: str) -> Iterator[str]:
    """The values that an option was given."""
    for number, arg in enumerate(args):
        if arg.startswith(f"{option}="):
            yield arg.partition("=")[2]
        elif arg == option:
            yield from args[number + 1 : number + 2]
