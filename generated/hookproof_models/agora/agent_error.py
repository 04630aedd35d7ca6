# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Any, Literal

from hookproof.models import Exact, MillisecondsMoment, UnixMilliseconds, UnixSeconds, WireModel
from pydantic import MISSING, Field
from typing_extensions import TypeAliasType


AgoraAgentErrorPayloadTurnIdInteger = TypeAliasType(
    "AgoraAgentErrorPayloadTurnIdInteger",
    Annotated[
        int, Field(ge=0, le=9223372036854775807, title="AgoraAgentErrorPayloadTurnIdInteger")
    ],
)
"""The turn of the dialogue; empty text of a telephone call. Documented as text, shown as a number too."""


AgoraAgentErrorItemTurnIdInteger = TypeAliasType(
    "AgoraAgentErrorItemTurnIdInteger",
    Annotated[int, Field(ge=0, le=9223372036854775807, title="AgoraAgentErrorItemTurnIdInteger")],
)
"""The turn of the dialogue. Documented as a number, shown as empty text of a telephone call."""


class AgoraAgentErrorItem(WireModel):
    """One error."""

    module: str
    """Where it occurred, such as llm, sip, or agent for a greeting that could not be played."""
    turn_id: AgoraAgentErrorItemTurnIdInteger | str
    """The turn of the dialogue. Documented as a number, shown as empty text of a telephone call."""
    code: Annotated[int, Field(ge=-9223372036854775807, le=9223372036854775807)]
    """The code of the vendor of that module."""
    message: str
    """The error in words."""


class AgoraAgentErrorPayload(WireModel):
    """What happened."""

    agent_id: Annotated[str, Field(min_length=1)]
    """The agent."""
    name: str
    """The agent's name, as given when it was started. One of its kind in a channel."""
    start_ts: UnixSeconds | MillisecondsMoment
    """When the agent was started. The unit is not said: seconds in the samples, but milliseconds in the one of turns_finished."""
    channel: Annotated[str, Field(min_length=1)]
    """The channel."""
    turn_id: AgoraAgentErrorPayloadTurnIdInteger | str
    """The turn of the dialogue; empty text of a telephone call. Documented as text, shown as a number too."""
    errors: list[AgoraAgentErrorItem]
    """What failed."""
    labels: dict[str, Any] | MISSING = MISSING
    """What the customer hung on the agent when it was started. Missing where that was nothing."""


class AgoraAgentErrorNotification(WireModel):
    """Something failed in an agent."""

    notice_id: Annotated[str, Field(alias="noticeId", min_length=1)]
    """Identifies the notification."""
    product_id: Annotated[Exact[Literal[17]], Field(alias="productId")]
    """The product: conversational AI engine. Names the callback together with eventType."""
    event_type: Annotated[Exact[Literal[110]], Field(alias="eventType")]
    """Names the callback within its product."""
    notify_ms: Annotated[UnixMilliseconds, Field(alias="notifyMs")]
    """When the notification was sent, in milliseconds. Another one in each attempt."""
    sid: Annotated[str | MISSING, Field(min_length=1)] = MISSING
    """The session."""
    payload: AgoraAgentErrorPayload
