"""Defects in schema files: one line each."""

from __future__ import annotations

import json

from contract.defect import (
    COMPOSE,
    DECIMAL,
    GME,
    GME_YAML,
    PROCEDURE,
    RECORD,
    RTC_YAML,
    TRANSCODE,
    Defect,
    style,
)

MOMENT_FILE = "schemas/common/unix_seconds.json"

DIALECT = '"$schema": "https://json-schema.org/draft/2020-12/schema",'
TIME = "../common/unix_seconds.json"
DETAIL = '"title": "GmeRecordingDetail",'
TYPED = '"type": "object",\n      "required": ["SeqNo", "FileName"],'
SWAPPED = '"required": ["SeqNo", "FileName"],\n      "type": "object",'
PATTERN = '"pattern": "^(0|[1-9][0-9]{0,19})$"'
SAMPLES = '"examples": ["1", "5285890813218549789"]'
MEDIA = '"contentMediaType": "application/json"'
OWN = "#/$defs/GmeRecordingDetail"
LISTED = '"examples": ['
LAST = '"x-basis": {"minLength": "inferred"}\n        }\n      }'
STARTED = '"const": "TranscodeStarted"'
TEXTUAL = "../common/decimal_string.json"
TWO = '{"type": "object"}, {"enum": [""]}'
SHORT = '"extra_params": {"type": "string", "minLength": 3, "x-basis": {"minLength": "inferred"}}'
FILLED = '"minLength": 1,\n      "x-basis": {"minLength": "inferred"}'
LIMITED = '"maxLength": 255,\n      "x-max-bytes": 255,\n      "x-basis": {"maxLength": "page", '
BYTES_ALONE = '"x-max-bytes": 255,\n      "x-basis": {'
SIZED = '"type": "string",\n      "maxLength": 255'
SECOND = '"x-source"…{…{'
CLOSED = ', "additionalProperties": false'
CONTENT = '"contentSchema": {"$ref": "#/$defs/RecordExtraParams"}'
TEXT = f'"type": "string",\n      {MEDIA}'
NESTED = f'{{"type": "string", {MEDIA}, "contentSchema": {{"type": "object"}}}}'

UNREADABLE = [
    Defect("same_key", "HP501", RECORD, '"title"', '"title": 1,\n"title"', at="1,\n…"),
    Defect("trailing_comma", "HP501", RECORD, '"FileSize"],', '"FileSize",],'),
    Defect("duplicate_key_yaml", "HP501", RTC_YAML, "info:", "openapi: 3.1.0\ninfo:"),
    Defect("unclosed_yaml", "HP501", RTC_YAML, "openapi: 3.1.0", "openapi: {3.1.0", at="info:"),
    Defect("unquoted_status", "HP501", GME_YAML, "2XX: {d", "200: {d"),
    Defect("not_a_json_value", "HP501", GME_YAML, 'version: "2025-08-01"', "version: .inf"),
    Defect("tag_of_another_type", "HP501", GME_YAML, 'version: "2025-08-01"', "version: !!set {a}"),
]

FORM = [
    Defect("impossible_length", "HP502", TRANSCODE, '"minLength": 1', '"minLength": -1'),
    Defect("unknown_type", "HP502", RECORD, '"FileSize": {…"integer"', '"intger"'),
    Defect("other_dialect", "HP502", DECIMAL, DIALECT, DIALECT.replace("2020-12", "2019-09")),
    Defect("no_dialect", "HP502", DECIMAL, DIALECT, "", at="{"),
    Defect("own_id", "HP502", DECIMAL, PATTERN, f'"$id": "urn:x", {PATTERN}'),
    Defect("inner_dialect", "HP502", GME, DETAIL, DIALECT + DETAIL),
    Defect("closed_payload", "HP502", COMPOSE, LISTED, f'"additionalProperties": {{}}, {LISTED}'),
    Defect("closed_late", "HP502", COMPOSE, LISTED, f'"unevaluatedProperties": {{}}, {LISTED}'),
    Defect("closed_member", "HP502", GME, LAST, LAST + CLOSED, at='"addi'),
    Defect("no_value", "HP502", TRANSCODE, '["TranscodeStopped", "TranscodeStarted"]', "[]"),
    style(
        "keyword_order", DECIMAL, f"{PATTERN},\n  {SAMPLES}", f"{SAMPLES},\n  {PATTERN}", PATTERN
    ),
    style("definition_order", GME, TYPED, SWAPPED, DETAIL + '…"type"'),
    style("misspelt_keyword", TRANSCODE, FILLED, '"minLenght": 1'),
    style("extension_inside", TRANSCODE, FILLED, '"x-quirks": []'),
]

