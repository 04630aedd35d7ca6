# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Any

from hookproof.models import WireModel
from pydantic import Field


class ImMessageElement(WireModel):
    """An element of a message: what kind it is, and what it holds."""

    msg_type: Annotated[str, Field(alias="MsgType", min_length=1)]
    """The kind, such as TIMTextElem for text or TIMCustomElem for what the app defines."""
    msg_content: Annotated[dict[str, Any], Field(alias="MsgContent")]
    """What it holds; depends on the kind. Text of a TIMTextElem, Data and Desc of a TIMCustomElem."""
