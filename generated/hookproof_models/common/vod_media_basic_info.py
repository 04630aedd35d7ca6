# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Any, Literal

from hookproof.models import WireModel
from pydantic import MISSING, Field
from typing_extensions import TypeAliasType


VodMediaBasicInfoClassIdInteger = TypeAliasType(
    "VodMediaBasicInfoClassIdInteger",
    Annotated[
        int,
        Field(
            ge=-9223372036854775808, le=9223372036854775807, title="VodMediaBasicInfoClassIdInteger"
        ),
    ],
)
"""Its class."""


class VodMediaSourceData(WireModel):
    """Where a file comes from."""

    source_type: Annotated[str, Field(alias="SourceType")]
    """What made it, such as Upload or Record. The vendor's list of kinds grows."""
    source_context: Annotated[str | None | MISSING, Field(alias="SourceContext")] = MISSING
    """What the caller gave to have it returned."""
    live_record_info: Annotated[dict[str, Any] | None | MISSING, Field(alias="LiveRecordInfo")] = (
        MISSING
    )
    """Of a recording of a live stream: which."""
    trtc_record_info: Annotated[dict[str, Any] | None | MISSING, Field(alias="TrtcRecordInfo")] = (
        MISSING
    )
    """Of a recording of a room: which."""
    web_page_record_info: Annotated[
        dict[str, Any] | None | MISSING, Field(alias="WebPageRecordInfo")
    ] = MISSING
    """Of a recording of a page: which."""


class VodMediaBasicInfo(WireModel):
    """What is known of a file. What a page's sample leaves out may be null."""

    name: Annotated[str, Field(alias="Name")]
    """Its name."""
    description: Annotated[str | None | MISSING, Field(alias="Description")] = MISSING
    """What it is said to be."""
    create_time: Annotated[str, Field(alias="CreateTime")]
    """When it was made, as 2019-01-09T16:36:22Z."""
    update_time: Annotated[str | None | MISSING, Field(alias="UpdateTime")] = MISSING
    """When it was last changed."""
    expire_time: Annotated[str | None | MISSING, Field(alias="ExpireTime")] = MISSING
    """Until when it is kept; 9999-12-31T23:59:59Z for ever."""
    class_id: Annotated[
        VodMediaBasicInfoClassIdInteger | None | MISSING, Field(alias="ClassId")
    ] = MISSING
    """Its class."""
    class_name: Annotated[str | None | MISSING, Field(alias="ClassName")] = MISSING
    """The name of its class."""
    class_path: Annotated[str | None | MISSING, Field(alias="ClassPath")] = MISSING
    """The names of the classes above it, too."""
    cover_url: Annotated[str | None | MISSING, Field(alias="CoverUrl")] = MISSING
    """Where its cover lies."""
    type: Annotated[str, Field(alias="Type")]
    """Its container, such as mp4."""
    media_url: Annotated[str, Field(alias="MediaUrl")]
    """Where the original lies."""
    source_info: Annotated[VodMediaSourceData | None | MISSING, Field(alias="SourceInfo")] = MISSING
    """Where it comes from."""
    storage_region: Annotated[str | None | MISSING, Field(alias="StorageRegion")] = MISSING
    """The region that it lies in."""
    storage_path: Annotated[str | None | MISSING, Field(alias="StoragePath")] = MISSING
    """The path that it lies at."""
    tag_set: Annotated[list[str] | None | MISSING, Field(alias="TagSet")] = MISSING
    """Its tags."""
    vid: Annotated[str | None | MISSING, Field(alias="Vid")] = MISSING
    """What a recording of a live stream is called."""
    category: Annotated[
        Literal["Video", "Audio", "Image"] | None | MISSING, Field(alias="Category")
    ] = MISSING
    """Video, Audio or Image."""
    status: Annotated[Literal["Normal", "Forbidden"] | None | MISSING, Field(alias="Status")] = (
        MISSING
    )
    """Whether it may be used: Normal, or Forbidden."""
    storage_class: Annotated[
        Literal["STANDARD", "STANDARD_IA", "ARCHIVE", "DEEP_ARCHIVE"] | None | MISSING,
        Field(alias="StorageClass"),
    ] = MISSING
    """The storage that it is in."""
