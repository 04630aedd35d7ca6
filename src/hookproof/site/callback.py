"""What stands on the page of a callback, worked out for its template."""

from __future__ import annotations

import json
import re
import shlex
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from hookproof.delivery.outage import tolerance
from hookproof.delivery.policy import is_documented, offsets
from hookproof.describe.example import as_curl, as_http
from hookproof.describe.fields import fields_of
from hookproof.describe.vector import worked
from hookproof.describe.wording import encoding_words, signature_words
from hookproof.http.request import Request, Sending, write_request
from hookproof.languages.typed_schemas import TypedSchemas
from hookproof.payload.body import BodyForm
from hookproof.signature.recipe import shell_recipe
from hookproof.signature.secrets import PUBLISHED_SECRET
from hookproof.signature.verify import signed_values

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hookproof.contract import Callback
    from hookproof.contract.model import Delivery, SignatureFacts
    from hookproof.describe.fields import Field
    from hookproof.describe.vector import Step


_LEFT: Final = 4.0
_WIDTH: Final = 92.0
# What a label needs beside another one.
_APART: Final = 9.0
_MINUTE: Final = 60


@dataclass(frozen=True, slots=True)
class Mark:
    """An attempt: its number, when it begins, and its place in percent.

    `label` is "" where there is no room for one, `waits` how wide the wait for an answer is.
    """

    number: int
    at: str
    x: float
    label: str
    waits: float


def timeline(delivery: Delivery) -> tuple[Mark, ...]:
    """The attempts of an event that nobody answers; none where there is nothing to draw."""
    moments = offsets(delivery)
    if len(moments) < 2 or not moments[-1]:
        return ()
    places = [_LEFT + _WIDTH * at / moments[-1] for at in moments]
    wide = _WIDTH * (delivery.timeout or 0) / moments[-1]
    labelled = _labelled(places)
    return tuple(
        Mark(n + 1, told(at), round(x, 2), told(at) if n in labelled else "", min(wide, 100 - x))
        for n, (at, x) in enumerate(zip(moments, places, strict=True))
    )


def told(seconds: float) -> str:
    """A time as people say it: `62 s`, `12 min`."""
    if seconds > 2 * _MINUTE and seconds % _MINUTE == 0:
        return f"{seconds / _MINUTE:g} min"
    return f"{seconds:g} s"


def _labelled(places: list[float]) -> set[int]:
    """The attempts with a label: the first, the last, and those that are far enough from others."""
    last = len(places) - 1
    kept = [0]
    for n, x in enumerate(places[1:-1], 1):
        if x - places[kept[-1]] >= _APART and places[last] - x >= _APART:
            kept.append(n)
    return {*kept, last}


URL: Final = "http://127.0.0.1:8000/callbacks"
# The moment of all requests on the site, so that the same contract gives the same pages.
MOMENT: Final = 1_790_000_000.0
_IN_SHELL: Final = '"$secret"'


class Row(NamedTuple):
    """A field on the page: its place in the page and in the payload, and what is inside."""

    field: Field
    anchor: str
    pointer: str
    inner: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Vector:
    """One documented form of a signature, worked out; `role` tells it from others.

    `shell` are lines that print the signature, "" of a token.
    """

    role: str
    steps: tuple[Step, ...]
    shell: str


def rows(fields: Iterable[Field], start: str = "field", pointer: str = "") -> tuple[Row, ...]:
    """Fields with their places, those inside of nested JSON too."""
    found = []
    for field in fields:
        anchor = f"{start}-{re.sub(r'[^A-Za-z0-9_]+', '-', field.name)}"
        place = pointer if field.shape else f"{pointer}/{field.name}"
        found.append(Row(field, anchor, place, rows(field.inner, anchor, place)))
    return tuple(found)


def all_rows(tree: Iterable[Row]) -> Iterator[Row]:
    """Every row of a tree."""
    for row in tree:
        yield row
        yield from all_rows(row.inner)


def request_of(callback: Callback, form: BodyForm | None = None) -> Request:
    """The first example as it would have come at MOMENT, signed with the published secret."""
    return write_request(
        callback,
        callback.examples[0].payload,
        secret=PUBLISHED_SECRET,
        sending=Sending(MOMENT, "1", URL),
        form=form or BodyForm(callback.encodings[0].encoding),
    )


def vectors(callback: Callback) -> Iterator[Vector]:
    """Each signature that is sent, and each other form that a page documents."""
    facts, request = callback.signature, request_of(callback)
    roles = [("another page" if number else "", form) for number, form in enumerate(facts.forms)]
    roles += [("sent beside it", form) for form in facts.together]
    for role, form in roles:
        yield Vector(role, worked(form, request, PUBLISHED_SECRET), _shell(form, request))


