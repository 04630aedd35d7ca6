"""A callback with the judges of its schema, its quirks and its documented fields."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from hookproof.schema.compiled_schema import CompiledSchema
from hookproof.schema.documented_fields import Documented
from hookproof.schema.open_lists import without_open_lists
from hookproof.validation.fractions import NO_INTEGERS, integers_of
from hookproof.validation.untyped import typed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hookproof.contract import Callback
    from hookproof.contract.model import Edition, Quirk
    from hookproof.payload.scan import Path
    from hookproof.schema.violations import Violation
    from hookproof.validation.fractions import Integers


@dataclass(slots=True)
class CompiledCallback:
    """A callback with its judges, compiled on first use."""

    callback: Callback
    _judge: CompiledSchema | None = field(default=None, repr=False)
    _editions: list[tuple[Edition, CompiledSchema]] | None = field(default=None, repr=False)
    _listing: CompiledSchema | None = field(default=None, repr=False)
    _quirks: list[tuple[Quirk, CompiledSchema]] | None = field(default=None, repr=False)
    _documented: Documented | None = field(default=None, repr=False)
    _integers: Integers | None = field(default=None, repr=False)

    def accepts(self, payload: Any) -> bool:
        """Whether a payload keeps the contract, in any reading of its quirks, in any edition."""
        return self._own.accepts(payload) or (
            bool(self.callback.editions) and self.edition_of(payload) is not None
        )

    def edition_of(self, payload: Any, *, as_texts: bool = False) -> Edition | None:
        """The older edition that a payload keeps; None where it keeps the newest one, or none.

        `as_texts` says that it came in a form, in which all values are texts.
        """
        if not self.callback.editions or self._own.accepts(payload):
            return None
        if self._editions is None:
            label = f"schemas/{self.callback.path}.json, x-editions"
            self._editions = [
                (edition, CompiledSchema(without_open_lists(edition.schema), label=label))
                for edition in self.callback.editions
            ]
        return next(
            (
                edition
                for edition, judge in self._editions
                if judge.accepts(typed(edition.schema, payload) if as_texts else payload)
            ),
            None,
        )

    def violations(self, payload: Any) -> list[Violation]:
        """What is wrong with a payload by its schema; nothing where it keeps the contract."""
        from hookproof.schema.violations import violations_of  # noqa: PLC0415 - for wrong ones only

        return violations_of(self._own, payload)

    @property
    def _own(self) -> CompiledSchema:
        if self._judge is None:
            label = f"schemas/{self.callback.path}.json"
            self._judge = CompiledSchema(without_open_lists(self.callback.schema), label=label)
        return self._judge

    def is_listed(self, payload: Any) -> bool:
        """Whether a payload that keeps the contract has no new value of a list that grows."""
        if self._listing is None:
            grows = self._own.schema is not self.callback.schema
            self._listing = CompiledSchema(self.callback.schema) if grows else self._own
        return self._listing is self._own or self._listing.accepts(payload)

    def unlisted_in(self, payload: Any) -> list[Violation]:
        """The new values of a payload that keeps the contract, in lists that grow."""
        from hookproof.schema.violations import violations_of  # noqa: PLC0415 - as below

        if self.is_listed(payload) or self._listing is None:
            return []
        return violations_of(self._listing, payload)

    def quirks_in(self, payload: Any) -> list[Quirk]:
        """The documented contradictions that a valid payload shows."""
        if self._quirks is None:
            label = f"schemas/{self.callback.path}.json, x-quirks"
            self._quirks = [
                (quirk, CompiledSchema(quirk.seen, label=label)) for quirk in self.callback.quirks
            ]
        return [quirk for quirk, seen in self._quirks if seen.accepts(payload)]

    def fractions_in(self, payload: dict[str, Any]) -> Iterator[Path]:
        """The paths at which an integer is documented and a number with a fraction stands."""
        if self._integers is None:
            self._integers = integers_of(self.callback.schema) or NO_INTEGERS
        return self._integers.fractions(payload)

    def unknown_in(
        self, payload: dict[str, Any], *, inside: Callable[[str], Any] | None = None
    ) -> list[str]:
        """Pointers to the fields of a payload that no page knows.

        `inside` gives the JSON in a field that is text, where it was read already.
        """
        if self._documented is None:
            self._documented = Documented(self.callback.schema)
        return self._documented.unknown(payload, inside=inside)
