"""The pytest plugin: fixtures for a receiver's own tests, and the test of it as a suite.

Every run of pytest on a machine with hookproof imports this module, so it imports nothing else
before an option or a fixture asks for it.
"""

from __future__ import annotations

import pytest

# Not from typing, which a run without the plugin may not need.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    from hookproof.pytest_plugin.receiver import Delivered, ReceiverUnderTest
    from hookproof.pytest_plugin.signed import Signed

_OPTIONS = [
    ("app", "MODULE:APP", "Test this ASGI or WSGI application in this process, as a suite."),
    ("url", "URL", "Test the receiver at this URL, as a suite."),
    ("path", "PATH", "Where in the application callbacks are taken; / unless given."),
    ("contract", "DIR", "The contract; the shipped one unless given."),
    ("secret-env", "NAME", "The environment variable with the secret."),
    ("max-cases", "N", "Requests for each callback, at most; 300 unless given."),
    ("timeout", "SECONDS", "How long an answer is waited for; 5 unless given."),
    ("seed", "N", "The same seed sends the same payloads; 1 unless given."),
    ("policy", "POLICY", "What a malformed payload gets: strict, lenient, ack-all."),
    ("fail-on", "SEVERITY", "What fails a test: error, warning; error unless given."),
]
_LISTS = [
    ("area", "AREA", "Only callbacks of this product; repeatable."),
    ("callback", "NAME", "Only this callback; repeatable."),
    ("allow-host", "HOST", "A host other than this machine that may be tested; repeatable."),
]
# What a project says once for all in its configuration of pytest.
_SETTINGS = ("app", "path", "contract", "area", "callback", "max-cases", "policy", "fail-on")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Take the options, and those that a project may say once for all."""
    group = parser.getgroup("hookproof", "callbacks of vendors")
    listed = {name for name, _, _ in _LISTS}
    for name, metavar, text in (*_OPTIONS, *_LISTS):
        action = "append" if name in listed else "store"
        group.addoption(f"--hookproof-{name}", action=action, metavar=metavar, help=text)
        if name in _SETTINGS:
            key = f"hookproof_{name.replace('-', '_')}"
            if name in listed:
                parser.addini(key, help=text, type="args", default=[])
            else:
                parser.addini(key, help=text, default="")


def pytest_configure(config: pytest.Config) -> None:
    """Take ids of the suite's tests from what is named on the command line."""
    config.addinivalue_line("markers", "hookproof: a test that hookproof has made")
    if _is_suite(config):
        from hookproof.pytest_plugin.suite import take_ids  # noqa: PLC0415 - where it is used

        take_ids(config)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(
    session: pytest.Session, config: pytest.Config, items: list[pytest.Item]
) -> None:
    """Add the suite, before -k, -m and --lf choose."""
    if _is_suite(config):
        from hookproof.pytest_plugin.suite import suite_of  # noqa: PLC0415 - where it is used

        made = list(suite_of(session))
        # So that what pytest says it has collected is what there is.
        report = pytest.CollectReport("hookproof", "passed", None, [*made])
        session.ihook.pytest_collectreport(report=report)
        items.extend(made)


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Tell what was found and failed nothing: warnings, and what was left out."""
    if _is_suite(config):
        from hookproof.pytest_plugin.suite import asides_of  # noqa: PLC0415 - where it is used

        for line in asides_of(config):
            terminalreporter.write_line(line)


def _is_suite(config: pytest.Config) -> bool:
    """Whether a receiver is named, so that its test is a suite of this run."""
    named = ("--hookproof-app", "--hookproof-url")
    return any(map(config.getoption, named)) or bool(config.getini("hookproof_app"))


@pytest.fixture(scope="session")
def hookproof_app(pytestconfig: pytest.Config) -> Any:
    """The application or URL under test: what --hookproof-app or --hookproof-url names.

    A project that makes its application in another way has a fixture of this name, session-wide,
    that gives an ASGI or WSGI application or a URL.
    """
    from hookproof.pytest_plugin.receiver import named_receiver  # noqa: PLC0415 - for who asks

    return named_receiver(pytestconfig)


@pytest.fixture(scope="session")
def hookproof_receiver(
    hookproof_app: Any, pytestconfig: pytest.Config
) -> Iterator[ReceiverUnderTest]:
    """What sends to the receiver under test; an application answers in this process."""
    from hookproof.pytest_plugin.receiver import opened  # noqa: PLC0415 - for who asks

    with opened(hookproof_app, pytestconfig) as receiver:
        yield receiver


@pytest.fixture(scope="session")
def callback(pytestconfig: pytest.Config) -> Callable[..., Signed]:
    """What makes a signed request: `callback("record", stream_alias="x")`."""
    from hookproof.pytest_plugin.signed import maker  # noqa: PLC0415 - for who asks

    return maker(pytestconfig)


@pytest.fixture(scope="session")
def deliver(hookproof_receiver: ReceiverUnderTest) -> Callable[[Signed], Delivered]:
    """What delivers a callback as the vendor does, with its retries, in virtual time."""
    return hookproof_receiver.deliver
