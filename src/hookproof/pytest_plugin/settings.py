"""What the options of pytest say, as the engine takes it."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from hookproof.contract import Contract, contract_in
from hookproof.errors import HookproofError, UsageError
from hookproof.signature.secrets import Secrets, read_secrets

if TYPE_CHECKING:
    from hookproof.contract import Callback


@dataclass
class Settings:
    """The options of a run of pytest; `untested` says why an area was left out."""

    config: pytest.Config
    untested: dict[str, str] = field(default_factory=dict)

    def get(self, name: str, default: Any = None) -> Any:
        """An option of the command line, else what the configuration says, else the default."""
        if given := self.config.getoption(f"--hookproof-{name}"):
            return given
        try:
            return self.config.getini(f"hookproof_{name.replace('-', '_')}") or default
        except ValueError:
            # The configuration of a project has no word for what differs from run to run.
            return default

    def number(self, name: str, default: float) -> float:
        """A number; raises UsageError where what was given is none."""
        given = self.get(name, default)
        try:
            return float(given)
        except ValueError:
            raise UsageError(f"--hookproof-{name} takes a number, not {given!r}") from None

    @cached_property
    def contract(self) -> Contract:
        """The contract that was given, else the shipped one."""
        given = self.get("contract")
        return Contract(contract_in(Path(given)) if given else None)

    @cached_property
    def secrets(self) -> Secrets:
        """The secrets at hand."""
        return read_secrets(os.environ, variable=self.get("secret-env"))

    def secret(self, one: Callback) -> bytes:
        """The secret of a callback; raises SecretMissing, which says how to give it.

        Raises UsageError for one that is not written as this vendor's are.
        """
        if one.signature.is_unsigned:
            return self.secrets.of(one) or b""
        return self.secrets.require(one)

    def callback(self, name: str) -> Callback:
        """A callback by its name, within the areas that were given."""
        return self.contract.callback(name, self.get("area", ()))

    @cached_property
    def callbacks(self) -> list[Callback]:
        """The callbacks to test: those asked for, else of the areas that have their own secret."""
        names, areas = self.get("callback", ()), self.get("area", ())
        if not names and not areas:
            areas = [area for area in self.contract.areas if self.secrets.names(area)]
            if not areas:
                raise UsageError(
                    "which product calls this receiver?",
                    hint="say --hookproof-area=AREA, or --hookproof-callback=NAME, and set "
                    "HOOKPROOF_SECRET",
                )
        return [self.contract.callback(path) for path in self.contract.chosen(names, areas)]


def settings_of(config: pytest.Config) -> Settings:
    """The settings of a run, read once."""
    if _KEY not in config.stash:
        config.stash[_KEY] = Settings(config)
    return config.stash[_KEY]


_KEY = pytest.StashKey[Settings]()


def usage(error: HookproofError) -> pytest.UsageError:
    """What pytest says, without a traceback, where an option is wrong."""
    return pytest.UsageError(f"hookproof: {error}")
