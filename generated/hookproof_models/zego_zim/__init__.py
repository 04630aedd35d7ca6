# @generated from schemas/ by "hookproof generate". Do not edit by hand.

"""Models of zego_zim; a module is imported when the first of its names is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .before_send_msg import (
        ZimBeforeSendMsgCallback,
        ZimCombinedMessage,
        ZimMediaMessage,
        ZimMessageItem,
        ZimMultiItemMessage,
    )
    from .bot_msg import (
        ZimBotMsgCallback,
        ZimBotMsgRecipient,
    )
    from .call_accept import ZimCallAcceptCallback
    from .call_cancel import ZimCallCancelCallback
    from .call_create import ZimCallCreateCallback
    from .call_invite import ZimCallInviteCallback
    from .call_reject import ZimCallRejectCallback
    from .call_timeout import ZimCallTimeoutCallback
    from .group_create import (
        ZimGroupAttribute,
        ZimGroupCreateCallback,
    )
    from .group_destroy import ZimGroupDestroyCallback
    from .group_exit import ZimGroupExitCallback
    from .group_join import ZimGroupJoinCallback
    from .room_create import (
        ZimRoomAttribute,
        ZimRoomCreateCallback,
    )
    from .room_destroy import ZimRoomDestroyCallback
    from .room_enter import ZimRoomEnterCallback
    from .room_exit import ZimRoomExitCallback
    from .send_msg import (
        ZimSendMsgCallback,
        ZimSendMsgRecipient,
    )
    from .user_action import ZimUserActionCallback

__all__ = [
    "ZimBeforeSendMsgCallback",
    "ZimBotMsgCallback",
    "ZimBotMsgRecipient",
    "ZimCallAcceptCallback",
    "ZimCallCancelCallback",
    "ZimCallCreateCallback",
    "ZimCallInviteCallback",
    "ZimCallRejectCallback",
    "ZimCallTimeoutCallback",
    "ZimCombinedMessage",
    "ZimGroupAttribute",
    "ZimGroupCreateCallback",
    "ZimGroupDestroyCallback",
    "ZimGroupExitCallback",
    "ZimGroupJoinCallback",
    "ZimMediaMessage",
    "ZimMessageItem",
    "ZimMultiItemMessage",
    "ZimRoomAttribute",
    "ZimRoomCreateCallback",
    "ZimRoomDestroyCallback",
    "ZimRoomEnterCallback",
    "ZimRoomExitCallback",
    "ZimSendMsgCallback",
    "ZimSendMsgRecipient",
    "ZimUserActionCallback",
]

if not TYPE_CHECKING:
    _MODULES = {
        "ZimBeforeSendMsgCallback": "before_send_msg",
        "ZimCombinedMessage": "before_send_msg",
        "ZimMediaMessage": "before_send_msg",
        "ZimMessageItem": "before_send_msg",
        "ZimMultiItemMessage": "before_send_msg",
        "ZimBotMsgCallback": "bot_msg",
        "ZimBotMsgRecipient": "bot_msg",
        "ZimCallAcceptCallback": "call_accept",
        "ZimCallCancelCallback": "call_cancel",
        "ZimCallCreateCallback": "call_create",
        "ZimCallInviteCallback": "call_invite",
        "ZimCallRejectCallback": "call_reject",
        "ZimCallTimeoutCallback": "call_timeout",
        "ZimGroupAttribute": "group_create",
        "ZimGroupCreateCallback": "group_create",
        "ZimGroupDestroyCallback": "group_destroy",
        "ZimGroupExitCallback": "group_exit",
        "ZimGroupJoinCallback": "group_join",
        "ZimRoomAttribute": "room_create",
        "ZimRoomCreateCallback": "room_create",
        "ZimRoomDestroyCallback": "room_destroy",
        "ZimRoomEnterCallback": "room_enter",
        "ZimRoomExitCallback": "room_exit",
        "ZimSendMsgCallback": "send_msg",
        "ZimSendMsgRecipient": "send_msg",
        "ZimUserActionCallback": "user_action",
    }

    def __getattr__(name):
        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(f".{_MODULES[name]}", __name__), name)
