# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import DecimalString, UnixMillisecondsString, UnixSecondsString, WireModel
from pydantic import Field

from ..common.nonce_string import NonceString
from ..common.sha1_hex_string import Sha1HexString


class RoomLogoutCallback(WireModel):
    """A user left a room, or lost it."""

    event: Literal["room_logout"]
    """Names the callback."""
    appid: DecimalString
    """App identifier."""
    timestamp: UnixSecondsString
    """When the callback was sent. Part of the signature."""
    nonce: NonceString
    """Random number. Part of the signature."""
    signature: Sha1HexString
    """Signature over secret, timestamp and nonce. It does not cover the rest of the body."""
    room_id: Annotated[str, Field(min_length=1)]
    """The room."""
    room_seq: DecimalString
    """Identifies the room from its creation to its close. Text over 2^53; room_session_id of room_create and room_close is the same value as a number."""
    user_account: Annotated[str, Field(min_length=1)]
    """The user, as named at login on the client."""
    user_nickname: str
    """The user's name, as given at login on the client."""
    session_id: DecimalString
    """The user's session in the room. Over 2^53."""
    login_time: UnixMillisecondsString
    """When the user had logged in, by the server's clock."""
    logout_time: UnixMillisecondsString
    """When the user logged out, by the server's clock."""
    reason: Literal["0", "1", "2", "3", "4"]
    """0 logged out, 1 no heartbeat from the application, 2 connection or its heartbeat lost, 3 logged in again or kicked out, 4 token expired."""
    user_role: Literal["1", "2", "4"]
    """1 host, 2 audience, 4 administrator, such as a recorder or moderator in the cloud that client SDKs hide. Of users of the Express SDK only 4 means something."""
    user_update_seq: DecimalString
    """Number of the change in the room's list of users, one more at each login and logout."""
