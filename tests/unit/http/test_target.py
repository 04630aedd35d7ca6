"""A URL taken apart, and one address for the whole run."""

from __future__ import annotations

import socket

import pytest

from hookproof.errors import TargetUnreachable, UsageError
from hookproof.http.target import Target, resolve_target


@pytest.mark.parametrize(
    ("url", "scheme", "host", "port", "path", "authority"),
    [
        ("http://127.0.0.1:8000/a/b?c=d", "http", "127.0.0.1", 8000, "/a/b?c=d", "127.0.0.1:8000"),
        ("http://127.0.0.1", "http", "127.0.0.1", 80, "/", "127.0.0.1"),
        ("HTTP://127.0.0.1:80?x", "http", "127.0.0.1", 80, "/?x", "127.0.0.1"),
        ("https://127.0.0.1:/x?", "https", "127.0.0.1", 443, "/x?", "127.0.0.1"),
        ("https://127.0.0.1:80/#top", "https", "127.0.0.1", 80, "/", "127.0.0.1:80"),
        ("http://[::1]:8000//x", "http", "::1", 8000, "//x", "[::1]:8000"),
        ("http://127.0.0.1/%2F?u=a@b:c", "http", "127.0.0.1", 80, "/%2F?u=a@b:c", "127.0.0.1"),
    ],
)
def test_a_url_is_taken_apart(
    *, url: str, scheme: str, host: str, port: int, path: str, authority: str
) -> None:
    """Each part is kept as written, the path with its query, the fragment dropped."""
    target = resolve_target(url)
    assert (target.url, target.scheme, target.host) == (url, scheme, host)
    assert (target.port, target.path, target.authority) == (port, path, authority)
    assert target.address == host
    assert target.is_loopback


@pytest.mark.parametrize(
    "url",
    [
        "",
        "127.0.0.1:8000",
        "localhost:8000/x",
        "ftp://127.0.0.1/",
        "file:///x",
        "http:/127.0.0.1/",
        "http:///x",
        "http://:80/",
        "http://127.0.0.1:0/",
        "http://127.0.0.1:65536/",
        "http://127.0.0.1:-1/",
        "http://127.0.0.1:80x/",
        "http://127.0.0.1:8_0/",
        "http://127.0.0.1/a b",
        "http://127.0.0.1/a\r\nX: y",
        "http://127.0.0.1/\0",
        " http://127.0.0.1/",
        "http://127.0.0.1/\u00e4",
        "http://\u24df/",
        "http://127.0.0.1\\x/",
        "http://::1/",
        "http://[::1/",
        "http://[::1]x/",
        "http://[::1]x:80/",
        "http://x[::1]/",
        "http://[127.0.0.1]/",
        "http://[fe80::1%25eth0]/",
        "http://-x/",
        "http://a%2fb/",
    ],
)
def test_a_bad_url_is_refused(url: str) -> None:
    """What is not a plain http or https URL is refused with a hint, and not looked up."""
    with pytest.raises(UsageError) as caught:
        resolve_target(url)
    assert caught.value.hint
    assert str(caught.value).isascii()


def test_a_password_is_not_repeated() -> None:
    """A URL with user information is refused without showing it."""
    with pytest.raises(UsageError) as caught:
        resolve_target("http://me:geheim@127.0.0.1/")
    assert "geheim" not in str(caught.value)
    assert "geheim" not in repr(caught.value)


def test_a_name_that_does_not_resolve(monkeypatch: pytest.MonkeyPatch) -> None:
    """An unknown name makes the target unreachable."""

    def unknown(*_: object, **__: object) -> object:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(TargetUnreachable) as caught:
        resolve_target("http://nowhere.invalid/")
    assert caught.value.reason == "nowhere.invalid does not resolve (Name or service not known)"


@pytest.mark.parametrize("host", ["a..b", "x" * 64, f"{'x' * 64}.example"])
def test_a_name_that_cannot_be_looked_up(host: str) -> None:
    """A name that no resolver takes makes the target unreachable, not the program crash."""
    with pytest.raises(TargetUnreachable):
        resolve_target(f"http://{host}/")


def resolves_to(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> None:
    """Make every name resolve to these addresses."""
    families = [socket.AF_INET6 if ":" in address else socket.AF_INET for address in addresses]
    found = [
        (family, socket.SOCK_STREAM, 6, "", (address, 0))
        for family, address in zip(families, addresses, strict=True)
    ]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)


def test_the_first_address_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of several addresses the resolver's first is the one for the whole run."""
    resolves_to(monkeypatch, "192.0.2.7", "192.0.2.8")
    target = resolve_target("http://receiver.example/")
    assert (target.address, target.host) == ("192.0.2.7", "receiver.example")
    assert not target.is_loopback


def test_localhost_is_where_somebody_listens(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the two loopback addresses the one that takes a connection is used."""
    resolves_to(monkeypatch, "::1", "127.0.0.1")
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        assert resolve_target(f"http://localhost:{port}/").address == "127.0.0.1"
    assert resolve_target(f"http://localhost:{port}/").address == "::1"


@pytest.mark.parametrize(
    ("address", "loopback"),
    [
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("::1", True),
        ("::ffff:127.0.0.1", True),
        ("10.0.0.1", False),
        ("::ffff:10.0.0.1", False),
        ("fe80::1%2", False),
    ],
)
def test_what_is_loopback(address: str, *, loopback: bool) -> None:
    """An address of this machine only is told from all others."""
    target = Target("http://x/", "http", "x", 80, "/", address, socket.AF_INET)
    assert target.is_loopback is loopback
