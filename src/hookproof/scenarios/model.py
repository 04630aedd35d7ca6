"""A scenario as data: who takes part, what happens, and what goes wrong; read from a YAML file."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from hookproof.conformance.cases.constants import Setting
from hookproof.conformance.cases.mutation_points import put
from hookproof.contract.documents import read_yaml
from hookproof.contract.files import shipped_scenarios
from hookproof.errors import UsageError
from hookproof.payload.pointer import from_pointer, to_pointer
from hookproof.schema.compiled_schema import CompiledSchema
from hookproof.schema.violations import violations_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hookproof.contract import Callback, Contract
    from hookproof.contract.model import Example

_WHOLE: Final = re.compile(r"\$cast\.([a-z][a-z0-9_]*)")
_WITHIN: Final = re.compile(r"\{\$cast\.([a-z][a-z0-9_]*)\}")
# The values of a cast by their names, for one run.
Cast = dict[str, str | int]


@dataclass(frozen=True, slots=True)
class Step:
    """What happens at a moment, in seconds from the first one on, and the callback that tells it.

    `after` are the steps that cause it, by their positions.
    """

    name: str
    callback: Callback
    example: Example
    replacements: tuple[tuple[str, Any], ...]
    at: float
    after: frozenset[int] = frozenset()

    def payload_for(self, payload: dict[str, Any], cast: Mapping[str, Any]) -> dict[str, Any]:
        """A payload with the replacements; raises UsageError where it has no place for one."""
        for pointer, value in self.replacements:
            meant = _filled(value, cast)
            text = meant if isinstance(meant, str) else json.dumps(meant)
            setting = Setting(from_pointer(pointer), text)
            found = setting.way_in(payload)
            if found is None:
                why = f"step {self.name}: {self.callback.path} has no place {pointer}"
                raise UsageError(why, hint=f"see `hookproof example {self.callback.path}`")
            way, known = found
            new = setting.value_like(known) if isinstance(meant, str | int) else meant
            payload = put(payload, way, new)
        return payload


@dataclass(frozen=True, slots=True)
class Fault:
    """What goes wrong: its word, the steps it is about by their positions, and its numbers."""

    word: str
    steps: tuple[int, ...] = ()
    numbers: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Scenario:
    """All of a file. `cast` has the kind of each identifier: text or integer."""

    name: str
    title: str
    summary: str
    cast: dict[str, str]
    steps: tuple[Step, ...]
    faults: tuple[Fault, ...]

    def cast_for(self, serial: int) -> Cast:
        """Values for one run, by a number that no other run has."""
        return {
            name: serial + at if kind == "integer" else f"{name}-{serial}"
            for at, (name, kind) in enumerate(self.cast.items())
        }


def shipped_names() -> tuple[str, ...]:
    """The names of the scenarios that came with hookproof."""
    return tuple(sorted(file.stem for file in shipped_scenarios().glob("*.yaml")))


def read_scenario(name: str, contract: Contract) -> Scenario:
    """The scenario in a file, or the shipped one of a name.

    Raises UsageError where there is none, or it says what cannot be carried out; ContractError for
    a file that is no YAML.
    """
    file = Path(name)
    if not file.suffix and not file.exists():
        file = shipped_scenarios() / f"{name}.yaml"
    if not file.is_file():
        hint = f"shipped are {', '.join(shipped_names())}; or give the path of a file"
        raise UsageError(f"there is no scenario {name}", hint=hint)
    said = read_yaml(file, label=str(file.name))
    for one in violations_of(_judge(), said)[:1]:
        where = to_pointer(one.path) or "the whole of it"
        what = f"expected {one.expected}, found {one.found}"
        if one.keyword == "additionalProperties":
            what = one.message
        raise UsageError(f"{file.name}: {where}: {what}", hint="docs/scenarios.md has every word")
    return _understood(file, said, contract)


@cache
def _judge() -> CompiledSchema:
    text = files("hookproof.scenarios").joinpath("scenario.schema.json").read_text("utf-8")
    return CompiledSchema(json.loads(text), label="scenario.schema.json")


def _understood(file: Path, said: dict[str, Any], contract: Contract) -> Scenario:
    names = [one["stepId"] for one in said["steps"]]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice:
        raise UsageError(f"{file.name}: two steps are called {twice}", hint="rename one")
    positions = {name: at for at, name in enumerate(names)}
    cast = said.get("cast", {})
    steps: list[Step] = []
    for one in said["steps"]:
        steps.append(_step(file, one, contract, positions, steps[-1].at + 1 if steps else 0.0))
        unknown = {n for n in _named(one.get("replacements", {})) if n not in cast}
        if unknown:
            message = f"{file.name}: step {one['stepId']} names {', '.join(sorted(unknown))}"
            raise UsageError(message, hint="each $cast.NAME stands under cast")
    faults = tuple(_fault(file, one, positions) for one in said.get("faults", ()))
    info = said["info"]
    return Scenario(file.stem, info["title"], info.get("summary", ""), cast, tuple(steps), faults)


def _step(
    file: Path, one: dict[str, Any], contract: Contract, positions: dict[str, int], default: float
) -> Step:
    callback = contract.callback(one["callback"])
    examples = {example.name: example for example in callback.examples}
    wanted = one.get("example", callback.examples[0].name)
    if wanted not in examples:
        message = f"{file.name}: step {one['stepId']}: {callback.path} has no example {wanted!a}"
        raise UsageError(message, hint=f"there are {', '.join(examples)}")
    after = frozenset(_position(file, name, positions) for name in one.get("dependsOn", ()))
    if any(at >= positions[one["stepId"]] for at in after):
        message = f"{file.name}: step {one['stepId']} depends on one that comes later"
        raise UsageError(message, hint="steps stand in the order in which they happen")
    replacements = tuple(one.get("replacements", {}).items())
    at = float(one.get("at", default))
    return Step(one["stepId"], callback, examples[wanted], replacements, at, after)


def _fault(file: Path, one: dict[str, Any], positions: dict[str, int]) -> Fault:
    word = next(w for w in one if w not in {"after", "by", "times"})
    if word == "outage":
        return Fault(word, numbers=(float(one[word][0]), float(one[word][1])))
    named = one[word] if isinstance(one[word], list) else [one[word]]
    steps = tuple(_position(file, name, positions) for name in named)
    number = float(one.get("after", one.get("by", one.get("times", word == "loseAnswer"))))
    return Fault(word, steps, (number,))


def _position(file: Path, name: str, positions: dict[str, int]) -> int:
    if name not in positions:
        hint = f"there are {', '.join(positions)}"
        raise UsageError(f"{file.name}: there is no step {name!a}", hint=hint)
    return positions[name]


def _named(value: Any) -> set[str]:
    """The names of the cast in a value."""
    if isinstance(value, dict | list):
        inner = value.values() if isinstance(value, dict) else value
        return {name for one in inner for name in _named(one)}
    return {*_WHOLE.findall(value)} if isinstance(value, str) else set()


def _filled(value: Any, cast: Mapping[str, Any]) -> Any:
    """A value with those of the cast in the place of their names."""
    if isinstance(value, list):
        return [_filled(one, cast) for one in value]
    if isinstance(value, dict):
        return {name: _filled(one, cast) for name, one in value.items()}
    if not isinstance(value, str):
        return value
    whole = _WHOLE.fullmatch(value)
    return cast[whole[1]] if whole else _WITHIN.sub(lambda m: str(cast[m[1]]), value)
