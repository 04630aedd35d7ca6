"""A configuration file that is merely found decides nothing about trust."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import pytest
from acceptance.command import Ran
from acceptance.receiver_runs import contract
from acceptance.receiver_runs import run as run_here
from cast import CAST
from each import each
from unit.source import ROOT

from hookproof.cli import main
from hookproof.cli.found_file import DECISIONS, Decides, is_place
from hookproof.cli.found_file import decision as decided
from hookproof.cli.main import hookproof
from hookproof.cli.settings.call import Call
from hookproof.cli.settings.schema import options_by_table
from hookproof.cli.trust_store import Store, state_folder
from hookproof.errors import ConfigError
from hookproof.report.as_json import as_data
from hookproof.report.of_receiver import receiver_report

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., Ran]
    Report = dict[str, Any]

# Set aside for documents, so that nobody is there; and here nothing is sent to it either.
FOREIGN = "192.0.2.1"
SAMPLE = ROOT / "tests" / "payloads" / "zego_rtc" / "record" / "pass" / "sample.json"
TABLES = options_by_table(hookproof)
EVERY = [(table, key) for table, options in TABLES.items() for key in options]


def of(decision: Decides) -> list[tuple[str, str]]:
    """The options that decide on one kind of thing, with the tables that they stand in."""
    return [(table, key) for table, key in EVERY if decided(TABLES[table][key]) is decision]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """Run a command in a folder of its own, from which nothing leaves this machine."""
    (tmp_path / "cloned").mkdir()
    monkeypatch.chdir(tmp_path / "cloned")
    for name in [name for name in os.environ if name.startswith("HOOKPROOF_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "CANARY_c0ffee")
    connect, look_up = socket.socket.connect, socket.getaddrinfo

    def only_here(one: socket.socket, address: Any) -> None:
        assert not isinstance(address, tuple) or address[0].startswith("127."), address
        connect(one, address)

    def only_known(host: Any, *args: Any, **more: Any) -> Any:
        assert str(host).startswith("127."), f"{host} was looked up"
        return look_up(host, *args, **more)

    monkeypatch.setattr(socket.socket, "connect", only_here)
    monkeypatch.setattr(socket, "getaddrinfo", only_known)

    def call(*args: Any, file: str | None = None) -> Ran:
        if file is not None:
            Path("hookproof.toml").write_text(file, encoding="utf-8")
        with pytest.raises(SystemExit) as left:
            main([*map(str, args)])
        out, err = capfd.readouterr()
        assert "Traceback" not in err, err
        return Ran(int(left.value.code or 0), out, err)

    return call


@pytest.fixture(scope="module")
def report() -> Report:
    """The report of a receiver that accepts what is forged."""
    record = contract().callback("record")
    return as_data(
        receiver_report(run_here(CAST["AcceptsMissingSignature"], chosen=[record], max_cases=60))
    )


def write(report: Report, target: str, *, of_a_callback: bool = False) -> None:
    """A report that leads to a target, into r.json."""
    told = json.loads(json.dumps(report))
    told["target"] = "http://127.0.0.1:9/" if of_a_callback else target
    for one in told["callbacks"].values() if of_a_callback else ():
        one["target"] = target
    Path("r.json").write_text(json.dumps(told), encoding="utf-8")


def given(table: str, file: str, *, named: bool = False) -> click.Context:
    """What click is given for the options of a command by a file in the current folder."""
    Path("hookproof.toml").write_text(file, encoding="utf-8")
    command: click.Command = hookproof
    words = [table] if table in hookproof.list_commands(click.Context(hookproof)) else []
    for word in words or table.split("-", 1):
        assert isinstance(command, click.Group)
        found = command.get_command(click.Context(command), word)
        assert found
        command = found
    # The options of a command that is called have the parameter that the file gives a value.
    ctx = click.Context(command, info_name=table, parent=click.Context(hookproof))
    Call(told=[{"config": Path("hookproof.toml")} if named else {}]).read(ctx, table)
    return ctx


def value_for(table: str, key: str, text: str) -> str:
    """A line of the file that gives an option a text, or what stands for it."""
    option = TABLES[table][key]
    if getattr(option, "is_flag", False):
        return f"{key} = true"
    text = f"json={text}" if hasattr(option.type, "formats") else text
    return f"{key} = {json.dumps([text] if option.multiple else text)}"


class TestDecisions:
    """Each option of each command is decided upon."""

    @each(("table", "key"), EVERY)
    def test_every_option_has_a_decision(self, table: str, key: str) -> None:
        """A new one fails here until it has its line in found_file.DECISIONS."""
        assert key in DECISIONS, f"what does --{key} decide? say so in cli/found_file.py"
        option = TABLES[table][key]
        kept_below = {Decides.READS, Decides.WRITES}
        allowed = kept_below | {Decides.TRUST} if is_place(option) else set(Decides) - kept_below
        assert decided(option) in allowed, "a found file's path stays below it, or does not count"

    def test_no_decision_is_about_nothing(self) -> None:
        """An option that is gone takes its line along."""
        names = {option.name for options in TABLES.values() for option in options.values()}
        assert set(DECISIONS) - names == {key for _, key in EVERY} - names

    def test_the_page_tells_the_same(self) -> None:
        """docs/configuration.md has the keys in a table."""
        page = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
        left_out, below = re.findall(r"^\| (`[^|]*`, `[^|]*`) \|", page, re.MULTILINE)
        keys = {
            decision: {k for k, one in DECISIONS.items() if one is decision} for decision in Decides
        }
        assert set(re.findall("`(.*?)`", left_out)) == keys[Decides.TRUST]
        assert set(re.findall("`(.*?)`", below)) == keys[Decides.READS] | keys[Decides.WRITES]

    def test_what_was_not_decided_counts_as_trust(
        self, monkeypatch: pytest.MonkeyPatch, run: Run
    ) -> None:
        """Whoever forgets the line has made nothing unsafe."""
        monkeypatch.delitem(DECISIONS, "area")
        ran = run("list", file='area = ["zego_asr"]\n')
        assert "zego_rtc" in ran.out
        assert "decides nothing about area" in ran.err


class TestTrust:
    """Where secrets and requests go."""

    @pytest.mark.parametrize(("table", "key"), of(Decides.TRUST))
    @pytest.mark.parametrize(
        "where", ["{line}", "[{table}]\n{line}", "[profiles.p.{table}]\n{line}"]
    )
    def test_a_found_file_says_nothing_of_it(
        self, run: Run, table: str, key: str, where: str, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """At the top, in a table or in a profile; a named or trusted file does."""
        del run
        at_top = {one for one in DECISIONS if sum(one == each for _, each in EVERY) > 1} - {"url"}
        where = where if key in at_top or where != "{line}" else "[{table}]\n{line}"
        line = value_for(table, key, f"http://{FOREIGN}/" if key == "url" else "X")
        file = where.format(line=line, table=table)
        name = TABLES[table][key].name or ""
        profile = {"profile": "p"} if "profiles" in where else {}
        path = Path("hookproof.toml")

        def told(**more: Any) -> bool:
            ctx = given(table, file)
            call = Call(told=[{**profile, **more}])
            capfd.readouterr()
            call.read(ctx, table)
            return name in (ctx.default_map or {})

        assert not told()
        line_said = capfd.readouterr().err
        assert line_said.count("\n") == 1
        assert f"decides nothing about {key}" in line_said
        assert "`hookproof trust hookproof.toml`" in line_said
        assert told(config=path)
        Store.called("trusted").add({path: path.read_bytes()})
        assert told()
        assert capfd.readouterr().err == ""
        file += "\n# one more line"
        assert not told()
        assert "has changed since you trusted it" in capfd.readouterr().err

    def test_a_cloned_report_and_file_send_nothing(self, run: Run, report: Report) -> None:
        """S1: `hookproof replay r.json` in a cloned folder, and nothing that the user typed."""
        write(report, f"http://{FOREIGN}:7999/steal")
        trap = f'allow-host = ["{FOREIGN}"]\nsecret-env = "AWS_SECRET_ACCESS_KEY"\n'
        ran = run("replay", "r.json", file=trap)
        assert ran.code == 2
        assert "decides nothing about allow-host, secret-env" in ran.err
        url = f'[replay]\nurl = ["http://{FOREIGN}/"]\n'
        assert run("replay", "r.json", file=trap + url).code == 2
        project = f"[tool.hookproof]\n{trap}"
        Path("hookproof.toml").unlink()
        Path("pyproject.toml").write_text(project, encoding="utf-8")
        ran = run("replay", "r.json")
        assert (ran.code, "`hookproof trust pyproject.toml`" in ran.err) == (2, True)

    @pytest.mark.parametrize(
        "host",
        [FOREIGN, "stolen.example", "2130706433", "127.0.0.1.stolen.example", "[2001:db8::1]"],
    )
    @pytest.mark.parametrize("of_a_callback", [False, True])
    def test_a_report_sends_nothing_to_a_host_on_its_own_word(
        self, run: Run, report: Report, host: str, *, of_a_callback: bool
    ) -> None:
        """It is not even looked up, for its owner would be told by that."""
        write(report, f"http://{host}/", of_a_callback=of_a_callback)
        ran = run("replay", "r.json", "--secret-env", "PATH")
        assert (ran.code, ran.out) == (2, "")
        assert "nothing is sent there on its word alone" in ran.complaint

    def test_a_report_may_lead_to_this_machine(self, run: Run, report: Report) -> None:
        """There its target is taken as it is."""
        write(report, "http://127.0.0.1:9/")
        assert run("replay", "r.json", "--secret-env", "PATH").code == 3

    def test_a_host_that_is_named_again_is_used(self, run: Run, report: Report) -> None:
        """By --allow-host, or by another --url; here it is looked up, and that is stopped."""
        write(report, "http://stolen.example/")
        with pytest.raises(AssertionError, match=r"stolen.example was looked up"):
            run("replay", "r.json", "--secret-env", "PATH", "--allow-host", "stolen.example")
        here = ("--url", "http://127.0.0.1:9/")
        assert run("replay", "r.json", "--secret-env", "PATH", *here).code == 3

    def test_test_takes_no_target_from_a_found_file(self, run: Run) -> None:
        """Without a URL that the user gave there is none."""
        for urls in (f'url = ["http://{FOREIGN}/"]', f'url = {{record = "http://{FOREIGN}/"}}'):
            file = f'allow-host = ["{FOREIGN}"]\n[test]\n{urls}\n'
            ran = run("test", "--callback", "record", file=file)
            assert ran.code == 2
            assert "decides nothing about allow-host, url" in ran.err

    def test_the_environment_is_the_users_own(
        self, run: Run, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A variable goes for a word of the command line."""
        monkeypatch.setenv("HOOKPROOF_SECRET", "secret")
        monkeypatch.setenv("HOOKPROOF_TEST_URL", "http://127.0.0.1:9/")
        ran = run("test", "--callback", "record", "--max-cases", 10)
        assert ran.code == 3


