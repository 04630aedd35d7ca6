"""The wire types: what they read, what they refuse, and that they give back what came in."""

from __future__ import annotations

import copy
import json
import pickle
from datetime import UTC, datetime, timedelta, timezone
from typing import Annotated, Literal, get_type_hints

import pytest
from pydantic import MISSING, Field, TypeAdapter, ValidationError

from hookproof.models import (
    DecimalString,
    Exact,
    JsonNumber,
    JsonText,
    MillisecondsTextMoment,
    SecondsMoment,
    SecondsTextMoment,
    TextInteger,
    UnixMilliseconds,
    UnixMillisecondsString,
    UnixSeconds,
    UnixSecondsString,
    WireModel,
)

MOMENT = datetime(2016, 12, 13, 2, 49, 18, tzinfo=UTC)


class Inner(WireModel):
    """One shape of nested JSON."""

    size: Annotated[int, Field(alias="Size")]
    unit: Annotated[str | MISSING, Field(alias="Unit")] = MISSING


class Other(WireModel):
    """Another shape of nested JSON."""

    name: str


class Payload(WireModel):
    """A field of every wire type."""

    appid: DecimalString | MISSING = MISSING
    sent: Annotated[UnixSecondsString | MISSING, Field(alias="Sent")] = MISSING
    at: UnixSeconds | MISSING = MISSING
    number: Annotated[JsonNumber | MISSING, Field(ge=0)] = MISSING
    mode: Exact[Literal[0, 1]] | MISSING = MISSING
    flag: Exact[Literal[True]] | MISSING = MISSING
    either: int | TextInteger | MISSING = MISSING
    marked: Exact[Literal[0, 1]] | TextInteger | MISSING = MISSING
    moment: UnixSeconds | SecondsTextMoment | MISSING = MISSING
    milliseconds: Annotated[UnixMilliseconds | MISSING, Field(alias="ms")] = MISSING
    milliseconds_text: Annotated[UnixMillisecondsString | MISSING, Field(alias="msText")] = MISSING
    units: SecondsMoment | UnixMilliseconds | SecondsTextMoment | MISSING = MISSING
    texts: UnixSecondsString | MillisecondsTextMoment | MISSING = MISSING
    nullable: DecimalString | MISSING | None = MISSING
    extra: Literal["", "{}"] | JsonText[Inner] | MISSING | None = MISSING
    shapes: JsonText[Inner | Other] | MISSING = MISSING
    anything: JsonText | MISSING = MISSING
    inner: Annotated[Inner | MISSING, Field(alias="Inner")] = MISSING
    by_key: dict[str, DecimalString] | MISSING = MISSING


def read(text: str) -> Payload:
    return Payload.model_validate_json(text)


def refusal(text: str) -> dict[str, object]:
    with pytest.raises(ValidationError) as caught:
        read(text)
    (error,) = caught.value.errors()
    return {"loc": error["loc"], "type": error["type"], "msg": error["msg"]}


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        '{"appid": "0"}',
        '{"appid": "18446744073709551617"}',
        '{"Sent": "148150008"}',
        '{"Sent": "99999999999"}',
        '{"at": 0}',
        '{"at": 99999999999}',
        '{"number": 60}',
        '{"number": 60.0}',
        '{"number": 170.612}',
        '{"number": 18446744073709551617}',
        '{"mode": 1}',
        '{"flag": true}',
        '{"either": 6833612}',
        '{"either": "6833612"}',
        '{"marked": 1}',
        '{"marked": "1"}',
        '{"moment": 1}',
        '{"moment": "1"}',
        '{"ms": 0}',
        '{"ms": 1745502313001}',
        '{"ms": 99999999999999}',
        '{"msText": "1745502313999"}',
        '{"units": 1745502313}',
        '{"units": 1745502313000}',
        '{"units": 99999999999}',
        '{"units": 100000000000}',
        '{"units": "1745502313"}',
        '{"texts": "1745502313"}',
        '{"texts": "1745502313000"}',
        '{"nullable": null}',
        '{"nullable": "7"}',
        '{"extra": ""}',
        '{"extra": "{}"}',
        '{"extra": null}',
        '{"extra": "{\\"Size\\":  1, \\"x\\": 18446744073709551617}"}',
        '{"shapes": " {\\"name\\": \\"a\\"}"}',
        '{"anything": "[1 ,null]"}',
        '{"Inner": {"Size": 1, "size": 2, "more": {"a": [null, 1.5, {}]}}}',
        '{"by_key": {"a": "1"}}',
        '{"x_new": 18446744073709551617, "y": {"a": [null, 1.5]}}',
        '{"sent": "not the known field", "Sent": "1"}',
        '{"inner": 5, "to_wire": 1, "model_config": 2, "self": 3, "__class__": 4, "": 5}',
        '{"overflow": 1e400, "zero": -0.0}',
    ],
)
def test_round_trip(text: str) -> None:
    """What is read is given back field by field, with the same JSON types and digits."""
    came = json.loads(text)
    model = read(text)
    assert json.dumps(model.to_wire(), sort_keys=True) == json.dumps(came, sort_keys=True)
    assert Payload.model_validate(came) == model


