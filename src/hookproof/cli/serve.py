"""`hookproof serve`: a receiver at your desk that keeps, judges and shows what comes."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from hookproof.cli import completed
from hookproof.cli.exits import Exit
from hookproof.cli.options import (
    allow_host_option,
    calls,
    contract_option,
    ink_for_stdout,
    open_contract,
    open_secrets,
    secret_options,
)
from hookproof.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from hookproof.report.ink import Ink
    from hookproof.serve.alerts import Alerts, Deliver
    from hookproof.serve.application import Misbehaviour
    from hookproof.serve.reception import Reception
    from hookproof.serve.store import Keep, Store, Stored
    from hookproof.signature.secrets import Secrets
    from hookproof.signature.veil import Veil

_UNITS: Final = {"s": 1, "m": 60, "h": 3600, "d": 86400, "MB": 10**6, "GB": 10**9}
_AMOUNT: Final = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*(ms|s|m|h|d|MB|GB)")
_STATUS: Final = re.compile(r"([1-5][0-9]{2})(?::([0-9]{1,9}))?")


class NamedPath(click.ParamType[tuple[str, str]]):
    """`NAME=/path`, where NAME is an area or a callback."""

    name = "NAME=/PATH"

    def convert(
        self, value: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, str]:
        """Take the two apart."""
        name, _, path = value.partition("=")
        if not name or not re.fullmatch(r"/[!-~]*", path) or "?" in path:
            self.fail(f"{value!r} is not NAME=/PATH", param, ctx)
        return name, path


class Duration(click.ParamType[float]):
    """A time as `6s`, `200ms`, `2m`; a number alone is of seconds."""

    name = "TIME"

    def convert(
        self, value: str | float, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """Read it."""
        if isinstance(value, float | int):
            return float(value)
        match = _AMOUNT.fullmatch(value if value[-1:].isalpha() else f"{value}s")
        if not match or match[2] in {"MB", "GB"}:
            self.fail(f"{value!r} is no time, such as 6s or 200ms", param, ctx)
        return float(match[1]) * (0.001 if match[2] == "ms" else _UNITS[match[2]])


@click.command(
    name="serve",
    epilog=calls(
        "hookproof serve",
        "hookproof serve --area AREA --forward http://127.0.0.1:3000/callbacks",
        "hookproof serve --path AREA=/a --path EVENT=/b --fail 503:3",
        page="docs/serving.md",
    ),
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Where callbacks come in.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True)
@click.option(
    "--page-port",
    type=click.IntRange(0, 65535),
    default=8001,
    show_default=True,
    help="The page's own port, on 127.0.0.1 always.",
)
@completed.area_option("Only this product's; repeatable.")
@click.option(
    "--path",
    "paths",
    type=NamedPath(),
    multiple=True,
    help="What comes to this path is of that area or callback; repeatable.  [default: any path "
    "takes any callback]",
)
@click.option(
    "--store",
    metavar="FILE",
    type=click.Path(path_type=Path),
    default=Path(".hookproof/captures.db"),
    show_default=True,
    help="Where captures are kept.",
)
@click.option(
    "--keep",
    "kept",
    metavar="7d|1GB",
    multiple=True,
    default=("1GB",),
    show_default=True,
    help="How long, and how much; repeatable.",
)
@click.option("--forward", metavar="URL", help="Hand each callback on, and its answer back.")
@click.option(
    "--fixtures",
    metavar="DIR",
    type=click.Path(path_type=Path),
    default=Path("fixtures"),
    show_default=True,
    help="Where the page saves fixtures.",
)
@click.option("--accept-all", is_flag=True, help="Acknowledge what is not signed rightly, too.")
@click.option("--fail", metavar="STATUS[:N]", help="Answer with this status, N times or always.")
@click.option("--drop", is_flag=False, flag_value="0", metavar="[N]", help="Answer nothing, close.")
@click.option("--hang", is_flag=False, flag_value="0", metavar="[N]", help="Answer nothing, wait.")
@click.option("--delay", type=Duration(), default="0s", help="Let each answer wait: 6s, 200ms.")
@click.option(
    "--alert",
    "alerts",
    metavar="URL|COMMAND",
    multiple=True,
    help="Tell once of each field, type, value and event that the contract does not know: POSTed "
    "as JSON, or on the command's standard input; repeatable.",
)
@click.option("-q", "--quiet", is_flag=True, help="No line for each capture.")
@secret_options
@allow_host_option
@contract_option
def command(
    host: str,
    port: int,
    page_port: int,
    areas: tuple[str, ...],
    paths: tuple[tuple[str, str], ...],
    store: Path,
    kept: tuple[str, ...],
    forward: str | None,
    fixtures: Path,
    accept_all: bool,
    fail: str | None,
    drop: str | None,
    hang: str | None,
    delay: float,
    alerts: tuple[str, ...],
    quiet: bool,
    secret_env: str | None,
    secret_file: Path | None,
    allowed: tuple[str, ...],
    contract_dir: Path | None,
) -> int:
    """Receive callbacks: verify, validate and keep each, answer as the vendor documents.

    What comes is shown here as it comes, and on a local page with payload, findings and the
    signature's verdict. A request that is answered 2XX is on disk. Signatures are checked where a
    secret is at hand; what is not signed rightly is kept as well, and answered 401.
    """
    from hookproof.cli.live import Live
    from hookproof.cli.targets import open_target
    from hookproof.serve.alerts import deliver_to
    from hookproof.serve.application import Application
    from hookproof.serve.clients import Clients
    from hookproof.serve.forward import Forwarder
    from hookproof.serve.page import Page
    from hookproof.serve.reception import Reception, path_table
    from hookproof.serve.server import doors, run
    from hookproof.serve.store import Store

    contract, secrets = open_contract(contract_dir), open_secrets(secret_env, secret_file)
    reception = Reception(contract, secrets, areas, path_table(paths, contract), accept_all)
    misbehaviour = _misbehaviour(fail, drop, hang, delay)
    target = open_target(forward, allowed) if forward else None
    delivers = {one: deliver_to(one) for one in alerts}
    kept_here = Store(store, keep=_keep(kept), judge=reception.judge)
    try:
        door, page_door = doors(host, port, page_port)
    except UsageError:
        kept_here.close()
        raise
    port, page_port = (one.getsockname()[1] for one in (door, page_door))
    address = f"http://{_shown(host)}:{port}/"
    page = Page(
        kept_here,
        page_port,
        _actions(reception, kept_here, address, fixtures, allowed),
        _facts(address, reception, forward, store),
        _veil(secrets),
        reception.examined,
    )
    live = Live(ink_for_stdout(), _veil(secrets), later=_later)
    watching = _alerts(delivers, kept_here, reception, page_port)

    def told(rows: list[Stored]) -> None:
        if not quiet:
            live.tell(rows)
        page.tell(rows)
        if watching:
            for row in rows:
                watching.see(row)

    forwarder = Forwarder(target) if target else None
    application = Application(kept_here, reception, told, forwarder, misbehaviour)
    lines = _start(address, page_port, kept_here, reception, forward, ink_for_stdout())
    clients = Clients(application.take)
    try:
        run(clients, door, page, page_door, listens=lambda: click.echo("\n".join(lines)))
    except KeyboardInterrupt:
        pass
    finally:
        live.sum_up()
        if watching:
            watching.close()
        kept_here.close()
    click.echo(f"\n{kept_here.file}: every capture that was answered is there")
    return Exit.CLEAN


def _later(seconds: float, what: Callable[[], None]) -> None:
    """Have something called by the event loop, after a while."""
    import asyncio

    asyncio.get_running_loop().call_later(seconds, what)


def _misbehaviour(
    fail: str | None, drop: str | None, hang: str | None, delay: float
) -> Misbehaviour:
    """What is done wrong on purpose, in the order fail, drop, hang."""
    from hookproof.serve.application import Fault, Misbehaviour

    faults = []
    if fail is not None:
        match = _STATUS.fullmatch(fail)
        if not match or not 200 <= int(match[1]) <= 599:
            message = f"--fail {fail!a} is not STATUS[:N], a status from 200 to 599"
            raise UsageError(message, hint="as in --fail 503:3")
        faults.append(Fault("fail", int(match[2]) if match[2] else None, int(match[1])))
    for kind, count in (("drop", drop), ("hang", hang)):
        if count is not None:
            if not count.isascii() or not count.isdigit():
                raise UsageError(f"--{kind} {count!a} is no number", hint=f"as in --{kind} 3")
            faults.append(Fault(kind, int(count) or None))
    return Misbehaviour(faults, delay)


def _keep(texts: tuple[str, ...]) -> Keep:
    from hookproof.serve.store import Keep

    keep = Keep()
    for text in texts:
        for part in text.split("|"):
            match = _AMOUNT.fullmatch(part.strip())
            if not match or match[2] == "ms":
                raise UsageError(f"--keep {text!a} is no time or size", hint="as in --keep 7d")
            amount = float(match[1]) * _UNITS[match[2]]
            if not amount:
                raise UsageError(f"--keep {text!a} keeps nothing", hint="as in --keep 7d")
            if match[2] in {"MB", "GB"}:
                keep = Keep(keep.seconds, int(amount))
            else:
                keep = Keep(amount, keep.size)
    return keep


def _shown(host: str) -> str:
    """A host as it stands in a URL that is called from here."""
    if host in {"0.0.0.0", "::"}:  # noqa: S104 - the user has said so
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host


def _actions(
    reception: Reception, store: Store, address: str, fixtures: Path, allowed: tuple[str, ...]
) -> dict[str, Any]:
    from hookproof.cli.targets import open_target
    from hookproof.serve.actions import Actions

    return Actions(
        reception.contract,
        reception,
        lambda url: open_target(url, allowed, to=" to `hookproof serve`"),
        address,
        fixtures,
        store.token.encode(),
    ).table()


def _alerts(
    delivers: dict[str, Deliver], store: Store, reception: Reception, page_port: int
) -> Alerts | None:
    """What tells of drift, where somebody wants to know."""
    from hookproof.drift.archive import Watch
    from hookproof.report.ink import safe
    from hookproof.serve.alerts import Alerts

    if not delivers:
        return None
    validator = reception.desk("").unsigned
    return Alerts(
        store,
        Watch(reception.contract, validator, reception.secrets),
        delivers,
        page=f"http://127.0.0.1:{page_port}/",
        veil=_veil(reception.secrets),
        told=lambda text: click.echo(f"          new: {safe(text)[:400]}"),
    )


def _facts(address: str, reception: Reception, forward: str | None, store: Path) -> dict[str, Any]:
    """What the page shows at its head, and where nothing has come yet."""
    area = reception.areas[0] if reception.areas else ""
    name = reception.contract.names([area] if area else ())[0]
    return {
        "address": address,
        "forward": forward or "",
        "about": f"kept in {store}" + (f", handed on to {forward}" if forward else ""),
        "send": f"hookproof send {name} --url {address}",
        "checked": _checked(reception),
    }


def _checked(reception: Reception) -> str:
    """Of which areas signatures are verified."""
    contract, secrets = reception.contract, reception.secrets
    areas = reception.areas or contract.areas
    known = [
        area for area in areas if secrets.find(area, vendor=contract.listings([area])[0].vendor)
    ]
    if not known:
        return "signatures are not checked: no secret is at hand (HOOKPROOF_SECRET_<AREA>)"
    if len(known) == len(areas):
        return "signatures are checked" if len(areas) > 1 else f"{known[0]}: signatures are checked"
    return f"signatures are checked of {', '.join(known)}; no secret is at hand for the others"


def _start(
    address: str, page_port: int, store: Store, reception: Reception, forward: str | None, ink: Ink
) -> list[str]:
    """What is said once it listens."""
    from hookproof.report.ink import plural, safe

    lines = ink.labelled("callbacks", address)
    for path, given in reception.paths.items():
        what = given.callback or ", ".join(given.areas)
        lines += ink.labelled("", f"{address.rstrip('/')}{path}  {what}")
    lines += ink.labelled("page", f"http://127.0.0.1:{page_port}/")
    lines += ink.labelled("kept in", f"{store.file} ({plural(store.count(), 'capture')})")
    if forward:
        lines += ink.labelled("handed to", forward)
    lines += ink.labelled("secrets", _checked(reception))
    return [*lines, safe("Ctrl-C ends it.")]


def _veil(secrets: Secrets) -> Veil:
    from hookproof.signature.veil import veil_of

    named = {secrets.given or b"", secrets.configured or b""}
    return veil_of(named | set(secrets.others(b"").values()))