REFERENCES = [
    Defect("missing_definition", "HP503", GME, "#/$defs/GmeRecordingDetail", "#/$defs/Nope"),
    Defect("missing_file", "HP503", GME, TIME, "../common/nope.json"),
    Defect("missing_in_file", "HP503", GME, TIME, f"{TIME}#/$defs/Nope"),
    Defect("in_content_schema", "HP503", RECORD, CONTENT, CONTENT.replace("Record", "Nope")),
    Defect("in_quirk", "HP503", TRANSCODE, STARTED, '"$ref": "#/$defs/Nope"'),
    Defect("remote", "HP503", GME, TIME, "https://example.com/x.json"),
    Defect("remote_without_scheme", "HP503", GME, TIME, "//example.com/x.json"),
    Defect("file_scheme", "HP503", GME, TIME, "file:///etc/hostname"),
    Defect("urn", "HP503", GME, TIME, "urn:example:x"),
    Defect("absolute", "HP503", GME, TIME, "/etc/hostname"),
    Defect("outside", "HP503", GME, TIME, "../../../../../../../../../../etc/hostname"),
    Defect("into_openapi", "HP503", GME, TIME, "../../openapi/zego_rtc.yaml"),
    Defect("nul", "HP503", GME, TIME, "a\\u0000b"),
    Defect("anchor", "HP503", GME, "#/$defs/GmeRecordingDetail", "#Detail"),
    Defect("dynamic", "HP503", GME, LAST, LAST + ', "$dynamicRef": "#x"', at="$dynamicRef"),
    Defect("no_schema_there", "HP503", GME, TIME, "#/properties"),
    Defect("to_itself", "HP503", GME, LAST, LAST + f', "$ref": "{OWN}"', at=LAST + "…$ref"),
]

NESTED_JSON = [
    Defect("no_media_type", "HP504", RECORD, f"{MEDIA},", "", at=CONTENT),
    Defect("other_type", "HP504", RECORD, MEDIA, '"contentMediaType": "text/json"', at=CONTENT),
    Defect("no_type", "HP504", RECORD, TEXT, MEDIA, at=CONTENT),
    Defect("two_types", "HP504", RECORD, TEXT, f'"type": ["string", "null"],\n{MEDIA}', at=CONTENT),
    Defect("encoded", "HP504", RECORD, MEDIA, f'"contentEncoding": "base64", {MEDIA}'),
    Defect("string_by_silence", "HP504", RECORD, CONTENT, '"contentSchema": {"required": ["x"]}'),
    Defect("string_by_type", "HP504", RECORD, CONTENT, '"contentSchema": {"type": ["string"]}'),
    Defect("string_by_branch", "HP504", RECORD, CONTENT, f'"contentSchema": {{"anyOf": [{TWO}]}}'),
    Defect("string_by_ref", "HP504", RECORD, CONTENT, f'"contentSchema": {{"$ref": "{TEXTUAL}"}}'),
    Defect(
        "under_pattern",
        "HP504",
        COMPOSE,
        LISTED,
        f'"propertyNames": {NESTED}, {LISTED}',
    ),
    Defect("under_not", "HP504", COMPOSE, LISTED, f'"not": {{"items": {NESTED}}}, {LISTED}'),
    Defect("under_then", "HP504", PROCEDURE, SHORT, f'"x": {{"items": {NESTED}}}'),
]

