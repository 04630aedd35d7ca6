"""What makes a receiver a member of the faulty cast: its fault in a sentence, and who finds it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from hookproof.payload.decode import decode_text
from hookproof.testing.receiver import Receiver

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hookproof.conformance.checks import Check
    from hookproof.contract import Callback


class Faulty(Receiver):
    """A receiver with one fault.

    The docstring of each subclass tells its fault. `finds` are the checks that may tell it,
    `warns` is True where it is no error but a warning.
    """

    finds: ClassVar[frozenset[Check]]
    warns: ClassVar[bool] = False

    @classmethod
    def concerns(cls, callback: Callback) -> bool:
        """Whether the fault shows on a callback at all."""
        del callback
        return True


def checks(*names: Check) -> frozenset[Check]:
    """The checks that tell a fault."""
    return frozenset(names)


def nested_fields(callback: Callback) -> Iterator[tuple[str, dict[str, Any]]]:
    """The fields that hold JSON text, each with the schema of what is in it."""
    for name, schema in callback.schema["properties"].items():
        for branch in (schema, *schema.get("anyOf", ())):
            if "contentSchema" in branch:
                yield name, branch["contentSchema"]


def leaves(value: Any) -> Iterator[Any]:
    """All values in a payload that are no containers."""
    if isinstance(value, dict):
        for item in value.values():
            yield from leaves(item)
    elif isinstance(value, list):
        for item in value:
            yield from leaves(item)
    else:
        yield value


def opened(value: Any) -> Any:
    """A payload with the JSON texts in it as what they hold."""
    if isinstance(value, dict):
        return {name: opened(item) for name, item in value.items()}
    if isinstance(value, list):
        return [opened(item) for item in value]
    if isinstance(value, str) and value[:1] in ("{", "["):
        inner = decode_text(value)
        return opened(inner.value) if inner.complete else value
    return value
