# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import WireModel
from pydantic import MISSING, Field


class ImGroupAfterTopicInfoChangedCallback(WireModel):
    """The name, introduction, announcement or picture of a topic was changed."""

    callback_command: Annotated[
        Literal["Group.CallbackAfterTopicInfoChanged"], Field(alias="CallbackCommand")
    ]
    """Names the callback."""
    group_id: Annotated[str, Field(alias="GroupId", min_length=1)]
    """The group."""
    type: Annotated[Literal["Community"], Field(alias="Type")]
    """Always this."""
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
