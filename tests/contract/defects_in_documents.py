"""Defects in OpenAPI documents, and between them and the schemas: one line each."""

from __future__ import annotations

from contract.defect import GME, GME_YAML, RTC_YAML, Defect, style

BODY = '{$ref: "#/components/schemas/GmeRecordingCallback"}'
FILE = "../schemas/tencent_gme/recording.json"
COMPONENT = f"GmeRecordingCallback: {{$ref: {FILE}}}"
JSON_BODY = f"content:\n          application/json:\n            schema: {BODY}"
ANSWER = "{description: Received. The page does not say which answer it expects.}"
ELSEWHERE = "https://example.com/x.json"
FORM = "application/x-www-form-urlencoded"
FORM_BODY = (
    f'          {FORM}:\n            schema: {{$ref: "#/components/schemas/ComposeCallback"}}\n'
)
FORM_FACT = (
    "        - encoding: form\n          documented: on-request\n          source: *compose-2022\n"
)
KEY_OF_RECORD = "  zego_rtc/record:…"

REFERENCES = [
    Defect("missing_file", "HP503", GME_YAML, FILE, "../schemas/tencent_gme/nope.json"),
    Defect("missing_component", "HP503", GME_YAML, BODY, BODY.replace("Gme", "Nope")),
    Defect("remote", "HP503", GME_YAML, FILE, ELSEWHERE),
    Defect("remote_response", "HP503", GME_YAML, ANSWER, f"{{$ref: {ELSEWHERE}}}"),
    Defect(
        "to_itself",
        "HP503",
        GME_YAML,
        COMPONENT,
        f"{COMPONENT}\n    A: {{$ref: '#/components/schemas/A'}}",
        at="    A:",
    ),
]

EXTENSIONS = [
    Defect("no_vendor", "HP508", GME_YAML, "x-vendor: tencent\n", "", at="#"),
    Defect("bad_vendor", "HP508", GME_YAML, "x-vendor: tencent", "x-vendor: Tencent Cloud"),
    Defect("unknown_scheme", "HP508", GME_YAML, "scheme: hmac-body", "scheme: hmac-md5"),
    Defect("no_digest", "HP508", GME_YAML, "  digest: sha1\n", "", at="x-signature"),
    Defect("unknown_basis", "HP508", GME_YAML, "x-dedupe-key: inferred", "x-dedupe-key: guessed"),
    Defect(
        "basis_of_no_order",
        "HP508",
        GME_YAML,
        "      x-encodings:",
        "      x-basis: {x-ordering: inferred}\n      x-encodings:",
        at="x-basis: {x-ordering: inferred}",
    ),
    Defect("no_timeout", "HP508", GME_YAML, "timeout: null", "", at="x-delivery:…source"),
    Defect("unknown_encoding_fact", "HP508", GME_YAML, "documented: default", "documented: maybe"),
    Defect(
        "body_not_computed",
        "HP508",
        GME_YAML,
        "hmac-body\n  digest: sha1\n",
        "sorted-sha1\n",
        at="covers: [",
    ),
    Defect(
        "hash_not_taken",
        "HP508",
        GME_YAML,
        "hmac-body\n  digest: sha1\n  signature: {in: header, field: Signature}\n  inputs: []\n"
        "  encodings: [base64, hex]\n  covers: [body]\n",
        "sorted-sha1\n  digest: sha1\n  signature: {in: header, field: Signature}\n"
        "  inputs: [{in: body, field: Timestamp}]\n  encodings: [base64, hex]\n",
        at="digest: sha1",
    ),
    Defect(
        "inputs_not_signed", "HP508", GME_YAML, "  inputs: []", "  inputs: [{in: header, field: X}]"
    ),
    Defect(
        "key_in_the_message",
        "HP508",
        GME_YAML,
        "  scheme: hmac-body\n",
        "  scheme: hmac\n  message: [secret, body]\n",
        at="message: [",
    ),
    Defect(
        "signed_by_itself",
        "HP508",
        GME_YAML,
        "  scheme: hmac-body\n",
        "  scheme: hmac\n  message: [body, {in: header, field: Signature}]\n",
        at="message: [",
    ),
    Defect("method_not_covered", "HP508", GME_YAML, "hmac-method-body…[body]", "[]"),
    Defect(
        "unknown_place",
        "HP508",
        GME_YAML,
        "in: query, field: Signature",
        "in: cookie, field: Signature",
    ),
    Defect(
        "secret_without_order",
        "HP508",
        GME_YAML,
        "  scheme: hmac-body\n",
        "  scheme: hmac-body\n  secret-at: 1\n",
        at="secret-at",
    ),
    Defect("body_not_covered", "HP508", GME_YAML, "inputs: []…[body]", "[]"),
    Defect("unreal_date", "HP508", RTC_YAML, '"2025-09-26"', '"2025-13-26"'),
    Defect(
        "older_delivery_first",
        "HP508",
        RTC_YAML,
        '"2022-03-22"',
        '"2027-03-22"',
        at="x-delivery:…- source: *compose-2022",
    ),
    style("misspelt_in_webhook", RTC_YAML, "x-sent-at", "x-sent-At"),
    style(
        "unknown_in_document",
        GME_YAML,
        "x-vendor: tencent\n",
        "x-vendor: tencent\nx-owner: me\n",
        "x-owner",
    ),
    style("beside_the_operation", GME_YAML, "    post:", "    x-dedupe-key: [/BizID]\n    post:"),
]

