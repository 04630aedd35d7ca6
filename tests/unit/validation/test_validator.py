"""A body's verdict: recognised, valid or not, contradictions, encoding, signature."""

from __future__ import annotations

import dataclasses
import json
import re
import shutil
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hookproof.contract import Contract, contract_in, shipped_contract
from hookproof.errors import ContractError, UsageError
from hookproof.findings import CaptureFinding, Severity
from hookproof.payload.body import BodyForm, read_body
from hookproof.signature import SignatureState, sign
from hookproof.signature.secrets import Secrets
from hookproof.validation.compiled_callback import CompiledCallback
from hookproof.validation.validator import Validator, Verdict

CONTRACT = Contract()
ALL = Validator(CONTRACT)
# Its numbers name callbacks of other products too, so the area is given.
GME = Validator(CONTRACT, areas=["tencent_gme"])


def sample(name: str, example: str = "sample") -> dict[str, Any]:
    """The payload of an example of a callback."""
    [chosen] = [e for e in CONTRACT.callback(name).examples if e.name == example]
    return dict(chosen.payload)


def judge(payload: Any, validator: Validator = ALL, **more: Any) -> Verdict:
    """The verdict on a payload that came as JSON."""
    return validator.judge(read_body(json.dumps(payload).encode()), file="x.json", **more)


def codes(verdict: Verdict) -> list[str]:
    """The codes of a verdict's findings."""
    return [finding.code for finding in verdict.findings]


class TestRecognising:
    """Which callback a body is taken for."""

    def test_an_unknown_value_is_told(self) -> None:
        """A discriminator with a value that no callback has is named with that value."""
        verdict = judge({"event": "record_v2"})
        [finding] = verdict.findings
        assert (finding.code, finding.where, finding.callback) == ("HP220", "/event", "")
        assert 'event = "record_v2"' in finding.message
        assert "--callback" in finding.hint

    def test_no_discriminator_is_told(self) -> None:
        """A payload without any discriminator is told which fields were looked for."""
        [finding] = judge({"a": 1}).findings
        assert (finding.code, finding.where) == ("HP222", "")
        assert re.search(r"\(.*\bEvent, .*EventType, .*event\b", finding.message)

    def test_two_candidates_are_told(self) -> None:
        """A payload that may be two callbacks is not judged by either."""
        [finding] = judge({"event": "record", "EventType": 1}).findings
        assert finding.code == "HP221"
        assert re.search(r"tencent_gme/recording, .*zego_rtc/record", finding.message)
        assert "--area" in finding.hint

    def test_an_area_decides_between_two(self) -> None:
        """Among the callbacks of one area the same payload is clear."""
        payload = {**sample("zego_rtc/record"), "EventType": 1}
        assert judge(payload, Validator(CONTRACT, areas=["zego_rtc"])).callback == "zego_rtc/record"

    def test_another_area_does_not_know_it(self) -> None:
        """Outside its area a callback is no callback."""
        verdict = judge(sample("zego_rtc/record"), Validator(CONTRACT, areas=["tencent_gme"]))
        assert codes(verdict) == ["HP222"]

    def test_the_envelope_of_a_callback_without_its_name_is_drift(self) -> None:
        """Where the field that names it is gone and the rest is there, the vendor changed it."""
        payload = sample("zego_rtc/record")
        del payload["event"]
        assert codes(judge(payload)) == ["HP220"]

    def test_a_callback_that_is_given_is_not_asked_for(self) -> None:
        """Given by name, short or full, a callback judges whatever comes."""
        for name in ("record", "zego_rtc/record"):
            verdict = judge(
                {**sample("zego_rtc/record"), "event": "x"}, Validator(CONTRACT, callback=name)
            )
            assert verdict.callback == "zego_rtc/record"
            assert [(f.code, f.where) for f in verdict.findings] == [("HP203", "/event")]

    @pytest.mark.parametrize("payload", [[], [{}], "x", 1, None, True])
    def test_what_is_no_object_is_no_callback(self, payload: Any) -> None:
        """A body that is not one object is told so, recognised or given."""
        for validator in (ALL, Validator(CONTRACT, callback="record")):
            assert codes(judge(payload, validator)) == ["HP115"]

    @pytest.mark.parametrize("name", ["recrod", "zego_rtc/recrod", "zego_rtc", "", "/", "a/b/c"])
    def test_an_unknown_name_is_a_usage_error(self, name: str) -> None:
        """A callback that the contract does not have is refused before anything is read."""
        with pytest.raises(UsageError):
            Validator(CONTRACT, callback=name)

    @pytest.mark.parametrize("area", ["zego", "", "common", "..", "zego_rtc/record"])
    def test_an_unknown_area_is_a_usage_error(self, area: str) -> None:
        """An area that the contract does not have is refused before anything is read."""
        with pytest.raises(UsageError):
            Validator(CONTRACT, areas=[area])

    def test_a_callback_of_another_area_is_a_usage_error(self) -> None:
        """A callback and an area that exclude each other are refused."""
        with pytest.raises(UsageError, match="not in the area"):
            Validator(CONTRACT, areas=["tencent_gme"], callback="record")


