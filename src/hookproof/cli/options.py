"""Options that several commands share."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from dataclasses import replace
from math import isnan
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from hookproof.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from hookproof.conformance.generation.corpus import Corpus
    from hookproof.contract import Callback, Contract
    from hookproof.report.ink import Ink
    from hookproof.report.model import Report
    from hookproof.signature.secrets import Secrets

contract_option = click.option(
    "--contract",
    "contract_dir",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="A contract of your own: a folder with schemas/ and openapi/.  [default: the shipped one]",
)


fail_on_option = click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "note", "never"]),
    default="error",
    show_default=True,
    help="Exit with 1 when a finding is as heavy as this.",
)


class ReportPath(click.ParamType[tuple[str, Path]]):
    """`FORMAT=PATH`, the format one of those given."""

    name = "FORMAT=PATH"

    def __init__(self, formats: Sequence[str]) -> None:
        self.formats = formats
        pattern = f"^({'|'.join(formats)})=."
        self.schema = {"type": "string", "title": self.name, "pattern": pattern}

    def convert(
        self, value: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, Path]:
        """Take the two apart."""
        kind, _, path = value.partition("=")
        if kind not in self.formats or not path:
            self.fail(f"{value!r} is not FORMAT=PATH ({', '.join(self.formats)})", param, ctx)
        return kind, Path(path)


class Seconds(click.FloatRange):
    """A number of seconds; nan is a float to click and to nobody else."""

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """Take a number, and no other float."""
        seconds: float = super().convert(value, param, ctx)
        if isnan(seconds):
            self.fail(f"{value!r} is not a number of seconds", param, ctx)
        return seconds


timeout_option = click.option(
    "--timeout",
    type=Seconds(min=0.05, max=3600),
    default=5,
    show_default=True,
    metavar="SECONDS",
    help="For one exchange; a later answer is late.",
)
time_limit_option = click.option(
    "--time-limit",
    type=Seconds(min=1, max=86400),
    default=300,
    show_default=True,
    metavar="SECONDS",
    help="For the whole run.",
)
allow_host_option = click.option(
    "--allow-host",
    "allowed",
    metavar="HOST",
    multiple=True,
    help="Repeat the target's host here when it is not this machine.",
)

time_scale_option = click.option(
    "--time-scale",
    type=click.FloatRange(min=1e-3, max=1e6),
    default=1.0,
    show_default=True,
    help="How many times faster the waiting passes; deadlines stay.",
)


quiet_option = click.option("-q", "--quiet", is_flag=True, help="No progress.")
as_of_option = click.option("--as-of", metavar="DATE", help="By the page of that day (YYYY-MM-DD).")


def calls(*lines: str, page: str) -> str:
    """What stands below the help of a command: calls of it, and the page that tells more."""
    # The control character keeps click from filling the lines.
    shown = "".join(f"  {line}\n" for line in lines)
    return f"\b\nExamples:\n{shown}\nRead more: {page} in the repository of hookproof."


def format_option(*formats: str, help: str | None = None) -> Callable[..., Any]:  # noqa: A002 - click's
    """--format; the first one is what is written unless another is asked for."""
    return click.option(
        "--format",
        "output",
        type=click.Choice(formats),
        default=formats[0],
        show_default=True,
        help=help,
    )


def out_option(metavar: str, text: str) -> Callable[..., Any]:
    """--out: where a command writes, without which it does nothing."""
    return click.option(
        "--out", required=True, metavar=metavar, type=click.Path(path_type=Path), help=text
    )


def secret_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """--secret-env and --secret-file; a secret is never an argument's value."""
    command = click.option(
        "--secret-file",
        metavar="FILE",
        type=click.Path(path_type=Path),
        help="A file that holds the secret.",
    )(command)
    return click.option(
        "--secret-env",
        metavar="NAME",
        help="The environment variable that holds the secret.  "
        "[default: HOOKPROOF_SECRET_<AREA>, HOOKPROOF_SECRET_<VENDOR>, HOOKPROOF_SECRET]",
    )(command)


verbose_option = click.option(
    "-v", "--verbose", is_flag=True, help="Tell all of every cause, with how to see it again."
)


def format_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """--format and --report, with the formats that there are writers for."""
    from hookproof.report.writers import WRITERS

    command = click.option(
        "--report",
        "reports",
        type=ReportPath(tuple(WRITERS)),
        multiple=True,
        help="Write a report to a file too; repeatable.",
    )(command)
    made: Callable[..., Any] = format_option(*WRITERS)(command)
    return made


