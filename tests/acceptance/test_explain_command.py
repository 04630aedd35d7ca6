"""`hookproof explain`, as it is typed."""

from __future__ import annotations

import json

import pytest

from hookproof.cli.main import main
from hookproof.contract import Contract
from hookproof.findings import CODES
from hookproof.findings.explanation import explain


@pytest.fixture
def run(capsys):
    """Run the command in this process: its code, what it says, what it complains of."""

    def execute(*args: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main(["explain", *args])
        out, err = capsys.readouterr()
        return int(ended.value.code or 0), out, err

    return execute


def test_a_code_is_explained(run):
    """Title, severity and all three texts are told, in any letter case."""
    code, out, _ = run("hp301")
    told = explain("HP301")
    assert code == 0
    assert out.startswith("error   HP301  signature missing\n")
    words = " ".join(out.split())
    assert all(part in words for part in (told.means, told.matters, told.mend))


def test_without_a_code_all_are_listed(run):
    """Every code has its line with title and severity."""
    _, out, _ = run()
    for name, code in CODES.items():
        assert f"  {name}  {code.severity:<7}  {code.title}\n" in out


def test_the_pages_of_a_callback_are_named(run):
    """Its own pages, that of its signature and those of its delivery, each once."""
    callback = Contract().callback("zego_rtc/record")
    _, out, _ = run("HP301", "--callback", "zego_rtc/record")
    for source in (*callback.sources, callback.signature.source):
        assert out.count(str(source)) == 1
    assert "Pages on zego_rtc/record" in out
    assert out.endswith(run("--callback", "zego_rtc/record")[1].split("\n\n")[-1])


def test_the_same_comes_as_json(run):
    """All codes, or one with the pages of a callback."""
    assert list(json.loads(run("--format", "json")[1])) == list(CODES)
    _, out, _ = run("HP301", "--callback", "zego_rtc/record", "--format", "json")
    found = json.loads(out)
    assert found["HP301"]["means"] == explain("HP301").means
    assert found["HP301"]["pages"]


@pytest.mark.parametrize(
    ("args", "hint"),
    [
        (["301"], "did you mean HP301?"),
        (["HP4077"], "did you mean HP407?"),
        (["nonsense"], "`hookproof explain` lists all codes"),
        (["HP301", "--callback", "zego_rtc/recrd"], "did you mean zego_rtc/record?"),
        (["\x1b[2J"], "`hookproof explain` lists all codes"),
    ],
)
def test_what_cannot_be_explained_has_a_hint(run, args, hint):
    """Unknown words end with 2 and say what may have been meant."""
    code, out, err = run(*args)
    assert (code, out) == (2, "")
    assert hint in err
    assert "\x1b" not in err
