"""Callbacks as JSON, for other programs to read."""

from __future__ import annotations

import json
from dataclasses import asdict, fields, is_dataclass
from typing import TYPE_CHECKING, Any

from hookproof.describe.fields import fields_of
from hookproof.schema.open_lists import plain_schema, without_open_lists

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hookproof.contract import Callback
    from hookproof.contract.model import Listing


def listing_as_json(listings: Iterable[Listing]) -> str:
    """`{"callbacks": [{name, area, event, vendor, summary, discriminator, is_unsigned}]}`."""
    return _text({"callbacks": [{"name": one.path, **one._asdict()} for one in listings]})


def callback_as_json(callback: Callback) -> str:
    """All facts of a callback, its schema and its tree of fields included."""
    facts = _plain(callback)
    answer = callback.answer
    if answer is not None:
        facts["answer"]["fields"] = [asdict(field) for field in fields_of(answer.schema)]
    tree = [asdict(field) for field in fields_of(callback.schema)]
    model = f"hookproof_models.{callback.area}.{callback.event}.{callback.title}"
    return _text({"name": callback.path, "model": model, **facts, "fields": tree})


def schema_as_json(callback: Callback) -> str:
    """The schema of a payload as editors and other tools take it: one file, no word of ours."""
    dialect = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return _text({**dialect, **plain_schema(without_open_lists(callback.schema))})


def _plain(value: Any) -> Any:
    """A fact with all that is in it as JSON data, by the names of its members."""
    if is_dataclass(value):
        value = {one.name: getattr(value, one.name) for one in fields(value)}
    elif hasattr(value, "_asdict"):
        value = value._asdict()
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value


def _text(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
