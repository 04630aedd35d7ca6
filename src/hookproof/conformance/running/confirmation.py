"""Asks whose the receiver's address is, as a vendor does by a GET before it sends anything."""

from __future__ import annotations

import shlex
from functools import partial
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl, quote

from hookproof.conformance.checks import Check
from hookproof.conformance.evidence.redaction import discreet
from hookproof.conformance.judging.response_class import as_shown, tell
from hookproof.findings import CODES, ReceiverFinding, Severity
from hookproof.http.request import unique_like
from hookproof.http.target import shell_headers
from hookproof.signature.challenge import asked_in, challenge_words, confirms, query_of
from hookproof.signature.secrets import token_names

if TYPE_CHECKING:
    from collections.abc import Callable

    from hookproof.conformance.running.sight import Observer
    from hookproof.conformance.sending.side_connections import Aside
    from hookproof.contract.model import Confirmation
    from hookproof.http.answer import Answer
    from hookproof.http.request import Request

    _Judge = Callable[[Observer, Confirmation, str, Answer], ReceiverFinding | None]

# Twice with the right token and twice with another; a smaller run has none to spare.
_MOST: Final = 4
_FEW: Final = 20


def confirm_address(trial: Observer, genuine: Request) -> None:
    """Hold the answer to the GET of a callback's vendor to what its page says, where it asks so.

    `genuine` is a request that was accepted. With a token of nobody's nothing may be given back.
    """
    asked = trial.compiled.callback.confirmation
    if asked is None or trial.left < _MOST + _FEW:
        return
    if asked.token and trial.token is None:
        trial.tally.add(_untried(trial, asked))
    else:
        _try(trial, genuine, asked, _unanswered, token=trial.token or "")
    if asked.token:
        token = f"hookproof-{_number(trial):x}"
        _try(trial, genuine, asked, _given_to_anybody, token=token)


def _try(
    trial: Observer, genuine: Request, asked: Confirmation, judge: _Judge, *, token: str
) -> None:
    """Ask, and ask once more where that is to be blamed: only what repeats is."""
    facts, found = trial.sender.signature, None
    for _ in range(2):
        query = query_of(asked, token=token, renew=partial(unique_like, event=str(_number(trial))))
        [answer] = trial.beside(genuine, partial(_ask, query))
        if trial.token:
            answer = discreet(answer, genuine, facts, secret=trial.token.encode())
        found = judge(trial, asked, query, answer)
        if found is None:
            return
    if found is not None:
        trial.tally.add(found)


def _ask(query: str, aside: Aside) -> list[Answer]:
    return [aside.ask(query)]


def _unanswered(
    trial: Observer, asked: Confirmation, query: str, answer: Answer
) -> ReceiverFinding | None:
    if _is_confirmed(trial, asked, query, answer):
        return None
    wanted = f"{asked.success.status} with {challenge_words(asked.forms)}"
    message = f"the vendor asks by a GET whose the address is, and got {tell(answer)}"
    hint = f"answer GET at this address, too: {wanted}; until then the vendor sends nothing"
    return _finding(trial, "HP414", message, hint, query, answer)


def _given_to_anybody(
    trial: Observer, asked: Confirmation, query: str, answer: Answer
) -> ReceiverFinding | None:
    if not _is_confirmed(trial, asked, query, answer):
        return None
    message = f"a GET with another {asked.token} than yours gets the challenge back"
    return _finding(trial, "HP436", message, CODES["HP436"].hint, query, answer)


def _is_confirmed(trial: Observer, asked: Confirmation, query: str, answer: Answer) -> bool:
    parameters = asked_in(asked, f"?{query}") or {}
    status = answer.status is not None and asked.success.accepts_status(answer.status)
    secret = trial.sender.secret
    return status and confirms(trial.compiled.callback, parameters, secret, answer.body)


def _untried(trial: Observer, asked: Confirmation) -> ReceiverFinding:
    callback = trial.compiled.callback
    names = token_names(callback.area, vendor=callback.vendor)
    return ReceiverFinding(
        code="HP414",
        severity=Severity.NOTE,
        callback=callback.path,
        where="",
        message=f"whether it confirms its address was not tried: no {asked.token} is at hand",
        hint=f"set {names[0]} to the word that you have entered at the vendor",
        source=str(asked.source),
        check=Check.ACKNOWLEDGES_AS_DOCUMENTED.value,
    )


def _finding(
    trial: Observer, code: str, message: str, hint: str, query: str, answer: Answer
) -> ReceiverFinding:
    callback = trial.compiled.callback
    forged = code == "HP436"
    check = Check.REFUSES_FORGED if forged else Check.ACKNOWLEDGES_AS_DOCUMENTED
    source = callback.confirmation.source if callback.confirmation else callback.source
    return ReceiverFinding(
        code=code,
        severity=Severity.ERROR,
        callback=callback.path,
        where="",
        message=message,
        hint=hint,
        source=str(source),
        check=check.value,
        status=answer.status,
        reproduce=_lines(trial, query, hidden=not forged),
        answer=as_shown(answer),
    )


def _lines(trial: Observer, query: str, *, hidden: bool) -> str:
    """The GET for a shell; the token is read from its variable where it is the right one."""
    callback = trial.compiled.callback
    asked = callback.confirmation
    name = token_names(callback.area, vendor=callback.vendor)[-1]
    parts = ["curl -sS -i -G", *shell_headers((), trial.session.aside.target.headers)]
    for key, value in parse_qsl(query, keep_blank_values=True):
        if hidden and asked and key == asked.token:
            parts.append(f'--data-urlencode "{quote(key)}=${{{name}:?}}"')
        else:
            parts.append(f"--data-urlencode {shlex.quote(f'{quote(key)}={value}')}")
    return " ".join([*parts, shlex.quote(trial.url)])


def _number(trial: Observer) -> int:
    return trial.fresh_sender().chance.getrandbits(64)
