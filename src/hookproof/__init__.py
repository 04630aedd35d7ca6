"""The contract of vendors' server callbacks as data, and the tools on it.

`__all__` is what other programs may import from here; README.md says what else is public.
"""

from __future__ import annotations

from importlib import import_module

# Not from typing, which takes as long to import as Python to start.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from hookproof.contract import Contract
    from hookproof.errors import HookproofError
    from hookproof.receiver import Event, InvalidSignature, Malformed, Receiver, UnknownCallback
    from hookproof.version import __version__

__all__ = [
    "Contract",
    "Event",
    "HookproofError",
    "InvalidSignature",
    "Malformed",
    "Receiver",
    "UnknownCallback",
    "__version__",
]

# Where the names live that are not the receiver's.
_HOMES = {
    "Contract": "hookproof.contract",
    "HookproofError": "hookproof.errors",
    "__version__": "hookproof.version",
}

if not TYPE_CHECKING:
    # Not for type checkers, to which no name would be wrong then.
    def __getattr__(name: str) -> Any:
        """A public name, imported when it is asked for: nobody waits for what he does not use."""
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(_HOMES.get(name, "hookproof.receiver")), name)
