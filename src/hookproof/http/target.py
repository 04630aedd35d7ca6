"""Where the receiver is: a URL taken apart, and one address for the whole run."""

from __future__ import annotations

import re
import shlex
import socket
from dataclasses import dataclass, field
from ipaddress import IPv6Address, ip_address
from typing import TYPE_CHECKING

from hookproof.errors import TargetUnreachable, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hookproof.http.in_process import Application

DEFAULT_PORTS = {"http": 80, "https": 443}
PROBE_SECONDS = 0.5

_NOT_PLAIN = re.compile(r"[^\x21-\x7e]")
_URL = re.compile(r"(https?)://([^/?#]*)([^#]*)", re.IGNORECASE)
_AUTHORITY = re.compile(r"(\[[^\[\]]*\]|[^:\[\]]*)(?::(.*))?")
_HOST_NAME = re.compile(r"[a-z0-9_](?:[a-z0-9_.-]{0,252}[a-z0-9_])?\.?")
_PORT = re.compile(r"[0-9]{1,5}")
_LARGEST_PORT = 65535


@dataclass(frozen=True, slots=True)
class GivenHeader:
    """A header of the caller's own. `variable` is the one that holds a value that is secret."""

    name: str
    value: str = field(repr=False)
    variable: str = ""


def shell_headers(
    headers: Sequence[tuple[str, str]], given: Sequence[GivenHeader]
) -> Iterator[str]:
    """Arguments of curl for headers, those that were given in the place of others of their name."""
    names = {header.name.lower() for header in given}
    for name, value in headers:
        if name.lower() not in names:
            yield f"-H {shlex.quote(f'{name}: {value}')}"
    for header in given:
        if header.variable:
            yield f'-H "{header.name}: ${{{header.variable}:?}}"'
        else:
            yield f"-H {shlex.quote(f'{header.name}: {header.value}')}"


