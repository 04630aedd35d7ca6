"""The base of generated models: a typed view of a payload that dumps as it came."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict


class WireModel(BaseModel):
    """A payload, or an object inside one.

    Fields are read strictly, so `"1"` is no number and `true` no `1`; fields
    that the contract does not know are kept. From the wire a field is found by
    its wire name only, else an unknown field could pass for another one; the
    constructor takes attribute names and wire names alike.
    """

    model_config = ConfigDict(
        strict=True,
        extra="allow",
        serialize_by_alias=True,
        validate_assignment=True,
        # The default turns what overflows a float (1e400) into null.
        ser_json_inf_nan="constants",
        protected_namespaces=(),
    )

    def __init__(self, /, **data: Any) -> None:
        """Build a model in Python; raises pydantic.ValidationError for values that do not fit."""
        self.__pydantic_validator__.validate_python(
            data, self_instance=self, by_alias=True, by_name=True
        )

    # Without this mark pydantic takes the constructor for custom and calls it, with
    # its looser names, for each object of a payload.
    __init__.__pydantic_base_init__ = True  # type: ignore[attr-defined]

    def to_wire(self) -> dict[str, Any]:
        """Return the payload as JSON data under its wire names, equal to what came in.

        Unknown fields are included, what was absent is absent, and nested JSON
        is the text it was. Fields come in the model's order, unknown ones last.
        """
        # A value that came since the page was written is written as it came.
        return self.model_dump(mode="json", by_alias=True, warnings=False)
