"""Area, callback and URL mean the same in every command, wherever they are said."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from acceptance.command import CANARY, SECRETS, Ran, Recorder, clean, served
from acceptance.receiver_runs import contract
from cast import CAST

from hookproof.cli import main
from hookproof.testing import Receiver, serve

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., Ran]

FEW = ("--max-cases", 30)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """Run a command in this process, in a folder of its own, with the secret of these tests."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("HOOKPROOF_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOOKPROOF_SECRET", CANARY)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))

    def call(*args: Any, file: str | None = None) -> Ran:
        if file is not None:
            Path("hookproof.toml").write_text(file, encoding="utf-8")
        with pytest.raises(SystemExit) as left:
            main([*map(str, args)])
        out, err = capfd.readouterr()
        return clean(Ran(int(left.value.code or 0), out, err))

    return call


def sent_to(run: Run, *words: Any, file: str | None = None) -> set[str]:
    """The callbacks that a run of `hookproof test` was on."""
    ran = run("test", *words, *FEW, "--format", "json", file=file)
    assert ran.code in {0, 1, 4}, ran.err
    return set(json.loads(ran.out)["callbacks"])


class TestNarrowing:
    """--area narrows what --callback names, and tells equal names apart."""

    def test_on_the_command_line(self, run: Run) -> None:
        """Of the area only the callback; without one the whole area."""
        with served() as url:
            words = (url, "--area", "zego_asr", "--callback")
            some = contract().names(["zego_asr"])[0]
            assert sent_to(run, *words, some.split("/")[1]) == {some}

    def test_an_area_of_the_file_does_not_widen(self, run: Run) -> None:
        """The file that docs/configuration.md shows, and one callback on the command line."""
        with served() as url:
            file = 'area = ["zego_rtc", "zego_zim"]\n'
            assert sent_to(run, url, "--callback", "record", file=file) == {"zego_rtc/record"}

    def test_in_the_environment(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        """HOOKPROOF_AREA and HOOKPROOF_CALLBACK alike."""
        monkeypatch.setenv("HOOKPROOF_AREA", "zego_zim")
        monkeypatch.setenv("HOOKPROOF_CALLBACK", "room_create")
        with served() as url:
            assert sent_to(run, url) == {"zego_zim/room_create"}

    def test_equal_names_are_told_apart(self, run: Run) -> None:
        """In test, validate, example and sanitize; without the area they are asked for."""
        ran = run("example", "room_create", "--area", "zego_zim")
        assert ran.code == 0
        assert ran == run("example", "zego_zim/room_create")
        Path("a.json").write_text(ran.out, encoding="utf-8")
        assert "exists in several areas" in run("example", "room_create").err
        words = ("validate", "a.json", "--callback", "room_create")
        assert "exists in several areas" in run(*words).err
        ran = run(*words, "--area", "zego_zim", "--format", "json")
        assert json.loads(ran.out)["callbacks"].keys() == {"zego_zim/room_create"}
        words = ("sanitize", "a.json", "b.json", "--callback", "room_create")
        assert run(*words, "--area", "zego_zim").code == 0
        with served() as url:
            words = (url, "--area", "zego_zim", "--area", "zego_asr", "--callback", "room_create")
            assert sent_to(run, *words) == {"zego_zim/room_create"}

    @pytest.mark.parametrize(
        "words",
        [
            ("test", "http://127.0.0.1:9/", "--callback", "record"),
            ("validate", "x.json", "--callback", "record"),
            ("sanitize", "x.json", "y.json", "--callback", "zego_rtc/record"),
            ("example", "zego_rtc/record"),
        ],
    )
    def test_a_callback_of_another_area_is_refused(self, run: Run, words: tuple[str, ...]) -> None:
        """In the same words everywhere, with the way out."""
        Path("x.json").write_text("{}", encoding="utf-8")
        ran = run(*words, "--area", "zego_asr")
        assert ran.code == 2
        assert "zego_rtc/record is not in the area zego_asr" in ran.complaint
        assert "say --area zego_rtc" in ran.complaint

    def test_replay_narrows_alike(self, run: Run) -> None:
        """Findings of one callback out of a report on two."""
        names = ("zego_rtc/record", "zego_rtc/room_login")
        with served(CAST["AcceptsMissingSignature"]) as url:
            chosen = [word for name in names for word in ("--callback", name)]
            run("test", url, *chosen, "--max-cases", 60, "--report", "json=r.json")
            ran = run("replay", "r.json", "--area", "zego_rtc", "--callback", "room_login")
            assert "zego_rtc/room_login" in ran.out
            assert "zego_rtc/record" not in ran.out
            said = run("replay", "r.json", "--area", "zego_asr").complaint
            assert "no finding of a callback that was asked for" in said
            assert run("replay", "r.json", "--callback", "nonsens").code == 2


class TestSeveralUrls:
    """A vendor that has one address for each callback."""

    def receivers(self) -> tuple[Recorder, Recorder]:
        """Two of their own, each keeping what it gets."""
        return Recorder(contract(), secrets=SECRETS), Recorder(contract(), secrets=SECRETS)

    def test_each_goes_to_its_own(self, run: Run) -> None:
        """An area's URL, a callback's own before it, and one report on all."""
        one, two = self.receivers()
        with serve(one) as first, serve(two) as second:
            words = ("--url", f"zego_rtc={first}", "--url", f"record={second}")
            chosen = ("--callback", "record", "--callback", "zego_rtc/room_login")
            run(
                "test",
                *words,
                *chosen,
                *FEW,
                "--report",
                "json=r.json",
                "--report",
                "sarif=r.sarif",
            )
        report = json.loads(Path("r.json").read_text(encoding="utf-8"))
        assert report["callbacks"]["zego_rtc/record"]["target"] == second
        assert report["callbacks"]["zego_rtc/room_login"]["target"] == first
        assert report["target"] == f"{second}, {first}"
        assert any(b"room_login" in request.body for request in one.got)
        assert not any(b"room_login" in request.body for request in two.got)

    def test_a_table_in_the_file_says_it_too(self, run: Run) -> None:
        """And a URL on the command line is for the rest."""
        one, two = self.receivers()
        with serve(one) as first, serve(two) as second:
            file = f'secret-env = "HOOKPROOF_SECRET"\n[test.url]\nrecord = "{first}"\n'
            assert run("trust", file=file).code == 0
            assert sent_to(run) == {"zego_rtc/record"}
            assert one.got
            both = ("--callback", "record", "--callback", "zego_rtc/room_login")
            assert len(sent_to(run, second, *both)) == 2
            assert two.got

    def test_a_list_in_the_file_is_the_same(self, run: Run) -> None:
        """As it would stand on the command line."""
        one, _ = self.receivers()
        with serve(one) as first:
            file = f'[test]\nurl = ["record={first}"]\n'
            assert run("trust", file=file).code == 0
            assert sent_to(run) == {"zego_rtc/record"}

    def test_replay_sends_each_finding_to_its_own(self, run: Run) -> None:
        """The recipe too names the URL of its callback."""
        kind = CAST["AcceptsMissingSignature"]
        with served(kind) as first, served(kind) as second:
            words = ("--url", f"record={first}a", "--url", f"zego_rtc/room_login={second}b")
            run("test", *words, "--max-cases", 60, "--report", "json=r.json")
            report = json.loads(Path("r.json").read_text(encoding="utf-8"))
            recipes = {
                finding["callback"]: finding["reproduce"]
                for finding in report["findings"]
                if finding["code"] == "HP407"
            }
            assert f"{first}a" in recipes["zego_rtc/record"]
            assert f"{second}b" in recipes["zego_rtc/room_login"]
            assert run("replay", "r.json", "HP407").out.count("still holds\n") >= 2
        with served(Receiver) as mended:
            ran = run("replay", "r.json", "HP407", "--url", mended)
            assert ran.out.count("no longer holds\n") >= 2
            assert (ran.code, "still holds\n" in ran.out) == (0, False)

    def test_one_that_is_down_costs_the_others_nothing(self, run: Run) -> None:
        """What was found is told, and that not all was tested."""
        with served() as url:
            words = ("--url", "record=http://127.0.0.1:9/", "--url", f"zego_rtc/room_login={url}")
            ran = run("test", *words, *FEW, "--format", "json")
        report = json.loads(ran.out)
        assert (ran.code, report["verdict"]) == (4, "incomplete")
        assert report["reason"].startswith("http://127.0.0.1:9/: ")
        assert report["callbacks"]["zego_rtc/room_login"]["requests"] > 0
        words = ("--url", "record=http://127.0.0.1:9/", "--url", "zego_asr=http://127.0.0.1:9/b")
        assert run("test", *words, *FEW).code == 3

    def test_what_has_no_url_is_told(self, run: Run) -> None:
        """A callback that was named has to have one; what only belongs to an area is listed."""
        here = "http://127.0.0.1:9/"
        assert "there is no URL" in run("test").complaint
        said = run("test", "--url", f"record={here}", "--callback", "zego_rtc/room_login").complaint
        assert "there is no URL to send zego_rtc/room_login to" in said
        with served() as url:
            ran = run(
                "test", "--url", f"record={url}", "--area", "zego_rtc", "--format", "json", *FEW
            )
        report = json.loads(ran.out)
        assert set(report["callbacks"]) == {"zego_rtc/record"}
        assert report["untested"]["zego_rtc/room_login"] == (
            "no URL: add --url zego_rtc/room_login=URL"
        )

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            (("--url", "record=ftp://x/"), "does not begin with http"),
            (("--url", "record=127.0.0.1:9"), "neither a URL nor NAME=URL"),
            (("--url", "nonsens=http://127.0.0.1:9/"), "there is no callback 'nonsens'"),
            (("http://127.0.0.1:9/", "--url", "http://127.0.0.1:8/"), "several URLs were given"),
            (
                (
                    "--url",
                    "record=http://127.0.0.1:9/",
                    "--url",
                    "zego_rtc/record=http://127.0.0.1/",
                ),
                "two URLs were given for zego_rtc/record",
            ),
            (("--url", "record=http://192.0.2.1/"), "192.0.2.1 is not this machine"),
        ],
    )
    def test_a_url_that_is_none_is_told(self, run: Run, words: tuple[str, ...], said: str) -> None:
        """Each of them is held to the same rules as a single one."""
        ran = run("test", *words)
        assert ran.code == 2
        assert said in ran.err

    def test_a_url_may_hold_an_equals_sign(self, run: Run) -> None:
        """As in a query."""
        with served() as url:
            assert sent_to(run, f"{url}?a=b", "--callback", "record") == {"zego_rtc/record"}
            assert sent_to(run, "--url", f"record={url}?a=b") == {"zego_rtc/record"}
            words = ("--url", f"{url}?a=b", "--callback", "record")
            assert sent_to(run, *words) == {"zego_rtc/record"}


@pytest.mark.parametrize(
    "words",
    [
        ("test", "http://127.0.0.1:9/", "--callback", "record", "--secret-file", "none"),
        ("test", "http://127.0.0.1:9/", "--callback", "record", "--contract", "none"),
        ("replay", "none.json"),
        ("replay", "."),
        ("example", "record", "--contract", "none"),
        ("example", "record", "--signed", "--secret-file", "none"),
        ("generate", "--out", "x", "--contract", "none"),
        ("list", "--contract", "none"),
        ("show", "record", "--contract", "none"),
        ("list", "--config", "none"),
        ("diff", "none", "none"),
        ("sanitize", "none", "x"),
        ("trust", "none"),
    ],
)
def test_a_path_that_is_not_there_is_wrong_usage(run: Run, words: tuple[str, ...]) -> None:
    """Exit 2 and the path; nothing was looked at, so nobody is to blame."""
    ran = run(*words)
    assert ran.code == 2
    assert words[-1] in ran.err or "none" in ran.err