@pytest.mark.parametrize(
    "value",
    [
        "007",
        "+1",
        "-1",
        " 1",
        "1 ",
        "1\n",
        "1_0",
        "1.0",
        "",
        "\uff11",
        "\u0663",
        1,
        1.0,
        True,
        None,
    ],
)
def test_decimal_string_refuses_what_cannot_come_back(value: object) -> None:
    """Decimal text that is not canonical, and what is no JSON string, is refused with a reason."""
    assert refusal(json.dumps({"appid": value})) == {
        "loc": ("appid",),
        "type": "decimal_string",
        "msg": "Input should be a whole number as decimal text, without sign, leading zeros "
        "or blanks",
    }


def test_decimal_string_of_absurd_length() -> None:
    """Text with more digits than Python converts is refused like any other bad text."""
    assert refusal(json.dumps({"appid": "9" * 5000}))["type"] == "decimal_string"


@pytest.mark.parametrize(
    "value", ["01", "-1", "+1", " 1", "1.5", "", "999999999999", "\uff11", 1481597358, None, True]
)
def test_seconds_text_refuses_what_cannot_come_back(value: object) -> None:
    """Seconds of 12 digits and more, not canonical or not text are refused with a reason."""
    error = refusal(json.dumps({"Sent": value}))
    assert (error["loc"], error["type"]) == (("Sent",), "unix_seconds_string")
    assert "Unix seconds as text of at most 11 digits" in str(error["msg"])


@pytest.mark.parametrize("value", ["1", -1, 1.0, 1.5, True, None, 10**11])
def test_seconds_refuse_what_is_no_whole_number(value: object) -> None:
    """A moment as a JSON number is a whole one from 0 to 99999999999, and no boolean."""
    assert refusal(json.dumps({"at": value}))["type"] == "unix_seconds"


@pytest.mark.parametrize("value", ["1", -1, 1.5, True, None, 10**14])
def test_milliseconds_refuse_what_is_no_whole_number(value: object) -> None:
    """Milliseconds as a JSON number are whole ones of at most 14 digits."""
    error = refusal(json.dumps({"ms": value}))
    assert error["type"] == "unix_milliseconds"
    assert "whole milliseconds" in str(error["msg"])


@pytest.mark.parametrize("value", ["01", "", "1e3", "999999999999999", 1745502313000])
def test_milliseconds_text_refuses_what_cannot_come_back(value: object) -> None:
    """Milliseconds as text are canonical and of at most 14 digits."""
    assert refusal(json.dumps({"msText": value}))["type"] == "unix_milliseconds_string"


def test_milliseconds_are_moments() -> None:
    """A count of milliseconds is an aware datetime, exact to the millisecond."""
    model = read('{"ms": 1481597358007, "msText": "1"}')
    assert model.milliseconds == MOMENT.replace(microsecond=7000)
    assert model.milliseconds_text == datetime(1970, 1, 1, microsecond=1000, tzinfo=UTC)


