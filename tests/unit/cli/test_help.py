"""The help of each command shows calls that work, and where more is told; how a call ends."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING

import click
import pytest
from unit.source import ROOT

from hookproof.cli.main import COMMANDS, hookproof, main

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

EXAMPLE = re.compile(r"^    (hookproof .*)$", re.MULTILINE)
PAGE = re.compile(r"Read more: (\S+) in the repository")


def leaves(
    within: click.Group = hookproof, words: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """The commands that do something, each with the words that call it."""
    for name in within.list_commands(click.Context(within)):
        command = within.get_command(click.Context(within), name)
        if isinstance(command, click.Group):
            yield from leaves(command, (*words, name))
        elif command:
            yield (*words, name), command


LEAVES = dict(leaves())


@pytest.mark.parametrize("words", LEAVES, ids="-".join)
def test_each_example_is_a_call_of_its_command(
    words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its options are there and take what they are given."""
    command = LEAVES[words]
    text = command.get_help(click.Context(command))
    examples = EXAMPLE.findall(text)
    assert 1 <= len(examples) <= 3
    monkeypatch.chdir(ROOT / "docs")
    for line in examples:
        given = re.split(r" [|>] ", line)[0]
        called = shlex.split(given)[1:]
        assert tuple(called[: len(words)]) == words
        command.make_context(words[-1], called[len(words) :], resilient_parsing=False)


@pytest.mark.parametrize("words", LEAVES, ids="-".join)
def test_each_page_that_is_named_is_there(words: tuple[str, ...]) -> None:
    """And it speaks of the command."""
    command = LEAVES[words]
    found = PAGE.search(command.get_help(click.Context(command)))
    assert found
    page = (ROOT / found[1]).read_text(encoding="utf-8")
    assert f"hookproof {' '.join(words)}" in page or words[0] == "contract"


def test_a_command_that_is_none_is_told_with_the_one_that_was_meant(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """`tset` is `test`; what is like nothing gets the list."""
    from hookproof.cli import main  # noqa: PLC0415 - as the command itself does

    for word, hint in (("tset", "did you mean test?"), ("xyz", f"known are {', '.join(COMMANDS)}")):
        with pytest.raises(SystemExit) as left:
            main([word, "--help"])
        assert left.value.code == 2
        assert capsys.readouterr().err == (
            f"hookproof: there is no command '{word}'\n  hint: {hint}\n"
        )


def test_a_demonstration_that_would_stop_half_way_is_not_begun(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the generator of payloads nothing is shown but what to install."""
    from hookproof.cli import demo, main  # noqa: PLC0415 - as the command itself does

    monkeypatch.setattr(demo, "find_spec", lambda _: None)
    with pytest.raises(SystemExit) as left:
        main(["demo"])
    said = capsys.readouterr()
    assert (left.value.code, said.out) == (2, "")
    assert "schemathesis, which is not installed\n  hint: pip install " in said.err
    assert "'hookproof[" not in said.err


def test_an_end_of_a_file_is_no_key_of_the_user(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Click takes it for Ctrl-D, and "stopped" would be said of what nobody stopped."""

    def cut(*_: object) -> None:
        raise EOFError("marshal data too short")

    monkeypatch.setattr("hookproof.describe.table.render_table", cut)
    with pytest.raises(SystemExit) as left:
        main(["contract", "table", "--out", str(tmp_path / "t.md")])
    assert left.value.code == 70
    assert "marshal data too short" in capsys.readouterr().err


@pytest.mark.parametrize(("ended", "code"), [(SystemExit(129), 129), (KeyboardInterrupt(), 130)])
def test_a_signal_that_comes_while_a_class_is_made_is_no_fault(
    monkeypatch: pytest.MonkeyPatch, ended: BaseException, code: int
) -> None:
    """Python 3.11 raises a RuntimeError from what the handler raised."""

    class Field:
        def __set_name__(self, owner: type, name: str) -> None:
            raise ended

    monkeypatch.setattr(hookproof, "main", lambda *_, **__: type("Made", (), {"field": Field()}))
    with pytest.raises(SystemExit) as left:
        main([])
    assert left.value.code == code
