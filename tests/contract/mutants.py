"""Contracts that are wrong in an odd way, and what commands do with one."""

from __future__ import annotations

import copy
import json
import random
from typing import TYPE_CHECKING, Any

import yaml

from hookproof.conformance.cases import boundary_cases, cases
from hookproof.conformance.cases.constants import for_callback, given_account
from hookproof.conformance.cases.forgeries import forgeries
from hookproof.conformance.cases.malformed import malformed_probes
from hookproof.conformance.generation.fuzzer_schema import lower
from hookproof.contract import shipped_contract
from hookproof.contract_proof.usable import usable_contract
from hookproof.describe.as_json import callback_as_json
from hookproof.describe.example import as_curl, as_http, signed
from hookproof.describe.page import render_callback, render_list
from hookproof.describe.table import render_table
from hookproof.diff.contracts import compare_contracts
from hookproof.generation.lowering import prepare
from hookproof.http.request import write_json
from hookproof.payload.body import read_body
from hookproof.report.ink import Ink
from hookproof.signature.secrets import Secrets
from hookproof.validation.compiled_callback import CompiledCallback
from hookproof.validation.fast_path import Express
from hookproof.validation.validator import Validator

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from hookproof.contract import Callback, Contract

_ODD = (
    *(None, True, False, 0, -1, 1.5, 10**30, "", "x", "\ud800", "^(", "#/x", "body", "form"),
    *([], {}, [[]], {"x": 1}, [{}], ["x"], [1, 1], {"": {}}),
)
# A few of those areas that have few callbacks, and that use many words.
AREAS = ("tencent_gme", "zego_asr", "zego_mini_game", "zego_super_board", "zego_digital_human")


def whole(root: Path, area: str) -> dict[str, Any]:
    """The files of an area as values, by their place: its schemas, the common ones, its document.

    `root` holds schemas/ and openapi/.
    """
    files = [*(root / "schemas" / area).glob("*.json"), *(root / "schemas" / "common").glob("*")]
    values = {str(f.relative_to(root)): json.loads(f.read_text()) for f in sorted(files)}
    text = (root / "openapi" / f"{area}.yaml").read_text()
    document = yaml.load(text, Loader=_Plain)  # noqa: S506 - a safe loader's subclass
    # Without aliases, so that a change stays in one place.
    return {**values, f"openapi/{area}.yaml": json.loads(json.dumps(document))}


class _Plain(yaml.CSafeLoader):
    """Dates stay text."""


_Plain.yaml_implicit_resolvers = {
    first: [one for one in resolvers if one[0] != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


def shipped(area: str) -> dict[str, Any]:
    """An area of the shipped contract."""
    return whole(shipped_contract().schemas.parent, area)


def mutant(files: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    """The files with one to three values removed, doubled, moved or replaced by an odd one."""
    changed = copy.deepcopy(files)
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        name = chance.choice(
            [n for n in changed if not n.startswith("schemas/common")] * 4 + [*changed]
        )
        places = list(_places(changed[name]))
        if places:
            _change(*chance.choice(places), chance, [value for _, _, value in places])
    return changed


def _places(node: Any) -> Iterator[tuple[Any, Any, Any]]:
    items = (
        node.items()
        if isinstance(node, dict)
        else enumerate(node)
        if isinstance(node, list)
        else ()
    )
    for key, value in list(items):
        yield node, key, value
        yield from _places(value)


def _change(node: Any, key: Any, value: Any, chance: random.Random, others: list[Any]) -> None:
    match chance.randrange(6):
        case 0:
            del node[key]
        case 1:
            node[key] = copy.deepcopy(chance.choice(others))
        case 2 if isinstance(node, dict):
            node[chance.choice(("type", "enum", "x-moment", "allOf", "$ref", key + "x"))] = (
                node.pop(key)
            )
        case 3:
            node[key] = [copy.deepcopy(value)] if chance.random() < 0.5 else {"x": value}
        case _:
            node[key] = copy.deepcopy(chance.choice(_ODD))


def write(files: dict[str, Any], folder: Path) -> Path:
    """Write files into a folder, which has nothing else of a contract."""
    for name, value in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        # JSON is YAML, too.
        file.write_text(json.dumps(value))
    return folder


def use(folder: Path, before: Contract, scratch: Path) -> None:
    """What commands do with a contract; raises ContractError where it cannot be used."""
    contract = usable_contract(folder)
    render_list(contract.listings(), ink=Ink())
    render_table(contract)
    compare_contracts(before, contract)
    compare_contracts(contract, before)
    prepare(contract.files.schemas, into=scratch, package="models")
    for name in contract.names():
        callback = contract.callback(name)
        render_callback(callback, ink=Ink())
        callback_as_json(callback)
        _sent(callback)
        _tested(callback)
        lane = Express(callback)
        for example in callback.examples:
            body = write_json(example.payload).encode("utf-8", "surrogatepass")
            validator = Validator(contract, callback=name, secrets=Secrets({}, b"secret"))
            validator.judge(read_body(body), headers=(), url="/?a=b")
            Validator(contract).judge(read_body(body))
            lane.look(body, json.loads(body))


def _sent(callback: Callback) -> None:
    account = given_account([callback], settings=(), headers=())
    constants = for_callback(callback, account, {}, ())
    for example in callback.examples:
        request = signed(
            constants,
            example,
            secret=b"secret",
            clock=lambda: 1e9,
            chance=random.Random(1),
            url="http://127.0.0.1/x",
        )
        as_http(request, url="http://127.0.0.1/x")
        as_curl(request, url="http://127.0.0.1/x")


def _tested(callback: Callback) -> None:
    compiled, payload = CompiledCallback(callback), callback.examples[0].payload
    lower(callback)
    for made in (
        forgeries(callback, payload, known=payload),
        cases.tampered(callback, payload, accepted="x"),
        cases.documented_variants(callback),
        cases.conforming_probes(callback, payload),
        cases.freshness_probes(callback, payload),
        malformed_probes(callback, payload),
        boundary_cases.large_probes(compiled, [payload]),
        boundary_cases.odd_probes(compiled, [payload]),
        boundary_cases.broken_probes(compiled, [payload]),
    ):
        for _ in made:
            pass
