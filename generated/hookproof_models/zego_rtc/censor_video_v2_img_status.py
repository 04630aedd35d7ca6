# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import Exact, UnixSeconds, WireModel
from pydantic import Field

from ..common.moderation_task_aux_info import ModerationTaskAuxInfo
from ..common.nonce_string import NonceString
from ..common.sha1_hex_string import Sha1HexString


class CensorVideoImageStatusCallback(WireModel):
    """The moderation of the frames of a room's video streams has ended. Sent only where the task was started with ReturnFinishInfo 1."""

    event: Annotated[Literal["censor_video_v2_img_status"], Field(alias="Event")]
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
    status: Annotated[Exact[Literal[0]], Field(alias="Status")]
    """0 the moderation has ended; no other value is documented."""
    aux_info: Annotated[ModerationTaskAuxInfo, Field(alias="AuxInfo")]
