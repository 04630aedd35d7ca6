"""A contract's schemas as other generators understand them: one OpenAPI document of an area.

What they would lose is said in words that they have. Nested JSON stands opened, as readers give it;
integers have a format as wide as they may grow; shapes have names; every object stays open. What
only a validator can hold, and lists that vendors widen without notice, are left out.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from hookproof.generation.naming import attribute_names, class_name
from hookproof.schema.documented_fields import listed_values
from hookproof.schema.nested_json import texts_of

if TYPE_CHECKING:
    from hookproof.contract import Callback, Contract

    Schema = dict[str, Any]

_EXACT: Final = 2**53
_SIGNED: Final = 2**63 - 1
_SHAPES: Final = ("anyOf", "oneOf")
_WIDE: Final = {"type": "integer", "format": "uint64"}
_OPEN: Final = {"type": "object", "additionalProperties": True}
_NULL: Final = {"type": "null"}
_KINDS: Final = {
    bool: "boolean",
    int: "integer",
    float: "number",
    str: "string",
    type(None): "null",
    dict: "object",
    list: "array",
}


@dataclass(frozen=True, slots=True)
class TypedSchemas:
    """The schemas of an area, rewritten; `components` are those with a name.

    With `has_unions` an integer that a double does not hold is one or a wider one, as readers of
    such a language give it, and the field that names a callback has its own value as its type.
    Without `has_open_shapes` an object of any fields is no shape beside others, and a list beside
    others makes it any value; so does an integer of more than 64 bits with a sign without
    `has_wide_shapes`. `renamed` are the names of fields that a generator would take for one.
    """

    has_unions: bool
    has_open_shapes: bool = True
    has_wide_shapes: bool = True
    components: dict[str, Schema] = field(default_factory=dict)
    renamed: dict[str, str] = field(default_factory=dict)

    def document(self, contract: Contract, area: str) -> Schema:
        """The OpenAPI document."""
        webhooks = {}
        for listed in contract.listings([area]):
            callback = contract.callback(listed.path)
            body = {"content": {"application/json": {"schema": self.callback(callback)}}}
            operation = {
                "operationId": listed.path.replace("/", "_"),
                "requestBody": {**body, "required": True},
                "responses": {"200": {"description": "It was received."}},
            }
            webhooks[listed.path] = {"post": operation}
        info = {"title": area, "version": "1"}
        schemas = {"schemas": self.components}
        return {"openapi": "3.1.0", "info": info, "webhooks": webhooks, "components": schemas}

    def callback(self, callback: Callback) -> Schema:
        """A reference to the schema of a callback, which becomes one of the components."""
        made = self._object(callback.schema, callback.title)
        for place in texts_of(callback.schema):
            known = callback.schema["properties"].get(place[0])
            if len(place) == 1 and not texts_of({"properties": {place[0]: known}}):
                # What else the payload holds decides whether it is JSON, and of which shape.
                made["properties"][place[0]].pop("type", None)
        if self.has_unions:
            for name, values in callback.naming_fields.items():
                told = {"description": made["properties"][name].get("description", "")}
                made["properties"][name] = {**told, "enum": list(values)}
        return self._named(made, callback.title)

    def _named(self, schema: Schema, title: str) -> Schema:
        """A reference to a schema with a name; another schema of that name gets a number."""
        name, number = title, 1
        while self.components.setdefault(name, schema) != schema:
            number += 1
            name = f"{title}{number}"
        return {"$ref": f"#/components/schemas/{name}"}

    def _schema(self, schema: Any, where: str) -> Schema:
        if not isinstance(schema, dict):
            return {}
        told = {"description": schema["description"]} if "description" in schema else {}
        if "contentSchema" in schema:
            made = self._schema(schema["contentSchema"], where)
        elif choices := _choices(schema):
            made = self._one_of(choices, where)
        else:
            made = self._of_one_kind(schema, schema.get("title") or where)
        return made | told

    def _one_of(self, choices: list[Schema], where: str) -> Schema:
        made = [self._schema(one, f"{where}{at}") for at, one in enumerate(choices, start=1)]
        plain = [{k: v for k, v in one.items() if k != "description"} for one in made]
        distinct = [one for at, one in enumerate(plain) if one not in plain[:at]]
        if _WIDE in distinct and _NULL in distinct:
            # No generator has both; the field is left out where it is null.
            distinct.remove(_NULL)
        if _OPEN in distinct and len(distinct) > 1 and not self.has_open_shapes:
            distinct.remove(_OPEN)
        has_list = any(one.get("type") == "array" for one in distinct)
        if len(distinct) > 1 and (
            (has_list and not self.has_open_shapes)
            or (_WIDE in distinct and not self.has_wide_shapes)
        ):
            return {}
        return distinct[0] if len(distinct) == 1 else {"anyOf": distinct}

    def _of_one_kind(self, schema: Schema, where: str) -> Schema:
        match _kind(schema):
            case "object":
                made = self._object(schema, where)
                return self._named(made, where) if "properties" in made else made
            case "array":
                items = self._schema(schema.get("items", {}), f"{where}Item")
                return {"type": "array", "items": items}
            case "integer":
                return self._integer(schema)
            case "number":
                # Of half the digits by default.
                return {"type": "number", "format": "double"}
            case kind:
                return {"type": kind} if kind else {}

    def _integer(self, schema: Schema) -> Schema:
        most, least = schema.get("maximum", _SIGNED), schema.get("minimum", 0)
        if self.has_unions:
            wide = most > _EXACT or least < -_EXACT
            both = [{"type": "integer"}, {"type": "integer", "format": "int64"}]
            return {"anyOf": both} if wide else {"type": "integer"}
        return _WIDE if most > _SIGNED else {"type": "integer", "format": "int64"}

    def _object(self, schema: Schema, where: str) -> Schema:
        known = {n: s for n, s in schema.get("properties", {}).items() if s is not False}
        self.renamed.update(_told_apart(known))
        fields = {n: self._schema(s, where + class_name(n)) for n, s in known.items()}
        for sub in fields.values():
            # What is never anything else than null has no type in most languages.
            if sub.get("type") == "null":
                del sub["type"]
        made: Schema = {"type": "object", "additionalProperties": True}
        if "description" in schema:
            made["description"] = schema["description"]
        if fields:
            made["properties"] = fields
        required = [
            name
            for name in schema.get("required", ())
            if name in fields and (self.has_unions or not _may_be_null(known[name]))
        ]
        return made | ({"required": required} if required else {})


def _choices(schema: Schema) -> list[Schema]:
    """The schemas of which a value fits one; none where it is of one kind."""
    kinds = schema.get("type")
    if isinstance(kinds, list):
        return [{**schema, "type": kind} for kind in kinds]
    if "properties" in schema:
        # What stands beside them are conditions, which no type can say.
        return []
    for key in _SHAPES:
        shapes = [one for one in schema.get(key, ()) if isinstance(one, dict) and _says_a_kind(one)]
        if shapes:
            beside = {"type": kinds} if kinds else {}
            return [{**beside, **one} for one in shapes]
    parts = [one for one in schema.get("allOf", ()) if isinstance(one, dict) and _says_a_kind(one)]
    return parts[:1] if not kinds else []


def _may_be_null(schema: Any) -> bool:
    return isinstance(schema, dict) and (
        _kind(schema) == "null" or any(map(_may_be_null, _choices(schema)))
    )


def _says_a_kind(schema: Schema) -> bool:
    if schema.get("type") == "object":
        return True
    return bool({"type", "const", "enum", *_SHAPES, "allOf"} & schema.keys()) or (
        "properties" in schema and "required" in schema
    )


def _kind(schema: Schema) -> str:
    """The one kind of a value, "" where the schema says none, or several."""
    if "type" in schema:
        return str(schema["type"])
    kinds = {_KINDS[type(value)] for value in listed_values(schema)}
    if len(kinds) == 1:
        return kinds.pop()
    return "object" if "properties" in schema else ""


def _told_apart(fields: dict[str, Any]) -> dict[str, str]:
    """Other names for the fields that differ in no more than how their words are joined.

    To the methods of some languages great letters are small ones: `idleTimeout`, `idleTimeOut`.
    """
    names, taken = attribute_names(fields), set[str]()
    # Of two that differ in nothing else, the one of fewer words keeps its name.
    for name, new in sorted(names.items(), key=lambda pair: (pair[1].count("_"), pair)):
        unique, number = new, 1
        while (letters := unique.replace("_", "")) in taken:
            number += 1
            unique = f"{new}_{number}"
        taken.add(letters)
        names[name] = unique
    return {name: new for name, new in names.items() if attribute_names([name])[name] != new}
