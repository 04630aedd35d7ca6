"""`hookproof completion`, and what a shell is then offered."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from acceptance.command import called

from hookproof.contract import Contract
from hookproof.findings import CODES

SHELLS = ("bash", "zsh", "fish")


@pytest.mark.parametrize("shell", SHELLS)
def test_each_shell_has_a_script(shell):
    """The script asks the command for what it offers, and the shell itself can read it."""
    ran = called("completion", shell)
    assert (ran.code, ran.err) == (0, "")
    assert f"_HOOKPROOF_COMPLETE={shell}_complete" in ran.out
    if shutil.which(shell):
        subprocess.run([shell, "-n"], input=ran.out, text=True, check=True)


def test_without_a_name_it_is_for_your_own_shell():
    """Which is that of SHELL; one that is not known is told with those that are."""
    assert (
        called("completion", env={"SHELL": "/usr/bin/fish"}).out == called("completion", "fish").out
    )
    ran = called("completion", env={"SHELL": "/bin/tcsh"})
    assert (ran.code, ran.out) == (2, "")
    assert "bash, zsh, fish" in ran.err


def offered(line: str) -> list[str]:
    """What bash is offered at the end of a line."""
    words = line.split(" ")
    around = os.environ | {"COMP_WORDS": line, "COMP_CWORD": str(len(words) - 1)}
    done = subprocess.run(
        [Path(sys.executable).with_name("hookproof")],
        env=around | {"_HOOKPROOF_COMPLETE": "bash_complete"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr == ""
    return [one.partition(",")[2] for one in done.stdout.split()]


def test_what_is_offered_is_what_there_is():
    """Commands, options, callbacks by either name, areas and codes, as far as they were typed."""
    names = [*Contract().names(["zego_rtc"])]
    assert "validate" in offered("hookproof val")
    assert "--max-cases" in offered("hookproof test --max")
    assert offered("hookproof show zego_rtc/") == names
    assert "record" in offered("hookproof send rec")
    assert offered("hookproof test --area zego_r") == ["zego_rtc"]
    assert offered("hookproof explain hp") == list(CODES)
    assert offered("hookproof show --contract /nowhere zego") == []
