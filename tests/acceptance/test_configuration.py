"""Options from the command line, the environment and a file, in this order."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from acceptance.command import Recorder
from acceptance.receiver_runs import contract

from hookproof.cli.trust_store import Store
from hookproof.testing import serve

if TYPE_CHECKING:
    from collections.abc import Callable

CANARY = "CANARY_c0ffee+/=_DO_NOT_SHOW"
ROOT = Path(__file__).parents[2]


class Ran(NamedTuple):
    """What a call gave."""

    code: int
    out: str
    err: str

    @property
    def areas(self) -> set[str]:
        """The areas that `hookproof list --format json` told of."""
        assert (self.code, self.err) == (0, ""), self.err
        return {one["area"] for one in json.loads(self.out)["callbacks"]}

    @property
    def complaint(self) -> str:
        """What an error says: one line, and a hint at most."""
        assert (self.code, self.out) == (2, "")
        lines = self.err.splitlines()
        assert lines[0].startswith("hookproof: ")
        assert all(line.startswith("  hint: ") for line in lines[1:])
        assert len(lines) <= 2
        return self.err


@pytest.fixture
def call(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> Callable[..., Ran]:
    """Run a command in a folder of its own, with `file` as hookproof.toml in it."""
    from hookproof.cli import main  # noqa: PLC0415 - as the command itself does

    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))

    def run(
        *args: Any,
        file: str | None = None,
        env: dict[str, str] | None = None,
        trusted: bool = False,
    ) -> Ran:
        for name in [name for name in os.environ if name.startswith("HOOKPROOF_")]:
            monkeypatch.delenv(name)
        for name, value in (env or {}).items():
            monkeypatch.setenv(name, value)
        if file is not None:
            Path("hookproof.toml").write_text(file, encoding="utf-8")
        if trusted:
            Store.called("trusted").add(
                {Path("hookproof.toml"): Path("hookproof.toml").read_bytes()}
            )
        with pytest.raises(SystemExit) as left:
            main([*map(str, args)])
        out, err = capfd.readouterr()
        assert "CANARY_c0ffee" not in out + err
        assert "Traceback" not in err
        return Ran(int(left.value.code or 0), out, err)

    return run


FILE = """\
area = ["zego_asr"]

[list]
format = "json"

[profiles.gme]
area = ["tencent_gme"]

[profiles.both.list]
area = ["tencent_gme", "zego_asr"]
"""
LIST_FORMAT = {"HOOKPROOF_LIST_FORMAT": "json"}


class TestPrecedence:
    """Command line, environment, file, default."""

    def test_the_file_goes_before_the_default(self, call: Callable[..., Ran]) -> None:
        """A key at the top and one in the command's table both count."""
        assert call("list", file=FILE).areas == {"zego_asr"}

    def test_the_environment_goes_before_the_file(self, call: Callable[..., Ran]) -> None:
        """Several values are divided by spaces, and replace those of the file."""
        ran = call("list", file=FILE, env={"HOOKPROOF_AREA": "zego_zim zego_rtc"})
        assert ran.areas == {"zego_zim", "zego_rtc"}

    def test_a_commands_own_variable_goes_before_that_for_all(
        self, call: Callable[..., Ran]
    ) -> None:
        """HOOKPROOF_LIST_AREA is closer to `list` than HOOKPROOF_AREA is."""
        env = {"HOOKPROOF_AREA": "zego_zim", "HOOKPROOF_LIST_AREA": "zego_rtc"}
        assert call("list", file=FILE, env=env).areas == {"zego_rtc"}

    def test_the_command_line_goes_before_all(self, call: Callable[..., Ran]) -> None:
        """What is typed is meant."""
        env = {"HOOKPROOF_LIST_AREA": "zego_rtc"}
        assert call("list", "--area", "zego_zim", file=FILE, env=env).areas == {"zego_zim"}

    def test_the_environment_does_without_a_file(self, call: Callable[..., Ran]) -> None:
        """A pipeline may set variables alone; an empty one counts as not set."""
        env = {**LIST_FORMAT, "HOOKPROOF_AREA": "zego_asr", "HOOKPROOF_LIST_AREA": ""}
        assert call("list", env=env).areas == {"zego_asr"}

    def test_a_commands_table_goes_over_the_top(self, call: Callable[..., Ran]) -> None:
        """Whatever the order in the file."""
        file = 'area = ["zego_asr"]\n[list]\narea = ["zego_rtc"]\nformat = "json"\n'
        assert call("list", file=file).areas == {"zego_rtc"}

    def test_a_table_of_another_command_counts_for_nothing(self, call: Callable[..., Ran]) -> None:
        """[generate] says nothing to `list`."""
        file = '[generate]\narea = ["zego_asr"]\n[list]\narea = ["zego_rtc"]\nformat = "json"\n'
        assert call("list", file=file).areas == {"zego_rtc"}

    def test_a_variable_turns_off_a_flag_of_the_file(self, call: Callable[..., Ran]) -> None:
        """`check = true` in the file, and written all the same."""
        file = '[contract-table]\ncheck = true\nout = "table.md"\n'
        assert call("contract", "table", file=file).code == 1
        env = {"HOOKPROOF_CONTRACT_TABLE_CHECK": "0"}
        assert call("contract", "table", file=file, env=env).code == 0
        assert Path("table.md").is_file()


