"""Why a request is no callback to act on. No text here ever holds a secret or a signature."""

from __future__ import annotations


class Rejected(Exception):
    """A request that must not be acted on.

    `reason` is a stable word for logs and metrics, `status` the HTTP status to answer, and the
    text says for a person what is wrong.
    """

    def __init__(self, reason: str, message: str, *, status: int) -> None:
        super().__init__(message)
        self.reason = reason
        self.status = status


class InvalidSignature(Rejected):
    """The sender is not proved.

    Reasons: `missing`, `wrong`, `unreadable`, `stale` (outside the window), `replayed` (its nonce
    came before, with another body), `unsigned` (its vendor signs it never).
    """


class Malformed(Rejected):
    """The sender is proved or not asked yet, and the body cannot be used.

    Reasons: `too-large`, `unreadable` (no JSON, a key twice, not UTF-8), `no-object`, `contract`
    (it breaks the contract where that matters), `no-length` (it came in chunks, which the WSGI
    server does not read: status 411).
    """


def broken_off() -> Malformed:
    """The refusal of a body whose end never came, or whose chunks or encoding are none.

    Servers raise then while the body is read, each something else.
    """
    return Malformed("unreadable", "the body broke off, or cannot be decoded", status=400)


class UnknownCallback(Rejected):
    """No callback of these areas is named. Raised with `unknown="raise"` alone.

    Reasons: `unknown`, `unclear` (several products share the name: give one area).
    """


class NoConfirmation(Rejected):
    """A GET that does not ask whose the address is, or asks for somebody else.

    Reasons: `unasked` (these areas confirm no address so), `wrong-token`.
    """
