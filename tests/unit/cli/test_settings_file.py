"""Finding the configuration file, reading it, and telling lines."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from hookproof.cli.settings.call import find_file
from hookproof.cli.settings.file import read_file, read_named
from hookproof.errors import ConfigError

OURS = '[tool.hookproof]\nfail-on = "note"\n'


def write(file: Path, text: str) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(textwrap.dedent(text), encoding="utf-8")
    return file


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with a folder in it, in which we are."""
    (tmp_path / "top" / ".git").mkdir(parents=True)
    (tmp_path / "top" / "a" / "b").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "top" / "a" / "b")
    return tmp_path / "top"


def found() -> Path | None:
    file = find_file()
    return file and file.path.resolve()


class TestWhichFile:
    """The nearest one, up to the repository's root."""

    @pytest.mark.parametrize("folder", [".", "a", "a/b"])
    @pytest.mark.parametrize(
        ("name", "text"), [("hookproof.toml", ""), ("pyproject.toml", OURS)], ids=["own", "project"]
    )
    def test_a_file_on_the_way_up_is_found(
        self, repository: Path, folder: str, name: str, text: str
    ) -> None:
        """From the current folder to the root of the repository, either name counts."""
        file = write(repository / folder / name, text)
        assert found() == file

    def test_the_nearest_is_read(self, repository: Path) -> None:
        """A file further down hides one further up, whatever their names are."""
        write(repository / "hookproof.toml", "")
        file = write(repository / "a" / "pyproject.toml", OURS)
        assert found() == file

    @pytest.mark.parametrize(
        "text",
        [
            "[project]\nname = 'x'\n",
            "[tool.other]\n",
            "= broken\n",
            "[project]\nname='hookproof'\n",
        ],
    )
    def test_a_project_file_without_us_is_passed_over(self, repository: Path, text: str) -> None:
        """A pyproject.toml that has no table of ours, be it broken, is no concern of ours."""
        write(repository / "a" / "pyproject.toml", text)
        file = write(repository / "hookproof.toml", "")
        assert found() == file

    def test_above_the_root_nothing_is_read(self, repository: Path) -> None:
        """What lies beside the repository is somebody else's."""
        write(repository.parent / "hookproof.toml", "")
        assert found() is None

    def test_a_worktree_is_a_repository_too(self, repository: Path) -> None:
        """There .git is a file, and the search ends all the same."""
        write(repository / "hookproof.toml", "")
        write(repository / "a" / ".git", "gitdir: elsewhere\n")
        assert found() is None

    def test_outside_of_a_repository_only_the_folder_itself_counts(
        self, repository: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Where all can write, somebody may have left a file further up."""
        outside = repository.parent / "outside"
        write(outside / "hookproof.toml", "")
        (outside / "deeper").mkdir()
        monkeypatch.chdir(outside / "deeper")
        assert found() is None
        monkeypatch.chdir(outside)
        assert found() == outside / "hookproof.toml"

    def test_of_two_in_one_folder_ours_is_read_and_that_is_said(
        self, repository: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """hookproof.toml wins; a line tells that the table beside it is not read."""
        write(repository / "pyproject.toml", OURS)
        file = write(repository / "hookproof.toml", "")
        assert found() == file
        told = capsys.readouterr().err
        assert told == (
            "hookproof: hookproof.toml is read; "
            "[tool.hookproof] in the pyproject.toml beside it is not\n"
        )

    @pytest.mark.parametrize("text", ["[project]\n", "hookproof = broken", "# hookproof\n"])
    def test_a_project_file_beside_ours_that_says_nothing_is_not_told(
        self, repository: Path, capsys: pytest.CaptureFixture[str], text: str
    ) -> None:
        """Only what would have been read otherwise is worth a line."""
        write(repository / "pyproject.toml", text)
        write(repository / "hookproof.toml", "")
        assert found()
        assert capsys.readouterr().err == ""

    def test_a_folder_that_is_gone_holds_no_file(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A command that is run in a deleted folder does without."""
        gone = tmp_path / "gone"
        gone.mkdir()
        monkeypatch.chdir(gone)
        gone.rmdir()
        assert found() is None


class TestUnreadable:
    """Each is one line with the place."""

    @pytest.mark.parametrize(
        ("data", "said"),
        [
            (b"a = 1\nb = = 2\n", "x.toml:2: is not TOML: Invalid value"),
            (b"a = 1\na = 2\n", "x.toml:2: is not TOML: Cannot overwrite a value"),
            (b"a = [1,\n", "x.toml: is not TOML: Invalid value"),
            (b"a = 1\n\nb = '\xff'\n", "x.toml:3: is not UTF-8, as TOML is"),
            (b"a = " + b"[" * 100_000, "x.toml: is not TOML: it is nested too deeply"),
        ],
        ids=["value", "twice", "end", "latin", "deep"],
    )
    def test_what_is_not_toml_is_told_with_its_line(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data: bytes, said: str
    ) -> None:
        """The parser's own reason is kept, its place becomes ours."""
        monkeypatch.chdir(tmp_path)
        Path("x.toml").write_bytes(data)
        with pytest.raises(ConfigError) as raised:
            read_file(Path("x.toml"))
        assert raised.value.describe().startswith(said)
        assert "\n" not in raised.value.describe()

    def test_a_missing_file_is_told(self, tmp_path: Path) -> None:
        """--config with a wrong path says so."""
        with pytest.raises(ConfigError, match="cannot be read: No such file"):
            read_file(tmp_path / "hookproof.toml")

    def test_a_named_project_file_without_us_is_told(self, tmp_path: Path) -> None:
        """Whoever names a pyproject.toml means the table in it."""
        file = write(tmp_path / "pyproject.toml", "[project]\n")
        with pytest.raises(ConfigError, match=r"has no \[tool.hookproof\]"):
            read_named(file)

    def test_a_value_in_place_of_our_table_is_told(self, tmp_path: Path) -> None:
        """`hookproof = 3` under [tool] is no table."""
        file = write(tmp_path / "pyproject.toml", "[tool]\nhookproof = 3\n")
        with pytest.raises(ConfigError, match=r":2: tool.hookproof is not a table"):
            read_file(file)


LINES = """\
    # top
    fail-on = "note"
    area = [
      "x",  # [test]
      "y",
    ]
    about = '''
    [test]
    seed = 5
    '''

    [validate]
    'jobs' = 2

    [ "test" ]  # seed = 1
    seed = 3
    deep = { er = 4 }
    a.b = 1

    [profiles.ci.test]
    seed = 4
"""


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("fail-on", 2),
        ("area", 3),
        ("about", 7),
        ("validate", 12),
        ("validate jobs", 13),
        ("test", 15),
        ("test seed", 16),
        ("test deep er", 17),
        ("test a b", 18),
        ("profiles ci", 20),
        ("profiles ci test seed", 21),
        ("nowhere", None),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_the_line_of_a_key_is_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str, line: int | None, end: str
) -> None:
    """Texts over several lines, quoted and dotted keys, tables in one line do not mislead."""
    monkeypatch.chdir(tmp_path)
    Path("x.toml").write_bytes(textwrap.dedent(LINES).replace("\n", end).encode())
    file = read_file(Path("x.toml"))
    assert file
    assert file.line(tuple(path.split())) == line
