"""`hookproof sanitize` as its users see it: what it takes, writes, prints and exits with."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from acceptance.command import Ran, called

if TYPE_CHECKING:
    from collections.abc import Callable

TESTS = Path(__file__).parents[1]
RECORD = TESTS / "payloads" / "zego_rtc" / "record"
GOOD = RECORD / "pass" / "sample.json"
GME = TESTS / "payloads" / "tencent_gme" / "recording" / "pass" / "sample_on_one_line.json"
CAPTURES = TESTS / "captures"
SALT = "a salt that is long enough"
# The products of these captures: EventType names callbacks of others as well.
AREAS = ("--area", "zego_rtc", "--area", "tencent_gme")


def execute(*args: Any, stdin: bytes = b"", env: dict[str, str] | None = None) -> Ran:
    """Run `python -m hookproof` in a process of its own, without secrets around."""
    around = {k: v for k, v in os.environ.items() if not k.startswith("HOOKPROOF_")}
    done = subprocess.run(
        [sys.executable, "-m", "hookproof", *map(str, args)],
        input=stdin,
        capture_output=True,
        env={**around, **(env or {})},
        timeout=120,
        check=False,
    )
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.fixture
def run(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> Callable[..., Ran]:
    """Run `hookproof sanitize` in this process, in a folder of its own."""
    from hookproof.cli import main  # noqa: PLC0415 - as the command itself does

    monkeypatch.chdir(tmp_path)

    def call(*args: Any, env: dict[str, str] | None = None) -> Ran:
        for name, content in (env or {}).items():
            monkeypatch.setenv(name, content)
        with pytest.raises(SystemExit) as left:
            main(["sanitize", *map(str, args)])
        out, err = capfd.readouterr()
        assert "Traceback" not in err
        return Ran(int(left.value.code or 0), out, err)

    return call


def files(folder: Path) -> list[Path]:
    """The files below a folder, relative to it."""
    return sorted(path.relative_to(folder) for path in folder.rglob("*") if path.is_file())


def test_a_folder_becomes_fixtures_that_are_judged_as_before(tmp_path: Path) -> None:
    """Passing payloads pass with the secret that is printed, and keep their names and places."""
    out = tmp_path / "fixtures"
    ran = execute("sanitize", RECORD / "pass", out)
    assert (ran.code, ran.err) == (0, "")
    assert files(out) == files(RECORD / "pass")
    assert f"signed anew with the published secret 'secret': {len(files(out))}" in ran.out
    judged = called("validate", out, env={"HOOKPROOF_SECRET": "secret"})
    assert judged.code == 0, judged.out
    for file in files(out):
        assert b"5285890813221514958" not in (out / file).read_bytes()


def test_failing_payloads_fail_as_before(tmp_path: Path) -> None:
    """A defect is still there and is the only one; what cannot be read is told and left out."""
    out = tmp_path / "fixtures"
    ran = execute("sanitize", RECORD / "fail", out)
    assert ran.code == 1
    assert "event_in_another_case.json" in ran.out
    assert "not copied  HP220" in ran.out
    assert len(files(out)) == len(files(RECORD / "fail")) - 1
    assert "names of files that stayed" in ran.out
    judged = called("validate", out, "--format", "json")
    expected = json.loads((RECORD / "expect.json").read_text())
    causes = json.loads(judged.out)
    assert judged.code == 1
    assert expected["duration_as_text.json"]["code"] in json.dumps(causes)


def test_files_share_their_pseudonyms(run: Callable[..., Ran], tmp_path: Path) -> None:
    """The same id is the same one in every file of a run, in whatever format it stands."""
    source = tmp_path / "in"
    source.mkdir()
    (source / "a.json").write_bytes(GME.read_bytes())
    (source / "b.ndjson").write_bytes((CAPTURES / "ndjson" / "bodies.ndjson").read_bytes())
    (source / "c.ndjson").write_bytes((CAPTURES / "requests" / "requests.ndjson").read_bytes())
    (source / "d.http").write_bytes((CAPTURES / "http" / "requests.http").read_bytes())
    assert run(source, "out", *AREAS).code == 0
    task = str(json.loads((tmp_path / "out" / "a.json").read_bytes())["TaskID"])
    assert task != "446946705284000000"
    for name in ("b.ndjson", "c.ndjson", "d.http.ndjson"):
        text = (tmp_path / "out" / name).read_text()
        assert task in text
        assert "446946705284000000" not in text
        assert "1400000000" not in text


def test_request_formats_are_signed_and_stay_valid(tmp_path: Path) -> None:
    """Whatever they came in, requests verify with their headers' new signatures."""
    lines = ("requests/requests.ndjson", "json/bodies.json", "log/receiver.log")
    others = (
        "http/requests.http",
        "har/network.har",
        "curl/copied.curl",
        "parquet/archive.parquet",
    )
    for name in (*lines, *others):
        out = tmp_path / name
        assert called("sanitize", CAPTURES / name, out, *AREAS).code == 0
        judged = called("validate", out, *AREAS, env={"HOOKPROOF_SECRET": "secret"})
        assert judged.code == 0, judged.out