class TestProfiles:
    """--profile puts one over the rest of the file."""

    @pytest.mark.parametrize(
        "words", [("list", "--profile", "gme"), ("--profile", "gme", "list")], ids=["end", "front"]
    )
    def test_a_profile_goes_over_the_rest_of_the_file(
        self, call: Callable[..., Ran], words: tuple[str, ...]
    ) -> None:
        """It is chosen before the command's name or behind it."""
        assert call(*words, file=FILE).areas == {"tencent_gme"}

    def test_the_environment_may_choose_one(self, call: Callable[..., Ran]) -> None:
        """And what is typed goes before it."""
        env = {"HOOKPROOF_PROFILE": "gme"}
        assert call("list", file=FILE, env=env).areas == {"tencent_gme"}
        both = {"tencent_gme", "zego_asr"}
        assert call("list", "--profile", "both", env=env).areas == both
        assert call("--profile", "both", "list", env=env).areas == both

    def test_a_profile_that_is_not_there_is_told(self, call: Callable[..., Ran]) -> None:
        """With the name that was meant."""
        said = call("list", "--profile", "gem", file=FILE).complaint
        assert said == (
            "hookproof: hookproof.toml:6: there is no profile 'gem'\n  hint: did you mean gme?\n"
        )
        assert "hint: add [profiles.ci]" in call("list", "--profile", "ci", file="").complaint

    def test_a_profile_without_a_file_is_told(self, call: Callable[..., Ran]) -> None:
        """It cannot be passed over: the run would not be the one that was asked for."""
        assert "no file to take the profile 'ci' from" in call("list", "--profile", "ci").complaint
        said = call("list", "--profile", "gme", "--no-config", file=FILE).complaint
        assert "no file to take the profile" in said

    def test_a_profile_takes_the_place_of_the_other_way_to_a_secret(
        self, call: Callable[..., Ran]
    ) -> None:
        """secret-file at the top and secret-env in a profile do not quarrel."""
        file = 'secret-file = "none"\n[profiles.ci]\nsecret-env = "OURS"\n'
        words = ("example", "record", "--signed", "--profile", "ci")
        ran = call(*words, file=file, env={"OURS": "x"}, trusted=True)
        assert ran.code == 0, ran.err


