"""One callback of a receiver, with all that is worked out once: proof, schema, model, answer."""

from __future__ import annotations

import hmac
import json
from copy import deepcopy
from dataclasses import replace
from datetime import UTC, datetime
from functools import cached_property
from importlib import import_module
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final

import orjson

from hookproof.payload.pointer import from_pointer
from hookproof.receiver.event import Acknowledgement, Event
from hookproof.signature.challenge import asked_in, confirming, right_answer
from hookproof.signature.prover import prover
from hookproof.signature.verify import find_signature, verify
from hookproof.validation.compiled_callback import CompiledCallback
from hookproof.validation.fast_path import Express

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from hookproof.contract import Callback
    from hookproof.contract.model import Place
    from hookproof.receiver.event import Request

    Identifies = Callable[[dict[str, Any], Request], str]
    _Makes = Callable[[dict[str, Any], Request, datetime, tuple[str, ...]], Event]


class Lane:
    """A callback as a receiver sees it.

    What `proves` and `look` say yes to holds; their no means that it is to be judged exactly.
    `has_tolerance` tells whether a page wants moments held to. What its vendor leaves unsigned
    is taken unproved where `takes_unsigned`.
    """

    def __init__(
        self, callback: Callback, secrets: Iterable[bytes], *, takes_unsigned: bool = False
    ) -> None:
        secrets = tuple(secrets)
        self.callback = callback
        self.judges = CompiledCallback(callback)
        self._is_signed = not callback.signature.is_unsigned
        self.proves = prover(callback.signature, secrets)
        if takes_unsigned and not self._is_signed:
            self.proves = lambda *_: True
        express = Express(callback, keeps=True)
        express.expect_valid()
        self.look = express.look
        self.path = callback.path
        self.has_tolerance = any(fact.tolerance is not None for fact in callback.request_fields)
        self._secrets = secrets
        # What events have in common, and a place for what they have not.
        alike = Event(
            self.path,
            callback.area,
            {},
            b"",
            "",
            datetime.now(UTC),
            acknowledgement=acknowledgement(callback),
            is_proved=self._is_signed,
            _typed=lambda event: self._read(event.raw),
        ).__dict__
        for name in ("unknown_fields", "quirks"):
            # What is as the class has it needs no place: a smaller dictionary is sooner made.
            del alike[name]
        self.event = self._maker(alike)

    def _maker(self, alike: dict[str, Any]) -> _Makes:
        """What gives the event of a request that was judged, its body JSON."""
        copy, key_of, new = alike.copy, _identifier(self.callback), object.__new__
        set_fields = Event.__dict__["__dict__"].__set__
        answer = self._answer if self.callback.challenge else None

        def event(
            value: dict[str, Any], request: Request, now: datetime, quirks: tuple[str, ...]
        ) -> Event:
            # A frozen dataclass sets each field by a call of its own, a fifth of all.
            fields = copy()
            fields["value"] = value
            fields["raw"] = request.body
            fields["dedupe_key"] = key_of(value, request)
            fields["verified_at"] = now
            if quirks:
                fields["quirks"] = quirks
            if answer:
                fields["acknowledgement"] = answer(value, request)
            made = new(Event)
            set_fields(made, fields)
            return made

        return event

    def event_of_form(self, event: Event) -> Event:
        """The same where the body was no JSON, so that the payload is made of the value."""
        kept = deepcopy(event.value)
        return replace(event, _typed=lambda _: self._read(kept))

    def _answer(self, value: dict[str, Any], request: Request) -> Acknowledgement:
        """The answer to a challenge, by the secret that proves who asks."""
        proving = (
            secret
            for secret in self._secrets
            if verify(
                self.callback.signature,
                secret,
                payload=value,
                body=request.body,
                headers=request.headers,
                url=request.url,
            ).valid
        )
        return challenge_answer(self.callback, value, next(proving, b""))

    def takes(self, value: dict[str, Any]) -> bool:
        """Whether a payload that the schema does not take is one that vendors come to send.

        That is a value that no list has yet, a larger number, a longer text or list, or what the
        model takes.
        """
        if all(one.keyword in _WIDENED for one in self.judges.violations(value)):
            return True
        return self._model is not None and _read_model(self._model, value)[0] is not None

    def _read(self, given: bytes | dict[str, Any]) -> tuple[Any, str]:
        if self._model is None:
            return None, f"no generated model of {self.path} is installed"
        found = _read_model(self._model, given)
        return found if found[0] is not None else _read_model(self._model, given, wider=True)

    @cached_property
    def _model(self) -> Any:
        """The generated model of the callback, None where none is installed."""
        callback = self.callback
        try:
            module = import_module(f"hookproof_models.{callback.area}.{callback.event}")
        except ImportError:
            return None
        return getattr(module, callback.title, None)


_WIDENED: Final = frozenset({"enum", "maximum", "maxLength", "maxItems", "x-max-bytes"})


