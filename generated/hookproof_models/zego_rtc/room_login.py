# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import DecimalString, UnixMillisecondsString, UnixSecondsString, WireModel
from pydantic import MISSING, Field

from ..common.nonce_string import NonceString
from ..common.sha1_hex_string import Sha1HexString


class RoomLoginCallback(WireModel):
    """A user logged in to a room."""

    event: Literal["room_login"]
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
    room_name: str
    """Name of the room."""
    room_seq: DecimalString
    """Identifies the room from its creation to its close. Text over 2^53; room_session_id of room_create and room_close is the same value as a number."""
    user_account: Annotated[str, Field(min_length=1)]
    """The user, as named at login on the client."""
    user_nickname: str
    """The user's name, as given at login on the client."""
    session_id: DecimalString
    """The user's session in the room. Over 2^53."""
    login_time: UnixMillisecondsString
    """When the user logged in, by the server's clock."""
    user_role: Literal["1", "2", "4"]
    """1 host, 2 audience, 4 administrator, such as a recorder or moderator in the cloud that client SDKs hide. Of users of the Express SDK only 4 means something."""
    auth_level: Literal["0", "1", "2", "3", "4"]
    """How the login was authenticated: 0 without a token, 1 to 4 by a token of version 01 to 04."""
    relogin: Literal["0", "1"]
    """0 first login, 1 login of a user who was in the room already."""
    user_update_seq: DecimalString
    """Number of the change in the room's list of users, one more at each login and logout."""
    callback_data: str
    """What the client passed along at login; empty where it passed nothing."""
    term_type: Literal["0", "1", "2", "3", "4", "5", "6", "7", "32"] | MISSING = MISSING
    """Kind of terminal: 0 none, 1 PC, 2 iOS, 3 Android, 4 Mac, 5 Linux, 6 web, 7 mini program, 32 unknown. Missing in the page's sample."""
