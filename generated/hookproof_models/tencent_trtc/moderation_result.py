# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Any, Literal

from hookproof.models import Exact, JsonNumber, UnixMilliseconds, UnixSeconds, WireModel
from pydantic import MISSING, Field
from typing_extensions import TypeAliasType


TrtcModerationResultInfoRoomIdInteger = TypeAliasType(
    "TrtcModerationResultInfoRoomIdInteger",
    Annotated[
        int, Field(ge=0, le=18446744073709551615, title="TrtcModerationResultInfoRoomIdInteger")
    ],
)
"""The room: a number or text, as it was entered in the client."""


TrtcModerationResultInfoRoomIdString = TypeAliasType(
    "TrtcModerationResultInfoRoomIdString",
    Annotated[str, Field(min_length=1, title="TrtcModerationResultInfoRoomIdString")],
)
"""The room: a number or text, as it was entered in the client."""


class TrtcModerationFinding(WireModel):
    """One finding."""

    scene: Annotated[str | MISSING, Field(alias="Scene", min_length=1)] = MISSING
    """In the sample of an image alone."""
    label: Annotated[str | MISSING, Field(alias="Label", min_length=1)] = MISSING
    """What was found. In the samples alone."""
    suggest: Annotated[Exact[Literal[0, 1, 2]] | MISSING, Field(alias="Suggest")] = MISSING
    """0 pass, 1 have it looked at, 2 block. In the samples alone."""
    keywords: Annotated[list[str], Field(alias="Keywords")]
    """The words that were found."""
    score: Annotated[JsonNumber, Field(alias="Score")]
    """How sure the finding is."""
    desc: Annotated[str | MISSING, Field(alias="Desc")] = MISSING
    """In the sample of sound alone."""
    audio_segments: Annotated[dict[str, Any], Field(alias="AudioSegments")]
    """Where in the sound it was found. Empty in the samples."""
    image_location: Annotated[dict[str, Any], Field(alias="ImageLocation")]
    """Where in the image it was found. Empty in the samples."""


class TrtcModerationResultPayload(WireModel):
    """The details of this event."""

    data_id: Annotated[str, Field(alias="DataId", min_length=1)]
    """What was understood."""
    request_id: Annotated[str, Field(alias="RequestId")]
    """The request to the service that understood it. Empty in the sample of sound."""
    media_type: Annotated[Exact[Literal[1, 2]], Field(alias="MediaType")]
    """1 sound, 2 an image."""
    suggest: Annotated[Exact[Literal[0, 1, 2]], Field(alias="Suggest")]
    """0 pass, 1 have it looked at, 2 block."""
    label: Annotated[
        Literal["Normal", "Ad", "Porn", "Abuse", "Illegal", "Polity", "Terror", "Sexy", "QRCode", "Custom"],
        Field(alias="Label"),
    ]
    """What it holds."""
    image: Annotated[str, Field(alias="Image")]
    """Where the image lies in the customer's storage; empty of sound."""
    image_ocr: Annotated[str | MISSING, Field(alias="ImageOcr")] = MISSING
    """Text in the image. In the sample of an image alone."""
    rate: Annotated[JsonNumber | MISSING, Field(alias="Rate")] = MISSING
    """In the samples alone; their Score has the same number."""
    audio: Annotated[str, Field(alias="Audio")]
    """Where the sound lies in the customer's storage; empty of an image."""
    audio_text: Annotated[str, Field(alias="AudioText")]
    """What was said; empty of an image."""
    check_detail: Annotated[
        list[TrtcModerationFinding] | TrtcModerationFinding, Field(alias="CheckDetail")
    ]
    """The findings: an object in the page's table, a list of such objects in its samples."""


class TrtcModerationResultInfo(WireModel):
    """What happened."""

    room_id: Annotated[
        TrtcModerationResultInfoRoomIdInteger | TrtcModerationResultInfoRoomIdString,
        Field(alias="RoomId"),
    ]
    """The room: a number or text, as it was entered in the client."""
    event_ts: Annotated[UnixSeconds, Field(alias="EventTs")]
    """When it happened, in seconds. EventMsTs is recommended instead."""
    event_ms_ts: Annotated[UnixMilliseconds, Field(alias="EventMsTs")]
    """When it happened, in milliseconds."""
    user_id: Annotated[str, Field(alias="UserId", min_length=1)]
    """The robot that takes the streams from the room."""
    streamer_user_id: Annotated[str | MISSING, Field(alias="StreamerUserId", min_length=1)] = (
        MISSING
    )
    """The user whose stream it is. In the samples alone."""
    task_id: Annotated[str, Field(alias="TaskId", min_length=1)]
    """The task that has streams understood."""
    payload: Annotated[TrtcModerationResultPayload, Field(alias="Payload")]


class TrtcModerationResultCallback(WireModel):
    """What a slice of sound or an image from a room was found to hold."""

    event_group_id: Annotated[Exact[Literal[11]], Field(alias="EventGroupId")]
    """The group of events: content understanding (moderation). Names the callback together with EventType."""
    event_type: Annotated[Exact[Literal[1104]], Field(alias="EventType")]
    """Names the callback within its group."""
    callback_ts: Annotated[UnixMilliseconds, Field(alias="CallbackTs")]
    """When the callback was sent, in milliseconds."""
    event_info: Annotated[TrtcModerationResultInfo, Field(alias="EventInfo")]
