# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import Exact, JsonNumber, UnixSeconds, WireModel
from pydantic import MISSING, Field
from typing_extensions import TypeAliasType

from ..common.moderation_matched_list import ModerationMatchedList
from ..common.moderation_risk_level import ModerationRiskLevel
from ..common.nonce_string import NonceString
from ..common.sha1_hex_string import Sha1HexString


class CensorVideoImageFace(WireModel):
    """A face that was recognised."""

    name: Annotated[str, Field(alias="Name")]
    """Name of the person."""
    id: Annotated[str, Field(alias="Id", min_length=1)]
    """Number of the face within the frame: the same face has it under every label, a person who is seen twice has two."""
    face_ratio: Annotated[JsonNumber, Field(alias="FaceRatio", ge=0, le=1)]
    """The face's share of the frame, from 0 to 1."""
    probability: Annotated[JsonNumber, Field(alias="Probability", ge=0, le=1)]
    """How likely it is this person, from 0 to 1."""
    location: Annotated[list[int], Field(alias="Location", max_length=4, min_length=4)]
    """x and y of the upper left corner, then of the lower right one, in pixels from the upper left corner of the frame."""


class CensorVideoImageAuxInfo(WireModel):
    """Where and when the frame was taken."""

    room_id: Annotated[str, Field(alias="RoomId", min_length=1)]
    """The room."""
    img_time: Annotated[
        str,
        Field(
            alias="ImgTime",
            pattern="^[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}(?:\\.[0-9]{1,9})?$",
        ),
    ]
    """When the frame was taken, in Beijing time (UTC+8), with no zone written."""
    stream_id: Annotated[str, Field(alias="StreamId", min_length=1)]
    """The stream that was moderated."""


CensorVideoImageFaces = TypeAliasType(
    "CensorVideoImageFaces",
    Annotated[list[CensorVideoImageFace], Field(max_length=10, title="CensorVideoImageFaces")],
)
"""Faces in the frame, at most the ten likeliest."""


class CensorVideoImageText(WireModel):
    """Text read in the frame. There where the task asks for risks in text or for advertising."""

    text: Annotated[str, Field(alias="Text")]
    """What was read."""
    matched_lists: Annotated[list[ModerationMatchedList] | None, Field(alias="MatchedLists")]
    """Lists of the customer's own that were hit; null where there are none."""


class CensorVideoImageBusinessDetail(WireModel):
    """More on a finding for the customer's business."""

    face_info_list: Annotated[CensorVideoImageFaces | MISSING, Field(alias="FaceInfoList")] = (
        MISSING
    )


class CensorVideoImageRiskDetail(WireModel):
    """What was found in a frame."""

    risk_source: Annotated[Exact[Literal[1000, 1001, 1002]], Field(alias="RiskSource")]
    """Where it was found: 1000 no risk, 1001 in text, 1002 in the picture."""
    face_info_list: Annotated[CensorVideoImageFaces | None, Field(alias="FaceInfoList")]
    """People in the frame who are a political risk; null where there are none. The table types them as texts and lists members of objects."""
    ocr_info: Annotated[CensorVideoImageText | MISSING, Field(alias="OcrInfo")] = MISSING


class CensorVideoImageBusiness(WireModel):
    """One finding for the customer's business."""

    probability: Annotated[JsonNumber | MISSING, Field(alias="Probability", ge=0, le=1)] = MISSING
    """How likely the finding is, from 0 to 1. In the sample alone."""
    confidence_level: Annotated[
        int | MISSING, Field(alias="ConfidenceLevel", ge=0, le=4294967295)
    ] = MISSING
    """How sure the finding is. In the sample alone."""
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
    business_detail: Annotated[
        CensorVideoImageBusinessDetail | MISSING, Field(alias="BusinessDetail")
    ] = MISSING