PLACES = of(Decides.READS) + of(Decides.WRITES)
OUTSIDE = ["../x", "/etc/x", "a/../../x", "link/x", "link", "deep/link/x", "circle/x", "a\0b"]


@pytest.fixture
def links(run: Run, tmp_path: Path) -> None:
    """Links out of the folder that a command is run in, one that stays below, and a circle."""
    del run
    Path("deep").mkdir()
    Path("below").symlink_to("deep")
    Path("link").symlink_to(tmp_path)
    Path("deep/link").symlink_to("../..")
    Path("circle").symlink_to("circle")


class TestPlaces:
    """Paths of a found file stay below its folder, and replace only what hookproof made."""

    @each(("table", "key"), PLACES)
    @each("path", OUTSIDE)
    @pytest.mark.usefixtures("links")
    def test_a_path_that_leads_out_is_refused(self, table: str, key: str, path: str) -> None:
        """By its parts, by a link, by a link on the way; a named file may lead there."""
        file = f"[{table}]\n{value_for(table, key, path)}\n"
        name = TABLES[table][key].name or ""
        with pytest.raises(ConfigError, match="leads out of the folder of this file") as raised:
            given(table, file).lookup_default(name)
        assert raised.value.line == 2
        if path != "a\0b":
            assert given(table, file, named=True).lookup_default(name)

    @each(("table", "key"), PLACES)
    @pytest.mark.usefixtures("links")
    def test_a_path_below_is_taken(self, table: str, key: str) -> None:
        """Also by a link that stays below."""
        for path in ("new", "deep/new", "below/new", "./deep/../new"):
            ctx = given(table, f"[{table}]\n{value_for(table, key, path)}\n")
            assert path in str(ctx.lookup_default(TABLES[table][key].name or ""))

    def test_a_contract_that_links_outside_is_refused(self, run: Run, tmp_path: Path) -> None:
        """What lies in a folder is read too."""
        (tmp_path / "elsewhere").mkdir()
        Path("mine").mkdir()
        Path("mine/schemas").symlink_to(tmp_path / "elsewhere")
        assert "leads out" in run("list", file='contract = "mine"\n').complaint

    def test_from_a_folder_below_the_place_is_that_of_the_file(
        self, run: Run, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """`..` is measured from the file, not from where the command is run."""
        Path(".git").mkdir()
        Path("below").mkdir()
        Path("hookproof.toml").write_text(
            '[validate]\nreport = ["json=r.json"]\n', encoding="utf-8"
        )
        monkeypatch.chdir("below")
        assert run("validate", SAMPLE).code == 0
        assert Path("../r.json").is_file()


# What writes to each place that a file may name: the words, and the files that come of `made`.
WRITERS = {
    ("validate", "report"): (("validate", SAMPLE), ["made"]),
    ("validate", "journal"): (("validate", SAMPLE), ["made"]),
    ("test", "report"): (("test", "http://127.0.0.1:9/", "--callback", "record"), ["made"]),
    ("play", "report"): (("play", "transcoding", "--url", "http://127.0.0.1:9/"), ["made"]),
    ("demo", "out"): (("demo",), ["made/correct.json", "made/faulty.json"]),
    ("generate", "out"): (
        ("generate", "--area", "zego_asr"),
        ["made/hookproof_models/__init__.py", "made/hookproof_models/zego_asr/__init__.py"],
    ),
    ("contract-table", "out"): (("contract", "table"), ["made"]),
    ("contract-bundle", "out"): (
        ("contract", "bundle", "--area", "zego_asr"),
        ["made/zego_asr.openapi.json"],
    ),
}
# The others take too long to be let write, or write only of a receiver that is there.
QUICK = [one for one in WRITERS if one[0] not in {"demo", "generate", "play"}]
THEIRS = "not ours\n"


class TestOverwriting:
    """A found file replaces nothing but what hookproof wrote for it."""

    def test_every_place_is_tried(self) -> None:
        """A new option that writes belongs into this table."""
        assert set(WRITERS) == set(of(Decides.WRITES))

    @pytest.mark.parametrize("which", WRITERS, ids="-".join)
    def test_a_file_of_somebody_else_stays(
        self, run: Run, which: tuple[str, str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """S2: whatever is there already is not replaced, nor is a file that a link leads to."""
        monkeypatch.setenv("HOOKPROOF_SECRET", "secret")
        words, files = WRITERS[which]
        file = f"[{which[0]}]\n{value_for(*which, 'made')}\n"
        for made in files:
            Path(made).parent.mkdir(parents=True, exist_ok=True)
            Path(made).write_text(THEIRS, encoding="utf-8")
            ran = run(*words, file=file)
            assert (ran.code, Path(made).read_text(encoding="utf-8")) == (2, THEIRS)
            assert "is not overwritten: hookproof did not make it" in ran.complaint
            Path(made).unlink()
            Path("../outside").write_text(THEIRS, encoding="utf-8")
            Path(made).symlink_to(Path("../outside").absolute())
            assert run(*words, file=file).code == 2
            assert Path("../outside").read_text(encoding="utf-8") == THEIRS
            Path(made).unlink()

    @pytest.mark.parametrize("which", QUICK, ids="-".join)
    def test_what_hookproof_wrote_is_written_anew(
        self, run: Run, which: tuple[str, str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Until somebody changes it; one who names the file on the command line need not care."""
        monkeypatch.setenv("HOOKPROOF_SECRET", "secret")
        words, files = WRITERS[which]
        file = f"[{which[0]}]\n{value_for(*which, 'made')}\n"
        refused = "is not overwritten"
        for _ in range(2):
            assert refused not in run(*words, file=file).err
            assert all(Path(made).is_file() for made in files)
        Path(files[0]).write_text(THEIRS, encoding="utf-8")
        assert refused in run(*words, file=file).err
        assert refused not in run("--config", "hookproof.toml", *words).err
        assert Path(files[0]).read_text(encoding="utf-8") != THEIRS

    def test_a_link_within_is_followed_to_nothing_of_others(self, run: Run) -> None:
        """A folder of the package that leads to the code beside it."""
        Path("made/hookproof_models").mkdir(parents=True)
        Path("mine").mkdir()
        Path("made/hookproof_models/zego_asr").symlink_to(Path("mine").absolute())
        ran = run("generate", "--area", "zego_asr", file='[generate]\nout = "made"\n')
        assert (ran.code, list(Path("mine").iterdir())) == (2, [])

    def test_what_lies_beside_a_contract_is_not_taken_for_compiled(self, run: Run) -> None:
        """`contract compile` removes what belongs to no area; of a found file only its own."""
        shutil.copytree(ROOT / "examples" / "contracts" / "github", "mine")
        Path("mine/openapi/compiled").mkdir(exist_ok=True)
        theirs = Path("mine/openapi/compiled/data.json")
        theirs.write_text(THEIRS, encoding="utf-8")
        words = ("contract", "compile")
        assert run(*words, file='contract = "mine"\n').code == 2
        assert theirs.read_text(encoding="utf-8") == THEIRS
        theirs.unlink()
        assert run(*words).code == 0
        assert run(*words).code == 0

    def test_the_new_journal_beside_a_journal_is_no_way_out(self, run: Run) -> None:
        """A journal is written beside its place first."""
        Path("../outside").write_text(THEIRS, encoding="utf-8")
        Path("j.new").symlink_to(Path("../outside").absolute())
        assert run("validate", SAMPLE, file='[validate]\njournal = "j"\n').code == 2
        assert Path("../outside").read_text(encoding="utf-8") == THEIRS

    def test_without_a_place_to_remember_nothing_is_replaced(
        self, run: Run, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """What was written cannot be known then."""
        monkeypatch.delenv("XDG_STATE_HOME")
        monkeypatch.delenv("HOME")
        file = '[validate]\nreport = ["json=r.json"]\n'
        assert run("validate", SAMPLE, file=file).code == 0
        assert run("validate", SAMPLE).code == 2


class TestCommand:
    """`hookproof trust`."""

    def test_it_shows_what_it_trusts(self, run: Run) -> None:
        """Before and after a change, and until it is taken back."""
        ran = run("trust", file='secret-env = "OURS"\n[validate]\nreport = ["json=../r.json"]\n')
        path = Path("hookproof.toml").absolute()
        assert ran.out.splitlines() == [
            f"{path} is trusted until it changes",
            "  secret-env = OURS",
            "  [validate] report = ['json=../r.json']",
        ]
        assert run("validate", SAMPLE).err.startswith(
            "hookproof: hookproof.toml:1: the environment"
        )
        assert run("trust", "--list").out == f"{path}\n"
        path.write_text("quiet = true\n", encoding="utf-8")
        assert run("trust", "--list").out == f"{path}  has changed: not trusted\n"
        assert run("trust", "--remove").out == f"{path} is no longer trusted\n"
        assert run("trust", "--list").out == ""

    def test_a_copy_elsewhere_is_another_file(self, run: Run) -> None:
        """Trust is bound to the place too."""
        file = 'secret-env = "OURS"\n'
        assert run("trust", file=file).code == 0
        Path("copy").mkdir()
        os.chdir("copy")
        assert "decides nothing about secret-env" in run("validate", SAMPLE, file=file).err

    def test_there_has_to_be_a_file_and_a_good_one(self, run: Run) -> None:
        """What is not understood is not trusted."""
        assert "no hookproof.toml" in run("trust").complaint
        assert "unknown key" in run("trust", file="nonsens = 1\n").complaint
        assert "cannot be read" in run("trust", "nowhere.toml").complaint

    def test_without_a_home_it_is_said(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        """A container may have none."""
        monkeypatch.delenv("XDG_STATE_HOME")
        monkeypatch.delenv("HOME")
        said = run("trust", file="quiet = true\n").complaint
        assert "set HOME or XDG_STATE_HOME" in said
        assert "--config FILE" in said

    def test_no_file_and_no_variable_trusts(
        self, run: Run, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """It has no keys of its own."""
        monkeypatch.setenv("HOOKPROOF_TRUST_REMOVE", "1")
        assert "unknown key trust" in run("list", file="[trust]\nlist = true\n").complaint
        assert "is trusted" in run("trust", file="quiet = true\n").out


class TestStore:
    """What is remembered is the user's own."""

    def test_it_is_for_its_owner_alone(self, tmp_path: Path) -> None:
        """0600, in a folder of 0700."""
        store = Store(tmp_path / "hookproof" / "trusted.json")
        store.add({tmp_path: b"x"})
        assert store.holds(tmp_path, b"x")
        assert not store.holds(tmp_path, b"y")
        assert store.file
        assert store.file.stat().st_mode & 0o777 == 0o600
        assert store.file.parent.stat().st_mode & 0o777 == 0o700
        assert [one.name for one in store.file.parent.iterdir()] == ["trusted.json"]

    @pytest.mark.parametrize("text", ["", "[]", "{", '{"a": ', "[" * 100_000, "\xff"])
    def test_a_damaged_one_trusts_nothing(self, tmp_path: Path, text: str) -> None:
        """And is mended by the next word of trust."""
        store = Store(tmp_path / "trusted.json")
        (tmp_path / "trusted.json").write_text(text, encoding="latin-1")
        assert store.entries() == {}
        store.add({tmp_path: b"x"})
        assert store.holds(tmp_path, b"x")

    def test_one_that_others_may_write_trusts_nothing(self, tmp_path: Path) -> None:
        """They could have put in what they like."""
        store = Store(tmp_path / "trusted.json")
        store.add({tmp_path: b"x"})
        (tmp_path / "trusted.json").chmod(0o666)
        assert not store.holds(tmp_path, b"x")

    @pytest.mark.parametrize(
        ("environment", "platform", "folder"),
        [
            ({"HOME": "/h"}, "linux", "/h/.local/state/hookproof"),
            ({"HOME": "/h", "XDG_STATE_HOME": "/s"}, "darwin", "/s/hookproof"),
            ({"HOME": "/h", "XDG_STATE_HOME": "s"}, "linux", "/h/.local/state/hookproof"),
            ({"LOCALAPPDATA": "/l"}, "win32", "/l/hookproof"),
            ({}, "linux", None),
            ({"HOME": ""}, "linux", None),
        ],
    )
    def test_it_lies_where_the_platform_has_it(
        self, environment: dict[str, str], platform: str, folder: str | None
    ) -> None:
        """XDG_STATE_HOME first; a relative one is ignored."""
        assert state_folder(environment, platform=platform) == (folder and Path(folder))
