# @generated from schemas/ by "hookproof generate". Do not edit by hand.

"""Models of tencent_im; a module is imported when the first of its names is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .c2c_after_msg_report import ImC2cAfterMsgReportCallback
    from .c2c_after_msg_with_draw import ImC2cAfterMsgWithDrawCallback
    from .c2c_after_send_msg import ImC2cAfterSendMsgCallback
    from .c2c_before_send_msg import ImC2cBeforeSendMsgCallback
    from .group_after_create_group import ImGroupAfterCreateGroupCallback
    from .group_after_create_topic import ImGroupAfterCreateTopicCallback
    from .group_after_group_destroyed import ImGroupAfterGroupDestroyedCallback
    from .group_after_group_full import ImGroupAfterGroupFullCallback
    from .group_after_group_info_changed import ImGroupAfterGroupInfoChangedCallback
    from .group_after_member_exit import ImGroupAfterMemberExitCallback
    from .group_after_new_member_join import ImGroupAfterNewMemberJoinCallback
    from .group_after_recall_msg import (
        ImGroupAfterRecallMsgCallback,
        ImRecalledMessage,
    )
    from .group_after_send_msg import ImGroupAfterSendMsgCallback
    from .group_after_topic_destroyed import (
        ImGroupAfterTopicDestroyedCallback,
        ImGroupAfterTopicDestroyedCallbackTopicIdListArrayItem,
        ImGroupAfterTopicDestroyedCallbackTopicIdListString,
    )
    from .group_after_topic_info_changed import ImGroupAfterTopicInfoChangedCallback
    from .group_before_apply_join_group import ImGroupBeforeApplyJoinGroupCallback
    from .group_before_create_group import ImGroupBeforeCreateGroupCallback
    from .group_before_create_topic import ImGroupBeforeCreateTopicCallback
    from .group_before_invite_join_group import ImGroupBeforeInviteJoinGroupCallback
    from .group_before_send_msg import ImGroupBeforeSendMsgCallback
    from .group_on_member_state_change import ImGroupOnMemberStateChangeCallback
    from .group_send_msg_exception import ImGroupSendMsgExceptionCallback
    from .profile_portrait_set import (
        ImProfileItem,
        ImProfileItemValueInteger,
        ImProfilePortraitSetCallback,
    )
    from .sns_black_list_add import ImSnsBlackListAddCallback
    from .sns_black_list_delete import ImSnsBlackListDeleteCallback
    from .sns_friend_add import (
        ImAddedPair,
        ImSnsFriendAddCallback,
    )
    from .sns_friend_delete import ImSnsFriendDeleteCallback
    from .sns_prev_friend_add import (
        ImFriendItem,
        ImSnsPrevFriendAddCallback,
    )
    from .sns_prev_friend_response import (
        ImResponseFriendItem,
        ImSnsPrevFriendResponseCallback,
    )
    from .state_change import (
        ImKickedDevice,
        ImStateChangeCallback,
        ImStateChangeInfo,
    )

__all__ = [
    "ImAddedPair",
    "ImC2cAfterMsgReportCallback",
    "ImC2cAfterMsgWithDrawCallback",
    "ImC2cAfterSendMsgCallback",
    "ImC2cBeforeSendMsgCallback",
    "ImFriendItem",
    "ImGroupAfterCreateGroupCallback",
    "ImGroupAfterCreateTopicCallback",
    "ImGroupAfterGroupDestroyedCallback",
    "ImGroupAfterGroupFullCallback",
    "ImGroupAfterGroupInfoChangedCallback",
    "ImGroupAfterMemberExitCallback",
    "ImGroupAfterNewMemberJoinCallback",
    "ImGroupAfterRecallMsgCallback",
    "ImGroupAfterSendMsgCallback",
    "ImGroupAfterTopicDestroyedCallback",
    "ImGroupAfterTopicDestroyedCallbackTopicIdListArrayItem",
    "ImGroupAfterTopicDestroyedCallbackTopicIdListString",
    "ImGroupAfterTopicInfoChangedCallback",
    "ImGroupBeforeApplyJoinGroupCallback",
    "ImGroupBeforeCreateGroupCallback",
    "ImGroupBeforeCreateTopicCallback",
    "ImGroupBeforeInviteJoinGroupCallback",
    "ImGroupBeforeSendMsgCallback",
    "ImGroupOnMemberStateChangeCallback",
    "ImGroupSendMsgExceptionCallback",
    "ImKickedDevice",
    "ImProfileItem",
    "ImProfileItemValueInteger",
    "ImProfilePortraitSetCallback",
    "ImRecalledMessage",
    "ImResponseFriendItem",
    "ImSnsBlackListAddCallback",
    "ImSnsBlackListDeleteCallback",
    "ImSnsFriendAddCallback",
    "ImSnsFriendDeleteCallback",
    "ImSnsPrevFriendAddCallback",
    "ImSnsPrevFriendResponseCallback",
    "ImStateChangeCallback",
    "ImStateChangeInfo",
]

if not TYPE_CHECKING:
    _MODULES = {
        "ImC2cAfterMsgReportCallback": "c2c_after_msg_report",
        "ImC2cAfterMsgWithDrawCallback": "c2c_after_msg_with_draw",
        "ImC2cAfterSendMsgCallback": "c2c_after_send_msg",
        "ImC2cBeforeSendMsgCallback": "c2c_before_send_msg",
        "ImGroupAfterCreateGroupCallback": "group_after_create_group",
        "ImGroupAfterCreateTopicCallback": "group_after_create_topic",
        "ImGroupAfterGroupDestroyedCallback": "group_after_group_destroyed",
        "ImGroupAfterGroupFullCallback": "group_after_group_full",
        "ImGroupAfterGroupInfoChangedCallback": "group_after_group_info_changed",
        "ImGroupAfterMemberExitCallback": "group_after_member_exit",
        "ImGroupAfterNewMemberJoinCallback": "group_after_new_member_join",
        "ImGroupAfterRecallMsgCallback": "group_after_recall_msg",
        "ImRecalledMessage": "group_after_recall_msg",
        "ImGroupAfterSendMsgCallback": "group_after_send_msg",
        "ImGroupAfterTopicDestroyedCallback": "group_after_topic_destroyed",
        "ImGroupAfterTopicDestroyedCallbackTopicIdListArrayItem": "group_after_topic_destroyed",
        "ImGroupAfterTopicDestroyedCallbackTopicIdListString": "group_after_topic_destroyed",
        "ImGroupAfterTopicInfoChangedCallback": "group_after_topic_info_changed",
        "ImGroupBeforeApplyJoinGroupCallback": "group_before_apply_join_group",
        "ImGroupBeforeCreateGroupCallback": "group_before_create_group",
        "ImGroupBeforeCreateTopicCallback": "group_before_create_topic",
        "ImGroupBeforeInviteJoinGroupCallback": "group_before_invite_join_group",
        "ImGroupBeforeSendMsgCallback": "group_before_send_msg",
        "ImGroupOnMemberStateChangeCallback": "group_on_member_state_change",
        "ImGroupSendMsgExceptionCallback": "group_send_msg_exception",
        "ImProfileItem": "profile_portrait_set",
        "ImProfileItemValueInteger": "profile_portrait_set",
        "ImProfilePortraitSetCallback": "profile_portrait_set",
        "ImSnsBlackListAddCallback": "sns_black_list_add",
        "ImSnsBlackListDeleteCallback": "sns_black_list_delete",
        "ImAddedPair": "sns_friend_add",
        "ImSnsFriendAddCallback": "sns_friend_add",
        "ImSnsFriendDeleteCallback": "sns_friend_delete",
        "ImFriendItem": "sns_prev_friend_add",
        "ImSnsPrevFriendAddCallback": "sns_prev_friend_add",
        "ImResponseFriendItem": "sns_prev_friend_response",
        "ImSnsPrevFriendResponseCallback": "sns_prev_friend_response",
        "ImKickedDevice": "state_change",
        "ImStateChangeCallback": "state_change",
        "ImStateChangeInfo": "state_change",
    }

    def __getattr__(name):
        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(f".{_MODULES[name]}", __name__), name)