@pytest.mark.parametrize(
    ("wire", "moment", "kind"),
    [
        (1481597358, MOMENT, SecondsMoment),
        (1481597358000, MOMENT, datetime),
        ("1481597358", MOMENT, SecondsTextMoment),
    ],
)
def test_one_moment_in_several_forms(wire: object, moment: datetime, kind: type) -> None:
    """Where seconds and milliseconds are admitted, the number of digits tells them apart."""
    for model in (read(json.dumps({"units": wire})), Payload(units=wire)):
        assert model.units == moment
        assert type(model.units) is kind
        assert model.to_wire() == {"units": wire}


def test_a_plain_moment_is_written_in_the_first_form() -> None:
    """From Python, the form that the contract names first is a plain datetime."""
    assert Payload(units=MOMENT).to_wire() == {"units": 1481597358000}
    assert Payload(texts=MOMENT).to_wire() == {"texts": "1481597358"}
    later = MillisecondsTextMoment.mark(MOMENT) + timedelta(seconds=1)
    assert Payload(texts=later).to_wire() == {"texts": "1481597359000"}


@pytest.mark.parametrize("value", ["1", True, None, [], float("inf")])
def test_number_refuses_what_is_no_finite_number(value: object) -> None:
    """Text, booleans, null and what overflows a float are no JSON numbers."""
    text = json.dumps({"number": value}).replace("Infinity", "1e400")
    assert refusal(text)["type"] == "json_number"


@pytest.mark.parametrize("value", [True, False, 1.0, 0.0, "1", None, 2])
def test_exact_literal_tells_one_from_true(value: object) -> None:
    """A literal of numbers takes neither booleans nor floats nor text."""
    assert refusal(json.dumps({"mode": value}))["type"] == "literal_error"


@pytest.mark.parametrize("value", [1, 1.0, False, "true"])
def test_exact_literal_tells_true_from_one(value: object) -> None:
    """A literal of a boolean takes no number."""
    assert refusal(json.dumps({"flag": value}))["type"] == "literal_error"


@pytest.mark.parametrize("field", ["appid", "Sent", "at", "number", "mode", "shapes", "Inner"])
def test_null_is_refused_unless_it_is_a_choice(field: str) -> None:
    """A field that may be absent still refuses null."""
    assert refusal(json.dumps({field: None}))["loc"] == (field,)


def test_values_are_typed() -> None:
    """Python sees plain int, an aware UTC datetime, and the parsed value of JSON text."""
    model = read('{"appid": "1", "Sent": "1481597358", "at": 0, "shapes": "{\\"Size\\": 1}"}')
    assert type(model.appid) is int
    assert model.sent == MOMENT
    assert type(model.sent) is datetime
    assert model.sent.tzinfo is UTC
    assert model.at == datetime(1970, 1, 1, tzinfo=UTC)
    assert isinstance(model.shapes, JsonText)
    assert isinstance(model.shapes.value, Inner)
    assert model.shapes.raw == '{"Size": 1}'


def test_static_types_are_plain() -> None:
    """To a type checker the scalars are int, datetime and float."""

    class Plain(WireModel):
        appid: DecimalString
        sent: UnixSecondsString
        at: UnixSeconds
        number: JsonNumber
        mode: Exact[Literal[0, 1]]

    hints = get_type_hints(Plain)
    assert hints["appid"] is int
    assert hints["sent"] is hints["at"] is datetime
    assert hints["number"] is float
    assert hints["mode"] == Literal[0, 1]


def test_built_in_python() -> None:
    """A model built from Python values dumps the wire form."""
    model = Payload(
        appid=1,
        sent=MOMENT.astimezone(timezone(timedelta(hours=8))),
        at=MOMENT,
        number=1,
        mode=1,
        either=TextInteger(5),
        moment=SecondsTextMoment(1970, 1, 1, tzinfo=UTC),
        extra=JsonText.of(Inner(size=1, unit="s")),
        inner=Inner(size=2),
        x_new=[None],
    )
    assert model.to_wire() == {
        "appid": "1",
        "Sent": "1481597358",
        "at": 1481597358,
        "number": 1,
        "mode": 1,
        "either": "5",
        "moment": "0",
        "extra": '{"Size":1,"Unit":"s"}',
        "Inner": {"Size": 2},
        "x_new": [None],
    }