EXAMPLES = [
    Defect("empty", "HP505", DECIMAL, SAMPLES, '"examples": []'),
    Defect("missing", "HP505", DECIMAL, f",\n  {SAMPLES}", "", at="{"),
    Defect(
        "undescribed",
        "HP505",
        COMPOSE,
        '"examples": [',
        '"examples": [{"x": 1},',
        at='"x-examples"',
    ),
    Defect("name_twice", "HP505", COMPOSE, '"name": "huawei"', '"name": "sample"'),
]

TITLES = [
    Defect("definition_without", "HP506", GME, DETAIL, "", at='"GmeRecordingDetail": {'),
    Defect("callback_without", "HP506", GME, '"title": "GmeRecordingCallback",', "", at="{"),
    Defect("shared_without", "HP506", DECIMAL, '"title": "DecimalString",', "", at="{"),
    Defect("lower_case", "HP506", DECIMAL, '"DecimalString"', '"decimalString"'),
    Defect("with_blank", "HP506", DECIMAL, '"DecimalString"', '"Decimal String"'),
    Defect("taken_in_file", "HP506", RECORD, '"title": "HuaweiR', '"title": "WangsuR'),
]


def pattern(name: str, new: str) -> Defect:
    """Another pattern in a shared file."""
    return Defect(name, "HP507", DECIMAL, PATTERN, f'"pattern": {json.dumps(new)}')


PATTERNS = [
    pattern("open_at_start", "[0-9]+$"),
    pattern("open_at_end", "^[0-9]+"),
    pattern("escaped_end", r"^[0-9]+\$"),
    pattern("empty", ""),
    pattern("anchors_of_one_side", "^0|[1-9][0-9]*$"),
    pattern("digit_class", r"^\d+$"),
    pattern("word_class_in_class", r"^[\w-]+$"),
    pattern("space_class", r"^\S+$"),
    pattern("boundary", r"^[0-9]+\b$"),
    pattern("unicode_class", r"^\p{Nd}+$"),
    pattern("lookahead", "^(?=[0-9])[0-9]+$"),
    pattern("lookbehind", "^[0-9]+(?<![a])$"),
    pattern("backreference", r"^([0-9])\1*$"),
    pattern("named_group", "^(?P<n>[0-9])+$"),
    pattern("flags", "^(?i:[0-9])+$"),
    pattern("dot", "^.+$"),
    pattern("possessive", "^[0-9]++$"),
    pattern("set_operation", "^[0-9&&1-9]+$"),
    pattern("bracket_first", "^[]0-9]+$"),
    pattern("unclosed", "^[0-9+$"),
    pattern("unbalanced", "^([0-9]+$"),
    pattern("too_large", "^[0-9]{1,99999999}$"),
    Defect("of_property_names", "HP507", DECIMAL, PATTERN, '"patternProperties": {"x": {}}'),
]