def _shell(facts: SignatureFacts, request: Request) -> str:
    if facts.is_unsigned or facts.is_token:
        return ""
    values = signed_values(facts, request.payload, request.headers, url=request.url)
    inputs = [shlex.quote(value.decode()) for value in values]
    line = shell_recipe(facts, inputs=inputs, file="body", secret=_IN_SHELL, url=URL)
    body = [f"printf %s {shlex.quote(request.body.decode())} > body"] if facts.covers_body else []
    secret = f"secret={PUBLISHED_SECRET.decode()}"
    return "\n".join([secret, *body, line, 'echo "$sig"'])


def curls(callback: Callback) -> Iterator[tuple[str, str]]:
    """A line of curl for each documented encoding, with what that is called."""
    for facts in callback.encodings:
        request = request_of(callback, BodyForm(facts.encoding))
        yield encoding_words(facts), as_curl(request, url=URL)


def deliveries(callback: Callback) -> Iterator[tuple[Delivery, tuple[Mark, ...], str]]:
    """Each dated version with its drawing and what it means for an outage."""
    for delivery in callback.deliveries:
        yield delivery, timeline(delivery), _bridged(delivery)


def _bridged(delivery: Delivery) -> str:
    if not is_documented(delivery):
        return ""
    down = tolerance(delivery).down
    if not down:
        return "A receiver that is down loses what happens meanwhile."
    return f"A receiver may be down for {told(down)} without losing an event."


def model_of(callback: Callback) -> str:
    """The generated model as it stands in its file, "" where none was generated."""
    file = files("hookproof_models") / callback.area / f"{callback.event}.py"
    return file.read_text(encoding="utf-8") if file.is_file() else ""


_NAME: Final = re.compile(r"^[A-Za-z_$][A-Za-z0-9_$]*$")
_PLAIN: Final[dict[tuple[Any, Any], str]] = {
    ("integer", "int64"): "bigint",
    ("integer", None): "number",
    ("number", "double"): "number",
}


def typescript_of(callback: Callback) -> str:
    """The TypeScript type of a payload, and those of what is in it, nested JSON opened.

    Drawn of the schemas that the generator makes the same types of, for a page is made without it.
    """
    schemas = TypedSchemas(has_unions=True)
    schemas.callback(callback)
    # What is inside has its name before what it is in.
    names = [callback.title, *(one for one in schemas.components if one != callback.title)]
    drawn = [f"export type {one} = {_type(schemas.components[one], '')};" for one in names]
    return "\n\n".join(drawn) + "\n"


def _type(schema: dict[str, Any], indent: str) -> str:
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "anyOf" in schema:
        return " | ".join(dict.fromkeys(_type(one, indent) for one in schema["anyOf"]))
    if "enum" in schema:
        return " | ".join(json.dumps(one, ensure_ascii=False) for one in schema["enum"])
    match schema.get("type"):
        case "object":
            return _object(schema, indent)
        case "array":
            return f"Array<{_type(schema['items'], indent)}>"
        case kind:
            return _PLAIN.get((kind, schema.get("format")), str(kind or "unknown"))


def _object(schema: dict[str, Any], indent: str) -> str:
    if "properties" not in schema:
        return "{ [key: string]: unknown }"
    required, inner, lines = schema.get("required", ()), f"{indent}    ", ["{"]
    for name, field in schema["properties"].items():
        if told := " ".join(str(field.get("description", "")).split()):
            lines.append(f"{inner}/** {told.replace('*/', '* /')} */")
        written = name if _NAME.match(name) else json.dumps(name)
        sign = "" if name in required else "?"
        lines.append(f"{inner}{written}{sign}: {_type(field, inner)};")
    return "\n".join([*lines, f"{inner}[key: string]: unknown;", f"{indent}}}"])


def words(callback: Callback, tree: Iterable[Row]) -> dict[str, str]:
    """What the page is found by, each with the place to go to: "" is the top of the page."""
    found = dict.fromkeys((callback.event, callback.path, callback.title), "")
    for values in callback.discriminator.values():
        found |= dict.fromkeys(map(str, values), "")
    for row in all_rows(tree):
        found.setdefault(row.field.name, row.anchor)
    return found


def page_of(callback: Callback) -> dict[str, object]:
    """All that the template of a callback wants."""
    tree = rows(fields_of(callback.schema))
    answer = callback.answer
    request = request_of(callback)
    return {
        "callback": callback,
        "rows": tree,
        "places": {row.pointer: row.anchor for row in all_rows(tree)},
        "answer_rows": rows(fields_of(answer.schema), "answer") if answer else (),
        "signature": signature_words(callback.signature),
        "vectors": list(vectors(callback)),
        "deliveries": list(deliveries(callback)),
        "curls": list(curls(callback)),
        "http": as_http(request, url=URL).decode(),
        "model": model_of(callback),
        "typescript": typescript_of(callback),
        "words": words(callback, tree),
        "pretty": lambda value: json.dumps(value, ensure_ascii=False, indent=2),
    }
