"""`hookproof list`, `show` and `example`, as they are typed."""

from __future__ import annotations

import json
import shlex
from typing import NamedTuple

import pytest
from each import each
from unit.describe.made import shop

from hookproof.cli.main import main
from hookproof.contract import Contract
from hookproof.payload.body import read_body
from hookproof.signature import verify
from hookproof.validation.compiled_callback import CompiledCallback

SECRET = "CANARY_c0ffee"
CONTRACT = Contract()
# Bodies that their vendors call something else than JSON.
DOCUMENTED_TYPES = {"livekit": "application/webhook+json"}


def assert_signed(callback, payload, body, headers, url):
    """Hold a request to the right signature of our secret."""
    secret = SECRET.encode()
    facts = callback.signature
    verdict = verify(facts, secret, payload=payload, body=body, headers=headers, url=url)
    assert verdict.valid, verdict.reason


class Ran(NamedTuple):
    """What a command gave."""

    code: int
    out: str
    err: str


@pytest.fixture
def run(capsys, monkeypatch):
    """Run a command in this process, with one secret around."""
    monkeypatch.setenv("HOOKPROOF_SECRET", SECRET)

    def execute(*args: object) -> Ran:
        with pytest.raises(SystemExit) as ended:
            main([str(arg) for arg in args])
        out, err = capsys.readouterr()
        assert SECRET not in out + err
        return Ran(int(ended.value.code or 0), out, err)

    return execute


def test_list_has_every_callback(run):
    """All names are there, in text and in JSON."""
    value = json.loads(run("list", "--format", "json").out)
    assert [one["name"] for one in value["callbacks"]] == list(CONTRACT.names())
    text = run("list").out
    assert all(name.split("/")[1] in text for name in CONTRACT.names())


def test_list_of_one_area(run):
    """--area leaves the others out, and an unknown one is refused with a suggestion."""
    value = json.loads(run("list", "--area", "tencent_gme", "--format", "json").out)
    assert {one["area"] for one in value["callbacks"]} == {"tencent_gme"}
    ran = run("list", "--area", "tencent_gmx")
    assert (ran.code, ran.out) == (2, "")
    assert "did you mean tencent_gme?" in ran.err


@each("name", CONTRACT.names())
def test_show_every_callback(run, name):
    """Each callback has its page, in text and in JSON, by its full name."""
    ran = run("show", name)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.split(maxsplit=1)[0] == name
    assert json.loads(run("show", name, "--format", "json").out)["name"] == name


def test_a_name_of_two_areas_is_asked_back(run, tmp_path):
    """Where two areas have one name, the full names are offered and nothing is guessed."""
    shop(tmp_path)
    for command in ("show", "example"):
        ran = run(command, "sale", "--contract", tmp_path)
        assert (ran.code, ran.out) == (2, "")
        assert ran.err.splitlines() == [
            "hookproof: sale exists in several areas",
            "  hint: which one do you mean: bank/sale or shop/sale?",
        ]
    assert run("show", "bank/sale", "--contract", tmp_path).code == 0


@each("name", CONTRACT.names())
def test_an_example_is_the_one_of_the_contract(run, name):
    """Without --signed an example is told as it stands, each variant by its name."""
    callback = CONTRACT.callback(name)
    assert json.loads(run("example", name).out) == callback.examples[0].payload
    for chosen in callback.examples:
        ran = run("example", name, "--variant", chosen.name)
        assert json.loads(ran.out) == chosen.payload


@each("name", CONTRACT.names())
def test_a_signed_example_is_genuine_and_of_now(run, name, monkeypatch):
    """With --signed the signature is right, the moment is now, and the contract is kept."""
    monkeypatch.setattr("time.time", lambda: 1_900_000_000.5)
    callback = CONTRACT.callback(name)
    ran = run("example", name, "--signed")
    body = ran.out.encode()
    header, _, value = ran.err.strip().removeprefix("in the header  ").partition(": ")
    payload = read_body(body).value
    if callback.signature.is_unsigned:
        assert ran.err == "", "there is no signature to tell of"
    else:
        url = f"/{ran.err.strip().removeprefix('in the URL  ')}"
        assert_signed(callback, payload, body, [(header, value)], url)
    assert CompiledCallback(callback).accepts(payload)
    moment = callback.sent_at
    if moment:
        # Of those that hold the end of validity, this is that many seconds later.
        assert str(payload[moment.field]).startswith(str(1_900_000_000 + moment.after))
        assert payload != callback.examples[0].payload