def test_a_broken_line_is_left_out_and_told(run: Callable[..., Ran], tmp_path: Path) -> None:
    """The rest of a file goes on behind a line that cannot be read."""
    lines = [GME.read_bytes().strip(), b'{"BizID":77', GME.read_bytes().strip()]
    (tmp_path / "in.ndjson").write_bytes(b"\r\n".join(lines))
    ran = run("in.ndjson", "out.ndjson", *AREAS)
    assert ran.code == 1
    assert "in.ndjson:2" in ran.out
    assert "2 captures in 1 file" in ran.out
    first, second = (tmp_path / "out.ndjson").read_bytes().splitlines()
    assert first == second


def test_standard_input_becomes_a_file(tmp_path: Path) -> None:
    """- is standard input; packed input comes out unpacked."""
    out = tmp_path / "deep" / "out.json"
    ran = execute("sanitize", "-", out, stdin=gzip.compress(GOOD.read_bytes()))
    assert (ran.code, ran.err) == (0, "")
    assert json.loads(out.read_bytes())["event"] == "record"
    folder = execute("sanitize", "-", tmp_path, stdin=b"")
    assert folder.code == 2


def test_an_empty_target_is_taken(run: Callable[..., Ran], tmp_path: Path) -> None:
    """An empty file or folder that is there may be written to."""
    (tmp_path / "out").mkdir()
    (tmp_path / "empty.json").touch()
    assert run(GOOD, "out").code == 0
    assert files(tmp_path / "out") == [Path("sample.json")]
    assert run(GOOD, "empty.json").code == 0


@pytest.mark.parametrize("target", ["in.json", "taken.json", "full", "link"])
def test_nothing_is_overwritten(run: Callable[..., Ran], tmp_path: Path, target: str) -> None:
    """What is there stays byte for byte, the input first of all."""
    (tmp_path / "in.json").write_bytes(GOOD.read_bytes())
    (tmp_path / "taken.json").write_text("mine")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").touch()
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    ran = run("in.json", target)
    assert ran.code == 2
    assert "not there yet" in ran.err
    assert (tmp_path / "in.json").read_bytes() == GOOD.read_bytes()
    assert (tmp_path / "taken.json").read_text() == "mine"
    assert not (tmp_path / "nowhere").exists()


def test_a_folder_needs_a_folder(run: Callable[..., Ran], tmp_path: Path) -> None:
    """Many files do not go into one."""
    (tmp_path / "empty").touch()
    assert run(RECORD, "empty").code == 2
    assert (tmp_path / "empty").read_bytes() == b""


def test_what_cannot_be_read_is_told_by_its_kind(run: Callable[..., Ran], tmp_path: Path) -> None:
    """Of many files with one fault there is one entry, with some of their places and a count."""
    source = tmp_path / "in"
    source.mkdir()
    (source / "b.json").write_bytes(GOOD.read_bytes())
    for number in range(20):
        (source / f"x{number:02}.json").write_text('{"event":')
    (source / ".hidden").write_text("secret")
    os.mkfifo(source / "pipe")
    ran = run(source, "out")
    assert ran.code == 1
    assert ran.out.count("HP103") == 1
    assert "and 17 more" in ran.out
    assert "no regular file" in ran.out
    assert files(tmp_path / "out") == [Path("b.json")]


def test_what_is_read_with_options_is_sanitised_with_them(
    run: Callable[..., Ran], tmp_path: Path
) -> None:
    """Records of a team's own, in the format that is named, with the field that is named.

    Without the option what usually is the body would be taken.
    """
    answer = json.dumps({"event": "compose", "task_id": "1"})
    record = {"body": answer, "raw": GOOD.read_text(), "headers": {"X-Zhangsan": "zhangsan"}}
    (tmp_path / "in.json").write_text(json.dumps(record) + "\n")
    ran = run("in.json", "out", "--body-field", "raw", "--input-format", "requests")
    assert ran.code == 0, ran.out
    new = json.loads((tmp_path / "out").read_bytes())
    assert json.loads(new["body"])["event"] == "record"
    assert "zhangsan" not in json.dumps(new).lower()


