"""The files that a contract of one callback begins with, to be filled in by hand."""

from __future__ import annotations

import copy
import json
import operator
from dataclasses import dataclass
from functools import reduce
from textwrap import indent
from typing import TYPE_CHECKING, Any, Final

from hookproof.contract.documents import read_bytes
from hookproof.contract.yaml_documents import parse_yaml, yaml_block
from hookproof.errors import ContractError, UsageError

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
{webhook}
components:
  schemas:
{component}"""
_WEBHOOK: Final = """\
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
      - {{encoding: json, documented: default, source: {source}}}
    x-delivery:
      # silent: the page does not say whether it ever tries again.
      - source: {source}
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
"""
_COMPONENT: Final = "{title}: {{$ref: ../schemas/{path}.json}}\n"
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
    event, `header` where the signature sits: "none" where the vendor signs nothing, None where
    nothing was said of it. `date` is that of the page.
    """

    area: str
    event: str
    page: str
    date: str
    told_by: tuple[str, str]
    same_event: str
    header: str | None = None

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
    """Write the schema of a callback, and its document or its entry in the one that is there.

    Raises UsageError where the callback is there already, or the document is written in a way that
    nothing can be added to as text.
    """
    schema = folder / "schemas" / beginning.area / f"{beginning.event}.json"
    document = folder / "openapi" / f"{beginning.area}.yaml"
    if schema.exists():
        raise UsageError(f"{schema} is there already", hint="name another callback or folder")
    if document.exists():
        if beginning.header is not None:
            raise UsageError(
                f"{document} is there already, and says how its callbacks are signed",
                hint="leave --signature out; where this one is signed otherwise, give it an "
                "x-signature of its own there",
            )
        entries = _with_entry(document, beginning)
    else:
        entries = _document(beginning)
    _write({schema: _schema(beginning), document: entries})
    return [schema, document]


def _write(texts: dict[Path, str]) -> None:
    """Write files, each whole, and none where there is no room: a document may be a former one."""
    parts = {file: file.with_name(f".{file.name}.new") for file in texts}
    try:
        for file, part in parts.items():
            file.parent.mkdir(parents=True, exist_ok=True)
            part.write_bytes(texts[file].encode())
        for file, part in parts.items():
            part.replace(file)
    finally:
        for part in parts.values():
            part.unlink(missing_ok=True)


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
    header = beginning.header or "X-Signature"
    signature = _UNSIGNED if header == "none" else _SIGNED.format(header=header)
    return _DOCUMENT.format(
        vendor=beginning.area,
        date=beginning.date,
        page=json.dumps(beginning.page),
        signature=signature,
        webhook=indent(_webhook(beginning, "*page"), "  "),
        component=indent(_component(beginning), "    "),
    )


def _webhook(beginning: Beginning, source: str) -> str:
    name, value = beginning.told_by
    return _WEBHOOK.format(
        path=beginning.path,
        operation=f"{beginning.area}_{beginning.event}",
        summary=json.dumps(beginning.event.replace("_", " ").capitalize()),
        field=json.dumps(name),
        value=json.dumps(value),
        same=beginning.same_event,
        source=source,
        title=beginning.title,
    )


def _component(beginning: Beginning) -> str:
    return _COMPONENT.format(title=beginning.title, path=beginning.path)


def _with_entry(document: Path, beginning: Beginning) -> str:
    """The text of a document with one callback more: what a person wrote there stays as it is."""
    label = str(document)
    raw = read_bytes(document, label)
    before = parse_yaml(raw, label=label)
    entries = {
        ("webhooks",): _webhook(beginning, json.dumps(beginning.source)),
        ("components", "schemas"): _component(beginning),
    }
    try:
        whole, wanted = raw.decode(), copy.deepcopy(before)
        for keys, entry in entries.items():
            whole = _inserted(whole, keys, entry)
            reduce(operator.getitem, keys, wanted).update(parse_yaml(entry.encode(), label=label))
        added = parse_yaml(whole.encode(), label=label) == wanted
    except (LookupError, TypeError, AttributeError, ValueError, ContractError):
        added = False
    if not added:
        raise UsageError(
            f"{document} is written in a way that nothing can be added to as text",
            hint=f"write the entry {beginning.path} there by hand, like its nearest sister",
        )
    return whole


def _inserted(text: str, keys: tuple[str, ...], entry: str) -> str:
    """The text with an entry more at the end of a mapping; LookupError where that is missing."""
    lines = text.splitlines(keepends=True)
    if not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    end, column = yaml_block(text, keys)
    # What stands at the margin right before the next block is about that one.
    while not lines[end - 1].strip() or lines[end - 1].startswith("#"):
        end -= 1
    new = ("" if keys[1:] else "\n") + indent(entry, " " * column)
    if "\r\n" in text:
        new = new.replace("\n", "\r\n")
    return "".join([*lines[:end], new, *lines[end:]])