EXTENSIONS = [
    Defect("no_quirks", "HP508", GME, '"x-quirks": [],', "", at="{"),
    Defect("source_without_page", "HP508", GME, '"x-source"…"page"', '"pages"'),
    Defect("empty_date", "HP508", GME, '"x-source"…"2024-01-18"', '""'),
    Defect("unreal_date", "HP508", GME, '"x-source"…"2024-01-18"', '"2024-02-30"'),
    Defect("older_first", "HP508", COMPOSE, '"x-source"…2026-02-27', "2020-02-27", at=SECOND),
    Defect("unknown_origin", "HP508", TRANSCODE, '"origin": "made"', '"origin": "guessed"'),
    Defect("unknown_member", "HP508", GME, '"x-source"…"title"', '"by": "x", "title"'),
    Defect("bytes_alone", "HP508", RECORD, LIMITED, BYTES_ALONE, at='"x-max-bytes": 255'),
    Defect("bytes_below_length", "HP508", RECORD, '"x-max-bytes": 255', '"x-max-bytes": 254'),
    Defect("bytes_of_all", "HP508", RECORD, SIZED, '"maxLength": 255', at='"x-max-bytes"'),
    Defect("moment_in_days", "HP508", MOMENT_FILE, '"x-moment": "seconds"', '"x-moment": "days"'),
    Defect(
        "moment_of_no_zone", "HP508", MOMENT_FILE, '"x-moment": "seconds"', '"x-moment": "text"'
    ),
    Defect(
        "moment_written_as_a_number",
        "HP508",
        GME,
        '"x-account": "gme-app"',
        '"x-moment": "text+08:00"',
    ),
    Defect("source_of_no_page", "HP508", TRANSCODE, FILLED, '"x-source": []'),
    Defect("account_of_many", "HP508", GME, '"x-account": "gme-app"', '"x-account": ["app"]'),
    Defect("length_in_words", "HP508", GME, '"x-object": "room"', '"x-large": "long"'),
    Defect("object_of_no_word", "HP508", GME, '"x-object": "room"', '"x-object": "The room"'),
    Defect("bytes_as_text", "HP508", RECORD, '"x-max-bytes": 255', '"x-max-bytes": "255"'),
    Defect(
        "basis_of_nothing",
        "HP508",
        RECORD,
        '"x-basis": {"maxLength": "page"',
        '"x-basis": {"minLength": "page"',
    ),
    Defect(
        "basis_of_guesses",
        "HP508",
        RECORD,
        '"x-basis": {"maxLength": "page"',
        '"x-basis": {"maxLength": "guessed"',
    ),
    Defect("quirk_nowhere", "HP513", TRANSCODE, '"where": "/Status"', '"where": "/State"'),
    Defect("mended_nowhere", "HP513", TRANSCODE, '"where": "/Nonce"', '"where": "/nonce"'),
    Defect("quirk_twice", "HP514", PROCEDURE, "failed-extra-params-null", "file-id-spelling"),
]

SCHEMA_DEFECTS = [
    *UNREADABLE,
    *FORM,
    *REFERENCES,
    *NESTED_JSON,
    *EXAMPLES,
    *TITLES,
    *PATTERNS,
    *EXTENSIONS,
]

SILENT = "{description: Received. The page does not say which answer it expects.}"
CODE = "{type: object, required: [Code], properties: {Code: {type: integer}}}"


def answer(name: str, code: str, inner: str) -> Defect:
    """A webhook whose answer's body is given as `inner`."""
    new = f"{{description: x, content: {{application/json: {{{inner}}}}}}}"
    return Defect(name, code, GME_YAML, SILENT, new)


# What only a validator sees.
EXAMPLE_DEFECTS = [
    answer("answer_unlike_its_schema", "HP505", f"schema: {CODE}, example: {{Code: '200'}}"),
    answer("answer_no_schema", "HP502", "schema: {type: text}, example: {Code: 200}"),
    Defect("wrong_type", "HP505", TRANSCODE, '"Sequence": 0', '"Sequence": "0"'),
    Defect("lacks_field", "HP505", GME, '"RoomID": "100",', "", at='"examples": […{'),
    Defect("in_nested_text", "HP505", RECORD, '\\"Duration\\":61.5}', '\\"Duration\\":true}'),
    Defect("broken_text", "HP505", RECORD, '\\"Duration\\":61.5}', '\\"Duration\\":61.5'),
    Defect("of_shared_file", "HP505", DECIMAL, '"1",', '"01",'),
    Defect("bytes", "HP505", RECORD, '"stream_alias": "aaaa"', f'"stream_alias": "{"ü" * 128}"'),
    Defect("shown_by_none", "HP514", TRANSCODE, STARTED, '"const": "Started"'),
    Defect("shown_by_all", "HP514", TRANSCODE, STARTED, '"type": "string"'),
    Defect("no_schema", "HP514", TRANSCODE, STARTED, '"type": "text"'),
    Defect("value_not_admitted", "HP512", GME_YAML, "[1, 2, 3]", "[1, 2, 3, 4]"),
    Defect("other", "HP512", GME_YAML, "[1, 2, 3]", "[1, 2]", within=GME, at='"EventType": 3'),
]