class CensorVideoImageRisk(WireModel):
    """One risk among those of a frame."""

    risk_level: Annotated[ModerationRiskLevel, Field(alias="RiskLevel")]
    """What to do."""
    probability: Annotated[JsonNumber, Field(alias="Probability", ge=0, le=1)]
    """How likely the finding is, from 0 to 1."""
    risk_description: Annotated[str, Field(alias="RiskDescription")]
    """The gravest risk in words, for people to read: its three labels, or the customer's list that was hit, or a word for normal. Nothing may be decided by it."""
    risk_label1: Annotated[str, Field(alias="RiskLabel1")]
    """Kind of risk; normal where the level is PASS."""
    risk_label2: Annotated[str, Field(alias="RiskLabel2")]
    """Kind within the first label; empty where the level is PASS."""
    risk_label3: Annotated[str, Field(alias="RiskLabel3")]
    """Kind within the second label; empty where the level is PASS."""
    risk_detail: Annotated[CensorVideoImageRiskDetail, Field(alias="RiskDetail")]


class CensorVideoImageDetail(WireModel):
    """What was found in a frame of the video."""

    risk_level: Annotated[ModerationRiskLevel | MISSING, Field(alias="RiskLevel")] = MISSING
    """What to do, by the gravest risk. There where Code is 0."""
    img_url: Annotated[str | MISSING, Field(alias="ImgUrl")] = MISSING
    """Where the frame can be fetched. Percent-encoded and signed: decoded once more it no longer works."""
    risk_description: Annotated[str | MISSING, Field(alias="RiskDescription")] = MISSING
    """The gravest risk in words, for people to read: its three labels, or the customer's list that was hit, or a word for normal. Nothing may be decided by it."""
    risk_label1: Annotated[str | MISSING, Field(alias="RiskLabel1")] = MISSING
    """Kind of risk; normal where the level is PASS."""
    risk_label2: Annotated[str | MISSING, Field(alias="RiskLabel2")] = MISSING
    """Kind within the first label; empty where the level is PASS."""
    risk_label3: Annotated[str | MISSING, Field(alias="RiskLabel3")] = MISSING
    """Kind within the second label; empty where the level is PASS."""
    risk_detail: Annotated[CensorVideoImageRiskDetail | MISSING, Field(alias="RiskDetail")] = (
        MISSING
    )
    risk_info_list: Annotated[
        list[CensorVideoImageRisk] | None | MISSING, Field(alias="RiskInfoList")
    ] = MISSING
    """All risks."""
    business_info_list: Annotated[
        list[CensorVideoImageBusiness] | None | MISSING, Field(alias="BusinessInfoList")
    ] = MISSING
    """What was found for the customer's business, such as faces; filled only where the task asks for it."""


class CensorVideoImageResultCallback(WireModel):
    """A frame of a video stream was moderated."""

    event: Annotated[Literal["censor_video_v2_img_result"], Field(alias="Event")]
    """Names the callback."""
    app_id: Annotated[int, Field(alias="AppId", ge=0, le=4294967295)]
    """App identifier. A number here, text in most callbacks of this vendor."""
    timestamp: Annotated[UnixSeconds, Field(alias="Timestamp")]
    """When the callback was sent; a number here, text in most callbacks of this vendor. Part of the signature."""
    nonce: Annotated[NonceString, Field(alias="Nonce")]
    """Random number. Part of the signature."""
    signature: Annotated[Sha1HexString, Field(alias="Signature")]
    """Signature over secret, timestamp and nonce. It does not cover the rest of the body."""
    code: Annotated[int, Field(alias="Code", ge=-9223372036854775808, le=9223372036854775807)]
    """0 is success; other values are not listed."""
    message: Annotated[str, Field(alias="Message")]
    """The outcome in words, which differ from page to page: success, Success or Chinese."""
    task_id: Annotated[str, Field(alias="TaskId", min_length=1)]
    """The moderation task, as the answer to its start named it."""
    result_task_id: Annotated[str, Field(alias="ResultTaskId", min_length=1)]
    """This result."""
    detail: Annotated[CensorVideoImageDetail, Field(alias="Detail")]
    aux_info: Annotated[CensorVideoImageAuxInfo, Field(alias="AuxInfo")]
