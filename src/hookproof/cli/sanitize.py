"""`hookproof sanitize`: captures made fit for a public repository."""

from __future__ import annotations

import os
import secrets
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from hookproof.cli.capture_options import capture_options, read_options
from hookproof.cli.exits import Exit
from hookproof.cli.options import calls, contract_option, open_contract
from hookproof.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hookproof.sanitize import Outcome

_SHORTEST_SALT: Final = 16
_PLACES: Final = 3


@click.command(
    name="sanitize",
    epilog=calls(
        "hookproof sanitize captures/ fixtures/",
        "hookproof sanitize capture.json shared.json --keep /user/name",
        page="README.md",
    ),
)
@click.argument("source", metavar="IN")
@click.argument("target", metavar="OUT", type=click.Path(path_type=Path))
@capture_options
@click.option(
    "--keep",
    metavar="POINTER",
    multiple=True,
    help="Leave this field as it is, with all in it: /user/name, /items/*/kind; repeatable.",
)
@click.option(
    "--salt-env",
    metavar="NAME",
    help="The environment variable with the salt, for the same pseudonyms in every run. Whoever "
    "knows the salt can try out which id became which.  [default: a random one, then forgotten]",
)
@contract_option
def command(
    source: str,
    target: Path,
    callback: str | None,
    areas: tuple[str, ...],
    body_form: str | None,
    input_format: str | None,
    keep: tuple[str, ...],
    salt_env: str | None,
    contract_dir: Path | None,
    **fields: str,
) -> int:
    """Make captures fit for a public repository: IN is a file, a folder or -, OUT is new.

    IN is whatever `hookproof validate` reads. A file that is a single body stays one; all else
    becomes requests, one on a line (NDJSON). Ids, names, dates and URLs become others of the
    same kind and length, the same one the same everywhere, in nested JSON and within other
    values too; so do names of members, headers and files that the contract does not know.
    What the contract names, its moments, counts and short measures stay, and the signature is
    made anew with the secret "secret".
    """
    from hookproof.payload.body import BodyForm
    from hookproof.sanitize import Reading, Sanitizer, sanitize_files

    sanitizer = Sanitizer(
        open_contract(contract_dir),
        salt=_salt(salt_env),
        areas=areas,
        callback=callback,
        keep=keep,
        form=BodyForm(body_form) if body_form else None,
    )
    stdin = sys.stdin.buffer if sys.stdin else None
    reading = Reading(input_format or "", read_options(**fields))
    outcome = sanitize_files(source, target, sanitizer, reading=reading, stdin=stdin)
    click.echo("\n".join([*_refused(outcome), *_written(outcome, target)]))
    return Exit.FINDINGS if outcome.refused else Exit.CLEAN


def _salt(variable: str | None) -> bytes:
    if variable is None:
        return secrets.token_bytes(32)
    # Somebody may have put the salt itself here, so the name is not repeated.
    if variable not in os.environ:
        raise UsageError(
            "the environment variable named by --salt-env is not set",
            hint="--salt-env takes the name of a variable, not the salt itself",
        )
    salt = os.environ[variable].encode("utf-8", "surrogateescape")
    if len(salt) < _SHORTEST_SALT:
        raise UsageError(
            f"the salt is shorter than {_SHORTEST_SALT} bytes, so it could be guessed",
            hint="take a random one: openssl rand -hex 32",
        )
    return salt


def _refused(outcome: Outcome) -> Iterator[str]:
    from hookproof.report.ink import safe

    for (code, message, hint), places in outcome.refused.items():
        yield f"not copied  {code}  {safe(message)}"
        if hint:
            yield f"  next  {safe(hint)}"
        shown = places[:_PLACES]
        yield from (f"  at    {safe(place)}" for place in shown)
        if len(places) > len(shown):
            yield f"        and {len(places) - len(shown):,} more"


def _written(outcome: Outcome, target: Path) -> Iterator[str]:
    from hookproof.report.ink import plural, safe
    from hookproof.signature.secrets import PUBLISHED_SECRET

    for text, count in sorted(outcome.remarks.items()):
        yield f"note        {safe(text)} ({count:,})"
    if not outcome.captures:
        yield "nothing was written"
        return
    files = plural(outcome.files, "file")
    yield f"{plural(outcome.captures, 'capture')} in {files} sanitised into {safe(str(target))}"
    if outcome.signed:
        secret = PUBLISHED_SECRET.decode()
        yield f"  signed anew with the published secret {secret!r}: {outcome.signed:,}"
    for reason, count in sorted(outcome.unsigned.items()):
        yield f"  signature not renewed ({reason}): {count:,}"
    if outcome.stayed:
        yield "  names that the contract does not know and that stayed; see that they tell nothing:"
        yield from (f"    {safe(pointer)}" for pointer in sorted(outcome.stayed))
    if outcome.stayed_files:
        yield "  names of files that stayed; see that they tell nothing:"
        yield from (f"    {safe(name)}" for name in sorted(outcome.stayed_files))
