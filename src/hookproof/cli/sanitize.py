"""`hookproof sanitize`: captures made fit for a public repository."""

from __future__ import annotations

import os
import secrets
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from hookproof.cli.exits import Exit
from hookproof.cli.options import calls, contract_option, open_contract
from hookproof.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hookproof.capture.sanitizing import Outcome

_SHORTEST_SALT: Final = 16
_SHOWN: Final = 20


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
@click.option("--callback", metavar="NAME", help="Take every capture for this callback.")
@click.option(
    "--area",
    "areas",
    metavar="AREA",
    multiple=True,
    help="Only the callbacks of this area; repeatable.",
)
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
    keep: tuple[str, ...],
    salt_env: str | None,
    contract_dir: Path | None,
) -> int:
    """Make captures fit for a public repository: IN is a file, a folder or -, OUT is new.

    Ids, names and URLs become others of the same kind and length, the same one the same
    everywhere, in nested JSON and within other values too. What the contract names, moments,
    sizes and the layout stay, and the signature is made anew with the secret "secret". Taken
    are bodies in any form, NDJSON of bodies or of requests, JSON lists of them, and raw
    HTTP requests.
    """
    from hookproof.capture.sanitizing import Sanitizer, sanitize_files

    sanitizer = Sanitizer(
        open_contract(contract_dir), salt=_salt(salt_env), areas=areas, callback=callback, keep=keep
    )
    stdin = sys.stdin.buffer if sys.stdin else None
    outcome = sanitize_files(source, target, sanitizer, stdin=stdin)
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
    from hookproof.report.ink import plural, safe

    for file, refusal in outcome.refused[:_SHOWN]:
        place = f":{refusal.line}" if refusal.line else ""
        column = f":{refusal.column}" if refusal.line and refusal.column else ""
        yield f"{safe(file)}{place}{column}"
        yield f"  not copied  {refusal.code}  {safe(refusal.message)}"
        if refusal.hint:
            yield f"  next        {safe(refusal.hint)}"
    more = len(outcome.refused) - _SHOWN
    if more > 0:
        yield f"and {plural(more, 'more capture')} not copied"


def _written(outcome: Outcome, target: Path) -> Iterator[str]:
    from hookproof.capture.sanitizing import TEST_SECRET
    from hookproof.report.ink import plural, safe

    if not outcome.captures:
        yield "nothing was written"
        return
    files = plural(outcome.files, "file")
    yield f"{plural(outcome.captures, 'capture')} in {files} sanitised into {safe(str(target))}"
    if outcome.signed:
        secret = TEST_SECRET.decode()
        yield f"  signed anew with the published secret {secret!r}: {outcome.signed:,}"
    for reason, count in sorted(outcome.unsigned.items()):
        yield f"  signature not renewed ({reason}): {count:,}"
    if outcome.unknown:
        shown = ", ".join(map(safe, sorted(outcome.unknown)[:_SHOWN]))
        yield f"  names of undocumented fields stayed; see that they tell nothing: {shown}"
