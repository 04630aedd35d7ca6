"""`hookproof trust`: a found configuration file may decide where secrets and requests go."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from hookproof.cli.exits import Exit
from hookproof.cli.options import calls
from hookproof.cli.trust_store import Store, digest
from hookproof.errors import UsageError
from hookproof.report.ink import safe

if TYPE_CHECKING:
    from hookproof.cli.settings.file import SettingsFile


@click.command(
    name="trust",
    epilog=calls(
        "hookproof trust",
        "hookproof trust --list",
        page="docs/configuration.md",
    ),
)
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--list", "listed", is_flag=True, help="List the files that are trusted.")
@click.option("--remove", is_flag=True, help="Trust the file no more.")
def command(file: Path | None, listed: bool, remove: bool) -> int:
    """Trust a configuration FILE with secrets and targets, as long as its content stays the same.

    Without FILE it is the one that commands find from here. What the file then decides is shown:
    read it before. A file that you name by --config FILE needs no trust.
    """
    from hookproof.cli.settings.call import find_file

    store = Store.called("trusted")
    try:
        if listed:
            _list(store)
        elif remove:
            _remove(store, file or (find_file() or _nothing()).path)
        else:
            _trust(store, find_file(file) or _nothing())
    except OSError as error:
        place = f"{store.file} cannot be written: " if store.file else ""
        raise UsageError(
            f"what is trusted is not kept: {place}{error.strerror or error}",
            hint="set XDG_STATE_HOME to a folder of yours, or name the file with --config FILE",
        ) from None
    return Exit.CLEAN


def _trust(store: Store, file: SettingsFile) -> None:
    from hookproof.cli.found_file import entrusted

    file.check()
    store.add({file.path: file.content})
    click.echo(f"{safe(str(file.path.resolve()))} is trusted until it changes")
    for line in entrusted(file):
        click.echo(f"  {line}")


def _list(store: Store) -> None:
    for path, known in store.entries().items():
        try:
            state = "" if digest(Path(path).read_bytes()) == known else "  has changed: not trusted"
        except OSError:
            state = "  is gone"
        click.echo(f"{safe(path)}{state}")


def _remove(store: Store, path: Path) -> None:
    known = store.remove(path)
    click.echo(f"{safe(str(path.resolve()))} is {'no longer' if known else 'not'} trusted")


def _nothing() -> NoReturn:
    hint = "name one: hookproof trust FILE"
    raise UsageError("no hookproof.toml and no [tool.hookproof] is found from here", hint=hint)
