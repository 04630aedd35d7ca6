"""`hookproof validate` as its users see it: what it takes, prints and exits with."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import jsonschema
import pytest

from hookproof.contract import Contract, shipped_contract
from hookproof.findings import CODES
from hookproof.http.request import Sending, write_request

if TYPE_CHECKING:
    from collections.abc import Callable

PAYLOADS = Path(__file__).parents[1] / "payloads"
RECORD = PAYLOADS / "zego_rtc" / "record"
GOOD = RECORD / "pass" / "sample.json"
BAD = RECORD / "fail" / "duration_as_text.json"
# All payloads of one product, good and bad.
RTC = (PAYLOADS / "zego_rtc", "--area", "zego_rtc")
QUIRK = PAYLOADS / "zego_rtc" / "transcode_stop" / "pass" / "sample.json"
CANARY = "CANARY_c0ffee_DO_NOT_SHOW"


class Ran(NamedTuple):
    """What a run gave."""

    code: int
    out: str
    err: str

    @property
    def report(self) -> Any:
        """The JSON report on standard output."""
        return json.loads(self.out)


def execute(*args: Any, stdin: bytes = b"", env: dict[str, str] | None = None) -> Ran:
    """Run `python -m hookproof validate` in a process of its own, without secrets around."""
    around = {k: v for k, v in os.environ.items() if not k.startswith("HOOKPROOF_")}
    done = subprocess.run(
        [sys.executable, "-m", "hookproof", "validate", *map(str, args)],
        input=stdin,
        capture_output=True,
        env={**around, **(env or {})},
        timeout=60,
        check=False,
    )
    encoding = (env or {}).get("PYTHONIOENCODING", "utf-8").replace("ascii", "utf-8")
    return clean(Ran(done.returncode, done.stdout.decode(encoding), done.stderr.decode(encoding)))


@pytest.fixture
def run(
    monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path
) -> Callable[..., Ran]:
    """Run the command in this process, without secrets around."""
    from hookproof.cli import main  # noqa: PLC0415 - as the command itself does

    for name in list(os.environ):
        if name.startswith("HOOKPROOF_"):
            monkeypatch.delenv(name)

    def call(*args: Any, stdin: bytes = b"", env: dict[str, str] | None = None) -> Ran:
        file = tmp_path / ".stdin"
        file.write_bytes(stdin)
        for name, value in (env or {}).items():
            monkeypatch.setenv(name, value)
        with file.open() as stream:
            monkeypatch.setattr("sys.stdin", stream)
            with pytest.raises(SystemExit) as left:
                main(["validate", *map(str, args)])
        out, err = capfdbinary.readouterr()
        return clean(Ran(int(left.value.code or 0), out.decode(), err.decode()))

    return call


def clean(ran: Ran) -> Ran:
    """The run, which shows neither a traceback nor the secret, whatever happened."""
    for text in (ran.out, ran.err):
        assert "Traceback" not in text
        assert CANARY not in text
    return ran


def one_error(ran: Ran) -> str:
    """The message of a run that could not do its job: one line, and perhaps a hint."""
    assert ran.code == 2
    assert ran.out == ""
    message, *hint = ran.err.splitlines()
    assert message.startswith("hookproof: ")
    assert len(hint) <= 1
    assert all(line.startswith("  hint: ") for line in hint)
    return ran.err


def codes(ran: Ran) -> list[str]:
    """The codes of the findings of a JSON report."""
    return [finding["code"] for finding in ran.report["findings"]]


class TestWhatItTakes:
    """Files, folders, globs, standard input."""

    def test_a_file(self, run: Callable[..., Ran]) -> None:
        """A valid capture is passed in a few lines, with what was not checked, exit code 0."""
        ran = run(GOOD)
        assert ran.code == 0
        assert ran.err == ""
        verdict, _, counts, unchecked, *_ = ran.out.splitlines()
        assert " ".join(counts.split()) == (
            "zego_rtc/record 1 capture, all valid; signatures: 1 not checked"
        )
        assert "--secret-env" in unchecked
        assert verdict.startswith("PASS  nothing wrong in 1 callback; 1 capture in ")

    def test_a_folder(self, run: Callable[..., Ran]) -> None:
        """All valid payloads of an area, in all forms, are passed in one go."""
        for area in sorted(PAYLOADS.iterdir()):
            folders = sorted(area.glob("*/pass"))
            count = sum(len(list(folder.iterdir())) for folder in folders)
            ran = run(*folders, "--area", area.name, "--format", "json")
            assert ran.code == 0
            assert ran.report["totals"]["captures"] == count
            assert len(ran.report["callbacks"]) == len(folders)

    def test_a_glob(self, run: Callable[..., Ran]) -> None:
        """A glob that the shell did not expand is expanded."""
        ran = run(f"{RECORD}/pass/sample.*", "--format", "json")
        assert ran.code == 0
        assert ran.report["totals"]["captures"] == 4

    def test_standard_input(self, run: Callable[..., Ran]) -> None:
        """`-` is standard input, and is named so."""
        assert run("-", stdin=GOOD.read_bytes()).code == 0
        ran = run("-", "--format", "json", stdin=BAD.read_bytes())
        assert ran.code == 1
        assert ran.report["findings"][0]["file"] == "<stdin>"

    def test_standard_input_of_a_process(self) -> None:
        """A body that is piped in is read as bytes."""
        ran = execute("-", stdin=(RECORD / "pass" / "sample.form").read_bytes())
        assert ran.code == 0

    def test_no_capture_at_all_is_a_usage_error(self, run: Callable[..., Ran]) -> None:
        """Without a capture named there is nothing to do, and that is said."""
        ran = run()
        assert ran.code == 2
        assert "Missing argument" in ran.err

    def test_a_form_that_is_given_is_taken(self, run: Callable[..., Ran]) -> None:
        """`--body-form` overrules what the first bytes show."""
        file = RECORD / "pass" / "sample.form"
        assert run(file, "--body-form", "form").code == 0
        assert codes(run(file, "--body-form", "json", "--format", "json")) == ["HP103"]


class TestWhatCannotBeRead:
    """What cannot be read is an error like any other; the rest goes on."""

    @pytest.mark.parametrize("name", ["none.json", "none/*.json", "a" * 300])
    def test_what_is_not_there(self, run: Callable[..., Ran], tmp_path: Path, name: str) -> None:
        """A name that stands for nothing is a wrong call, and nobody is blamed."""
        ran = run(f"{tmp_path}/{name}", BAD, "--format", "json")
        assert (ran.code, ran.out) == (2, "")
        assert "no file" in ran.err

    def test_a_folder_in_place_of_a_file(self, run: Callable[..., Ran], tmp_path: Path) -> None:
        """An empty folder is a wrong call, as is an empty standard input."""
        ran = run(tmp_path)
        assert (ran.code, ran.out) == (2, "")
        assert "the folder holds no file" in ran.err
        ran = run("-", stdin=b"")
        assert (ran.code, ran.out) == (2, "")
        assert "standard input is empty" in ran.err

    @pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no FIFOs")
    def test_a_fifo(self, run: Callable[..., Ran], tmp_path: Path) -> None:
        """A FIFO is a finding at once; nobody waits for its writer."""
        os.mkfifo(tmp_path / "fifo")
        assert codes(run(tmp_path / "fifo", "--format", "json")) == ["HP100"]

    @pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="this system has no /proc")
    def test_a_file_that_fails_when_read(self, run: Callable[..., Ran]) -> None:
        """A file that opens and cannot be read is a finding with the system's reason."""
        ran = run("/proc/self/mem", "--format", "json")
        assert codes(ran) == ["HP100"]
        assert "Input/output error" in ran.report["findings"][0]["message"]

    @pytest.mark.parametrize(
        ("raw", "code", "line", "column"),
        [
            (b"", "HP102", 1, 1),
            (b'{"event": "record"', "HP103", 1, 19),
            ('{"event": "测试"}'.encode("gbk"), "HP101", 1, 12),
            (b"[1, 2]", "HP115", 1, 1),
            (b'{"event": "record"} x\n', "HP107", 1, 21),
            (b"[" * 100_000, "HP108", 1, 129),
        ],
    )
    def test_what_is_no_callback(
        self, run: Callable[..., Ran], tmp_path: Path, raw: bytes, code: str, line: int, column: int
    ) -> None:
        """A body that is no JSON object is an error with its place, exit code 1."""
        file = tmp_path / "capture"
        file.write_bytes(raw)
        ran = run(file, "--format", "json")
        assert ran.code == 1
        [finding] = ran.report["findings"]
        assert (finding["code"], finding["line"], finding["column"]) == (code, line, column)
        assert finding["hint"]

    @pytest.mark.parametrize(
        "raw",
        [b'{"event": "recrod"}', b'{"Event": 1}', b"event=recrod&a=1"],
    )
    def test_an_unknown_callback(self, run: Callable[..., Ran], tmp_path: Path, raw: bytes) -> None:
        """A body that no callback knows is an error with a hint."""
        file = tmp_path / "capture"
        file.write_bytes(raw)
        ran = run(file, "--format", "json")
        assert ran.code == 1
        assert codes(ran) == ["HP220"]
        assert "--callback" in ran.report["findings"][0]["hint"]
        assert list(ran.report["callbacks"]) == [""]


