"""A scenario as data: who takes part, what happens, and what goes wrong; read from a YAML file."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache, partial
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from hookproof.conformance.cases.constants import Setting
from hookproof.conformance.cases.mutation_points import put
from hookproof.contract.files import shipped_scenarios
from hookproof.contract.yaml_documents import read_yaml, yaml_lines
from hookproof.errors import UsageError
from hookproof.payload.pointer import from_pointer, to_pointer, with_leaves
from hookproof.schema.compiled_schema import CompiledSchema
from hookproof.schema.violations import violations_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hookproof.contract import Callback, Contract
    from hookproof.contract.model import Example
    from hookproof.payload.scan import Path as PayloadPath
    from hookproof.schema.violations import Violation

_WHOLE: Final = re.compile(r"\$cast\.([a-z][a-z0-9_]*)")
_WITHIN: Final = re.compile(r"\{\$cast\.([a-z][a-z0-9_]*)\}")
_UNKNOWN: Final = re.compile(r"'([^']*)'")
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
            meant = with_leaves(value, partial(_filled, cast=cast))
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
        raise _broken(file, one)
    return _understood(file, said, contract)


def _broken(file: Path, one: Violation) -> UsageError:
    """What the schema has against a file."""
    where = to_pointer(one.path) or "the whole of it"
    unknown = _UNKNOWN.findall(one.expected) if one.keyword == "additionalProperties" else []
    what = f"{where}: expected {one.expected}, found {one.found}"
    if unknown:
        what = f"{where} has no word {', '.join(unknown)}"
    elif one.keyword == "propertyNames":
        what = f"{where}: a name is not as it must be: {one.expected}"
    path = (*one.path, *unknown[:1])
    return _wrong(file, path, what, "docs/scenarios.md has every word")


def _wrong(file: Path, path: PayloadPath, message: str, hint: str) -> UsageError:
    """What is wrong at a place in a file, with its line."""
    return UsageError(f"{file.name}:{yaml_lines(file)(path)}: {message}", hint=hint)


@cache
def _judge() -> CompiledSchema:
    text = files("hookproof.scenarios").joinpath("scenario.schema.json").read_text("utf-8")
    return CompiledSchema(json.loads(text), label="scenario.schema.json")


def _understood(file: Path, said: dict[str, Any], contract: Contract) -> Scenario:
    names = [one["stepId"] for one in said["steps"]]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice:
        last = len(names) - 1 - names[::-1].index(twice)
        raise _wrong(file, ("steps", last), f"two steps are called {twice}", "rename one")
    positions = {name: at for at, name in enumerate(names)}
    cast = said.get("cast", {})
    steps: list[Step] = []
    for one in said["steps"]:
        steps.append(_step(file, one, contract, positions, steps[-1].at + 1 if steps else 0.0))
        unknown = {n for n in _named(one.get("replacements", {})) if n not in cast}
        if unknown:
            path = ("steps", positions[one["stepId"]], "replacements")
            message = f"step {one['stepId']} names {', '.join(sorted(unknown))}"
            raise _wrong(file, path, message, "each $cast.NAME stands under cast")
    faults = tuple(
        _fault(file, one, positions, ("faults", at))
        for at, one in enumerate(said.get("faults", ()))
    )
    info = said["info"]
    return Scenario(file.stem, info["title"], info.get("summary", ""), cast, tuple(steps), faults)


def _step(
    file: Path, one: dict[str, Any], contract: Contract, positions: dict[str, int], default: float
) -> Step:
    path = ("steps", positions[one["stepId"]])
    try:
        callback = contract.callback(one["callback"])
    except UsageError as error:
        raise _wrong(file, (*path, "callback"), error.describe(), error.hint) from None
    examples = {example.name: example for example in callback.examples}
    wanted = one.get("example", callback.examples[0].name)
    if wanted not in examples:
        message = f"step {one['stepId']}: {callback.path} has no example {wanted!a}"
        raise _wrong(file, (*path, "example"), message, f"there are {', '.join(examples)}")
    causes = (*path, "dependsOn")
    after = frozenset(_position(file, name, positions, causes) for name in one.get("dependsOn", ()))
    if any(at >= positions[one["stepId"]] for at in after):
        message = f"step {one['stepId']} depends on one that comes later"
        raise _wrong(file, causes, message, "steps stand in the order in which they happen")
    replacements = tuple(one.get("replacements", {}).items())
    at = float(one.get("at", default))
    return Step(one["stepId"], callback, examples[wanted], replacements, at, after)


def _fault(file: Path, one: dict[str, Any], positions: dict[str, int], path: PayloadPath) -> Fault:
    word = next(w for w in one if w not in {"after", "by", "times"})
    if word == "outage":
        start, end = map(float, one[word])
        if end <= start:
            message = f"an outage from {start:g} to {end:g} is none"
            raise _wrong(file, path, message, "first from when, then to when, in seconds")
        return Fault(word, numbers=(start, end))
    named = one[word] if isinstance(one[word], list) else [one[word]]
    steps = tuple(_position(file, name, positions, path) for name in named)
    number = float(one.get("after", one.get("by", one.get("times", word == "loseAnswer"))))
    return Fault(word, steps, (number,))


def _position(file: Path, name: str, positions: dict[str, int], path: PayloadPath) -> int:
    if name not in positions:
        hint = f"there are {', '.join(positions)}"
        raise _wrong(file, path, f"there is no step {name!a}", hint)
    return positions[name]


def _named(value: Any) -> set[str]:
    """The names of the cast in a value."""
    if isinstance(value, dict | list):
        inner = value.values() if isinstance(value, dict) else value
        return {name for one in inner for name in _named(one)}
    return {*_WHOLE.findall(value)} if isinstance(value, str) else set()


def _filled(value: Any, cast: Mapping[str, Any]) -> Any:
    """A text with the values of the cast in the place of their names."""
    if not isinstance(value, str):
        return value
    whole = _WHOLE.fullmatch(value)
    return cast[whole[1]] if whole else _WITHIN.sub(lambda m: str(cast[m[1]]), value)