@each("name", CONTRACT.names())
def test_an_example_as_curl(run, name):
    """The curl line carries the body, its documented type, and the signature where it belongs."""
    callback = CONTRACT.callback(name)
    ran = run("example", name, "--signed", "--format", "curl", "--url", "http://127.0.0.1:9/a b")
    words = shlex.split(ran.out)
    assert words[0] == "curl"
    assert words[-1].startswith("http://127.0.0.1:9/a b")
    headers = [words[at + 1].split(": ", 1) for at, word in enumerate(words) if word == "-H"]
    body = words[words.index("--data-raw") + 1].encode()
    assert ["Content-Type", DOCUMENTED_TYPES.get(callback.area, "application/json")] in headers
    pairs = [(name, value) for name, value in headers]
    if callback.signature.is_unsigned:
        assert words[-1] == "http://127.0.0.1:9/a b"
        assert {name for name, _ in pairs} == {"Content-Type"}
    else:
        assert_signed(callback, read_body(body).value, body, pairs, words[-1])


def test_an_unknown_variant_is_refused(run):
    """The names that there are are offered."""
    ran = run("example", "recording", "--variant", "nope")
    assert ran.code == 2
    assert "there are sample, completed, uploaded" in ran.err


def test_signing_needs_a_secret(run, monkeypatch):
    """Without a secret nothing is signed, and the variables to set are named."""
    monkeypatch.delenv("HOOKPROOF_SECRET")
    ran = run("example", "recording", "--signed")
    assert (ran.code, ran.out) == (2, "")
    assert "HOOKPROOF_SECRET_TENCENT_GME" in ran.err


@pytest.mark.parametrize(
    ("written", "args"),
    [
        ("openapi/compiled/shop.json", ("contract", "compile")),
        ("docs/table.md", ("contract", "table", "--out", "docs/table.md")),
    ],
)
def test_what_is_made_from_a_contract_is_kept_fresh(run, tmp_path, monkeypatch, written, args):
    """--check fails where a file is missing or stale, names it, and writes nothing."""
    shop(tmp_path)
    monkeypatch.chdir(tmp_path)
    full = (*args, "--contract", ".")
    ran = run(*full, "--check")
    assert ran.code == 1
    assert f"{written} is missing" in ran.out
    assert not (tmp_path / written).exists()
    assert run(*full).code == 0
    assert run(*full, "--check").code == 0
    (tmp_path / written).write_text("{}")
    ran = run(*full, "--check")
    assert ran.code == 1
    assert f"{written} differs" in ran.out
    assert f"run `hookproof {' '.join(args)}`" in ran.out


def test_diff_tells_breaking_from_compatible(run, tmp_path):
    """Exit code 1 where a receiver may break, 0 where it may not, 2 for what is no contract."""
    shop(tmp_path / "old")
    shop(tmp_path / "new")
    file = tmp_path / "new" / "schemas" / "shop" / "sale.json"
    schema = json.loads(file.read_text())
    schema["properties"]["more"] = {"type": "string"}
    file.write_text(json.dumps(schema))
    ran = run("diff", tmp_path / "old", tmp_path / "new")
    assert ran.code == 0
    assert "  compatible  /more  is new, and may be missing" in ran.out
    ran = run("diff", tmp_path / "new", tmp_path / "old", "--format", "json")
    assert ran.code == 1
    assert json.loads(ran.out)["changes"][0]["kind"] == "field-removed"
    ran = run("diff", tmp_path / "new", tmp_path / "old", "--format", "markdown")
    assert "### `shop/sale`" in ran.out
    ran = run("diff", tmp_path / "new", tmp_path / "none")
    assert (ran.code, ran.out) == (2, "")
