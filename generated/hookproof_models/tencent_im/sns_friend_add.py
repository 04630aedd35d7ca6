# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import Exact, WireModel
from pydantic import Field


class ImAddedPair(WireModel):
    """A friend who was added."""

    from_account: Annotated[str, Field(alias="From_Account", min_length=1)]
    """The user whose list it is."""
    to_account: Annotated[str, Field(alias="To_Account", min_length=1)]
    """The friend."""
    initiator_account: Annotated[str, Field(alias="Initiator_Account", min_length=1)]
    """Who began it."""


class ImSnsFriendAddCallback(WireModel):
    """Friends were added."""

    callback_command: Annotated[Literal["Sns.CallbackFriendAdd"], Field(alias="CallbackCommand")]
    """Names the callback."""
    pair_list: Annotated[list[ImAddedPair], Field(alias="PairList")]
    """Who was added by whom."""
    client_cmd: Annotated[
        Literal["friend_add", "FriendAdd", "friend_response", "FriendResponse"],
        Field(alias="ClientCmd"),
    ]
    """What led to it: a request (friend_add, FriendAdd) or an answer to one (friend_response, FriendResponse)."""
    admin_account: Annotated[str, Field(alias="Admin_Account")]
    """The administrator, where the app's server did it; empty otherwise."""
    force_flag: Annotated[Exact[Literal[0, 1]], Field(alias="ForceFlag")]
    """1 where an administrator added them without asking, 0 otherwise."""
