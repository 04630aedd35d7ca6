"""Callbacks as JSON, for other programs to read."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from hookproof.describe.fields import fields_of
from hookproof.schema.open_lists import plain_schema, without_open_lists

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hookproof.contract import Callback
    from hookproof.contract.model import Listing


def listing_as_json(listings: Iterable[Listing]) -> str:
    """`{"callbacks": [{name, area, event, vendor, summary, discriminator, is_unsigned}]}`."""
    return _text({"callbacks": [{"name": one.path, **asdict(one)} for one in listings]})


def callback_as_json(callback: Callback) -> str:
    """All facts of a callback, its schema and its tree of fields included."""
    facts = asdict(callback)
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


def _text(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
