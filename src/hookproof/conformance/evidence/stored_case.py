"""The case that a report keeps as data, read again, for the same sender to write it.

How a forgery, a rewriting or a tampering is made is code and is kept by the name of its case: the
cases of a callback are made anew, and the one of that name is taken. All else is kept as it is.
"""

from __future__ import annotations

import json
from base64 import b64decode
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any, Final, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StrictBool,
    StrictInt,
    StrictStr,
    model_validator,
)

from hookproof.conformance.cases.cases import Before, Case
from hookproof.conformance.checks import Check
from hookproof.conformance.evidence.stored_request import FLAGS, TEXTS, is_code
from hookproof.http.request import Layout
from hookproof.payload.body import BodyForm

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    Name = tuple[str, str, str]

_PLAIN: Final = ("check", "form", "layout", "kept", "shift", "content_type", "before", "together")
_MOST_BEFORE: Final = 4
_MOST_TOGETHER: Final = 16
_LONGEST_SHIFT: Final = 400 * 24 * 60 * 60


class UnknownCase(Exception):
    """No case of this version has the name that a report gives."""


class StoredCase(BaseModel):
    """What the text of a case has to say; the text may come from anybody."""

    model_config = ConfigDict(frozen=True)

    check: Check
    payload: Any
    raw: StrictBool
    form: BodyForm | None
    layout: Layout
    kept: frozenset[StrictStr]
    shift: Annotated[StrictInt, Field(ge=-_LONGEST_SHIFT, le=_LONGEST_SHIFT)]
    content_type: Annotated[StrictStr, Field(pattern=r"^[^\r\n\x00]*$")] | None
    before: Annotated[tuple[Before, ...], Field(max_length=_MOST_BEFORE)]
    together: Annotated[StrictInt, Field(ge=1, le=_MOST_TOGETHER)]
    named: StrictBool
    label: StrictStr
    nonce: StrictStr
    advice: StrictStr
    where: StrictStr
    kind: StrictStr
    verbatim: StrictBool
    chunked: StrictBool
    may_refuse: StrictBool
    suspect: StrictBool
    may_close: StrictBool
    followed: StrictBool

    @model_validator(mode="after")
    def _opened(self) -> Self:
        if self.raw:
            self.bytes_of_payload()
        return self

    def bytes_of_payload(self) -> bytes:
        """A raw payload; raises ValueError where it is no Base64."""
        if not isinstance(self.payload, str):
            raise ValueError("a raw payload is Base64")  # noqa: TRY004 - as pydantic wants it
        return b64decode(self.payload, validate=True)

    @classmethod
    def read(cls, text: str) -> Self:
        """What a text says; raises ValidationError, or ValueError where it is no JSON."""
        # The payload may hold half a surrogate pair, which pydantic's own reader refuses.
        return cls.model_validate(json.loads(text))


def case_in(text: str, known: Mapping[Name, Case]) -> Case:
    """The case that a text tells of; `known` are those that this version makes, by name.

    Raises ValueError where it is none, and UnknownCase where a case of its name is wanted and
    there is none.
    """
    if not text:
        raise UnknownCase("")
    told = StoredCase.read(text)
    case = Case(
        payload=told.bytes_of_payload() if told.raw else told.payload,
        **{name: getattr(told, name) for name in (*_PLAIN, *TEXTS, *FLAGS)},
    )
    if not told.named:
        return case
    if _name(case) not in known:
        raise UnknownCase(case.label)
    mine = known[_name(case)]
    return replace(mine, followed=True) if case.followed else mine


def by_name(cases: Iterable[Case]) -> dict[Name, Case]:
    """Cases that are told by their names."""
    return {_name(case): case for case in cases if is_code(case)}


def _name(case: Case) -> Name:
    return case.check.value, case.label, case.where
