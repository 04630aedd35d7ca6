"""The differences of two contracts, callback by callback."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hookproof.diff.change import Change
from hookproof.diff.facts import compare_facts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hookproof.contract import Contract


def compare_contracts(old: Contract, new: Contract) -> list[Change]:
    """What has changed, by callback, the breaking first; raises ContractError for broken ones."""
    changes = list(_changes(old, new))
    return sorted(changes, key=lambda one: (one.callback, not one.breaking, one.where, one.message))


def _changes(old: Contract, new: Contract) -> Iterator[Change]:
    before, after = ({one.path: one for one in contract.listings()} for contract in (old, new))
    for name in after.keys() - before.keys():
        told = f"is new: {after[name].summary}"
        yield Change(name, "callback", "", "callback-added", breaking=False, message=told)
    for name in before.keys() - after.keys():
        told = f"is in the contract no more: {before[name].summary}"
        yield Change(name, "callback", "", "callback-removed", breaking=True, message=told)
    for name in before.keys() & after.keys():
        yield from compare_facts(old.callback(name), new.callback(name))
