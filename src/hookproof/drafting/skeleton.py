"""The files that a contract of one callback begins with, to be filled in by hand."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from hookproof.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

_DOCUMENT: Final = """\
# What {vendor} sends. The words that begin with x- are described in CONTRIBUTING.md of hookproof.
openapi: 3.1.0
info:
  title: Callbacks of {vendor}
  version: "{date}"
  description: What {vendor} POSTs, as far as this contract needs it.

x-vendor: {vendor}

x-signature:
{signature}
  source: &page {{page: {page}, date: "{date}"}}

webhooks:
  {path}:
    post:
      operationId: {operation}
      summary: {summary}
      # What names the callback: fields, with the values that mean this one.
      x-discriminator: {{{field}: [{value}]}}
      # What is the same whenever one event is sent again.
      x-dedupe-key: [/{same}]
      # Where a page says so, the page with its date instead.
      x-basis: {{x-dedupe-key: inferred}}
      x-encodings:
        - {{encoding: json, documented: default, source: *page}}
      x-delivery:
        # silent: the page does not say whether it ever tries again.
        - source: *page
          success: {{status: 2XX}}
          timeout: null
          retry: {{when: [silent], after: null}}
      requestBody:
        required: true
        content:
          application/json:
            schema: {{$ref: "#/components/schemas/{title}"}}
      responses:
        2XX: {{description: Received.}}

components:
  schemas:
    {title}: {{$ref: ../schemas/{path}.json}}
"""
_UNSIGNED: Final = "  scheme: none"
_SIGNED: Final = """\
  # An HMAC of the body's bytes. docs/your-own-contract.md has others.
  scheme: hmac-body
  digest: sha256
  inputs: []
  signature: {{in: header, field: {header}}}
  encodings: [hex]
  required: true"""


@dataclass(frozen=True, slots=True)
class Beginning:
    """What is known of a callback before its contract is written.

    `told_by` are the field and the value that name it, `same_event` the field that identifies an
    event, `header` where the signature sits, "" where the vendor signs nothing. `date` is that of
    the page.
    """

    area: str
    event: str
    page: str
    date: str
    told_by: tuple[str, str]
    same_event: str
    header: str = ""

    @property
    def path(self) -> str:
        """`<area>/<event>`."""
        return f"{self.area}/{self.event}"

    @property
    def title(self) -> str:
        """The name of the callback's model."""
        return "".join(part.capitalize() for part in f"{self.area}_{self.event}".split("_"))

    @property
    def source(self) -> dict[str, str]:
        """The page and its date."""
        return {"page": self.page, "date": self.date}


def write_skeleton(folder: Path, beginning: Beginning) -> list[Path]:
    """Write the two files of a contract; raises UsageError where one of them is there already."""
    schema = folder / "schemas" / beginning.area / f"{beginning.event}.json"
    document = folder / "openapi" / f"{beginning.area}.yaml"
    for file in (schema, document):
        if file.exists():
            raise UsageError(
                f"{file} is there already",
                hint="name a new folder; to add a callback, copy its nearest sister by hand",
            )
    for file, text in ((schema, _schema(beginning)), (document, _document(beginning))):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")
    return [schema, document]


def callback_schema(
    beginning: Beginning, *, fields: dict[str, Any], required: list[str], example: dict[str, Any]
) -> dict[str, Any]:
    """The schema of a callback with these fields, in the order of keywords that a contract has."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": beginning.title,
        "description": f"What {beginning.path} means.",
        "type": "object",
        "required": required,
        "properties": fields,
        "examples": [example],
        "x-examples": [{"name": "sample", "origin": "made", "source": beginning.source}],
        "x-quirks": [],
        "x-source": [beginning.source],
    }


def _schema(beginning: Beginning) -> str:
    name, value = beginning.told_by
    fields: dict[str, Any] = {
        name: {"description": "Names the callback.", "const": value},
        beginning.same_event: {
            "description": "Identifies the event, over redeliveries too.",
            "type": "string",
            "minLength": 1,
            "x-basis": {"minLength": "inferred"},
        },
    }
    example = {name: value, beginning.same_event: "A-17"}
    whole = callback_schema(beginning, fields=fields, required=list(fields), example=example)
    return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"


def _document(beginning: Beginning) -> str:
    signature = _SIGNED.format(header=beginning.header) if beginning.header else _UNSIGNED
    name, value = beginning.told_by
    return _DOCUMENT.format(
        vendor=beginning.area,
        date=beginning.date,
        page=json.dumps(beginning.page),
        signature=signature,
        path=beginning.path,
        operation=f"{beginning.area}_{beginning.event}",
        summary=json.dumps(beginning.event.replace("_", " ").capitalize()),
        field=json.dumps(name),
        value=json.dumps(value),
        same=beginning.same_event,
        title=beginning.title,
    )