class TestWhichFile:
    """--config and --no-config."""

    @pytest.mark.parametrize("place", ["front", "end"])
    def test_a_named_file_is_read_in_place_of_the_one_at_hand(
        self, call: Callable[..., Ran], tmp_path: Path, place: str
    ) -> None:
        """Wherever --config stands."""
        (tmp_path / "other.toml").write_text(FILE, encoding="utf-8")
        words = ("--config", "other.toml")
        line = (*words, "list") if place == "front" else ("list", *words)
        ran = call(*line, file="= broken")
        assert ran.areas == {"zego_asr"}

    def test_the_environment_may_name_one_or_want_none(
        self, call: Callable[..., Ran], tmp_path: Path
    ) -> None:
        """HOOKPROOF_CONFIG and HOOKPROOF_NO_CONFIG; the command line goes before both."""
        (tmp_path / "other.toml").write_text(FILE, encoding="utf-8")
        named, none = {"HOOKPROOF_CONFIG": "other.toml"}, {"HOOKPROOF_NO_CONFIG": "1"}
        assert call("list", file="= broken", env=named).areas == {"zego_asr"}
        assert call("list", "--no-config", env={**named, **LIST_FORMAT}).areas > {"zego_asr"}
        assert call("list", env={**none, **LIST_FORMAT}).areas > {"zego_asr"}
        assert call("list", "--config", "other.toml", env=none).areas == {"zego_asr"}

    def test_both_at_once_are_refused(self, call: Callable[..., Ran]) -> None:
        """One of them was not meant."""
        said = call("list", "--config", "x.toml", "--no-config").complaint
        assert "--config and --no-config were both given" in said
        assert "give one" in call("--config", "x.toml", "--no-config", "list").complaint

    def test_a_project_file_serves_as_well(self, call: Callable[..., Ran], tmp_path: Path) -> None:
        """The same keys under [tool.hookproof]."""
        text = '[tool.hookproof]\narea = ["zego_asr"]\n[tool.hookproof.list]\nformat = "json"\n'
        (tmp_path / "pyproject.toml").write_text(text, encoding="utf-8")
        assert call("list").areas == {"zego_asr"}

    def test_paths_are_relative_to_the_file(
        self, call: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """From a folder below, the same contract, secret and report are meant."""
        (tmp_path / ".git").mkdir()
        (tmp_path / "below").mkdir()
        (tmp_path / "key").write_text("secret", encoding="utf-8")
        file = 'secret-file = "key"\n[validate]\nreport = ["json=report.json"]\n'
        (tmp_path / "hookproof.toml").write_text(file, encoding="utf-8")
        monkeypatch.chdir(tmp_path / "below")
        assert call("trust").code == 0
        sample = ROOT / "tests" / "payloads" / "zego_rtc" / "record" / "pass" / "sample.json"
        ran = call("validate", sample)
        assert "signatures: 1 valid" in ran.out, ran
        assert json.loads((tmp_path / "report.json").read_text())["verdict"] == "pass"

    @pytest.mark.parametrize("words", [("--help",), ("list", "--help"), ("test", "--schema")])
    def test_help_is_at_hand_whatever_is_wrong_with_the_file(
        self, call: Callable[..., Ran], words: tuple[str, ...]
    ) -> None:
        """And it shows the defaults of hookproof, not those of the file."""
        plain = call(*words)
        assert plain.code == 0
        assert call(*words, file="= broken") == plain
        assert call(*words, "--profile", "x", file=FILE) == plain

    def test_the_help_of_commands_shows_nothing_of_it(self, call: Callable[..., Ran]) -> None:
        """The three options are told once, at the front."""
        assert "--config" in call("--help").out
        assert "--profile" not in call("test", "--help").out
        assert "HOOKPROOF_MAX_CASES" not in call("test", "--help").out


class TestErrors:
    """A wrong value is told by the place that it came from."""

    def test_a_wrong_variable_is_named(self, call: Callable[..., Ran]) -> None:
        """Nobody typed --fail-on, so the error does not speak of it."""
        said = call("validate", "x", env={"HOOKPROOF_FAIL_ON": "eror"}).complaint
        assert said.startswith("hookproof: HOOKPROOF_FAIL_ON in the environment: 'eror' is not")
        said = call("test", "x", env={"HOOKPROOF_TEST_SEED": "-1", "HOOKPROOF_SEED": "1"}).complaint
        assert said.startswith("hookproof: HOOKPROOF_TEST_SEED in the environment: -1 is not in")
        said = call("list", env={"HOOKPROOF_NO_CONFIG": "maybe"}).complaint
        assert said.startswith("hookproof: HOOKPROOF_NO_CONFIG in the environment: 'maybe' is")

    def test_a_wrong_word_of_the_command_line_is_told_as_ever(
        self, call: Callable[..., Ran]
    ) -> None:
        """Whatever the file and the environment say."""
        ran = call("list", "--format", "x", file=FILE, env=LIST_FORMAT)
        assert ran.code == 2
        assert "Invalid value for '--format'" in ran.err

    def test_the_whole_file_is_checked(self, call: Callable[..., Ran]) -> None:
        """A fault in a table of another command or profile is told at once."""
        for table in ("[test]", "[profiles.ci]", "[profiles.ci.test]", "[contract-check]"):
            said = call("list", file=f"{FILE}\n{table}\nnonsens = 1\n").complaint
            assert said.startswith("hookproof: hookproof.toml:13: unknown key nonsens in [")

    def test_what_an_option_itself_refuses_is_told_with_its_line(
        self, call: Callable[..., Ran]
    ) -> None:
        """A value that only the command can judge."""
        said = call("test", "http://127.0.0.1:9", file='\n[test]\nencodings = "xml"\n').complaint
        assert said.startswith("hookproof: hookproof.toml:3: encodings: 'xml' is no body encoding")


class TestSecrets:
    """The file may say where a secret is, and never what it is."""

    def test_a_secret_in_the_file_ends_the_call(self, call: Callable[..., Ran]) -> None:
        """Nothing is sent, and the value is not shown."""
        said = call("test", "http://127.0.0.1:9", file=f'[test]\nsecret = "{CANARY}"\n').complaint
        assert "hookproof.toml:2: secret: a secret is never read from a file" in said

    def test_the_environment_goes_before_what_the_file_names(
        self, call: Callable[..., Ran]
    ) -> None:
        """HOOKPROOF_SECRET signs where both are there, --secret-env before either."""
        sample = ROOT / "tests" / "payloads" / "zego_rtc" / "record" / "pass" / "sample.json"
        file, wrong, right = 'secret-env = "OURS"\n', {"OURS": "wrong"}, {"OURS": "secret"}
        assert "1 valid" in call("validate", sample, file=file, env=right, trusted=True).out
        # The sample is signed with a published secret, which is known beside ours.
        published = "signatures: 1 published secret"
        assert published in call("validate", sample, file=file, env=wrong).out
        env = {**wrong, "HOOKPROOF_SECRET": "secret"}
        assert "1 valid" in call("validate", sample, file=file, env=env).out
        env = {"OURS": "wrong", "HOOKPROOF_SECRET": "wrong", "MINE": "secret"}
        ran = call("validate", sample, "--secret-env", "MINE", file=file, env=env)
        assert "1 valid" in ran.out

    def test_one_on_the_command_line_takes_the_place_of_the_other_kind(
        self, call: Callable[..., Ran]
    ) -> None:
        """--secret-env is no contradiction to secret-file in the file."""
        words = ("example", "record", "--signed", "--secret-env", "MINE")
        ran = call(*words, file='secret-file = "none"\n', env={"MINE": "x"})
        assert ran.code == 0, ran.err

    def test_a_secret_that_is_not_where_the_file_says_is_told_with_its_line(
        self, call: Callable[..., Ran]
    ) -> None:
        """A file that cannot be read, or a variable that is not set."""
        words = ("example", "record", "--signed")
        said = call(*words, file='\nsecret-file = "none"\n', trusted=True).complaint
        assert said.startswith("hookproof: hookproof.toml:2: the secret file none cannot be read")
        said = call(*words, file=f'secret-env = "{CANARY}"', trusted=True).complaint
        assert said.startswith("hookproof: hookproof.toml:1: the environment variable named by")

    @pytest.mark.parametrize("key", ["secret-env", "secret-file"])
    def test_a_crash_does_not_show_it(
        self,
        monkeypatch: pytest.MonkeyPatch,
        capfd: pytest.CaptureFixture[str],
        tmp_path: Path,
        key: str,
    ) -> None:
        """A secret that the file leads to is taken out of the text of a fault of ours."""
        from hookproof.cli import main  # noqa: PLC0415
        from hookproof.signature import secrets  # noqa: PLC0415

        def broken(*_: Any, **__: Any) -> None:
            raise RuntimeError(f"at work with {CANARY}")

        monkeypatch.chdir(tmp_path)
        monkeypatch.setattr(secrets, "read_secrets", broken)
        monkeypatch.setenv("OURS", CANARY)
        (tmp_path / "OURS").write_text(CANARY, encoding="utf-8")
        (tmp_path / "hookproof.toml").write_text(f'[test]\n{key} = "OURS"\n', encoding="utf-8")
        with pytest.raises(SystemExit) as left:
            main(["--config", "hookproof.toml", "test", "http://127.0.0.1:9"])
        told = capfd.readouterr().err
        assert left.value.code == 70
        assert "at work with" in told
        assert "CANARY_c0ffee" not in told


def test_a_receiver_test_runs_as_the_file_says(call: Callable[..., Ran], tmp_path: Path) -> None:
    """Area, number of cases, report and secret from the file alone."""
    file = (
        'area = ["zego_asr"]\nsecret-env = "OURS"\nquiet = true\n'
        '[test]\nmax-cases = 1000\nreport = ["json=r.json"]\n[profiles.ci.test]\nmax-cases = 7\n'
    )
    receiver = Recorder(contract(), secrets=dict.fromkeys(contract().areas, b"ours"))
    with serve(receiver) as url:
        ran = call("test", url, "--profile", "ci", file=file, env={"OURS": "ours"}, trusted=True)
    assert ran.err == ""
    report = json.loads((tmp_path / "r.json").read_text())
    assert {name.split("/")[0] for name in report["callbacks"]} == {"zego_asr"}
    assert 0 < report["totals"]["requests"] == len(receiver.got) <= 7 * len(report["callbacks"])


def test_nothing_that_reads_a_file_is_imported_where_there_is_none(tmp_path: Path) -> None:
    """Neither for --help nor for a command; and for --help not even where there is one."""
    code = (
        "import sys\n"
        "from hookproof.cli import main\n"
        "try:\n"
        "    main()\n"
        "finally:\n"
        "    print(sorted({'tomllib', 'pydantic', 'hookproof.cli.settings.file',\n"
        "        'hookproof.cli.found_file', 'hookproof.cli.test'} & set(sys.modules)))\n"
    )

    def imported(*words: str) -> str:
        done = subprocess.run(
            [sys.executable, "-c", code, *words],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout.splitlines()[-1]

    assert imported("--help") == "[]"
    assert imported("list", "--area", "zego_asr") == "[]"
    body = tmp_path / "body.json"
    body.write_text(json.dumps(contract().callback("zego_rtc/record").examples[0].payload))
    # No journal either, which models read.
    assert imported("validate", str(body)) == "[]"
    (tmp_path / "hookproof.toml").write_text("", encoding="utf-8")
    assert imported("--help") == "[]"
    assert imported("list", "--help") == "[]"
    assert "tomllib" in imported("list", "--area", "zego_asr")