@pytest.mark.parametrize(
    ("name", "gone"),
    [("zhangsan_138-0013-8000.json", ("zhangsan", "8000", "0013")), ("li lei.json", ("lei",))],
)
def test_names_of_files_and_folders_go(
    run: Callable[..., Ran], tmp_path: Path, name: str, gone: tuple[str, ...]
) -> None:
    """What is no identifier is replaced in them too."""
    source = tmp_path / "in" / "customer-acme"
    source.mkdir(parents=True)
    (source / name).write_bytes(GOOD.read_bytes())
    assert run("in", "out").code == 0
    [made] = files(tmp_path / "out")
    assert made.suffix == ".json"
    assert not [word for word in (*gone, "acme") if word in str(made)]


def test_where_nothing_can_be_copied_nothing_is_written(
    run: Callable[..., Ran], tmp_path: Path
) -> None:
    """An unknown capture may hold secrets: it is told, and there is no file."""
    (tmp_path / "in.json").write_text('{"password":"hunter2"}')
    ran = run("in.json", "out.json")
    assert ran.code == 1
    assert "nothing was written" in ran.out
    assert "hunter2" not in ran.out
    assert not (tmp_path / "out.json").exists()


def test_a_missing_input_is_an_error(run: Callable[..., Ran]) -> None:
    """Silence would look like success."""
    ran = run("nowhere.json", "out.json")
    assert ran.code == 2
    assert "No such file" in ran.err


def test_long_numbers_in_file_names_go_too(run: Callable[..., Ran], tmp_path: Path) -> None:
    """A file that is named by an id gets its pseudonym, the one that stands in it."""
    source = tmp_path / "in" / "task-446946705284000000"
    source.mkdir(parents=True)
    (source / "446946705284000000.json.gz").write_bytes(gzip.compress(GME.read_bytes()))
    assert run("in", "out", *AREAS).code == 0
    [name] = files(tmp_path / "out")
    task = json.loads((tmp_path / "out" / name).read_bytes())["TaskID"]
    assert name == Path(f"task-{task}") / f"{task}.json"


def test_a_salt_makes_pseudonyms_stable(run: Callable[..., Ran], tmp_path: Path) -> None:
    """The same salt gives the same bytes; without one no two runs agree."""
    assert run(GME, "a", *AREAS, "--salt-env", "MY_SALT", env={"MY_SALT": SALT}).code == 0
    assert run(GME, "b", *AREAS, "--salt-env", "MY_SALT").code == 0
    assert run(GME, "c", *AREAS).code == 0
    a, b, c = ((tmp_path / name).read_bytes() for name in "abc")
    assert a == b != c


def test_a_bad_salt_is_refused_and_not_shown(run: Callable[..., Ran]) -> None:
    """A salt that is not set or could be guessed is an error that does not repeat it."""
    unset = run(GME, "out", "--salt-env", "s3cr3t-itself")
    assert unset.code == 2
    assert "s3cr3t" not in unset.err
    short = run(GME, "out", "--salt-env", "MY_SALT", env={"MY_SALT": "hunter2"})
    assert short.code == 2
    assert "hunter2" not in short.err


def test_options_narrow_and_keep(run: Callable[..., Ran], tmp_path: Path) -> None:
    """--callback, --area, --contract and --keep do what they do elsewhere."""
    assert run(GME, "a", "--area", "zego_rtc").code == 1
    assert run(GME, "b", "--callback", "nothing").code == 2
    assert run(GME, "c", "--keep", "UserID").code == 2
    kept = run(GME, "d", "--keep", "/UserID", "--callback", "recording", "--contract", TESTS.parent)
    assert kept.code == 0
    assert json.loads((tmp_path / "d").read_bytes())["UserID"] == "999"


def test_undocumented_names_are_shown_safely(run: Callable[..., Ran], tmp_path: Path) -> None:
    """Names that were kept are listed for a person to look at, control characters escaped."""
    body = json.loads(GME.read_bytes())
    (tmp_path / "in.json").write_text(json.dumps({**body, "we\x1b[31mird": 1, "odd": 1}))
    ran = run("in.json", "out.json", *AREAS)
    assert ran.code == 0
    assert "1 capture" in ran.out
    assert "we" not in json.loads((tmp_path / "out.json").read_bytes())
    assert "    /odd\n" in ran.out
    assert "\x1b" not in ran.out


def test_the_help_says_what_it_is(run: Callable[..., Ran]) -> None:
    """The command is in the list of commands and explains itself."""
    assert "sanitize" in execute("--help").out
    assert 'secret "secret"' in run("--help").out.replace("\n  ", " ")


def test_a_sanitised_copy_passes_where_the_own_secret_is_at_hand(tmp_path: Path) -> None:
    """Its signature is told to be of the published secret, which is no fault of a copy."""
    out = tmp_path / "fixtures"
    assert called("sanitize", RECORD / "pass", out).code == 0
    judged = called("validate", out, env={"HOOKPROOF_SECRET_ZEGO": "hunter2hunter2"})
    assert judged.code == 0, judged.out
    assert "published secret" in judged.out