@dataclass(frozen=True, slots=True)
class Target:
    """One receiver, and the one address of it that is used for the whole run.

    host: lower case, an IPv6 address without its brackets.
    path: begins with "/" and holds the query.
    headers: what is sent with each request for whatever stands before the receiver; one of these
        takes the place of a header of the same name.
    application: what answers in this process, in the place of the address.
    address: numeric; family: the `socket.AF_*` it belongs to.
    """

    url: str
    scheme: str
    host: str
    port: int
    path: str
    address: str
    family: int
    headers: tuple[GivenHeader, ...] = ()
    application: Application | None = field(default=None, repr=False, compare=False)

    @property
    def authority(self) -> str:
        """What the Host header says: the port only where it is not the scheme's own."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def host_header(self) -> str:
        """What the Host header says, which may have been given."""
        given = [header.value for header in self.headers if header.name.lower() == "host"]
        return given[0] if given else self.authority

    def with_given(self, headers: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
        """The headers of a request, those that were given in the place of others of their name."""
        given = [(one.name, one.value) for one in self.headers if one.name.lower() != "host"]
        names = {name.lower() for name, _ in given}
        return [*(pair for pair in headers if pair[0].lower() not in names), *given]

    @property
    def is_loopback(self) -> bool:
        """Whether the address is of this machine only."""
        return _is_loopback(self.address)


def resolve_target(url: str) -> Target:
    """Take a URL apart and look its host up once; the answer holds for the whole run.

    Raises UsageError when the URL is not one a request can be sent to, and
    TargetUnreachable when its host does not resolve.
    """
    scheme, authority, path = _split(url)
    host, port = _place(authority)
    port = port or DEFAULT_PORTS[scheme]
    family, address = _choose(_lookup(url, host, port), port)
    return Target(
        url=url,
        scheme=scheme,
        host=host,
        port=port,
        path=path if path.startswith("/") else f"/{path}",
        address=address,
        family=family,
    )


def host_of(url: str) -> str:
    """The host that a URL names, not looked up; raises UsageError as `resolve_target` does."""
    return _place(_split(url)[1])[0]


def is_loopback_address(host: str) -> bool:
    """Whether a host is written as an address, and that is of this machine only."""
    try:
        return _is_loopback(host)
    except ValueError:
        return False


def with_query(path: str, query: str) -> str:
    """A path or URL with more parameters after those that it has; its own are not repeated."""
    own = {part.partition("=")[0] for part in path.partition("?")[2].split("&")}
    query = "&".join(part for part in query.split("&") if part.partition("=")[0] not in own)
    if not query:
        return path
    between = "" if path.endswith(("?", "&")) else "&" if "?" in path else "?"
    return f"{path}{between}{query}"


def _split(url: str) -> tuple[str, str, str]:
    """The scheme, the authority, and the path with its query; a fragment is never sent.

    Not left to urllib.parse, which drops line ends from within and a "?" at the end.
    """
    if odd := _NOT_PLAIN.search(url):
        message = f"the URL holds {odd[0]!a} at position {odd.start() + 1}"
        raise UsageError(message, hint="percent-encode it")
    match = _URL.match(url)
    if match is None:
        message = "the URL does not begin with http:// or https://"
        raise UsageError(message, hint="write it in full, as in http://127.0.0.1:8000/callback")
    if "@" in match[2]:
        # The URL is not shown: a password may be in it.
        message = "the URL holds a user name or a password"
        raise UsageError(message, hint="leave out what stands before the @")
    return match[1].lower(), match[2], match[3]


def _place(authority: str) -> tuple[str, int | None]:
    """The host, proved to be a name or an address, and the port if one is named."""
    match = _AUTHORITY.fullmatch(authority)
    host = match[1].lower() if match else authority
    if not host:
        message = "the URL has no host"
        raise UsageError(message, hint="write it in full, as in http://127.0.0.1:8000/callback")
    if match is None or not (_HOST_NAME.fullmatch(host) or _is_ipv6(host)):
        message = f"{host!a} is neither a host name nor an address"
        raise UsageError(message, hint="write an IPv6 address as http://[::1]:8000/")
    return host.strip("[]"), _port(match[2]) if match[2] else None


def _is_ipv6(text: str) -> bool:
    """Whether the text is an IPv6 address in brackets, without a zone."""
    try:
        return text.startswith("[") and IPv6Address(text[1:-1]).scope_id is None
    except ValueError:
        return False


def _port(text: str) -> int:
    """The port that is named."""
    port = int(text) if _PORT.fullmatch(text) else 0
    if not 0 < port <= _LARGEST_PORT:
        # It is not shown: it is a piece of a password where the password holds a slash.
        message = f"the URL's port is not a number from 1 to {_LARGEST_PORT}"
        raise UsageError(message, hint="leave it out for the scheme's own port")
    return port


def _lookup(url: str, host: str, port: int) -> list[tuple[int, str]]:
    """The addresses of a host in the resolver's order, each with its family."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        raise TargetUnreachable(url, f"{host} does not resolve ({error.strerror})") from error
    except (OSError, UnicodeError) as error:
        raise TargetUnreachable(url, f"{host} does not resolve ({error})") from error
    return [(int(family), str(address[0])) for family, _, _, _, address in found]


def _choose(addresses: Sequence[tuple[int, str]], port: int) -> tuple[int, str]:
    """The first address, except on loopback: the first that takes a connection.

    `localhost` is ::1 and 127.0.0.1 on many machines and a development server
    listens on one of them only; elsewhere the resolver's own order is trusted.
    """
    distinct = list(dict.fromkeys(addresses))
    if len(distinct) > 1 and all(_is_loopback(address) for _, address in distinct):
        return next((known for known in distinct if _listens(*known, port)), distinct[0])
    return distinct[0]


def _listens(family: int, address: str, port: int) -> bool:
    """Whether a connection to the address is taken."""
    try:
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.settimeout(PROBE_SECONDS)
            probe.connect((address, port))
    except OSError:
        return False
    return True


def _is_loopback(address: str) -> bool:
    """Whether the numeric address is of this machine only."""
    known = ip_address(address)
    mapped = known.ipv4_mapped if isinstance(known, IPv6Address) else None
    return (mapped or known).is_loopback
