"""Where a secret comes from: the environment or a file, never an argument's value."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from hookproof.errors import SecretMissing, UsageError
from hookproof.signature.schemes import decoded

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from hookproof.contract import Callback

_PREFIX: Final = "HOOKPROOF_SECRET"
_TOKEN: Final = "HOOKPROOF_TOKEN"  # noqa: S105 - the name of a variable
# What `hookproof sanitize` signs with, so that whoever has a fixture can verify it.
PUBLISHED_SECRET: Final = b"secret"


@dataclass(frozen=True, slots=True)
class SecretSource:
    """Where a secret was read: in a file where one is named, else in an environment variable."""

    variable: str = _PREFIX
    file: str = ""


@dataclass(frozen=True, slots=True)
class Secrets:
    """Finds the secret of an area: the one given for the call, then the environment's.

    Looked up are HOOKPROOF_SECRET_<AREA>, HOOKPROOF_SECRET_<VENDOR>, HOOKPROOF_SECRET, and the
    one that a configuration file names last. `named` is where the given or configured one was.
    """

    environment: Mapping[str, str] = field(repr=False)
    given: bytes | None = field(default=None, repr=False)
    configured: bytes | None = field(default=None, repr=False)
    named: SecretSource = SecretSource()

    def find(self, area: str, *, vendor: str) -> bytes | None:
        """The secret of an area, None where there is none."""
        if self.given is not None:
            return self.given
        for name in variable_names(area, vendor=vendor):
            if self.environment.get(name):
                return self.environment[name].encode("utf-8", "surrogateescape")
        return self.configured

    def of(self, callback: Callback) -> bytes | None:
        """The secret of a callback's area, None where there is none.

        Raises UsageError where it is not written as the contract says that this vendor's are.
        """
        secret = self.find(callback.area, vendor=callback.vendor)
        if secret is not None:
            source = self.source(callback.area, vendor=callback.vendor)
            hold_form(callback, secret, source.file or source.variable)
        return secret

    def token(self, callback: Callback) -> str | None:
        """The word that a vendor was told for confirming the address, None where there is none.

        Looked up are HOOKPROOF_TOKEN_<AREA>, HOOKPROOF_TOKEN_<VENDOR> and HOOKPROOF_TOKEN.
        """
        names = token_names(callback.area, vendor=callback.vendor)
        return next((self.environment[one] for one in names if self.environment.get(one)), None)

    def source(self, area: str, *, vendor: str) -> SecretSource:
        """Where the secret of an area is found, so that a person can take it from there."""
        for name in () if self.given is not None else variable_names(area, vendor=vendor):
            if self.environment.get(name):
                return SecretSource(name)
        return self.named

    def names(self, area: str) -> bool:
        """Whether a secret is at hand that says by its name which area it is for."""
        return self.given is None and bool(self.environment.get(f"{_PREFIX}_{area.upper()}"))

    def others(self, secret: bytes) -> dict[str, bytes]:
        """The other secrets at hand, by the variable they are in."""
        found = {
            name: value.encode("utf-8", "surrogateescape")
            for name, value in self.environment.items()
            if name.startswith(_PREFIX) and value
        }
        return {name: value for name, value in found.items() if value != secret}

    def require(self, callback: Callback) -> bytes:
        """The same; raises SecretMissing where there is none."""
        secret = self.of(callback)
        if secret is None:
            names = variable_names(callback.area, vendor=callback.vendor)
            raise SecretMissing(callback.area, looked_at=names)
        return secret


def hold_form(callback: Callback, secret: bytes, where: str) -> None:
    """Raise UsageError for a secret that stands for bytes, and is in none of the ways to write it.

    The published one is taken as it is: whoever has a fixture verifies it so.
    """
    forms = [one.secret for one in (*callback.signature.forms, *callback.signature.together)]
    if secret == PUBLISHED_SECRET or any(decoded(form, secret) is not None for form in forms):
        return
    written = {"hex": "hex", "base64": "Base64"}[forms[0].encoding]
    after = f" after {forms[0].prefix}" if forms[0].prefix else ""
    raise UsageError(
        f"the secret in {where} is not {written}{after}, as those of {callback.area} are",
        hint="copy it whole from where the vendor shows it: a text of your own is none",
    )


def variable_names(area: str, *, vendor: str) -> tuple[str, ...]:
    """The environment variables that may hold an area's secret, the closest first."""
    # An area may have the vendor's own name.
    named = (f"{_PREFIX}_{area.upper()}", f"{_PREFIX}_{vendor.upper()}", _PREFIX)
    return tuple(dict.fromkeys(named))


def token_names(area: str, *, vendor: str) -> tuple[str, ...]:
    """The same for the word that a vendor was told for confirming the address."""
    names = variable_names(area, vendor=vendor)
    return tuple(name.replace(_PREFIX, _TOKEN, 1) for name in names)


def read_secrets(
    environment: Mapping[str, str], *, variable: str | None = None, file: Path | None = None
) -> Secrets:
    """Take a secret from a named variable or a file where one is named.

    One line end at the end of a file is taken off: editors add it. Raises UsageError where
    the variable is not set, the file cannot be read, or the secret is empty.
    """
    if variable is not None and file is not None:
        raise UsageError("--secret-env and --secret-file were both given", hint="give one")
    if variable is not None:
        given = _not_empty(_from_variable(environment, variable))
        return Secrets(environment, given, named=SecretSource(variable))
    if file is not None:
        return Secrets(environment, _not_empty(_from_file(file)), named=SecretSource("", str(file)))
    return Secrets(environment)


def _from_variable(environment: Mapping[str, str], name: str) -> bytes:
    if name not in environment:
        # Somebody may have put the secret itself here, so the name is not repeated.
        raise UsageError(
            "the environment variable named by --secret-env is not set",
            hint="--secret-env takes the name of a variable, not the secret itself",
        )
    return environment[name].encode("utf-8", "surrogateescape")


def _from_file(file: Path) -> bytes:
    try:
        return file.read_bytes().removesuffix(b"\n").removesuffix(b"\r")
    except OSError as error:
        raise UsageError(f"the secret file {file} cannot be read: {error.strerror}") from None


def _not_empty(secret: bytes) -> bytes:
    if not secret:
        raise UsageError("the secret is empty")
    return secret