class TestQuirks:
    """Documented contradictions are warnings, each under its own name."""

    @pytest.mark.parametrize(
        ("name", "example", "quirks"),
        [
            ("zego_rtc/compose", "sample", []),
            ("zego_rtc/compose", "huawei", [("huawei-sends-fewer-fields", "/file_id")]),
            ("zego_rtc/record", "sample", []),
            ("zego_rtc/procedure", "sample", [("file-id-spelling", "/file_id")]),
            ("zego_rtc/procedure", "table", []),
            (
                "zego_rtc/procedure",
                "size_as_text",
                [("size-without-type", "/extra_params/media/transcode/*/size")],
            ),
            ("zego_rtc/procedure", "failed_empty", []),
            (
                "zego_rtc/procedure",
                "failed_null",
                [("failed-extra-params-null", "/extra_params")],
            ),
            (
                "zego_rtc/procedure",
                "failed_absent",
                [("failed-extra-params-absent", "/extra_params")],
            ),
            (
                "zego_rtc/procedure",
                "failed_empty_object",
                [("failed-extra-params-empty-object", "/extra_params")],
            ),
            ("zego_rtc/transcode_stop", "sample", [("status-started", "/Status")]),
            ("zego_rtc/transcode_stop", "table", []),
            ("tencent_gme/recording", "sample", []),
        ],
    )
    def test_the_reading_that_differs_is_a_warning(
        self, name: str, example: str, quirks: list[tuple[str, str]]
    ) -> None:
        """The second reading gives a warning with both readings and the page, the first none."""
        validator = Validator(CONTRACT, areas=[name.split("/", maxsplit=1)[0]])
        findings = judge(sample(name, example), validator).findings
        assert [(f.message.split(":")[0], f.where) for f in findings] == quirks
        for finding in findings:
            assert (finding.code, finding.severity) == ("HP230", Severity.WARNING)
            assert finding.source.startswith("https://")
            assert finding.hint
            assert finding.line > 0

    def test_a_quirk_of_any_item_is_placed_at_the_list(self) -> None:
        """Where a contradiction may stand in any item of a list, the list is the place."""
        payload = sample("zego_rtc/procedure", "size_as_text")
        [finding] = judge(payload).findings
        text = json.dumps(payload)
        assert finding.line == 1
        assert text[finding.column - 1 :].startswith('[{\\"code')

    def test_every_quirk_of_the_contract_is_shown_by_an_example(self) -> None:
        """No contradiction is listed that no example of the contract shows."""
        for name in CONTRACT.names():
            callback = CONTRACT.callback(name)
            compiled = CompiledCallback(callback)
            seen = {q.id for e in callback.examples for q in compiled.quirks_in(e.payload)}
            assert seen == {quirk.id for quirk in callback.quirks}

    def test_a_broken_payload_has_no_quirks(self) -> None:
        """Beside an error a contradiction would only distract."""
        payload = {**sample("zego_rtc/transcode_stop"), "Sequence": "0"}
        assert codes(judge(payload)) == ["HP202"]


