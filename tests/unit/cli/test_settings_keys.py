"""The keys of the file and the variables of the environment are the commands' options."""

from __future__ import annotations

import json
import os
import re
import tomllib
from itertools import combinations
from pathlib import Path

import jsonschema
import pytest
from unit.source import ROOT, SRC

from hookproof.cli.main import hookproof
from hookproof.cli.settings import variables
from hookproof.cli.settings.call import file_options
from hookproof.cli.settings.file import SettingsFile, read_file
from hookproof.cli.settings.schema import options_by_table, render_schema
from hookproof.errors import ConfigError

SHIPPED = SRC / "cli" / "settings" / "hookproof.schema.json"
TABLES = options_by_table(hookproof)
SCHEMA = jsonschema.Draft7Validator(json.loads(SHIPPED.read_text(encoding="utf-8")))
SHARED = set(SCHEMA.schema["properties"]) - set(TABLES) - {"profiles"}
PAGE = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")


def example() -> str:
    """The file that the page shows."""
    found = re.search(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    assert found
    return found[1]


def document(tmp_path: Path, text: str) -> SettingsFile:
    file = tmp_path / "hookproof.toml"
    file.write_text(text, encoding="utf-8")
    read = read_file(Path(os.path.relpath(file)))
    assert read
    return read


def complaint(tmp_path: Path, text: str) -> ConfigError:
    with pytest.raises(ConfigError) as raised:
        document(tmp_path, text).check()
    assert "\n" not in raised.value.describe()
    assert "\n" not in raised.value.hint
    return raised.value


class TestSchema:
    """The schema that is shipped for editors."""

    def test_the_shipped_schema_is_what_the_options_give(self) -> None:
        """`make generate` writes it, and a changed option shows up here."""
        assert SHIPPED.read_text(encoding="utf-8") == render_schema(hookproof)

    def test_the_shipped_schema_is_a_schema(self) -> None:
        """It holds to the draft that it names, and each reference leads somewhere."""
        jsonschema.Draft7Validator.check_schema(SCHEMA.schema)
        references = re.findall(r'"#/definitions/([^"]+)"', SHIPPED.read_text(encoding="utf-8"))
        assert set(references) == set(SCHEMA.schema["definitions"]) == set(TABLES)

    def test_every_default_and_choice_fits_its_own_schema(self) -> None:
        """What --help shows as default may be written into the file as well."""
        seen = 0
        for table, about in SCHEMA.schema["definitions"].items():
            for name, option in about["properties"].items():
                for value in [option["default"]] if "default" in option else []:
                    SCHEMA.validate({table: {name: value}})
                    seen += 1
        assert seen > 20

    def test_the_example_of_the_page_is_accepted(self, tmp_path: Path) -> None:
        """By the schema, and by the check that the commands make."""
        SCHEMA.validate(tomllib.loads(example()))
        document(tmp_path, example()).check()


class TestKeys:
    """Every option has one key, in one place or at the top."""

    def test_every_option_has_its_key(self) -> None:
        """Only what prints and leaves has none, and what chooses the file itself."""
        assert {"contract-check", "contract-table", "test", "validate"} <= set(TABLES)
        assert {"max-cases", "encodings", "report", "workers"} <= set(TABLES["test"])
        keys = {key for table in TABLES.values() for key in table}
        assert not keys & {"schema", "help", "version", "config", "no-config", "profile"}

    def test_what_commands_take_alike_may_stand_at_the_top(self) -> None:
        """A key whose choices or meaning differ from command to command may not."""
        assert {"area", "contract", "fail-on", "secret-env", "secret-file"} <= SHARED
        assert not {"format", "out", "max-cases", "callback"} & SHARED

    def test_no_key_of_the_top_is_a_table_too(self) -> None:
        """In TOML a name cannot be both, nor can a profile be told from either."""
        names = [*SHARED, *TABLES, "profiles"]
        assert len(set(names)) == len(names)

    def test_no_command_has_an_option_named_as_one_that_chooses_the_file(self) -> None:
        """--config, --no-config and --profile mean the same after every command."""
        names = {key for table in TABLES.values() for key in table}
        assert not names & {option.opts[0][2:] for option in file_options()}


class TestVariables:
    """HOOKPROOF_<FLAG> and HOOKPROOF_<COMMAND>_<FLAG>."""

    def test_no_variable_may_be_taken_for_a_secret(self) -> None:
        """HOOKPROOF_SECRET_ENV would be the secret of an area called env."""
        for table, keys in TABLES.items():
            for name in keys:
                found = variables(table, name)
                assert not [one for one in found if one.startswith("HOOKPROOF_SECRET")]
                assert bool(found) is not name.startswith("secret")

    def test_each_variable_means_one_thing(self) -> None:
        """No command's own variable is another command's, or that of a flag for all."""
        own = [variables(t, n)[:1] for t, keys in TABLES.items() for n in keys]
        every = {one for t, keys in TABLES.items() for n in keys for one in variables(t, n)[1:]}
        chooses = {"HOOKPROOF_CONFIG", "HOOKPROOF_NO_CONFIG", "HOOKPROOF_PROFILE"}
        assert all(a != b for a, b in combinations(filter(None, own), 2))
        assert not {one for (one,) in filter(None, own)} & (every | chooses)
        assert not every & chooses

    def test_the_options_carry_their_variables(self) -> None:
        """What click looks up is what is documented."""
        found = TABLES["contract-table"]["out"].envvar
        assert found == ("HOOKPROOF_CONTRACT_TABLE_OUT", "HOOKPROOF_OUT")


WRONG = [
    ("fail_on = 'note'", "1: unknown key fail_on", "did you mean fail-on?"),
    ("[tets]\nseed = 1", "1: unknown key tets", "did you mean test?"),
    ("[test]\nsed = 1", "2: unknown key sed in [test]", "did you mean seed?"),
    ("[profile.ci]", "1: profile chooses the file", "give --profile"),
    ("config = 'x'", "1: config chooses the file", "give --config"),
    ("[test]\nno-config = true", "2: no-config chooses the file", "give --no-config"),
    ("workers = 1", "1: workers is an option of test", "put it under [test]"),
    ("format = 'json'", "1: format is an option of validate", "under [validate] or [test] or "),
    ("[list]\nworkers = 1", "2: workers in [list] is an option of test", "put it under [test]"),
    (
        "[profiles.ci.list]\nworkers = 1",
        "2: workers in [profiles.ci.list] is an",
        "put it under [profiles.ci.test]",
    ),
    (
        "[profiles.ci]\nworkers = 1",
        "2: workers in [profiles.ci] is",
        "put it under [profiles.ci.test]",
    ),
    ("qwertz = 1", "1: unknown key qwertz", "known here are allow-host, area, "),
    ("[profiles.ci.profiles.x]", "1: unknown key profiles in [profiles.ci]", ""),
    ("[profiles.007]\narea = ''", "2: area in [profiles.007]: the value is not", "area = [...]"),
    ("[profiles.4]\nx = 1", "2: unknown key x in [profiles.4]", "known here are"),
    ("test = 1", '1: test: the value is not of type "object"', "write [test]"),
    ("profiles = 1", '1: profiles: the value is not of type "object"', "write [profiles]"),
    ("[profiles]\nci = 1", "2: ci in [profiles]: the value is not of", "[profiles.ci]"),
    ("[contract]\nx = 1", '1: contract: the value is not of type "string"', ""),
    ("contract = 1", '1: contract: the value is not of type "string"', ""),
    ("area = 'x'", '1: area: the value is not of type "array"', "around it: area = [...]"),
    ("area = ['x', 1]", '1: area: the value is not of type "string"', ""),
    ("fail-on = 'eror'", '1: fail-on: the value is not one of "error"', "did you mean error?"),
    ("fail-on = 2026-01-01", '1: fail-on: the value is not one of "error"', ""),
    ("quiet = 1", '1: quiet: the value is not of type "boolean"', ""),
    ("timeout = '5'", '1: timeout: the value is not of type "number"', ""),
    ("timeout = true", '1: timeout: the value is not of type "number"', ""),
    ("timeout = nan", '1: timeout: the value is not of type "number"', ""),
    ("timeout = 0", "1: timeout: the value is less than the minimum of 0.05", ""),
    ("[test]\nseed = 1.5", '2: seed in [test]: the value is not of type "integer"', ""),
    ("[test]\nseed = true", '2: seed in [test]: the value is not of type "integer"', ""),
    ("[test]\nseed = -1", "2: seed in [test]: the value is less than the minimum of 0", ""),
    ("[test]\nreport = ['xml=a']", "2: report in [test]: the value does not match", "FORMAT=PATH"),
    ('"a\\nb\\u001b" = 1', r" unknown key a\nb\x1b", ""),
]


@pytest.mark.parametrize(("text", "problem", "hint"), WRONG)
def test_a_wrong_key_or_value_is_one_line_with_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, problem: str, hint: str
) -> None:
    """What is wrong, where, what was expected; and what was meant, or what to do."""
    monkeypatch.chdir(tmp_path)
    said = complaint(tmp_path, text)
    assert said.describe().startswith(f"hookproof.toml:{problem}")
    assert hint in said.hint