OPENAPI = [
    Defect("other_version", "HP509", GME_YAML, "openapi: 3.1.0", "openapi: 3.0.3"),
    Defect("version_as_number", "HP509", GME_YAML, "openapi: 3.1.0", "openapi: 3.1"),
    Defect("no_title", "HP509", GME_YAML, "  title: Tencent Cloud GME callbacks\n", "", at="info"),
    Defect("unknown_member", "HP509", GME_YAML, "summary:", "sumary:", at="post:"),
    Defect("unknown_status", "HP509", GME_YAML, "2XX: {d", "'999': {d", at="responses"),
    Defect("bare_response", "HP509", GME_YAML, "2XX: {description:", "2XX: {x-description:"),
    Defect("put", "HP509", GME_YAML, "    post:", "    put: {summary: x}\n    post:"),
    style("paths", GME_YAML, "webhooks:", "paths: {}\nwebhooks:"),
    Defect("no_id", "HP511", GME_YAML, "operationId: tencent_gme_recording", "", at="post:"),
    Defect(
        "id_in_document",
        "HP511",
        RTC_YAML,
        "zego_rtc_compose",
        "zego_rtc_record",
        at=KEY_OF_RECORD + "operationId",
    ),
    Defect("id_in_contract", "HP511", RTC_YAML, "zego_rtc_compose", "tencent_gme_recording"),
]

AGREEMENT = [
    Defect("inline_body", "HP510", GME_YAML, BODY, "{type: object}"),
    Defect("past_the_components", "HP510", GME_YAML, BODY, f"{{$ref: {FILE}}}"),
    Defect("no_body", "HP510", GME_YAML, JSON_BODY, "content: {}", at="requestBody"),
    Defect("other_callback", "HP510", RTC_YAML, "zego_rtc/compose.json", "zego_rtc/record.json"),
    Defect("part_of_a_file", "HP510", GME_YAML, FILE, f"'{FILE}#/$defs/GmeRecordingDetail'"),
    Defect("inline_component", "HP510", GME_YAML, f"{{$ref: {FILE}}}", "{type: object}"),
    Defect(
        "other_title",
        "HP510",
        GME,
        '"GmeRecordingCallback"',
        '"Gme"',
        within=GME_YAML,
        at=COMPONENT,
    ),
    Defect("form_undescribed", "HP515", RTC_YAML, FORM_FACT, "", at=FORM),
    Defect("form_without_content", "HP515", RTC_YAML, FORM_BODY, "", at="content:"),
    Defect(
        "media_type",
        "HP515",
        GME_YAML,
        "application/json:",
        f"text/plain: {{schema: {BODY}}}\n          application/json:",
    ),
    Defect("encoding_twice", "HP515", RTC_YAML, "- encoding: percent-json", "- encoding: json"),
]

