"""A case as data: what a report keeps of it, and the case that the same sender writes again.

How a forgery, a rewriting or a tampering is made is code and is kept by the name of its case: the
cases of a callback are made anew, and the one of that name is taken. All else is kept as it is.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from typing import TYPE_CHECKING, Any, Final

from hookproof.conformance.cases.cases import Before, Case
from hookproof.conformance.checks import Check
from hookproof.http.request import Layout
from hookproof.payload.body import BodyForm

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    Name = tuple[str, str, str]

_TEXTS: Final = ("label", "nonce", "advice", "where", "kind")
_FLAGS: Final = ("verbatim", "chunked", "may_refuse", "suspect", "may_close")
_MOST_BEFORE: Final = 4
_MOST_TOGETHER: Final = 16
_LONGEST_SHIFT: Final = 400 * 24 * 60 * 60


class UnknownCase(Exception):
    """No case of this version has the name that a report gives."""


def case_as_text(case: Case, *, signature: str) -> str:
    """A case as JSON text, without the signature, which a payload may have in that field."""
    payload = case.payload
    if isinstance(payload, dict):
        payload = {name: "" if name == signature else value for name, value in payload.items()}
    raw = isinstance(payload, bytes)
    told: dict[str, Any] = {
        "check": case.check.value,
        "payload": b64encode(payload).decode() if isinstance(payload, bytes) else payload,
        "raw": raw,
        "form": case.form.value if case.form else None,
        "layout": case.layout.value,
        "kept": sorted(case.kept),
        "shift": case.shift,
        "content_type": case.content_type,
        "before": [one.value for one in case.before],
        "together": case.together,
        "named": _is_code(case),
    }
    told |= {name: getattr(case, name) for name in (*_TEXTS, *_FLAGS)}
    return json.dumps(told, separators=(",", ":"))


def case_in(text: str, known: Mapping[Name, Case]) -> Case:
    """The case that a text tells of; `known` are those that this version makes, by name.

    The text may come from anybody. Raises ValueError, TypeError or KeyError where it is none, and
    UnknownCase where a case of its name is wanted and there is none.
    """
    told = json.loads(text)
    plain: dict[str, Any] = {name: str(told[name]) for name in _TEXTS}
    plain |= {name: bool(told[name]) for name in _FLAGS}
    case = Case(
        check=Check(told["check"]),
        payload=b64decode(told["payload"], validate=True) if told["raw"] else told["payload"],
        form=None if told["form"] is None else BodyForm(told["form"]),
        layout=Layout(told["layout"]),
        kept=frozenset(map(str, told["kept"])),
        shift=_within(told["shift"], -_LONGEST_SHIFT, _LONGEST_SHIFT),
        content_type=None if told["content_type"] is None else str(told["content_type"]),
        before=tuple(Before(one) for one in told["before"][: _MOST_BEFORE + 1]),
        together=_within(told["together"], 1, _MOST_TOGETHER),
        **plain,
    )
    if len(case.before) > _MOST_BEFORE:
        message = "too many deliveries before it"
        raise ValueError(message)
    if not told["named"]:
        return case
    if _name(case) not in known:
        raise UnknownCase(case.label)
    return known[_name(case)]


def by_name(cases: Iterable[Case]) -> dict[Name, Case]:
    """Cases that are told by their names."""
    return {_name(case): case for case in cases if _is_code(case)}


def _name(case: Case) -> Name:
    return case.check.value, case.label, case.where


def _is_code(case: Case) -> bool:
    return any((case.forge, case.rewrite, case.tamper)) or case.secret is not None


def _within(value: Any, least: int, most: int) -> int:
    if type(value) is not int or not least <= value <= most:
        raise ValueError(value)
    return value