def _identifier(callback: Callback) -> Identifies:
    """What gives the key of an event, by what identifies it wherever in the request it stands."""
    path, dumps, option = callback.path, orjson.dumps, orjson.OPT_SORT_KEYS
    places = [fact.place for fact in callback.request_fields if fact.is_unique]
    ways = [from_pointer(pointer) for pointer in callback.dedupe_key]
    names = [name for name, *_ in ways]
    # The quickest, where there are several.
    members = itemgetter(*names) if len(names) > 1 else lambda value: [*map(value.get, names)]
    deeper = [(at, below) for at, (_, *below) in enumerate(ways, 1 + len(places)) if below]
    nothing = [path, *(None for _ in (*places, *ways))]
    if len(nothing) == 1:
        return lambda value, request: ""  # noqa: ARG005 - one of two

    def identity(value: dict[str, Any], request: Request) -> str:
        try:
            parts = [path, *members(value)]
        except KeyError:
            parts = [path, *map(value.get, names)]
        if places:
            parts[1:1] = _beside(places, value, request)
        for at, below in deeper:
            parts[at] = _inside(parts[at], below)
        # Events of which nothing is known would all be one.
        if parts[-1] is None and parts == nothing:
            return ""
        try:
            return dumps(parts, None, option).decode()
        except TypeError:
            return _as_text(parts)

    return identity if places or deeper else _of_members(path, members, identity)


def _of_members(path: str, members: Callable[[Any], Any], otherwise: Identifies) -> Identifies:
    """The same of what most are identified by: members of the payload that are there."""
    dumps, option = orjson.dumps, orjson.OPT_SORT_KEYS

    def identity(value: dict[str, Any], request: Request) -> str:
        try:
            found = members(value)
            if found[-1] is not None:
                return dumps([path, *found], None, option).decode()
        except (KeyError, TypeError):
            pass
        return otherwise(value, request)

    return identity


def _beside(places: list[Place], value: dict[str, Any], request: Request) -> list[Any]:
    """What stands at places that may be beside the payload."""
    headers, url = request.headers, request.url
    return [find_signature(place, value, headers, url=url)[1] for place in places]


def _inside(value: Any, way: list[str]) -> Any:
    for name in way:
        value = value.get(name) if type(value) is dict else None
    return value


def _as_text(parts: list[Any]) -> str:
    """A JSON list in the fewest characters, members sorted: no writer's order tells two apart."""
    try:
        return orjson.dumps(parts, option=orjson.OPT_SORT_KEYS).decode()
    except TypeError:
        # A lone surrogate, or an integer beyond 64 bits.
        return json.dumps(parts, separators=(",", ":"), sort_keys=True)


def _read_model(
    model: Any, given: bytes | dict[str, Any], *, wider: bool = False
) -> tuple[Any, str]:
    """A payload as its model; None, and why, where it does not take it."""
    try:
        raw = given if isinstance(given, bytes) else json.dumps(given, ensure_ascii=False)
        if not wider:
            return model.model_validate_json(raw), ""
        # Of rare use, and it needs pydantic, which who has models has.
        from hookproof.models.widening import widened  # noqa: PLC0415

        return widened(model).validate_json(raw), ""
    except (ValueError, RecursionError, OverflowError) as error:
        told = getattr(error, "errors", None)
        first = told()[0] if told else {"loc": (), "msg": str(error)}
        where = "".join(f"/{part}" for part in first["loc"])
        return None, f"its model does not take {where or 'it'}: {first['msg']}"


def acknowledgement(callback: Callback) -> Acknowledgement:
    """The answer that a callback's page asks for; its body satisfies older versions as well."""
    success = callback.deliveries[0].success
    status = int(success.status) if success.status.isdigit() else 200
    if callback.answer:
        text = json.dumps(callback.answer.example, ensure_ascii=False)
        return Acknowledgement(status, text.encode(), "application/json")
    return Acknowledgement(status, (callback.wanted_body or "").encode())


def challenge_answer(callback: Callback, payload: Any, secret: bytes) -> Acknowledgement:
    """The same of one request, which may ask for something of its payload back."""
    plain, right = acknowledgement(callback), right_answer(callback, payload, secret)
    return replace(plain, body=right[1], content_type=right[0]) if right else plain


def confirmation_answer(
    callback: Callback, url: str, *, secret: bytes, token: str | None
) -> Acknowledgement | None:
    """The answer to a GET by which a callback's vendor asks whose the address is.

    None for any other GET; 403, with nothing given back, for one with another token.
    """
    asked = callback.confirmation
    parameters = asked_in(asked, url) if asked else None
    if asked is None or parameters is None:
        return None
    if asked.token and not _is_token(parameters[asked.token], token):
        return Acknowledgement(403, b"wrong-token")
    status = int(asked.success.status) if asked.success.status.isdigit() else 200
    kind, body = confirming(callback, parameters, secret) or ("text/plain", b"")
    return Acknowledgement(status, body, kind)


def _is_token(given: str, wanted: str | None) -> bool:
    """In constant time; an empty one proves nobody."""
    return bool(wanted) and hmac.compare_digest(given.encode(), (wanted or "").encode())
