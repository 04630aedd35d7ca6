"""A contract of somebody else is input like any other: it works, or is refused by its file."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from acceptance.command import called
from acceptance.test_confirmation import CRC, HUB, written
from contract import mutants
from small_contract import write_contract

from hookproof.contract_proof.usable import usable_contract
from hookproof.errors import ContractError

if TYPE_CHECKING:
    from collections.abc import Callable

EXAMPLES = Path(__file__).parents[2] / "examples" / "contracts"
MUTANTS = int(os.environ.get("HOOKPROOF_MUTANTS", "250"))


def bases(folder: Path) -> dict[str, dict[str, Any]]:
    """Areas of the shipped contract, the examples of others, one that confirms addresses."""
    others = {folder.name: mutants.whole(folder, folder.name) for folder in EXAMPLES.iterdir()}
    others |= {
        name: mutants.whole(written(folder / name, asked), "shop")
        for name, asked in (("hub", HUB), ("crc", CRC))
    }
    return {area: mutants.shipped(area) for area in mutants.AREAS} | others


def test_a_mutated_contract_works_or_is_refused(tmp_path: Path) -> None:
    """What is wrong in any odd way is told with its file, before any command falls over it."""
    chance, found, refused = random.Random(20261129), bases(tmp_path / "own"), 0
    before = {
        name: usable_contract(mutants.write(files, tmp_path / "before" / name))
        for name, files in found.items()
    }
    for number in range(MUTANTS):
        name = chance.choice(sorted(found))
        folder = tmp_path / str(number)
        try:
            mutants.write(mutants.mutant(found[name], chance), folder)
        except ValueError:
            continue  # it cannot be written as a file
        try:
            mutants.use(folder, before[name], folder / "models")
        except ContractError as error:
            refused += bool(error.file)
        except Exception as error:
            error.add_note(f"mutant {number} of {name}, seed 20261129")
            raise
        shutil.rmtree(folder)
    assert MUTANTS // 4 < refused < MUTANTS


def _without_source(schema: dict[str, Any], _: dict[str, Any]) -> None:
    del schema["x-source"]


def _odd_discriminator(_: dict[str, Any], operation: dict[str, Any]) -> None:
    operation["x-discriminator"] = {"event": [{"a": 1}]}


def _boolean(schema: dict[str, Any], _: dict[str, Any]) -> None:
    schema["properties"]["order"] = True


def _no_values(schema: dict[str, Any], _: dict[str, Any]) -> None:
    schema["properties"]["event"]["enum"] = []


def _odd_values(schema: dict[str, Any], _: dict[str, Any]) -> None:
    schema["properties"]["time"] |= {"enum": [1767225600, {"a": 1}], "x-open": True}


def _odd_length(schema: dict[str, Any], _: dict[str, Any]) -> None:
    schema["properties"]["order"] |= {"maxLength": 4, "x-max-bytes": "a"}


def _odd_summary(_: dict[str, Any], operation: dict[str, Any]) -> None:
    operation["summary"] = 5


@pytest.mark.parametrize(
    "change",
    [
        _without_source,
        _odd_discriminator,
        _boolean,
        _no_values,
        _odd_values,
        _odd_length,
        _odd_summary,
    ],
)
def test_every_command_refuses_what_it_cannot_use(
    tmp_path: Path, change: Callable[[dict[str, Any], dict[str, Any]], None]
) -> None:
    """Exit code 2 and one line with the file, whichever command reads the contract."""
    folder = write_contract(tmp_path, signature={"scheme": "none"})
    file, document = folder / "schemas/shop/order_paid.json", folder / "openapi/shop.yaml"
    schema, value = json.loads(file.read_text()), json.loads(document.read_text())
    change(schema, value["webhooks"]["shop/order_paid"]["post"])
    file.write_text(json.dumps(schema))
    document.write_text(json.dumps(value))
    body = tmp_path / "body.json"
    body.write_text("{}")
    for words in (
        ["list"],
        ["show", "order_paid"],
        ["example", "order_paid"],
        ["validate", body],
        ["test", "http://127.0.0.1:9"],
        ["generate", "--out", tmp_path / "models"],
        ["sanitize", body, tmp_path / "clean"],
    ):
        ran = called(*words, "--contract", folder)
        assert ran.code == 2, words
        assert "shop/order_paid" in ran.complaint or "shop.yaml" in ran.complaint, words


def test_a_compiled_document_that_lies_is_refused(tmp_path: Path) -> None:
    """What is read is what the document says, and no copy of it that says something else."""
    folder = write_contract(tmp_path, signature={"scheme": "none"})
    raw = (folder / "openapi" / "shop.yaml").read_bytes()
    copy = {"sha256": sha256(raw).hexdigest(), "document": {"x-vendor": "other"}}
    (folder / "openapi" / "compiled").mkdir()
    (folder / "openapi" / "compiled" / "shop.json").write_text(json.dumps(copy))
    with pytest.raises(ContractError, match=r"not what openapi/shop\.yaml says"):
        usable_contract(folder)


def test_a_proof_is_remembered_by_all_that_was_read(tmp_path: Path) -> None:
    """The same files are proven once; any other byte is proven anew."""
    folder, cache = write_contract(tmp_path / "one", signature={"scheme": "none"}), tmp_path / "two"
    usable_contract(folder, cache=cache)
    [mark] = (cache / "contracts").iterdir()
    usable_contract(folder, cache=cache)
    assert [*(cache / "contracts").iterdir()] == [mark]
    schema = folder / "schemas" / "shop" / "order_paid.json"
    schema.write_text(schema.read_text().replace('"enum"', '"emun"').replace('"type"', '"tpye"', 1))
    with pytest.raises(ContractError):
        usable_contract(folder, cache=cache)


def test_the_shipped_contract_costs_no_proof() -> None:
    """Its proof is ours; a start with it imports nothing of the proof."""
    seen = "import sys; from hookproof.cli.options import open_contract; open_contract(None); "
    seen += (
        "print([name for name in sys.modules if 'contract_proof' in name or name == 'jsonschema'])"
    )
    done = subprocess.run([sys.executable, "-c", seen], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