class TestWhatIsNotRead:
    """What no reader knows is nobody's fault: neither valid nor invalid, and told as such."""

    @pytest.mark.parametrize(
        ("raw", "seems"),
        [
            (b"not json", "text"),
            (b"# Captures\n\nOf our staging.\n", "Markdown"),
            (b"<!DOCTYPE html>\n<html>\n</html>\n", "HTML"),
            (b'<?xml version="1.0"?>\n<a/>\n', "XML"),
            (b"\x00\x01\x02\xff" * 100, "binary"),
            (b"7z\xbc\xaf\x27\x1c" + b"\0" * 40, "7z"),
            (b"SQLite format 3\0" + b"\0" * 40, "SQLite"),
            (b'{"a": 1}', "it has a"),
            (b"{}", "JSON"),
            (b'{"level": 30, "msg": "started"}\n{"level": 30, "msg": "ended"}\n', "level, msg"),
            (b"{'event': 'room_close', 'appid': 1}", "dict of Python"),
            (b'{"event"=>"room_close", "appid"=>1}', "hash of Ruby"),
            (b"{event=room_close, appid=1}", "map of Java"),
            (b"map[appid:1 event:room_close]", "map of Go"),
            (b'array(1) {\n  ["event"]=>\n  string(10) "room_close"\n}\n', "var_dump"),
            (b"x\nInvoke-WebRequest -Uri h\n", "PowerShell"),
        ],
    )
    def test_what_it_seems_to_be_is_told(
        self, run: Callable[..., Ran], tmp_path: Path, raw: bytes, seems: str
    ) -> None:
        """The run is incomplete, says what the file seems to be and what to do, and no more."""
        file = tmp_path / "capture"
        file.write_bytes(raw)
        ran = run(file, "--format", "json")
        assert (ran.code, ran.report["verdict"]) == (4, "incomplete")
        assert ran.report["totals"]["captures"] == 0
        assert ran.report["kinds"]["invalid"] == ran.report["kinds"]["drift"] == 0
        [finding] = [one for one in ran.report["findings"] if one["code"] == "HP120"]
        assert seems in finding["message"]
        assert finding["hint"]
        text = run(file).out
        assert "INVALID" not in text
        assert "DRIFT" not in text

    def test_beside_a_capture_it_is_told_and_strict_fails(
        self, run: Callable[..., Ran], tmp_path: Path
    ) -> None:
        """A folder with a README is as good as its captures, and the first line tells of it."""
        (tmp_path / "a.json").write_bytes(GOOD.read_bytes())
        (tmp_path / "README.md").write_text("# Captures\n\nOf our staging.\n")
        ran = run(tmp_path)
        assert ran.code == 0
        first = ran.out.splitlines()[0]
        assert first.startswith("PASS")
        assert "not judged: 1" in first
        assert run(tmp_path, "--strict").code == 1

    def test_utf_16_and_marks_are_of_the_shell(
        self, run: Callable[..., Ran], tmp_path: Path
    ) -> None:
        """A capture that a shell saved in UTF-16, or with a mark, is read as it was meant."""
        text = GOOD.read_text()
        for encoding in ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8-sig"):
            (tmp_path / encoding).write_bytes(text.encode(encoding))
            ran = run(tmp_path / encoding, "--format", "json")
            assert (ran.code, ran.report["totals"]["captures"]) == (0, 1), encoding
            assert len(ran.report["remarks"]) == 1, encoding