def test_built_by_name_or_alias() -> None:
    """The constructor takes attribute names and wire names alike, in nested objects too."""
    assert Payload(sent=MOMENT, inner={"size": 1}) == Payload(Sent=MOMENT, Inner={"Size": 1})


def test_built_from_wire_text() -> None:
    """Python code may give the wire's text where it has no better."""
    assert Payload(appid="1", sent="1481597358", at=1481597358) == Payload(
        appid=1, sent=MOMENT, at=MOMENT
    )


@pytest.mark.parametrize(
    "fields",
    [
        {"appid": True},
        {"appid": -1},
        {"appid": 1.0},
        {"sent": MOMENT.replace(tzinfo=None)},
        {"sent": MOMENT.replace(microsecond=1)},
        {"sent": datetime(1969, 12, 31, tzinfo=UTC)},
        {"sent": datetime(9999, 1, 1, tzinfo=UTC)},
        {"sent": 1481597358},
        {"milliseconds": MOMENT.replace(microsecond=1)},
        {"milliseconds": SecondsMoment.mark(MOMENT)},
        {"texts": SecondsMoment.mark(MOMENT)},
        {"units": MOMENT.replace(tzinfo=None)},
        {"at": True},
        {"at": MOMENT.replace(tzinfo=None)},
        {"mode": True},
        {"either": True},
        {"shapes": object()},
        {"shapes": {"name": 1}},
        {"shapes": {"name": {1, 2}}},
        {"extra": float("nan")},
    ],
)
def test_python_values_that_the_wire_cannot_carry(fields: dict[str, object]) -> None:
    """Booleans for numbers, unfit moments and unwritable data are refused."""
    with pytest.raises(ValidationError):
        Payload(**fields)


def test_wire_is_read_by_wire_names_only() -> None:
    """An unknown field that is spelled like an attribute stays unknown, under every entry."""
    for model in (
        read('{"sent": "1"}'),
        Payload.model_validate({"sent": "1"}),
        TypeAdapter(Payload).validate_json('{"sent": "1"}'),
    ):
        assert model.model_extra == {"sent": "1"}
        assert model.to_wire() == {"sent": "1"}
    with pytest.raises(ValidationError):
        read('{"Inner": {"size": 1}}')


def test_json_text_takes_a_value_from_python() -> None:
    """A model or plain data given for JSON text is written compactly, without ASCII escapes."""
    assert Payload(shapes=Other(name="é")).to_wire() == {"shapes": '{"name":"é"}'}
    assert Payload(shapes={"name": "a"}).to_wire() == {"shapes": '{"name":"a"}'}
    assert Payload(anything=[Inner(size=1), None]).to_wire() == {"anything": '[{"Size":1},null]'}


def test_json_text_value_follows_its_text() -> None:
    """An instance whose value contradicts its text is read again from the text."""
    contradicting = JsonText(value=Other(name="a"), raw='{"name":"b"}')
    assert Payload(shapes=contradicting).shapes.value == Other(name="b")


def test_json_text_is_frozen_and_comparable() -> None:
    """JSON text cannot be changed in place, and equals another of the same text."""
    text = JsonText.of({"a": 1})
    with pytest.raises(AttributeError):
        text.raw = "{}"
    with pytest.raises(AttributeError):
        text.value = None
    assert text == JsonText(value=None, raw='{"a":1}')
    assert hash(text) == hash(JsonText.of({"a": 1}))
    assert text != JsonText.of({"a": 2})
    assert text != '{"a":1}'
    assert repr(text) == """JsonText(value={'a': 1}, raw='{"a":1}')"""