FIELDS = [
    Defect(
        "same_value",
        "HP512",
        RTC_YAML,
        "[compose]",
        "[compose, record]",
        at=KEY_OF_RECORD + "x-discriminator",
    ),
    Defect(
        "wider_value",
        "HP512",
        RTC_YAML,
        "[compose]",
        "[record], task_id: [x]",
        at=KEY_OF_RECORD + "x-discriminator",
    ),
    Defect("discriminator", "HP513", RTC_YAML, "{event: [compose]}", "{evnt: [compose]}"),
    Defect("dedupe_field", "HP513", GME_YAML, "/TaskID", "/TaskId"),
    Defect("dedupe_member", "HP513", GME_YAML, "/Detail/SeqNo", "/Detail/Seq"),
    Defect("dedupe_in_text", "HP513", RTC_YAML, "/stream_alias", "/extra_params/Nope"),
    Defect(
        "ordering_field",
        "HP513",
        GME_YAML,
        "      x-encodings:",
        "      x-ordering: [/Timestamp, /Detail/Seq]\n      x-encodings:",
        at="      x-ordering",
    ),
    Defect("moment", "HP513", GME_YAML, "field: Timestamp", "field: timestamp"),
    Defect("signature", "HP513", RTC_YAML, "field: Signature", "field: Sign"),
    Defect(
        "input",
        "HP513",
        RTC_YAML,
        "field: Nonce}\n        covers: [Timestamp, Nonce]",
        "field: nonce}\n        covers: [Timestamp, nonce]",
    ),
    Defect("covers_no_input", "HP513", RTC_YAML, "[Timestamp, Nonce]", "[Timestamp, TaskId]"),
]


def header(name: str, code: str, entry: str, *, kind: str = "headers", at: str = "") -> Defect:
    """A document that says what each request has besides."""
    page = 'source: {page: "https://example.com/x", date: "2026-01-01"}'
    new = f"x-request:\n  {kind}:\n    - {{{entry}, {page}}}\n\nwebhooks:"
    return Defect(name, code, GME_YAML, "webhooks:", new, at=at or "    - {name")


REQUESTS = [
    header("header_of_no_field", "HP513", "name: X-Biz, from: /BizId"),
    header("header_without_value", "HP508", "name: X-Biz"),
    header("header_with_two_values", "HP508", "name: X-Biz, sample: y, text: x"),
    header("header_of_the_connection", "HP508", "name: content-length, text: '1'"),
    header("header_of_the_signature", "HP508", "name: signature, text: '1'"),
    header("header_that_breaks_the_line", "HP508", 'name: X-A, text: "a\\r\\nb"'),
    header("account_of_a_fixed_value", "HP508", "name: X-A, text: a, account: app"),
    header("no_such_place", "HP508", "name: a, text: b", kind="cookies", at="x-request"),
    Defect(
        "answer_of_no_bytes",
        "HP508",
        GME_YAML,
        "          timeout: null",
        "          timeout: null\n          answer-max-bytes: 0",
        at="answer-max-bytes",
    ),
    Defect(
        "warning_of_no_kind",
        "HP508",
        GME_YAML,
        "may-be: [late, lost]",
        "may-be: [late, early]",
    ),
    Defect(
        "transport_of_no_kind",
        "HP508",
        GME_YAML,
        "transport: https-or-http",
        "transport: amqp",
    ),
]

DOCUMENT_DEFECTS = [*REFERENCES, *EXTENSIONS, *OPENAPI, *AGREEMENT, *FIELDS, *REQUESTS]
