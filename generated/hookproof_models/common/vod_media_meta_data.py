# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Any

from hookproof.models import JsonNumber, WireModel
from pydantic import MISSING, Field
from typing_extensions import TypeAliasType


VodMediaMetaDataSizeInteger = TypeAliasType(
    "VodMediaMetaDataSizeInteger",
    Annotated[int, Field(ge=0, le=9223372036854775807, title="VodMediaMetaDataSizeInteger")],
)
"""Its bytes."""


VodMediaMetaDataBitrateInteger = TypeAliasType(
    "VodMediaMetaDataBitrateInteger",
    Annotated[int, Field(ge=0, le=9223372036854775807, title="VodMediaMetaDataBitrateInteger")],
)
"""The bits a second of pictures and sound together."""


VodMediaMetaDataHeightInteger = TypeAliasType(
    "VodMediaMetaDataHeightInteger",
    Annotated[int, Field(ge=0, le=9223372036854775807, title="VodMediaMetaDataHeightInteger")],
)
"""The greatest height of its pictures."""


VodMediaMetaDataWidthInteger = TypeAliasType(
    "VodMediaMetaDataWidthInteger",
    Annotated[int, Field(ge=0, le=9223372036854775807, title="VodMediaMetaDataWidthInteger")],
)
"""The greatest width of its pictures."""


VodMediaMetaDataRotateInteger = TypeAliasType(
    "VodMediaMetaDataRotateInteger",
    Annotated[
        int,
        Field(
            ge=-9223372036854775808, le=9223372036854775807, title="VodMediaMetaDataRotateInteger"
        ),
    ],
)
"""By how many degrees it is turned."""


class VodMediaMetaData(WireModel):
    """What is known of a medium itself. What a page's sample leaves out may be null."""

    size: Annotated[VodMediaMetaDataSizeInteger | None | MISSING, Field(alias="Size")] = MISSING
    """Its bytes."""
    container: Annotated[str | None | MISSING, Field(alias="Container")] = MISSING
    """Its container."""
    bitrate: Annotated[VodMediaMetaDataBitrateInteger | None | MISSING, Field(alias="Bitrate")] = (
        MISSING
    )
    """The bits a second of pictures and sound together."""
    height: Annotated[VodMediaMetaDataHeightInteger | None | MISSING, Field(alias="Height")] = (
        MISSING
    )
    """The greatest height of its pictures."""
    width: Annotated[VodMediaMetaDataWidthInteger | None | MISSING, Field(alias="Width")] = MISSING
    """The greatest width of its pictures."""
    duration: Annotated[JsonNumber | None | MISSING, Field(alias="Duration")] = MISSING
    """How long it is, in seconds."""
    rotate: Annotated[VodMediaMetaDataRotateInteger | None | MISSING, Field(alias="Rotate")] = (
        MISSING
    )
    """By how many degrees it is turned."""
    video_stream_set: Annotated[
        list[dict[str, Any]] | None | MISSING, Field(alias="VideoStreamSet")
    ] = MISSING
    """Its streams of pictures."""
    audio_stream_set: Annotated[
        list[dict[str, Any]] | None | MISSING, Field(alias="AudioStreamSet")
    ] = MISSING
    """Its streams of sound."""
    video_duration: Annotated[JsonNumber | None | MISSING, Field(alias="VideoDuration")] = MISSING
    """How long its pictures are, in seconds."""
    audio_duration: Annotated[JsonNumber | None | MISSING, Field(alias="AudioDuration")] = MISSING
    """How long its sound is, in seconds."""
    md5: Annotated[str | None | MISSING, Field(alias="Md5")] = MISSING
    """Its MD5."""
