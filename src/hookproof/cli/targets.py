"""Where callbacks are sent: one URL for all of them, or one for a product or a callback."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import click

from hookproof.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from hookproof.contract import Contract
    from hookproof.http.target import Target


class NamedUrl(click.ParamType[tuple[str, str]]):
    """`NAME=URL`, where NAME is a callback or an area, or a URL for all; the name is then empty."""

    name = "[NAME=]URL"
    schema: ClassVar[dict[str, Any]] = {"type": "string", "title": "NAME=URL, or a URL for all"}
    table: ClassVar[dict[str, Any]] = {"type": "string"}

    def convert(
        self, value: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, str]:
        """Take the two apart; a URL may hold the sign between them too."""
        name, sign, url = value.partition("=")
        if not sign or "://" in name:
            name, url = "", value
        if "://" not in url:
            self.fail(f"{value!r} is neither a URL nor NAME=URL", param, ctx)
        return name, url


@dataclass(frozen=True, slots=True)
class Urls:
    """URLs of callbacks, of areas, and for the rest; the closest to a callback is its own."""

    of_callback: dict[str, str]
    of_area: dict[str, str]
    for_the_rest: str | None

    @property
    def all(self) -> set[str]:
        """Each URL once."""
        rest = () if self.for_the_rest is None else (self.for_the_rest,)
        return {*self.of_callback.values(), *self.of_area.values(), *rest}

    def of(self, path: str) -> str | None:
        """The URL of a callback, None where there is none."""
        area = path.partition("/")[0]
        return self.of_callback.get(path) or self.of_area.get(area) or self.for_the_rest

    def names(self, contract: Contract, areas: Sequence[str]) -> tuple[str, ...]:
        """The callbacks that have a URL of their own or of their area, within some areas."""
        within = contract.names([area for area in self.of_area if not areas or area in areas])
        return tuple(dict.fromkeys((*(within if self.of_area else ()), *self.of_callback)))


def read_urls(
    url: str | None, named: Iterable[tuple[str, str]], contract: Contract, areas: Sequence[str]
) -> Urls:
    """What the argument URL and --url say; raises UsageError where they say two things."""
    of_callback: dict[str, str] = {}
    of_area: dict[str, str] = {}
    rest = [] if url is None else [url]
    for name, one in named:
        if not name:
            rest.append(one)
            continue
        known = of_area if name in contract.areas else of_callback
        place = name if known is of_area else contract.full_name(name, areas)
        if known.setdefault(place, one) != one:
            raise UsageError(f"two URLs were given for {place}", hint="give one")
    if len(set(rest)) > 1:
        hint = "say which is for what: --url NAME=URL, NAME a callback or an area"
        raise UsageError("several URLs were given for all callbacks", hint=hint)
    return Urls(of_callback, of_area, rest[0] if rest else None)


def open_target(url: str, allowed: Sequence[str], *, to: str = "") -> Target:
    """The receiver at a URL; raises UsageError where it is not ours and was not allowed.

    `to` says what the option is to be added to, where that is not what is read.
    """
    from hookproof.http.target import resolve_target

    target = resolve_target(url)
    if not target.is_loopback and target.host not in allowed:
        raise UsageError(
            f"{target.host} is not this machine, and nothing is sent to others unasked",
            hint=f"if you may send there, add --allow-host {target.host}{to}",
        )
    return target


def open_recorded_target(url: str, allowed: Sequence[str]) -> Target:
    """The receiver that a report names, which may be anybody's report.

    Raises UsageError where it is not plainly this machine and was not allowed; a name is not
    even looked up then, for that alone would tell its owner.
    """
    from hookproof.http.target import host_of, is_loopback_address

    host = host_of(url)
    if host not in allowed and host != "localhost" and not is_loopback_address(host):
        raise UsageError(
            f"the report names {host} as its receiver, and nothing is sent there on its word alone",
            hint=f"if it is yours to test, add --allow-host {host}, or give another --url",
        )
    return open_target(url, allowed)
