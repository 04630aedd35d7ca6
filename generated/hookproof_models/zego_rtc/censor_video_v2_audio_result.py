# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Any, Literal

from hookproof.models import Exact, JsonNumber, UnixMilliseconds, UnixSeconds, WireModel
from pydantic import MISSING, Field

from ..common.moderation_audio_risk import ModerationAudioRisk
from ..common.moderation_audio_risk_detail import ModerationAudioRiskDetail
from ..common.moderation_risk_level import ModerationRiskLevel
from ..common.nonce_string import NonceString
from ..common.sha1_hex_string import Sha1HexString


class CensorVideoAudioBusiness(WireModel):
    """One finding for the customer's business."""

    confidence_level: Annotated[
        int | MISSING, Field(alias="ConfidenceLevel", ge=0, le=4294967295)
    ] = MISSING
    """How sure the finding is. In the sample alone."""
    probability: Annotated[JsonNumber | MISSING, Field(alias="Probability", ge=0, le=1)] = MISSING
    """How likely the finding is, from 0 to 1. In the sample alone."""
    business_description: Annotated[str, Field(alias="BusinessDescription")]
    """The three labels in words."""
    business_label1: Annotated[str, Field(alias="BusinessLabel1")]
    """Kind of what was found."""
    business_label2: Annotated[str, Field(alias="BusinessLabel2")]
    """Kind within the first label."""
    business_labe3: Annotated[str | MISSING, Field(alias="BusinessLabe3")] = MISSING
    """Kind within the second label, as the table of the page spells it."""
    business_label3: Annotated[str | MISSING, Field(alias="BusinessLabel3")] = MISSING
    """Kind within the second label, as the sample of the page spells it."""


class CensorVideoAudioAuxInfo(WireModel):
    """Where and when the segment was taken."""

    room_id: Annotated[str, Field(alias="RoomId", min_length=1)]
    """The room."""
    process_begin_time: Annotated[UnixMilliseconds, Field(alias="ProcessBeginTime")]
    """When the moderation of the segment began."""
    process_finish_time: Annotated[UnixMilliseconds, Field(alias="ProcessFinishTime")]
    """When the moderation of the segment ended."""
    stream_id: Annotated[str, Field(alias="StreamId", min_length=1)]
    """The stream that was moderated."""


class CensorVideoAudioDetail(WireModel):
    """What was found in ten seconds of sound."""

    risk_level: Annotated[ModerationRiskLevel | MISSING, Field(alias="RiskLevel")] = MISSING
    """What to do, by the gravest risk. There where Code is 0."""
    content: Annotated[str | MISSING, Field(alias="Content")] = MISSING
    """What was said in the segment, and in the one before it where the task asks for that and the level is REJECT. Unless the task asks for all texts, empty or missing where the level is PASS."""
    audio_url: Annotated[str | MISSING, Field(alias="AudioUrl")] = MISSING
    """Where the segment can be fetched. Percent-encoded and signed: decoded once more it no longer works."""
    pre_audio_url: Annotated[str | MISSING, Field(alias="PreAudioUrl")] = MISSING
    """Where the segment and the one before it can be fetched; filled only where the task was started with ReturnPreAudio 1. Percent-encoded and signed."""
    risk_description: Annotated[str | MISSING, Field(alias="RiskDescription")] = MISSING
    """The gravest risk in words, for people to read: its three labels, or the customer's list that was hit, or a word for normal. Nothing may be decided by it."""
    risk_label1: Annotated[str | MISSING, Field(alias="RiskLabel1")] = MISSING
    """Kind of risk; normal where the level is PASS."""
    risk_label2: Annotated[str | MISSING, Field(alias="RiskLabel2")] = MISSING
    """Kind within the first label; empty where the level is PASS."""
    risk_label3: Annotated[str | MISSING, Field(alias="RiskLabel3")] = MISSING
    """Kind within the second label; empty where the level is PASS."""
    vad_status: Annotated[Exact[Literal[0, 1]] | MISSING, Field(alias="VadStatus")] = MISSING
    """0 a silent segment, of which some fields are empty; 1 one with sound."""
    risk_detail: Annotated[
        ModerationAudioRiskDetail | dict[str, Any] | None | MISSING, Field(alias="RiskDetail")
    ] = MISSING
    """The gravest risk."""
    risk_info_list: Annotated[
        list[ModerationAudioRisk] | None | MISSING, Field(alias="RiskInfoList")
    ] = MISSING
    """All risks, the gravest first."""
    business_info_list: Annotated[
        list[CensorVideoAudioBusiness] | None | MISSING, Field(alias="BusinessInfoList")
    ] = MISSING
    """What was found for the customer's business, such as the language; filled only where the task asks for it."""


class CensorVideoAudioResultCallback(WireModel):
    """Ten seconds of a video stream's sound were moderated."""

    event: Annotated[Literal["censor_video_v2_audio_result"], Field(alias="Event")]
    """Names the callback."""
    app_id: Annotated[int, Field(alias="AppId", ge=0, le=4294967295)]
    """App identifier. A number here, text in most callbacks of this vendor."""
    timestamp: Annotated[UnixSeconds, Field(alias="Timestamp")]
    """When the callback was sent; a number here, text in most callbacks of this vendor. Part of the signature."""
    nonce: Annotated[NonceString, Field(alias="Nonce")]
    """Random number. Part of the signature."""
    signature: Annotated[Sha1HexString, Field(alias="Signature")]
    """Signature over secret, timestamp and nonce. It does not cover the rest of the body."""
    code: Annotated[int, Field(alias="Code", ge=-2147483648, le=2147483647)]
    """0 is success; other values are not listed."""
    message: Annotated[str, Field(alias="Message")]
    """The outcome in words, which differ from page to page: success, Success or Chinese."""
    task_id: Annotated[str, Field(alias="TaskId", min_length=1)]
    """The moderation task, as the answer to its start named it."""
    result_task_id: Annotated[str, Field(alias="ResultTaskId", min_length=1)]
    """This result."""
    detail: Annotated[CensorVideoAudioDetail, Field(alias="Detail")]
    aux_info: Annotated[CensorVideoAudioAuxInfo, Field(alias="AuxInfo")]
