"""What the caller gives besides: headers for what stands before a receiver, values of his own."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from hookproof.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from hookproof.conformance.cases.constants import Names, Setting
    from hookproof.contract import Callback
    from hookproof.http.target import GivenHeader

_NAME: Final = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_VALUE: Final = re.compile(r"[ \t!-~\xa0-\xff]*")
# What the body and the connection decide.
_NOT_GIVEN: Final = frozenset({"connection", "content-length", "content-type", "transfer-encoding"})


def header_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """--header and --header-env."""
    command = click.option(
        "--header-env",
        "secret_headers",
        metavar="NAME=VARIABLE",
        multiple=True,
        help="A header whose value is secret, from an environment variable; repeatable.",
    )(command)
    return click.option(
        "--header",
        "plain_headers",
        metavar="'NAME: VALUE'",
        multiple=True,
        help="A header for each request, as a gateway or a filter wants it, or one of the "
        "vendor's with your value; repeatable.",
    )(command)


def payload_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """--set and --sample."""
    command = click.option(
        "--sample",
        "samples",
        metavar="FILE",
        type=click.Path(path_type=Path),
        multiple=True,
        help="A callback as JSON in the place of the page's sample: its account, room or task "
        "stay as they are; repeatable.",
    )(command)
    return click.option(
        "--set",
        "settings",
        metavar="POINTER=VALUE",
        multiple=True,
        help="A value that a field always has, such as /appid=1234567890; the pointer leads "
        "into nested JSON too; repeatable.",
    )(command)


def open_headers(plain: Iterable[str], secret: Iterable[str]) -> tuple[GivenHeader, ...]:
    """The headers that were given; raises UsageError for one that cannot be sent."""
    from hookproof.http.target import GivenHeader

    found = []
    for text in plain:
        name, sign, value = text.partition(":")
        if not sign:
            raise UsageError(f"--header {text!a} has no colon", hint="write it as 'Name: value'")
        found.append(GivenHeader(name.strip(), value.strip(" \t")))
    for text in secret:
        name, _, variable = text.partition("=")
        if not os.environ.get(variable):
            message = f"--header-env {text!a}: the variable {variable!a} is not set"
            raise UsageError(message, hint="write it as NAME=VARIABLE, and set the variable")
        found.append(GivenHeader(name.strip(), os.environ[variable], variable))
    for header in found:
        _check(header)
    return tuple(found)


def _check(header: GivenHeader) -> None:
    """Raise UsageError for a header that cannot be sent; its value is not shown."""
    if not _NAME.fullmatch(header.name):
        raise UsageError(f"{header.name!a} is no name of a header", hint="letters, digits, hyphens")
    if not _VALUE.fullmatch(header.value):
        message = f"the value of the header {header.name} cannot be sent"
        raise UsageError(message, hint="no line ends and no characters beyond Latin-1")
    if header.name.lower() in _NOT_GIVEN:
        message = f"the header {header.name} follows from the request itself"
        raise UsageError(message, hint="leave it out; --encodings says how bodies are written")


def check_signature_is_ours(callbacks: Iterable[Callback], headers: Iterable[GivenHeader]) -> None:
    """Raise UsageError where a header was given that holds the signature."""
    names = {header.name.lower(): header.name for header in headers}
    for callback in callbacks:
        place = callback.signature.place
        if place.within == "header" and place.field.lower() in names:
            message = f"the header {names[place.field.lower()]} is the signature of {callback.path}"
            raise UsageError(message, hint="leave it out: each request is signed anew")


def open_settings(
    texts: Iterable[str], callbacks: Sequence[Callback], *, by_force: bool = False
) -> tuple[Setting, ...]:
    """The values that were set; raises UsageError for one that fits no callback, unless forced."""
    from hookproof.conformance.cases.constants import Constants, Setting
    from hookproof.contract_proof.checks.fields import leads_somewhere
    from hookproof.payload.pointer import from_pointer
    from hookproof.validation.compiled_callback import CompiledCallback

    found = []
    for text in texts:
        pointer, sign, value = text.partition("=")
        if not sign or not pointer.startswith("/"):
            message = f"--set {text!a} is not POINTER=VALUE"
            raise UsageError(message, hint="as in --set /appid=1234567890")
        setting = Setting(from_pointer(pointer), value)
        if by_force:
            found.append(setting)
            continue
        known = [one for one in callbacks if leads_somewhere(one.schema, setting.parts)]
        if not known:
            message = f"--set {text!a}: no callback has a field {pointer}"
            hint = f"`hookproof show {callbacks[0].path}` lists the fields" if callbacks else ""
            raise UsageError(message, hint=hint)
        for one in known:
            alone = Constants(one, settings=(setting,))
            payload = alone.put_into(
                one.examples[0].payload, kept=frozenset(), accepts=lambda _, __: True
            )
            if CompiledCallback(one).accepts(payload):
                break
        else:
            message = f"--set {text!a} breaks the contract of {known[0].path}"
            raise UsageError(message, hint="the value must be one that the vendor could send")
        found.append(setting)
    return tuple(found)


def with_samples(
    callbacks: Sequence[Callback], files: Iterable[Path]
) -> tuple[list[Callback], Names]:
    """The callbacks with the samples in front of their examples, and what is named in them.

    Raises UsageError for a file that is no callback of these.
    """
    from hookproof.conformance.cases.constants import named_in
    from hookproof.contract.model import Example
    from hookproof.validation.compiled_callback import CompiledCallback

    found, names = {one.path: one for one in callbacks}, dict[tuple[str, str], Any]()
    for file in files:
        payload = _read(file)
        fitting = [one for one in found.values() if _is_named(one, payload)]
        if len(fitting) != 1:
            told = " and ".join(one.path for one in fitting) or "none of what is asked for"
            message = f"the sample {file} may be a callback of {told}"
            raise UsageError(message, hint="name the callback with its area")
        [one] = fitting
        if not CompiledCallback(one).accepts(payload):
            hint = f"`hookproof validate {file}` says where"
            raise UsageError(f"the sample {file} breaks the contract of {one.path}", hint=hint)
        example = Example(f"sample_of_{file.stem}", payload, "given", (), one.source)
        found[one.path] = replace(one, examples=(example, *one.examples))
        names = named_in(one, payload, word="x-object") | names
    return list(found.values()), names


def _read(file: Path) -> dict[str, Any]:
    from hookproof.payload.body import read_body

    try:
        body = read_body(file.read_bytes())
    except OSError as error:
        raise UsageError(f"the sample {file} cannot be read: {error.strerror}") from error
    if not body.reading.complete or not isinstance(body.value, dict):
        raise UsageError(f"the sample {file} holds no JSON object", hint="one callback, its body")
    payload: dict[str, Any] = body.value
    return payload


def _is_named(callback: Callback, payload: dict[str, Any]) -> bool:
    return all(payload.get(name) in values for name, values in callback.discriminator.items())
