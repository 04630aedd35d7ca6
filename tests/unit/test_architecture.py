"""The imports are what ARCHITECTURE.md says, and the engine knows no vendor."""

from __future__ import annotations

import ast
import re
from graphlib import CycleError, TopologicalSorter

import pytest
from unit.source import ROOT, SRC, Module, modules

from hookproof.contract import Contract

# What stands above the packages and belongs to no layer: what is public, and `python -m`.
BESIDE = {"__init__", "__main__"}


def layers() -> list[str]:
    """The packages from the lowest to the highest, as ARCHITECTURE.md lists them."""
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    block = re.search(r"^<!-- layers -->\n```\w*\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    assert block, "ARCHITECTURE.md has no fenced block under <!-- layers -->"
    return [line.split()[0] for line in block[1].splitlines() if line.strip()]


LAYERS = layers()


def imported_layers(module: Module) -> list[tuple[str, int]]:
    """The layers of ours that a module imports, with the line."""
    found = []
    for name, line in module.imports():
        parts = name.split(".")
        if parts[0] == "hookproof":
            # The package itself names what is public, and stands above most.
            layer = parts[1] if len(parts) > 1 and parts[1] in LAYERS else "hookproof"
            found.append((layer, line))
    return found


def test_every_package_is_a_layer() -> None:
    """Each package and module of the engine has its place in the list, and the list no others."""
    assert {module.package for module in modules()} - BESIDE == set(LAYERS)
    assert len(set(LAYERS)) == len(LAYERS)


def test_arrows_point_one_way() -> None:
    """A module imports its own layer and lower ones, for types as for values."""
    within = [module for module in modules() if module.package not in BESIDE]
    assert [arrow for module in within for arrow in upward(module)] == []


def upward(module: Module) -> list[str]:
    """The imports of a module that go to a layer above its own."""
    lower = {*LAYERS[: LAYERS.index(module.package) + 1]}
    return [
        f"{module.place}:{line}: {name}"
        for name, line in imported_layers(module)
        if name not in lower
    ]


@pytest.mark.parametrize(
    "text",
    [
        "from hookproof.cli.main import main",
        "import hookproof.report.ink",
        "if TYPE_CHECKING:\n    from hookproof.conformance import run",
        "def late():\n    from hookproof import testing",
    ],
)
def test_an_arrow_the_wrong_way_is_seen(text: str) -> None:
    """Imports for types, within functions and of whole packages count."""
    assert len(upward(Module(SRC / "contract" / "x.py", text, ast.parse(text)))) == 1


FILES = (file.relative_to(SRC).as_posix() for file in SRC.rglob("*.py"))
PLACES = {file.removesuffix(".py").removesuffix("/__init__") for file in FILES}


def known_to(module: Module) -> set[str]:
    """The modules of ours that one names, for types and late, too; a package is its `__init__`."""
    found = set()
    for name, _ in module.imports():
        place = name.removeprefix("hookproof.").replace(".", "/")
        if name.startswith("hookproof."):
            found.add(place if place in PLACES else place.rpartition("/")[0] or "__init__")
    return found


def test_no_modules_go_in_a_circle() -> None:
    """Each can be read after those it names: what two need from each other lies below both."""
    graph = {
        module.place.removesuffix(".py").removesuffix("/__init__"): known_to(module)
        for module in modules()
    }
    assert graph.keys() == PLACES
    assert set().union(*graph.values()) <= PLACES
    assert len(list(TopologicalSorter(graph).static_order())) == len(graph)
    with pytest.raises(CycleError):
        list(TopologicalSorter(graph | {"errors": {"cli/main"}}).static_order())


def test_no_folders_go_in_a_circle() -> None:
    """Folders within a layer have an order as well; what lies beside a folder is its own matter."""
    graph: dict[str, set[str]] = {}
    for module in modules():
        folder = module.place.rpartition("/")[0]
        for place in known_to(module):
            other = place if (SRC / place).is_dir() else place.rpartition("/")[0]
            if not f"{other}/".startswith(f"{folder}/") and not folder.startswith(other):
                graph.setdefault(folder, set()).add(other)
    assert "conformance/running" in graph
    assert list(TopologicalSorter(graph).static_order())


@pytest.mark.parametrize(
    "text",
    [
        "from hookproof.captures.formats import recognise",
        "if TYPE_CHECKING:\n    from hookproof.captures.formats import FORMATS",
        "def late():\n    import hookproof.captures.formats",
    ],
)
def test_what_is_named_for_types_or_late_counts(text: str) -> None:
    """However a module comes to know another one, both are read together."""
    assert known_to(Module(SRC / "x.py", text, ast.parse(text))) == {"captures/formats"}


@pytest.mark.parametrize("package", ["errors", "finding"])
def test_the_lowest_layers_import_nothing_of_ours(package: str) -> None:
    """Errors and findings stand alone, so that everything can use them."""
    found = {
        name
        for module in modules()
        if module.package == package
        for name, _ in imported_layers(module)
    }
    assert found <= {package}


def test_only_the_command_line_knows_click_and_prints() -> None:
    """Every other layer returns or raises what it has to say."""
    for module in modules():
        if module.package in {"cli", "__main__"}:
            continue
        clicks = [line for name, line in module.imports() if name.split(".")[0] == "click"]
        prints = [line for name, line in module.names() if name in {"print", "stdout", "stderr"}]
        assert (clicks, prints) == ([], []), module.place


@pytest.mark.parametrize(
    ("package", "module"),
    [
        ("schemathesis", "conformance/generation/fuzzer.py"),
        ("hypothesis", ("conformance/generation/fuzzer.py", "testing/strategies.py")),
        ("yaml", "contract/"),
        ("datamodel_code_generator", "generation/"),
        ("openapi_spec_validator", "contract_proof/checks/"),
        ("rich", "cli/"),
    ],
)
def test_a_large_dependency_is_known_in_one_place(
    package: str, module: str | tuple[str, ...]
) -> None:
    """What may change under us is imported by one module, or one package, alone."""
    found = {
        one.place for one in modules() for name, _ in one.imports() if name.split(".")[0] == package
    }
    assert found
    assert all(place.startswith(module) for place in found)


CONTRACT = Contract()
CALLBACKS = [CONTRACT.callback(name) for name in CONTRACT.names()]
# Areas and vendors are names of nobody else's, and so are events and fields of two words. An
# event of one plain word (there are records everywhere) gives itself away only as a value.
NAMES = {*CONTRACT.areas, *(callback.vendor for callback in CALLBACKS)}
EVENTS = {callback.event for callback in CALLBACKS}
FIELDS = {name for callback in CALLBACKS for name in callback.schema["properties"]}
WORDS = NAMES | {name for name in EVENTS | FIELDS if "_" in name}
VALUES = EVENTS | {callback.path for callback in CALLBACKS}


def test_the_engine_knows_no_vendor() -> None:
    """No name and no text in the code holds a vendor, an area, an event or a field of one."""
    for module in modules():
        words = [f"{module.place}:{line}: {word}" for word, line in module.words() if word in WORDS]
        values = [f"{module.place}:{line}: {v}" for v, line in module.texts() if v in VALUES]
        assert words + values == []


def test_the_check_for_vendors_would_find_one() -> None:
    """The names that are looked for are the contract's, and a module that has one is told."""
    assert {"zego", "tencent", "zego_rtc", "tencent_gme", "transcode_stop"} <= WORDS
    assert {"extra_params", "replay_url"} <= WORDS
    assert {"record", "zego_rtc/record"} <= VALUES
    text = "def sign_zego(x):\n    return x == 'Tencent says' or x == 'record'\n"
    module = Module(SRC / "x.py", text, ast.parse(text))
    assert {"zego", "tencent"} <= {word for word, _ in module.words()}
    assert "record" in {value for value, _ in module.texts()}