class TestEncoding:
    """A body form that the pages do not name is a warning."""

    @pytest.mark.parametrize(
        ("name", "form", "wanted"),
        [
            ("zego_rtc/compose", BodyForm.FORM, []),
            ("zego_rtc/record", BodyForm.PRINT_R, []),
            ("zego_rtc/procedure", BodyForm.FORM, ["HP231"]),
            ("zego_rtc/procedure", BodyForm.PRINT_R, ["HP231"]),
        ],
    )
    def test_undocumented_forms_are_told(
        self, name: str, form: BodyForm, wanted: list[str]
    ) -> None:
        """Form and dump are documented for some callbacks, and a warning for the others."""
        payload = sample(name, "table" if name.endswith("procedure") else "sample")
        text = (
            urlencode(payload)
            if form is BodyForm.FORM
            else "Array\n(\n" + "".join(f"[{k}] => {v}\n" for k, v in payload.items()) + ")\n"
        )
        verdict = ALL.judge(read_body(text.encode()), file="x")
        assert verdict.callback == name
        assert codes(verdict) == wanted

    def test_percent_encoded_json_of_the_other_vendor_is_told(self) -> None:
        """One vendor's sentence about percent-encoding does not speak for another."""
        raw = urlencode({"": json.dumps(sample("tencent_gme/recording"))})[1:].encode()
        verdict = GME.judge(read_body(raw), file="x")
        assert codes(verdict) == ["HP231"]
        assert verdict.findings[0].severity is Severity.WARNING


class TestSignature:
    """The signature is checked where a secret is at hand."""

    SIGNED = Validator(CONTRACT, secrets=Secrets({}, b"secret"))
    SIGNED_GME = Validator(CONTRACT, areas=["tencent_gme"], secrets=Secrets({}, b"secret"))

    def test_without_a_secret_nothing_is_checked(self) -> None:
        """No secret, no verdict on the signature."""
        for validator in (ALL, Validator(CONTRACT, secrets=Secrets({}))):
            verdict = judge(sample("zego_rtc/record"), validator)
            assert verdict.signature is None
            assert verdict.findings == ()

    def test_a_genuine_one_is_valid(self) -> None:
        """The samples are signed with the documentation's secret."""
        assert judge(sample("zego_rtc/record"), self.SIGNED).signature is SignatureState.VALID

    @pytest.mark.parametrize(
        ("change", "code", "state"),
        [
            ({"signature": "0" * 40}, "HP302", SignatureState.WRONG),
            ({"nonce": "158274"}, "HP302", SignatureState.WRONG),
            ({"timestamp": "1481597359"}, "HP302", SignatureState.WRONG),
        ],
    )
    def test_a_wrong_one_is_an_error(
        self, change: dict[str, str], code: str, state: SignatureState
    ) -> None:
        """A signature that does not match is an error at its field, with the page."""
        verdict = judge({**sample("zego_rtc/record"), **change}, self.SIGNED)
        [finding] = verdict.findings
        assert (finding.code, finding.where, verdict.signature) == (code, "/signature", state)
        assert finding.severity is Severity.ERROR
        assert "SignatureVerification" in finding.source

    @pytest.mark.parametrize(
        ("value", "code", "state"),
        [
            (None, "HP303", SignatureState.UNREADABLE),
            ("", "HP303", SignatureState.UNREADABLE),
            (["x"], "HP303", SignatureState.UNREADABLE),
        ],
    )
    def test_an_unreadable_one_is_an_error(
        self, value: Any, code: str, state: SignatureState
    ) -> None:
        """A signature of another kind is an error beside that against the schema."""
        verdict = judge({**sample("zego_rtc/record"), "signature": value}, self.SIGNED)
        assert verdict.signature is state
        assert code in codes(verdict)

    def test_a_missing_one_is_an_error(self) -> None:
        """Without its field a signature is missing: against the schema and for the sender."""
        payload = sample("zego_rtc/record")
        del payload["signature"]
        verdict = judge(payload, self.SIGNED)
        assert verdict.signature is SignatureState.MISSING
        assert codes(verdict) == ["HP201", "HP301"]

    def test_a_header_that_was_not_captured_is_not_missing(self) -> None:
        """A capture without headers cannot show a signature that sits in one."""
        verdict = judge(sample("tencent_gme/recording"), self.SIGNED_GME)
        assert verdict.signature is None
        assert verdict.findings == ()

    def test_a_header_that_was_captured_is_checked(self) -> None:
        """With headers at hand the signature is checked over the body bytes."""
        for headers, state in (
            ([("Signature", "x")], SignatureState.WRONG),
            ([("Host", "x")], SignatureState.MISSING),
        ):
            verdict = judge(sample("tencent_gme/recording"), self.SIGNED_GME, headers=headers)
            assert verdict.signature is state

    def test_a_missing_signature_is_told_wherever_a_secret_is_at_hand(self) -> None:
        """That the vendor does not sign for accounts without a key is said beside it."""
        callback = CONTRACT.callback("tencent_gme/recording")
        facts = dataclasses.replace(callback.signature, required=False)
        validator = Validator(CONTRACT, callback=callback.path, secrets=Secrets({}, b"secret"))
        validator._given = dataclasses.replace(callback, signature=facts)
        verdict = judge(sample(callback.path), validator, headers=[("Host", "x")])
        assert verdict.signature is SignatureState.MISSING
        [finding] = verdict.findings
        assert (finding.code, finding.severity) == ("HP301", Severity.ERROR)
        assert "an account that has a key" in finding.hint
        assert judge(sample(callback.path), validator, headers=None).findings == ()


