"""Which callback is this? A look-up of discriminator values, never a trial of schemas."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hookproof.contract.facts import Callback


class Directory:
    """Finds the callbacks that a payload's discriminator fields name.

    Two products may use the same name, so the answer is a list; the area decides.
    """

    def __init__(self, callbacks: Iterable[Callback]) -> None:
        self._tables: dict[tuple[str, ...], dict[tuple[str | int, ...], list[Callback]]] = {}
        for callback in callbacks:
            self._add(callback)

    def _add(self, callback: Callback) -> None:
        fields = tuple(sorted(callback.discriminator))
        table = self._tables.setdefault(fields, {})
        for values in _combinations([callback.discriminator[field] for field in fields]):
            table.setdefault(values, []).append(callback)

    @property
    def fields(self) -> tuple[str, ...]:
        """All discriminator fields, in order."""
        return tuple(sorted({field for fields in self._tables for field in fields}))

    def candidates(self, payload: Any) -> list[Callback]:
        """The callbacks that a payload may be; none where it names none."""
        if not isinstance(payload, dict):
            return []
        found: dict[str, Callback] = {}
        for fields, table in self._tables.items():
            values = tuple([_key(payload.get(field)) for field in fields])
            for callback in table.get(values, ()):
                found[callback.path] = callback
        return list(found.values())

    @property
    def tables(self) -> tuple[tuple[str, dict[str | int, list[Callback]]], ...]:
        """For each field that names a callback alone, what its values mean.

        True equals 1 in such a table, so what it says is to be judged by the schema as well.
        """
        return tuple(
            (fields[0], {values[0]: found for values, found in table.items()})
            for fields, table in self._tables.items()
            if len(fields) == 1
        )

    def values(self, field: str) -> frozenset[str | int]:
        """All values of a discriminator field that help to name a callback."""
        return frozenset(
            values[fields.index(field)]
            for fields, table in self._tables.items()
            if field in fields
            for values in table
        )

    def near(self, payload: Any) -> dict[str, Any]:
        """What keeps a payload from being recognised: fields whose value names no callback.

        Where there are none it is all its discriminator fields, which do not go together.
        """
        if not isinstance(payload, dict):
            return {}
        present = {field: payload[field] for field in self.fields if field in payload}
        strange = {f: v for f, v in present.items() if _key(v) not in self.values(f)}
        return strange or present


def _key(value: Any) -> str | int:
    # True equals 1 in a dictionary, and no vendor numbers its callbacks so.
    return value if isinstance(value, str | int) and not isinstance(value, bool) else ""


def _combinations(choices: list[tuple[str | int, ...]]) -> list[tuple[str | int, ...]]:
    result: list[tuple[str | int, ...]] = [()]
    for values in choices:
        result = [(*head, value) for head in result for value in values]
    return result
