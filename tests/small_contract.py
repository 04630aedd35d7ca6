"""A small contract of one callback, `shop/order_paid`, with whatever words a test is about."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from hookproof.contract import Contract, contract_in

if TYPE_CHECKING:
    from pathlib import Path

SOURCE = {"page": "https://shop.example/webhooks", "date": "2026-01-01"}
PROPERTIES: dict[str, Any] = {
    "event": {"type": "string", "enum": ["order_paid"], "description": "What happened."},
    "order": {"type": "string", "description": "The order."},
    "nonce": {"type": "string", "description": "Another one in each request."},
    "time": {"type": "integer", "description": "When it was sent, in Unix seconds."},
}
SAMPLE = {"event": "order_paid", "order": "A-17", "nonce": "4f1c", "time": 1767225600}


def write_contract(
    folder: Path,
    *,
    signature: dict[str, Any],
    request: dict[str, Any] | None = None,
    more: dict[str, Any] | None = None,
    properties: dict[str, Any] | None = None,
    sample: dict[str, Any] | None = None,
) -> Path:
    """Write the contract into a folder; `more` goes to the webhook, `properties` to the payload."""
    fields = {**PROPERTIES, **(properties or {})}
    payload = {**SAMPLE, **(sample or {})}
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "ShopOrderPaid",
        "description": "An order was paid.",
        "type": "object",
        "required": [name for name in fields if name in payload],
        "properties": fields,
        "examples": [payload],
        "x-examples": [{"name": "table", "origin": "made", "source": SOURCE}],
        "x-quirks": [],
        "x-source": [SOURCE],
    }
    operation = {
        "operationId": "shop_order_paid",
        "summary": "An order was paid",
        "x-discriminator": {"event": ["order_paid"]},
        "x-dedupe-key": ["/order"],
        "x-encodings": [{"encoding": "json", "documented": "default", "source": SOURCE}],
        "x-delivery": [
            {
                "source": SOURCE,
                "success": {"status": "2XX"},
                "timeout": None,
                "retry": {"when": ["silent"], "after": None},
            }
        ],
        "responses": {"2XX": {"description": "Received."}},
        **(more or {}),
        "requestBody": {
            "required": True,
            "content": {
                "application/json": {"schema": {"$ref": "#/components/schemas/ShopOrderPaid"}}
            },
        },
    }
    document = {
        "openapi": "3.1.0",
        "info": {"title": "Shop", "version": "1", "description": "What a shop sends."},
        "x-vendor": "shop",
        "x-signature": {"source": SOURCE, **signature},
        **({"x-request": request} if request else {}),
        "webhooks": {"shop/order_paid": {"post": operation}},
        "components": {"schemas": {"ShopOrderPaid": {"$ref": "../schemas/shop/order_paid.json"}}},
    }
    (folder / "schemas" / "shop").mkdir(parents=True, exist_ok=True)
    (folder / "openapi").mkdir(exist_ok=True)
    text = json.dumps(schema, indent=2)
    (folder / "schemas" / "shop" / "order_paid.json").write_text(text)
    # JSON is YAML too.
    (folder / "openapi" / "shop.yaml").write_text(json.dumps(document, indent=2))
    return folder


def read_contract(folder: Path) -> Contract:
    """The contract that was written."""
    return Contract(contract_in(folder))