def test_a_duplicate_key_is_told_beside_the_rest() -> None:
    """A body with a duplicate key is still recognised and judged by the last value."""
    text = json.dumps(sample("zego_rtc/transcode_stop", "table"))[:-1] + ', "Sequence": "x"}'
    verdict = ALL.judge(read_body(text.encode()), file="x")
    assert verdict.callback == "zego_rtc/transcode_stop"
    assert codes(verdict) == ["HP104", "HP202"]


def test_a_schema_that_is_none_is_a_contract_error() -> None:
    """A callback whose schema cannot be compiled is named with its file."""
    callback = dataclasses.replace(CONTRACT.callback("zego_rtc/record"), schema={"type": "objct"})
    with pytest.raises(
        ContractError, match=r"schemas/zego_rtc/record\.json: not a schema at /type"
    ):
        CompiledCallback(callback).accepts({})


FIELDS = st.sampled_from(
    ["event", "Event", "EventType", "extra_params", "signature", "timestamp", "nonce", "status"]
)
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.sampled_from(["record", "compose", "procedure", "transcode_stop", "FAILED", "{}", 1]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(FIELDS, inner, max_size=2),
    max_leaves=4,
)


@given(st.dictionaries(FIELDS, VALUES, max_size=8))
@settings(max_examples=400, derandomize=True, database=None, deadline=None)
def test_no_payload_raises(payload: dict[str, Any]) -> None:
    """Whatever stands in the fields, faults are told with a place, and nothing is raised."""
    verdict = judge(payload, TestSignature.SIGNED)
    assert verdict.findings
    assert all(well_placed(finding) for finding in verdict.findings)


@given(st.binary(max_size=100), st.sampled_from(BodyForm))
@settings(max_examples=400, derandomize=True, database=None, deadline=None)
def test_no_bytes_raise(raw: bytes, form: BodyForm) -> None:
    """Whatever bytes come in whatever form, there is a finding, and nothing is raised."""
    verdict = TestSignature.SIGNED.judge(read_body(raw, form=form), file="x")
    assert verdict.findings
    assert all(well_placed(finding) for finding in verdict.findings)


def well_placed(finding: CaptureFinding) -> bool:
    """Whether a finding has a line, a column and a short text."""
    return finding.line >= 1 and finding.column >= 1 and len(finding.found) <= 120


def test_only_the_schema_that_a_payload_names_is_read(tmp_path):
    """A callback whose schema is broken harms no other one, and is told when its turn comes."""
    shipped = shipped_contract().schemas.parent
    for part in ("schemas", "openapi"):
        shutil.copytree(shipped / part, tmp_path / part)
    (tmp_path / "schemas" / "zego_rtc" / "record.json").write_text("{")
    validator = Validator(Contract(contract_in(tmp_path)))
    payload = CONTRACT.callback("zego_rtc/compose").examples[0].payload
    verdict = validator.judge(read_body(json.dumps(payload).encode()))
    assert (verdict.callback, verdict.findings) == ("zego_rtc/compose", ())
    with pytest.raises(ContractError, match=r"record\.json"):
        validator.judge(read_body(b'{"event": "record"}'))


