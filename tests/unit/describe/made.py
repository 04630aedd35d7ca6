"""A small contract of our own: two areas with one name in both, nested JSON, an answer."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any

from hookproof.contract import Contract, contract_in

if TYPE_CHECKING:
    from pathlib import Path

SOURCE = {"page": "https://example.com/sale", "date": "2026-05-04", "title": "Sale made"}
OLDER = {"page": "https://example.com/old", "date": "2020-01-02"}

PART = {
    "title": "Part",
    "description": "One thing sold.",
    "type": "object",
    "required": ["Id"],
    "properties": {
        "Id": {"description": "Its number.", "type": "integer", "minimum": 1},
        "Kind": {"enum": ["new", "used"]},
    },
}
GIFT = {"title": "Gift", "type": "object", "properties": {"To": {"type": "string"}}}
DECIMAL = {"title": "DecimalString", "type": "string", "pattern": "^(0|[1-9][0-9]*)$"}
MOMENT = {"title": "UnixSeconds", "type": "integer", "minimum": 0}
SALE: dict[str, Any] = {
    "title": "SaleCallback",
    "description": "Something was sold.",
    "type": "object",
    "required": ["group", "type", "time", "extra"],
    "properties": {
        "group": {"description": "With type, names the callback.", "const": 1},
        "type": {"enum": [7, 8]},
        "time": {"description": "When it was sent.", **MOMENT},
        "nonce": {"type": "string"},
        "sign": {"type": "string"},
        "extra": {
            "description": "All about it, as JSON text.",
            "anyOf": [
                {"enum": [""]},
                {
                    "type": "string",
                    "contentMediaType": "application/json",
                    "contentSchema": {
                        "title": "Extra",
                        "type": "object",
                        "required": ["parts"],
                        "properties": {
                            "parts": {"type": "array", "items": PART},
                            "wrap": {"anyOf": [PART, GIFT], "description": "One or the other."},
                        },
                    },
                },
            ],
        },
        "size": {"description": "How large.", "anyOf": [{"type": "integer"}, DECIMAL]},
        "note": {"type": "string", "maxLength": 20, "x-max-bytes": 20},
    },
    "examples": [
        {"group": 1, "type": 7, "time": 5, "nonce": "1", "sign": "x", "extra": ""},
        {"group": 1, "type": 8, "time": 5, "nonce": "1", "sign": "x", "extra": '{"parts":[]}'},
    ],
    "x-examples": [
        {
            "name": "sample",
            "origin": "page",
            "mended": [{"where": "/sign", "shows": "sign", "why": "a placeholder"}],
            "source": SOURCE,
        },
        {"name": "with_parts", "origin": "made", "source": SOURCE},
    ],
    "x-quirks": [
        {
            "id": "size-as-text",
            "where": "/size",
            "says": "an Int",
            "shows": "text",
            "seen": {"properties": {"size": {"type": "string"}}, "required": ["size"]},
            "source": SOURCE,
        }
    ],
    "x-open-questions": [
        {"where": "/extra", "question": "Is it absent for gifts?", "source": SOURCE},
        {"question": "Is it sent twice?", "source": OLDER},
    ],
    "x-source": [SOURCE, OLDER],
}
SIGNATURE = {
    "scheme": "sorted-sha1",
    "signature": {"in": "body", "field": "sign"},
    "inputs": [{"in": "body", "field": "time"}, {"in": "body", "field": "nonce"}],
    "encodings": ["hex"],
    "covers": ["time", "nonce"],
    "required": False,
    "source": SOURCE,
}
ANSWER = {
    "title": "SaleAnswer",
    "type": "object",
    "required": ["code"],
    "properties": {"code": {"description": "0 lets it pass.", "type": "integer"}},
}
WEBHOOK: dict[str, Any] = {
    "operationId": "shop_sale",
    "summary": "Something sold",
    "x-discriminator": {"group": [1], "type": [7, 8]},
    "x-sent-at": {"field": "time", "unit": "seconds"},
    "x-dedupe-key": ["/time"],
    "x-ordering": ["/time"],
    "x-encodings": [
        {"encoding": "json", "documented": "default", "source": SOURCE},
        {"encoding": "percent-json", "documented": "sentence", "source": SOURCE},
    ],
    "x-delivery": [
        {
            "source": SOURCE,
            "success": {"status": "200"},
            "timeout": 5,
            "retry": {"when": ["no-response", "non-200"], "after": [0, 10]},
        },
        {
            "source": OLDER,
            "success": {"status": "2XX", "documented": False},
            "timeout": None,
            "retry": {"when": ["undocumented"], "after": None},
        },
    ],
    "responses": {
        "200": {
            "description": "x",
            "content": {"application/json": {"schema": ANSWER, "example": {"code": 0}}},
        }
    },
}


def write_contract(root: Path, **areas: dict[str, tuple[dict[str, Any], dict[str, Any]]]) -> Path:
    """A contract in a folder: of each area its events, and of each event schema and webhook."""
    for area, events in areas.items():
        folder = root / "schemas" / area
        folder.mkdir(parents=True, exist_ok=True)
        for event, (schema, _) in events.items():
            (folder / f"{event}.json").write_text(json.dumps(schema))
        webhooks = {f"{area}/{event}": {"post": hook} for event, (_, hook) in events.items()}
        document = {
            "openapi": "3.1.0",
            "info": {"title": area, "version": "1"},
            "x-vendor": "acme",
            "x-signature": SIGNATURE,
            "webhooks": webhooks,
        }
        (root / "openapi").mkdir(exist_ok=True)
        (root / "openapi" / f"{area}.yaml").write_text(json.dumps(document))
    return root


def sale(**changes: Any) -> dict[str, Any]:
    """The schema of the sale, some of its keywords replaced."""
    return {**copy.deepcopy(SALE), **changes}


def shop(root: Path) -> Contract:
    """The shop with its sale, and a bank that has a sale too."""
    bank = {**WEBHOOK, "x-discriminator": {"type": ["7"]}, "summary": "Shares sold"}
    bank.pop("responses")
    signed = {name: SALE["properties"][name] for name in ("time", "nonce", "sign")}
    schema = sale(title="BankSaleCallback", properties={"type": {"const": "7"}, **signed})
    both = {"shop": {"sale": (SALE, WEBHOOK)}, "bank": {"sale": (schema, bank)}}
    return Contract(contract_in(write_contract(root, **both)))