# nan is no JSON value, and the schema of a number lets it pass.
@pytest.mark.parametrize("text", [text for text, *_ in WRONG if "nan" not in text])
def test_the_schema_refuses_what_the_check_refuses(text: str) -> None:
    """An editor tells the same faults as a command does."""
    assert not SCHEMA.is_valid(tomllib.loads(text))


def test_in_a_project_file_tables_are_named_as_they_are_written_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The hint may be copied into the file."""
    monkeypatch.chdir(tmp_path)
    Path("pyproject.toml").write_text("[tool.hookproof]\n\nworkers = 1\n", encoding="utf-8")
    file = read_file(Path("pyproject.toml"))
    assert file
    with pytest.raises(ConfigError) as raised:
        file.check()
    assert str(raised.value) == (
        "pyproject.toml:3: workers is an option of test\n  hint: put it under [tool.hookproof.test]"
    )


@pytest.mark.parametrize(
    "key",
    [
        "secret",
        "secret-zego",
        "SECRET_ZEGO_RTC",
        "HOOKPROOF_SECRET",
        "callback-secret",
        "secret_env",
        "secrets",
    ],
)
@pytest.mark.parametrize("table", ["", "[test]\n", "[profiles.ci]\n", "[profiles.ci.test]\n"])
def test_a_secret_in_the_file_is_refused_and_not_repeated(
    tmp_path: Path, key: str, table: str
) -> None:
    """The file is made to be shared; the error says why, and where a secret belongs."""
    said = complaint(tmp_path, f"{table}{key} = 'CANARY'")
    assert "a secret is never read from a file that is made to be shared" in str(said)
    assert "secret-env" in said.hint
    assert "secret-file" in said.hint
    assert "CANARY" not in str(said)


def test_a_table_of_secrets_is_refused_too(tmp_path: Path) -> None:
    """However they are arranged."""
    said = complaint(tmp_path, "[secrets]\nzego = 'CANARY'")
    assert "never read" in str(said)
    assert "CANARY" not in str(said)