def test_the_published_secret_of_sanitised_copies_is_known() -> None:
    """A copy that hookproof sanitize signed is a warning, whatever secret is at hand."""
    callback = Contract().callback("zego_rtc/record")
    payload, facts = callback.examples[0].payload, callback.signature
    signed = payload | {facts.place.field: sign(facts, b"secret", payload=payload, body=b"")}
    ours = Validator(Contract(), secrets=Secrets({"HOOKPROOF_SECRET_ZEGO": "another"}))
    verdict = ours.judge(read_body(json.dumps(signed).encode()))
    assert [(f.code, f.severity) for f in verdict.findings] == [("HP306", Severity.WARNING)]
    assert verdict.signature is SignatureState.PUBLISHED
    forged = payload | {facts.place.field: "0" * 40}
    assert "HP302" in codes(ours.judge(read_body(json.dumps(forged).encode())))


class TestNumbers:
    """Numbers are shown and noted as they are written."""

    @pytest.mark.parametrize("written", ["1.0", "1e0", "10E-1", "0.1e1"])
    def test_an_integer_that_is_written_as_a_fraction_is_noted(self, written: str) -> None:
        """JSON Schema takes it for an integer; many receivers do not, so it is worth a note."""
        raw = json.dumps(sample("zego_rtc/room_close"))
        before = re.sub(r'"close_reason": ?[0-9]', '"close_reason":' + written, raw)
        [finding] = ALL.judge(read_body(before.encode())).findings
        assert (finding.code, finding.severity, finding.where) == ("HP232", "note", "/close_reason")
        assert written in finding.message

    @pytest.mark.parametrize("written", ["0.0", "0e0", "1.0"])
    def test_a_fraction_in_json_within_a_text_is_noted(self, written: str) -> None:
        """A receiver reads the inner text with the same reader."""
        payload = sample("zego_rtc/stream_create") | {"stream_attr": f'{{"cid":{written}}}'}
        raw = json.dumps(payload, separators=(",", ":")).encode()
        assert "HP232" in codes(ALL.judge(read_body(raw)))

    def test_a_signed_number_is_not_blamed_for_being_none(self) -> None:
        """A moment may be a number; written as a fraction nobody can tell what was signed."""
        payload = sample("zego_rtc/room_close") | {"timestamp": 1e3}
        secrets = Secrets({"HOOKPROOF_SECRET_ZEGO": "secret"})
        verdict = Validator(Contract(), secrets=secrets).judge(
            read_body(json.dumps(payload).encode())
        )
        told = [one.message for one in verdict.findings if one.code == "HP303"]
        assert "timestamp is written as a fraction" in told[0]

    @pytest.mark.parametrize("written", ["9007199254740993.0", "1.10", "-0.50"])
    def test_a_number_is_shown_with_its_digits(self, written: str) -> None:
        """What was found is what stands there, and not what a float makes of it."""
        raw = json.dumps(sample("zego_rtc/room_close"))
        raw = re.sub(r'"close_reason": ?[0-9]', '"close_reason":' + written, raw)
        findings = ALL.judge(read_body(raw.encode())).findings
        assert written in findings[0].found + findings[0].message


def test_a_finding_says_how_a_callback_was_told_from_its_namesakes() -> None:
    """Where products share a name and members decide, a finding of what they decided names them."""
    payload = {**CONTRACT.callback("tencent_gme/recording").examples[0].payload, "BizID": "x"}
    body = read_body(json.dumps(payload).encode())
    [found] = Validator(CONTRACT).judge(body).findings
    assert (found.callback, found.where) == ("tencent_gme/recording", "/BizID")
    assert "told from" in found.hint
    assert " by BizID, RecordMode, RoomID; --callback NAME" in found.hint
    for chosen in ({"areas": ["tencent_gme"]}, {"callback": "tencent_gme/recording"}):
        [found] = Validator(CONTRACT, **chosen).judge(body).findings
        assert "told from" not in found.hint
