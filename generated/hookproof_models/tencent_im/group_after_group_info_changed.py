# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import MillisecondsTextMoment, UnixMilliseconds, WireModel
from pydantic import MISSING, Field

from ..common.im_user_defined_field import ImUserDefinedField


class ImGroupAfterGroupInfoChangedCallback(WireModel):
    """The name, introduction, announcement or picture of a group was changed; what is sent is what changed."""

    callback_command: Annotated[
        Literal["Group.CallbackAfterGroupInfoChanged"], Field(alias="CallbackCommand")
    ]
    """Names the callback."""
    group_id: Annotated[str, Field(alias="GroupId", min_length=1)]
    """The group."""
    type: Annotated[str, Field(alias="Type", min_length=1)]
    """The kind of the group, such as Public or Community."""
    operator_account: Annotated[str, Field(alias="Operator_Account", min_length=1)]
    """Who changed it."""
    name: Annotated[str | MISSING, Field(alias="Name")] = MISSING
    """The new name. Each is there where it changed."""
    introduction: Annotated[str | MISSING, Field(alias="Introduction")] = MISSING
    """The new introduction."""
    notification: Annotated[str | MISSING, Field(alias="Notification")] = MISSING
    """The new announcement."""
    face_url: Annotated[str | MISSING, Field(alias="FaceUrl")] = MISSING
    """The new picture's address."""
    user_defined_data_list: Annotated[
        list[ImUserDefinedField] | MISSING, Field(alias="UserDefinedDataList")
    ] = MISSING
    """Fields that the app defined. In samples of earlier editions alone."""
    event_time: Annotated[
        UnixMilliseconds | MillisecondsTextMoment | MISSING, Field(alias="EventTime")
    ] = MISSING
    """When it happened, in milliseconds. Documented as a number, shown as text. Missing in the samples of earlier editions."""
