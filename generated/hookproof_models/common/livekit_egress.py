# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Any, Literal

from hookproof.models import WireModel
from pydantic import MISSING, Field

from .int64_string import Int64String


class LivekitStreamInfo(WireModel):
    """A stream that was sent elsewhere."""

    url: str | MISSING = MISSING
    """Where to, the key in it masked."""
    started_at: Annotated[Int64String | MISSING, Field(alias="startedAt")] = MISSING
    """When it began. The unit is not said; what is seen has nineteen digits, as nanoseconds have."""
    ended_at: Annotated[Int64String | MISSING, Field(alias="endedAt")] = MISSING
    """When it ended."""
    duration: Int64String | MISSING = MISSING
    """How long it was."""
    status: Literal["ACTIVE", "FINISHED", "FAILED"] | MISSING = MISSING
    """What became of it. Missing where it is ACTIVE."""
    error: str | MISSING = MISSING
    """Why it failed."""
    last_retry_at: Annotated[Int64String | MISSING, Field(alias="lastRetryAt")] = MISSING
    """When it was last tried again."""
    retries: Annotated[int | MISSING, Field(ge=0, le=4294967295)] = MISSING
    """How often it was tried again."""


class LivekitFileInfo(WireModel):
    """A file that was written."""

    filename: str | MISSING = MISSING
    """Its name."""
    started_at: Annotated[Int64String | MISSING, Field(alias="startedAt")] = MISSING
    """When it began. The unit is not said; what is seen has nineteen digits, as nanoseconds have."""
    ended_at: Annotated[Int64String | MISSING, Field(alias="endedAt")] = MISSING
    """When it ended."""
    duration: Int64String | MISSING = MISSING
    """How long it is."""
    size: Int64String | MISSING = MISSING
    """Its size in bytes."""
    location: str | MISSING = MISSING
    """Where it lies."""


class LivekitSegmentsInfo(WireModel):
    """Segments and their playlist."""

    playlist_name: Annotated[str | MISSING, Field(alias="playlistName")] = MISSING
    """The name of the playlist."""
    live_playlist_name: Annotated[str | MISSING, Field(alias="livePlaylistName")] = MISSING
    """The name of the playlist for watching live."""
    duration: Int64String | MISSING = MISSING
    """How long they are."""
    size: Int64String | MISSING = MISSING
    """Their size in bytes."""
    playlist_location: Annotated[str | MISSING, Field(alias="playlistLocation")] = MISSING
    """Where the playlist lies."""
    live_playlist_location: Annotated[str | MISSING, Field(alias="livePlaylistLocation")] = MISSING
    """Where the playlist for watching live lies."""
    segment_count: Annotated[Int64String | MISSING, Field(alias="segmentCount")] = MISSING
    """How many there are."""
    started_at: Annotated[Int64String | MISSING, Field(alias="startedAt")] = MISSING
    """When they began. The unit is not said; what is seen has nineteen digits, as nanoseconds have."""
    ended_at: Annotated[Int64String | MISSING, Field(alias="endedAt")] = MISSING
    """When they ended."""


class LivekitImagesInfo(WireModel):
    """Pictures that were written."""

    filename_prefix: Annotated[str | MISSING, Field(alias="filenamePrefix")] = MISSING
    """How their names begin."""
    image_count: Annotated[Int64String | MISSING, Field(alias="imageCount")] = MISSING
    """How many there are."""
    started_at: Annotated[Int64String | MISSING, Field(alias="startedAt")] = MISSING
    """When they began. The unit is not said; what is seen has nineteen digits, as nanoseconds have."""
    ended_at: Annotated[Int64String | MISSING, Field(alias="endedAt")] = MISSING
    """When they ended."""


class LivekitEgress(WireModel):
    """A recording or a stream out of a room. What is zero, empty or false is left out."""

    egress_id: Annotated[str, Field(alias="egressId", min_length=1)]
    """The egress."""
    room_id: Annotated[str | MISSING, Field(alias="roomId")] = MISSING
    """The session of the room."""
    room_name: Annotated[str | MISSING, Field(alias="roomName")] = MISSING
    """The name of the room."""
    source_type: Annotated[
        Literal["EGRESS_SOURCE_TYPE_WEB", "EGRESS_SOURCE_TYPE_SDK"] | MISSING,
        Field(alias="sourceType"),
    ] = MISSING
    """What renders it. Missing where it is EGRESS_SOURCE_TYPE_WEB."""
    status: Literal["EGRESS_STARTING", "EGRESS_ACTIVE", "EGRESS_ENDING", "EGRESS_COMPLETE", "EGRESS_FAILED", "EGRESS_ABORTED", "EGRESS_LIMIT_REACHED"] | MISSING = (
        MISSING
    )
    """How far it is. Missing where it is EGRESS_STARTING."""
    started_at: Annotated[Int64String | MISSING, Field(alias="startedAt")] = MISSING
    """When it began. The unit is not said; what is seen has nineteen digits, as nanoseconds have."""
    ended_at: Annotated[Int64String | MISSING, Field(alias="endedAt")] = MISSING
    """When it ended."""
    updated_at: Annotated[Int64String | MISSING, Field(alias="updatedAt")] = MISSING
    """When this was last so."""
    egress: dict[str, Any] | MISSING = MISSING
    """The request: any sources, any outputs."""
    replay: dict[str, Any] | MISSING = MISSING
    """The request: the export of a replay."""
    room_composite: Annotated[dict[str, Any] | MISSING, Field(alias="roomComposite")] = MISSING
    """The request: a room in a layout."""
    web: dict[str, Any] | MISSING = MISSING
    """The request: a web page."""
    participant: dict[str, Any] | MISSING = MISSING
    """The request: one participant."""
    track_composite: Annotated[dict[str, Any] | MISSING, Field(alias="trackComposite")] = MISSING
    """The request: a track of sound and one of pictures."""
    track: dict[str, Any] | MISSING = MISSING
    """The request: one track."""
    stream_results: Annotated[list[LivekitStreamInfo] | MISSING, Field(alias="streamResults")] = (
        MISSING
    )
    """The streams that were asked for."""
    file_results: Annotated[list[LivekitFileInfo] | MISSING, Field(alias="fileResults")] = MISSING
    """The files that were asked for."""
    segment_results: Annotated[
        list[LivekitSegmentsInfo] | MISSING, Field(alias="segmentResults")
    ] = MISSING
    """The segments that were asked for."""
    image_results: Annotated[list[LivekitImagesInfo] | MISSING, Field(alias="imageResults")] = (
        MISSING
    )
    """The pictures that were asked for."""
    error: str | MISSING = MISSING
    """Why it failed."""
    error_code: Annotated[
        int | MISSING, Field(alias="errorCode", ge=-2147483648, le=2147483647)
    ] = MISSING
    """Why it failed, as a number."""
    details: str | MISSING = MISSING
    """More on how it ended."""
    manifest_location: Annotated[str | MISSING, Field(alias="manifestLocation")] = MISSING
    """Where the list of its files lies."""
    backup_storage_used: Annotated[bool | MISSING, Field(alias="backupStorageUsed")] = MISSING
    """Whether the second storage was used. Missing where it is false."""
    retry_count: Annotated[
        int | MISSING, Field(alias="retryCount", ge=-2147483648, le=2147483647)
    ] = MISSING
    """How often it was begun again."""
    stream: dict[str, Any] | MISSING = MISSING
    """As streamResults. Deprecated."""
    file: LivekitFileInfo | MISSING = MISSING
    """As fileResults. Deprecated."""
    segments: LivekitSegmentsInfo | MISSING = MISSING
    """As segmentResults. Deprecated."""