def test_json_text_of_unwritable_values() -> None:
    """Values without a JSON form raise TypeError or ValueError."""
    with pytest.raises(TypeError, match="object has no JSON form"):
        JsonText.of(object())
    with pytest.raises(ValueError, match="not JSON compliant"):
        JsonText.of(float("nan"))


@pytest.mark.parametrize(
    ("raw", "loc", "kind"),
    [
        ('"{"', ("shapes",), "json_invalid"),
        ('""', ("shapes",), "json_invalid"),
        ("1", ("shapes",), "json_text"),
        ('{"Size": 1}', ("shapes",), "json_text"),
    ],
)
def test_json_text_refuses_other_things(raw: str, loc: tuple[str, ...], kind: str) -> None:
    """What is no JSON text is refused at the field, an object in place of its text included."""
    error = refusal(f'{{"shapes": {raw}}}')
    assert (error["loc"], error["type"]) == (loc, kind)


def test_errors_inside_json_text_have_their_place() -> None:
    """An error in nested JSON is placed by the way into it."""

    class Holder(WireModel):
        extra: JsonText[Inner]

    with pytest.raises(ValidationError) as caught:
        Holder.model_validate_json('{"extra": "{\\"Size\\": \\"1\\"}"}')
    assert [error["loc"] for error in caught.value.errors()] == [("extra", "Size")]


@pytest.mark.parametrize(
    ("text", "shape"),
    [('{"Size":1}', Inner), ('{"name":"a"}', Other), ('{"name":"a","Size":1,"Unit":"s"}', Inner)],
)
def test_union_without_discriminator(text: str, shape: type) -> None:
    """Of several open shapes the one that knows the most fields is taken."""
    assert type(read(json.dumps({"shapes": text})).shapes.value) is shape


def test_assignment_is_checked_and_dumped() -> None:
    """An assigned value is validated as at construction, and a dump shows it."""
    model = read('{"appid": "1", "shapes": "{\\"name\\": \\"a\\"}"}')
    model.appid = 2
    model.shapes = JsonText.of(Other(name="b"))
    assert model.to_wire() == {"appid": "2", "shapes": '{"name":"b"}'}
    with pytest.raises(ValidationError):
        model.appid = "x"


def test_absent_stays_absent() -> None:
    """A field that did not come is MISSING, and is in no dump."""
    model = read("{}")
    assert model.appid is MISSING
    assert model.to_wire() == model.model_dump() == {}


def test_copies() -> None:
    """Models survive pickling and copying, marked values included."""
    model = read('{"either": "5", "moment": "5", "shapes": "{\\"name\\": \\"a\\"}", "x": 1}')
    pickled = pickle.loads(pickle.dumps(model))  # noqa: S301 - our own bytes
    for twin in (pickled, copy.deepcopy(model), model.model_copy()):
        assert twin == model
        assert twin.to_wire() == model.to_wire()


def test_dumps_of_pydantic() -> None:
    """A plain dump holds the Python values under wire names; a JSON dump holds the wire form."""
    model = read('{"Sent": "1481597358", "anything": "[1]"}')
    assert model.model_dump() == {"Sent": MOMENT, "anything": JsonText.of([1])}
    assert json.loads(model.model_dump_json()) == model.to_wire()


@pytest.mark.parametrize("mode", ["validation", "serialization"])
def test_json_schema(mode: Literal["validation", "serialization"]) -> None:
    """The JSON Schema that pydantic derives describes the wire form."""
    properties = Payload.model_json_schema(mode=mode)["properties"]
    assert properties["appid"]["type"] == properties["Sent"]["type"] == "string"
    assert properties["at"] == {"type": "integer", "minimum": 0, "maximum": 99999999999} | {
        "title": "At"
    }
    assert properties["number"]["type"] == "number"
    assert properties["mode"]["enum"] == [0, 1]
    shapes = properties["shapes"]
    assert (shapes["type"], shapes["contentMediaType"]) == ("string", "application/json")
    assert len(shapes["contentSchema"]["anyOf"]) == 2