def show_report(report: Report, output: str, *, verbose: bool) -> None:
    """Print a report in a format; text in the colours and the width of the terminal."""
    from hookproof.report.text import as_text
    from hookproof.report.writers import write

    if output == "text":
        click.echo(as_text(report, ink=ink_for_stdout(), verbose=verbose), nl=False)
    else:
        click.echo(write(report, output), nl=False)


def schema_option(name: str) -> Callable[..., Any]:
    """--schema: print the JSON Schema of the command's JSON output and leave."""

    def show(ctx: click.Context, _: click.Parameter, value: bool) -> None:
        if value:
            from hookproof.report.as_json import output_schema

            click.echo(output_schema(name), nl=False)
            ctx.exit()

    return click.option(
        "--schema",
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=show,
        help="Print the JSON Schema of the JSON output.",
    )


def open_contract(folder: Path | None) -> Contract:
    """The contract in a folder, once that is proven, or the shipped one, which is."""
    if folder is None:
        from hookproof.contract import Contract

        return Contract()
    from hookproof.contract_proof.usable import usable_contract

    return usable_contract(folder, cache=users_cache())


def users_cache() -> Path | None:
    """The folder of this user's caches, None where there is no place for one."""
    from hookproof.user_cache import cache_folder

    return cache_folder(os.environ, platform=sys.platform)


def open_corpus() -> Corpus:
    """What keeps generated payloads: the user's cache, or memory where there is none."""
    from hookproof.conformance.generation.cache import CachedCorpus

    folder = users_cache()
    return CachedCorpus(folder) if folder else {}


def open_secrets(secret_env: str | None, secret_file: Path | None) -> Secrets:
    """The secrets that the options, the environment and a configuration file give."""
    from hookproof.signature.secrets import read_secrets

    ctx = click.get_current_context()
    named = {"secret_env": secret_env, "secret_file": secret_file}
    typed = {n for n in named if ctx.get_parameter_source(n) is ParameterSource.COMMANDLINE}
    # One on the command line takes the place of the other one in a configuration file.
    if typed == {"secret_env"}:
        secret_file = None
    elif typed == {"secret_file"}:
        secret_env = None
    with _placed(ctx, [] if typed else [*named]):
        secrets = read_secrets(os.environ, variable=secret_env, file=secret_file)
    if not typed:
        # The environment goes before a configuration file.
        secrets = replace(secrets, given=None, configured=secrets.given)
    # Only what names a secret goes on, for it may go to other processes.
    kinds = ("HOOKPROOF_SECRET", "HOOKPROOF_TOKEN")
    names = [name for name in os.environ if name.startswith(kinds)]
    return replace(secrets, environment={name: os.environ[name] for name in names})


def secrets_of(callbacks: Iterable[Callback], secrets: Secrets) -> dict[str, bytes]:
    """The secret of each area of some callbacks; an empty one where its vendor signs nothing.

    Raises SecretMissing, and UsageError for one that is not written as this vendor's are.
    """
    found: dict[str, bytes] = {}
    for one in callbacks:
        if one.signature.is_unsigned:
            found.setdefault(one.area, b"")
        else:
            found[one.area] = secrets.require(one)
    return found


@contextmanager
def _placed(ctx: click.Context, parameters: list[str]) -> Iterator[None]:
    """An error about what a configuration file gave to a parameter is told with its line."""
    from hookproof.cli.settings.call import Call

    try:
        yield
    except UsageError as error:
        call = ctx.find_object(Call)
        places = [call.place(name) for name in parameters if call and call.place(name)]
        if not places:
            raise
        raise UsageError(f"{places[0]}: {error.describe()}", hint=error.hint) from None


def may_write(parameter: str, *paths: Path, ours: Callable[[Path], bool] = lambda _: False) -> None:
    """See that a configuration file that was merely found has nothing overwritten but our own.

    `ours` tells of a file by its content. Raises UsageError where one is not.
    """
    from hookproof.cli.settings.call import Call

    ctx = click.get_current_context()
    call = ctx.find_object(Call)
    if (
        call
        and call.permission
        and ctx.get_parameter_source(parameter) is ParameterSource.DEFAULT_MAP
    ):
        call.permission.claim(paths, ours=ours)


def report_text(file: Path) -> str:
    """The text of a report; raises UsageError where it cannot be read."""
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is no text"
        raise UsageError(f"the report {file} cannot be read: {why}") from error


def ink_for_stdout() -> Ink:
    """Colour on a terminal, none in a pipe or where NO_COLOR is set; as wide as the terminal."""
    from hookproof.report.ink import Ink

    # There is none where the shell closed it.
    terminal = bool(sys.stdout and sys.stdout.isatty())
    if not terminal:
        return Ink()
    import shutil

    width = shutil.get_terminal_size((100, 40)).columns
    return Ink(colour=not os.environ.get("NO_COLOR"), width=width)