class TestWhatItPrints:
    """The two reports."""

    def test_a_finding_as_text(self, run: Callable[..., Ran]) -> None:
        """A finding has place, callback, code, pointer, wanted, found, page and next step."""
        ran = run(BAD)
        assert ran.code == 1
        verdict, cause, whole, *_ = ran.out.split("\n\n")
        assert verdict.startswith("FAIL  1 cause in 1 callback (1 finding): 1 error; 1 capture in ")
        line = " ".join(cause.split())
        assert line.startswith("1 error HP202 wrong type: /extra_params/Duration expected a number")
        # A long path is broken as any long word is.
        assert line.replace(" ", "").endswith(f",inrecord;{BAD}:6:115")
        told = " ".join(whole.split())
        assert "wanted a number, at least 0 (inferred) (closest of 3 shape" in told
        for part in ('; got "61.5"', "page https://", "next ", "invalid: breaks the contract"):
            assert part in told

    def test_the_page_shows_the_character(self) -> None:
        """Line and column of the report lead to the defect in the file."""
        line = BAD.read_text().split("\n")[6 - 1]
        assert line[115 - 1 :].startswith('\\"61.5\\"')

    def test_json_holds_to_its_schema(self, run: Callable[..., Ran], tmp_path: Path) -> None:
        """The JSON report on every payload of a product is what --schema says."""
        schema = json.loads(run("--schema").out)
        jsonschema.Draft202012Validator.check_schema(schema)
        other = tmp_path / "other.txt"
        other.write_text("one\ntwo\n")
        for env in ({}, {"HOOKPROOF_SECRET": "secret"}):
            ran = run(*RTC, other, "--format", "json", env=env)
            assert ran.code == 1
            jsonschema.Draft202012Validator(schema).validate(ran.report)
            assert ran.report["verdict"] == "fail"
            assert len(ran.report["findings"]) > 100
            assert ran.report["unread"] > 0
            assert ran.report["remarks"]

    def test_the_schema_refuses_another_report(self, run: Callable[..., Ran]) -> None:
        """The schema says enough to refuse a report with a field too many or too few."""
        validator = jsonschema.Draft202012Validator(json.loads(run("--schema").out))
        report = run(BAD, "--format", "json").report
        assert validator.is_valid(report)
        assert not validator.is_valid({**report, "more": 1})
        assert not validator.is_valid({**report, "verdict": "ok"})
        for field in report["findings"][0]:
            less = [{k: v for k, v in report["findings"][0].items() if k != field}]
            assert not validator.is_valid({**report, "findings": less}), field

    def test_totals_are_the_findings(self, run: Callable[..., Ran]) -> None:
        """Totals and tallies count what is listed."""
        report = run(*RTC, "--examples", "1000", "--format", "json").report
        for severity in ("error", "warning", "note"):
            listed = [f["count"] for f in report["findings"] if f["severity"] == severity]
            assert report["totals"][severity] == sum(listed)
        tallies = report["callbacks"].values()
        assert report["totals"]["captures"] == sum(tally["captures"] for tally in tallies)
        errors = [f for f in report["findings"] if f["severity"] == "error"]
        broken = {place["file"] for f in errors for place in f["places"]}
        assert sum(tally["failed"] for tally in tallies) == len(broken)

    def test_every_code_is_known(self, run: Callable[..., Ran]) -> None:
        """Each code in a report is in the table of codes, with that severity."""
        for finding in run(*RTC, "--format", "json").report["findings"]:
            assert CODES[finding["code"]].severity == finding["severity"]

    @pytest.mark.parametrize(
        "value", ["closest of", "(closest of \x1b[31m", "\x1b]0;x\x07", "\u202e"]
    )
    @pytest.mark.parametrize("field", ["FileID", "Duration"])
    def test_a_value_cannot_write_the_report(
        self, run: Callable[..., Ran], tmp_path: Path, field: str, value: str
    ) -> None:
        """Control characters and our own words in a payload come out as data."""
        payload = json.loads(GOOD.read_text())
        extra = {**json.loads(payload["extra_params"]), field: [value], value: 1}
        payload |= {"extra_params": json.dumps(extra), "event": "record", "appid": value}
        file = tmp_path / "capture.json"
        file.write_text(json.dumps(payload))
        ran = run(file)
        assert ran.code == 1
        assert all(line.isprintable() for line in ran.out.splitlines())
        assert "/appid" in ran.out
        assert f"/extra_params/{field}" in ran.out

    def test_a_file_name_cannot_write_the_report(
        self, run: Callable[..., Ran], tmp_path: Path
    ) -> None:
        """Control characters in a file's name are escaped."""
        file = tmp_path / "a\x1b[31m\nb.json"
        file.write_bytes(BAD.read_bytes())
        ran = run(file)
        assert all(line.isprintable() for line in ran.out.splitlines())
        # A long path is broken as any long word is.
        assert "a\\x1b[31m\\nb.json:6:115" in "".join(ran.out.split())

    @pytest.mark.parametrize("output", ["text", "json"])
    @pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "utf-8"])
    def test_any_terminal_can_show_it(self, tmp_path: Path, output: str, encoding: str) -> None:
        """What a terminal's encoding does not have is escaped, and JSON stays JSON."""
        file = tmp_path / "录制.json"
        file.write_text('{"event": "录制😀é\x85"}', encoding="utf-8")
        ran = execute(file, "--format", output, env={"PYTHONIOENCODING": encoding})
        assert ran.code == 1
        if output == "json":
            assert "录制😀é" in ran.report["findings"][0]["message"]
            assert ran.report["findings"][0]["file"] == str(file)

    def test_no_colour_in_a_pipe(self) -> None:
        """In a pipe nothing is coloured."""
        assert "\x1b" not in execute(BAD).out

    def test_a_reader_that_goes_away(self) -> None:
        """A pipe that is closed early is no crash."""
        judge = f'"{sys.executable}" -m hookproof validate "{PAYLOADS}/zego_rtc" --format json'
        command = f"{judge} | head -1"
        done = subprocess.run(  # noqa: S602 - a pipe is what is tested
            command, shell=True, capture_output=True, timeout=60, check=False
        )
        assert b"Traceback" not in done.stderr
        assert len(done.stdout.splitlines()) == 1

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
    def test_a_full_disk(self) -> None:
        """Output that cannot be written is one line and exit code 2: no verdict was given."""
        command = f'"{sys.executable}" -m hookproof validate "{GOOD}" >/dev/full'
        done = subprocess.run(  # noqa: S602 - a redirection is what is tested
            command, shell=True, capture_output=True, timeout=60, check=False
        )
        assert done.returncode == 2
        assert done.stderr.splitlines() == [b"hookproof: No space left on device"]

    @pytest.mark.skipif(os.name != "posix", reason="a shell of its own is needed")
    @pytest.mark.parametrize("redirect", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
    def test_closed_streams(self, redirect: str) -> None:
        """A process without standard streams judges files and exits as ever."""
        command = f'"{sys.executable}" -m hookproof validate "{BAD}" {redirect}'
        done = subprocess.run(  # noqa: S602 - redirections are what is tested
            command, shell=True, capture_output=True, timeout=60, check=False
        )
        assert b"Traceback" not in done.stdout + done.stderr
        assert done.returncode == 1


class TestExitCodes:
    """0 clean, 1 findings, 2 usage or contract."""

    @pytest.mark.parametrize(
        ("file", "fail_on", "code"),
        [
            (GOOD, "error", 0),
            (GOOD, "note", 0),
            (QUIRK, "error", 0),
            (QUIRK, "warning", 1),
            (QUIRK, "note", 1),
            (QUIRK, "never", 0),
            (BAD, "error", 1),
            (BAD, "warning", 1),
            (BAD, "note", 1),
            (BAD, "never", 0),
        ],
        ids=lambda value: (
            value.parent.parent.name + "-" + value.parent.name
            if isinstance(value, Path)
            else str(value)
        ),
    )
    def test_fail_on(self, run: Callable[..., Ran], file: Path, fail_on: str, code: int) -> None:
        """The exit code is 1 where a finding is as heavy as --fail-on."""
        assert run(file, "--fail-on", fail_on).code == code

    def test_a_quirk_is_a_warning(self, run: Callable[..., Ran]) -> None:
        """A documented contradiction is told and leaves the exit code 0."""
        ran = run(QUIRK)
        assert ran.code == 0
        assert "warning  HP230  documented contradiction seen" in ran.out
        assert "status-started" in ran.out
        assert ran.out.startswith("PASS  1 cause in 1 callback (1 finding): 1 warning; ")

    @pytest.mark.parametrize(
        "args", [["--fail-on", "x"], ["--format", "xml"], ["--body-form", "x"], ["--nonsense"]]
    )
    def test_wrong_options(self, run: Callable[..., Ran], args: list[str]) -> None:
        """An option that does not exist, or has no such value, is a usage error."""
        ran = run(GOOD, *args)
        assert ran.code == 2
        assert ran.out == ""
        assert "Error: " in ran.err

    @pytest.mark.parametrize(
        ("name", "meant"),
        [
            ("recrod", "did you mean zego_rtc/record?"),
            ("zego_rtc/recrod", "did you mean zego_rtc/record?"),
            ("procedur", "did you mean zego_rtc/procedure?"),
            ("nothing_alike_at_all", "`hookproof list` names them all"),
            ("", "`hookproof list` names them all"),
        ],
    )
    def test_an_unknown_callback(self, run: Callable[..., Ran], name: str, meant: str) -> None:
        """A callback that does not exist is one line, with the name that was meant."""
        message = one_error(run(GOOD, "--callback", name))
        assert f"there is no callback {name!r}" in message
        assert meant in message

    def test_an_unknown_area(self, run: Callable[..., Ran]) -> None:
        """An area that does not exist is one line, with the name that was meant."""
        message = one_error(run(GOOD, "--area", "zego_rct"))
        assert "there is no area 'zego_rct'" in message
        assert "did you mean zego_rtc?" in message

    def test_a_callback_of_another_area(self, run: Callable[..., Ran]) -> None:
        """A callback outside the named areas is one line."""
        message = one_error(run(GOOD, "--callback", "record", "--area", "tencent_gme"))
        assert "zego_rtc/record is not in the area tencent_gme" in message

    def test_in_a_process_of_its_own(self) -> None:
        """The three codes come out of a process as well."""
        assert execute(GOOD).code == 0
        assert execute(BAD).code == 1
        one_error(execute(GOOD, "--callback", "recrod"))

    def test_a_callback_that_is_given(self, run: Callable[..., Ran]) -> None:
        """A given callback, by short or full name, judges what others would not recognise."""
        file = RECORD / "fail" / "event_in_another_case.json"
        for name in ("record", "zego_rtc/record"):
            ran = run(file, "--callback", name, "--format", "json")
            assert [(f["code"], f["where"]) for f in ran.report["findings"]] == [
                ("HP203", "/event")
            ]

    def test_an_area_leaves_out_the_others(self, run: Callable[..., Ran]) -> None:
        """Outside the named areas callbacks are not read; two areas may be named."""
        ran = run(GOOD, "--area", "tencent_gme", "--format", "json")
        assert (ran.code, codes(ran)) == (4, ["HP120"])
        assert run(GOOD, "--area", "tencent_gme", "--area", "zego_rtc").code == 0


class TestSignatures:
    """With a secret at hand signatures are verified."""

    @pytest.mark.parametrize(
        "name", ["HOOKPROOF_SECRET_ZEGO_RTC", "HOOKPROOF_SECRET_ZEGO", "HOOKPROOF_SECRET"]
    )
    def test_the_environment_holds_the_secret(self, run: Callable[..., Ran], name: str) -> None:
        """Each of the documented variables is looked at."""
        ran = run(GOOD, env={name: "secret"})
        assert ran.code == 0
        assert "signatures: 1 valid" in ran.out

    def test_the_closest_variable_counts(self, run: Callable[..., Ran]) -> None:
        """The area's secret comes before the vendor's, and that before the one for all."""
        env = {"HOOKPROOF_SECRET": CANARY, "HOOKPROOF_SECRET_ZEGO": "secret"}
        assert "1 valid" in run(GOOD, env=env).out
        nearer = run(GOOD, env={**env, "HOOKPROOF_SECRET_ZEGO_RTC": CANARY})
        assert "1 valid" not in nearer.out
        assert "HP306" in nearer.out

    @pytest.mark.parametrize("form", ["json", "form", "txt", "percent"])
    def test_every_form_is_verified(self, run: Callable[..., Ran], form: str) -> None:
        """The signature is verified in whatever form the body came."""
        ran = run(RECORD / "pass" / f"sample.{form}", env={"HOOKPROOF_SECRET": "secret"})
        assert "signatures: 1 valid" in ran.out

    def test_another_secret_is_wrong(self, run: Callable[..., Ran], tmp_path: Path) -> None:
        """A signature of another secret is an error at its field, and no secret is shown."""
        file = tmp_path / "capture.json"
        record = Contract().callback("zego_rtc/record")
        request = write_request(
            record, record.examples[0].payload, secret=b"another", sending=Sending()
        )
        file.write_bytes(request.body)
        assert run(file, env={"HOOKPROOF_SECRET": CANARY}).code == 1
        ran = run(file, "--format", "json", env={"HOOKPROOF_SECRET": CANARY})
        assert ran.code == 1
        assert [(f["code"], f["where"]) for f in ran.report["findings"]] == [
            ("HP302", "/signature")
        ]
        assert ran.report["callbacks"]["zego_rtc/record"]["signatures"] == {"wrong": 1}

    def test_a_missing_signature(self, run: Callable[..., Ran]) -> None:
        """A body without its signature is told so beside the missing field."""
        file = RECORD / "fail" / "signature_missing.form"
        ran = run(file, "--format", "json", env={"HOOKPROOF_SECRET": "secret"})
        assert codes(ran) == ["HP201", "HP301"]
        assert ran.report["callbacks"]["zego_rtc/record"]["signatures"] == {"missing": 1}

    def test_a_signature_that_is_no_text(self, run: Callable[..., Ran], tmp_path: Path) -> None:
        """A signature of another type cannot be read, and is no crash."""
        payload = {**json.loads(GOOD.read_text()), "signature": ["x"]}
        file = tmp_path / "capture.json"
        file.write_text(json.dumps(payload))
        ran = run(file, "--format", "json", env={"HOOKPROOF_SECRET": "secret"})
        assert codes(ran) == ["HP202", "HP303"]

    def test_without_a_secret_it_says_so(self, run: Callable[..., Ran]) -> None:
        """Signatures that were not checked are counted as that."""
        report = run(GOOD, "--format", "json").report
        assert report["callbacks"]["zego_rtc/record"]["signatures"] == {"not checked": 1}

    def test_a_secret_of_a_named_variable(self, run: Callable[..., Ran]) -> None:
        """--secret-env names a variable that holds the secret."""
        ran = run(GOOD, "--secret-env", "MINE", env={"MINE": "secret", "HOOKPROOF_SECRET": CANARY})
        assert "signatures: 1 valid" in ran.out

    def test_a_secret_of_a_file(self, run: Callable[..., Ran], tmp_path: Path) -> None:
        """--secret-file names a file that holds the secret, its line end taken off."""
        file = tmp_path / "secret"
        file.write_bytes(b"secret\r\n")
        assert "signatures: 1 valid" in run(GOOD, "--secret-file", file).out

    @pytest.mark.parametrize("secret", [CANARY, "CANARY", "9193cc662a4c0ec135ec71fb57194b38"])
    def test_the_secret_itself_is_not_repeated(self, run: Callable[..., Ran], secret: str) -> None:
        """Who gives the secret for its variable's name is told so without seeing it again."""
        message = one_error(run(GOOD, "--secret-env", secret))
        assert secret not in message
        assert "takes the name of a variable" in message

    def test_secrets_that_cannot_be_had(self, run: Callable[..., Ran], tmp_path: Path) -> None:
        """A file that is not there, an empty secret, or two sources, are one line each."""
        empty = tmp_path / "empty"
        empty.write_bytes(b"\n")
        assert "cannot be read" in one_error(run(GOOD, "--secret-file", tmp_path / "none"))
        assert "is empty" in one_error(run(GOOD, "--secret-file", empty))
        assert "both" in one_error(run(GOOD, "--secret-file", empty, "--secret-env", "X"))

    def test_no_secret_in_any_report(self) -> None:
        """In a process whose environment holds a secret, no report on anything shows it."""
        env = {"HOOKPROOF_SECRET": CANARY, "HOOKPROOF_SECRET_TENCENT": CANARY}
        for output in ("text", "json"):
            assert execute(PAYLOADS / "tencent_gme", *RTC, "--format", output, env=env).code == 1


class TestContract:
    """A contract of one's own."""

    @pytest.fixture
    def contract(self, tmp_path: Path) -> Path:
        """A copy of one area of the shipped contract; to read all of them takes a second."""
        files = shipped_contract()
        for folder in ("common", "zego_rtc"):
            shutil.copytree(files.schemas / folder, tmp_path / "schemas" / folder)
        (tmp_path / "openapi" / "compiled").mkdir(parents=True)
        for file in ("zego_rtc.yaml", "compiled/zego_rtc.json"):
            shutil.copyfile(files.openapi / file, tmp_path / "openapi" / file)
        return tmp_path

    def test_it_is_taken(self, run: Callable[..., Ran], contract: Path) -> None:
        """A contract in a folder judges in place of the shipped one."""
        assert run(GOOD, "--contract", contract).code == 0
        replace(contract / "schemas/zego_rtc/record.json", '"const": "record"', '"const": "rec"')
        assert codes(run(GOOD, "--contract", contract, "--format", "json")) == ["HP203"]

    @pytest.mark.parametrize(
        ("file", "old", "new", "told"),
        [
            pytest.param(
                "schemas/zego_rtc/record.json",
                "../common/nonce_string.json",
                "../common/none.json",
                "none.json",
                id="ref-to-no-file",
            ),
            pytest.param(
                "schemas/zego_rtc/record.json",
                "#/$defs/TencentRecordExtra",
                "#/$defs/None",
                "'#/$defs/None' points to nothing",
                id="ref-to-no-definition",
            ),
            pytest.param(
                "schemas/zego_rtc/record.json",
                "../common/nonce_string.json",
                "https://example.com/nonce.json",
                "leaves the contract",
                id="ref-into-the-net",
            ),
            pytest.param(
                "schemas/zego_rtc/record.json",
                "#/$defs/TencentRecordExtra",
                "#/$defs/RecordExtraParams",
                "leads back to itself",
                id="ref-in-a-circle",
            ),
            pytest.param(
                "schemas/zego_rtc/record.json", '"title"', "title", "record.json:3", id="not-json"
            ),
            pytest.param(
                "schemas/zego_rtc/record.json",
                '"maxLength": 255',
                '"maxLength": "255"',
                "(at /properties/stream_alias/maxLength)",
                id="not-a-schema",
            ),
            pytest.param(
                "schemas/common/nonce_string.json",
                "^[0-9]{1,32}$",
                "^([0-9]{1,32}$",
                "the pattern ^([0-9]{1,32}$ is no regular expression",
                id="not-a-pattern",
            ),
            pytest.param(
                "openapi/zego_rtc.yaml", "webhooks:", "webhooks: [", "not YAML", id="not-yaml"
            ),
            pytest.param(
                "openapi/zego_rtc.yaml",
                "  zego_rtc/record:",
                "  zego_rtc/recording:",
                "the webhook 'zego_rtc/recording' has no schema file",
                id="not-in-the-document",
            ),
        ],
    )
    def test_a_broken_one(
        self, run: Callable[..., Ran], contract: Path, file: str, old: str, new: str, told: str
    ) -> None:
        """A contract that cannot be used is one line with its file, exit code 2."""
        replace(contract / file, old, new)
        assert told in one_error(run(GOOD, "--contract", contract))

    def test_a_file_that_is_gone(self, run: Callable[..., Ran], contract: Path) -> None:
        """A contract without the document of an area is one line."""
        (contract / "openapi" / "zego_rtc.yaml").unlink()
        assert "openapi/zego_rtc.yaml" in one_error(run(GOOD, "--contract", contract))

    def test_no_contract_at_all(self, run: Callable[..., Ran], tmp_path: Path) -> None:
        """A folder that is no contract, or none at all, is one line."""
        assert "there is no folder schemas/" in one_error(run(GOOD, "--contract", tmp_path))
        assert "there is no folder schemas/" in one_error(run(GOOD, "--contract", "/none"))

    def test_a_broken_one_in_a_process(self, contract: Path) -> None:
        """A broken reference is one line in a process of its own as well."""
        replace(
            contract / "schemas/zego_rtc/record.json", "#/$defs/TencentRecordExtra", "#/$defs/X"
        )
        one_error(execute(GOOD, "--contract", contract))


def replace(file: Path, old: str, new: str) -> None:
    """Replace the first of a text in a file, which must be there."""
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new, 1))
