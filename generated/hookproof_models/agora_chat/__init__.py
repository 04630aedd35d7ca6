# @generated from schemas/ by "hookproof generate". Do not edit by hand.

"""Models of agora_chat; a module is imported when the first of its names is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .delivery_ack import (
        AgoraChatDeliveryReceiptCallback,
        AgoraChatDeliveryReceiptContent,
    )
    from .message_before_delivery import (
        AgoraChatPendingBody,
        AgoraChatPendingBodySize,
        AgoraChatPendingContent,
        AgoraChatPendingMessageCallback,
    )
    from .message_recalled import (
        AgoraChatRecallCallback,
        AgoraChatRecallContent,
    )
    from .message_sent import (
        AgoraChatMessageBody,
        AgoraChatMessageBodySize,
        AgoraChatMessageCallback,
        AgoraChatMessageContent,
    )
    from .moderation import AgoraChatModerationCallback
    from .muc_absence import (
        AgoraChatMucAbsenceCallback,
        AgoraChatMucAbsencePayload,
    )
    from .muc_add_admin import (
        AgoraChatMucAddAdminCallback,
        AgoraChatMucAddAdminPayload,
    )
    from .muc_add_mute import (
        AgoraChatMucAddMuteCallback,
        AgoraChatMucAddMutePayload,
    )
    from .muc_add_user_white_list import (
        AgoraChatMucAddUserWhiteListCallback,
        AgoraChatMucAddUserWhiteListPayload,
    )
    from .muc_allow import (
        AgoraChatMucAllowCallback,
        AgoraChatMucAllowPayload,
    )
    from .muc_apply import (
        AgoraChatMucApplyCallback,
        AgoraChatMucApplyPayload,
    )
    from .muc_apply_accept import (
        AgoraChatMucApplyAcceptCallback,
        AgoraChatMucApplyAcceptPayload,
    )
    from .muc_assing_owner import (
        AgoraChatMucAssingOwnerCallback,
        AgoraChatMucAssingOwnerPayload,
    )
    from .muc_ban import (
        AgoraChatMucBanCallback,
        AgoraChatMucBanPayload,
    )
    from .muc_ban_group import (
        AgoraChatMucBanGroupCallback,
        AgoraChatMucBanGroupPayload,
    )
    from .muc_block import (
        AgoraChatMucBlockCallback,
        AgoraChatMucBlockPayload,
    )
    from .muc_create import (
        AgoraChatMucCreateCallback,
        AgoraChatMucCreatePayload,
    )
    from .muc_delete_announcement import (
        AgoraChatMucDeleteAnnouncementCallback,
        AgoraChatMucDeleteAnnouncementPayload,
    )
    from .muc_delete_file import (
        AgoraChatMucDeleteFileCallback,
        AgoraChatMucDeleteFilePayload,
    )
    from .muc_destroy import (
        AgoraChatMucDestroyCallback,
        AgoraChatMucDestroyPayload,
    )
    from .muc_invite import (
        AgoraChatMucInviteCallback,
        AgoraChatMucInvitePayload,
    )
    from .muc_invite_accept import (
        AgoraChatMucInviteAcceptCallback,
        AgoraChatMucInviteAcceptPayload,
    )
    from .muc_invite_decline import (
        AgoraChatMucInviteDeclineCallback,
        AgoraChatMucInviteDeclinePayload,
    )
    from .muc_kick import (
        AgoraChatMucKickCallback,
        AgoraChatMucKickPayload,
    )
    from .muc_leave import (
        AgoraChatMucLeaveCallback,
        AgoraChatMucLeavePayload,
    )
    from .muc_presence import (
        AgoraChatMucPresenceCallback,
        AgoraChatMucPresencePayload,
    )
    from .muc_remove_admin import (
        AgoraChatMucRemoveAdminCallback,
        AgoraChatMucRemoveAdminPayload,
    )
    from .muc_remove_ban_group import (
        AgoraChatMucRemoveBanGroupCallback,
        AgoraChatMucRemoveBanGroupPayload,
    )
    from .muc_remove_mute import (
        AgoraChatMucRemoveMuteCallback,
        AgoraChatMucRemoveMutePayload,
    )
    from .muc_remove_user_white_list import (
        AgoraChatMucRemoveUserWhiteListCallback,
        AgoraChatMucRemoveUserWhiteListPayload,
    )
    from .muc_unblock import (
        AgoraChatMucUnblockCallback,
        AgoraChatMucUnblockPayload,
    )
    from .muc_update import (
        AgoraChatMucUpdateCallback,
        AgoraChatMucUpdatePayload,
    )
    from .muc_update_announcement import (
        AgoraChatMucUpdateAnnouncementCallback,
        AgoraChatMucUpdateAnnouncementPayload,
    )
    from .muc_upload_file import (
        AgoraChatMucUploadFileCallback,
        AgoraChatMucUploadFilePayload,
        AgoraChatSharedFile,
        AgoraChatSharedFileData,
    )
    from .read_ack import (
        AgoraChatReadReceiptCallback,
        AgoraChatReadReceiptContent,
    )
    from .roster_accept import (
        AgoraChatRosterAcceptCallback,
        AgoraChatRosterAcceptPayload,
    )
    from .roster_add import (
        AgoraChatRosterAddCallback,
        AgoraChatRosterAddPayload,
    )
    from .roster_allow import (
        AgoraChatRosterAllowCallback,
        AgoraChatRosterAllowPayload,
    )
    from .roster_ban import (
        AgoraChatRosterBanCallback,
        AgoraChatRosterBanPayload,
    )
    from .roster_decline import (
        AgoraChatRosterDeclineCallback,
        AgoraChatRosterDeclinePayload,
    )
    from .roster_remote_accept import (
        AgoraChatRosterRemoteAcceptCallback,
        AgoraChatRosterRemoteAcceptPayload,
    )
    from .roster_remote_decline import (
        AgoraChatRosterRemoteDeclineCallback,
        AgoraChatRosterRemoteDeclinePayload,
    )
    from .roster_remove import (
        AgoraChatRosterRemoveCallback,
        AgoraChatRosterRemovePayload,
    )
    from .user_login import AgoraChatUserLoginCallback
    from .user_logout import AgoraChatUserLogoutCallback
    from .user_replaced import AgoraChatUserReplacedCallback

__all__ = [
    "AgoraChatDeliveryReceiptCallback",
    "AgoraChatDeliveryReceiptContent",
    "AgoraChatMessageBody",
    "AgoraChatMessageBodySize",
    "AgoraChatMessageCallback",
    "AgoraChatMessageContent",
    "AgoraChatModerationCallback",
    "AgoraChatMucAbsenceCallback",
    "AgoraChatMucAbsencePayload",
    "AgoraChatMucAddAdminCallback",
    "AgoraChatMucAddAdminPayload",
    "AgoraChatMucAddMuteCallback",
    "AgoraChatMucAddMutePayload",
    "AgoraChatMucAddUserWhiteListCallback",
    "AgoraChatMucAddUserWhiteListPayload",
    "AgoraChatMucAllowCallback",
    "AgoraChatMucAllowPayload",
    "AgoraChatMucApplyAcceptCallback",
    "AgoraChatMucApplyAcceptPayload",
    "AgoraChatMucApplyCallback",
    "AgoraChatMucApplyPayload",
    "AgoraChatMucAssingOwnerCallback",
    "AgoraChatMucAssingOwnerPayload",
    "AgoraChatMucBanCallback",
    "AgoraChatMucBanGroupCallback",
    "AgoraChatMucBanGroupPayload",
    "AgoraChatMucBanPayload",
    "AgoraChatMucBlockCallback",
    "AgoraChatMucBlockPayload",
    "AgoraChatMucCreateCallback",
    "AgoraChatMucCreatePayload",
    "AgoraChatMucDeleteAnnouncementCallback",
    "AgoraChatMucDeleteAnnouncementPayload",
    "AgoraChatMucDeleteFileCallback",
    "AgoraChatMucDeleteFilePayload",
    "AgoraChatMucDestroyCallback",
    "AgoraChatMucDestroyPayload",
    "AgoraChatMucInviteAcceptCallback",
    "AgoraChatMucInviteAcceptPayload",
    "AgoraChatMucInviteCallback",
    "AgoraChatMucInviteDeclineCallback",
    "AgoraChatMucInviteDeclinePayload",
    "AgoraChatMucInvitePayload",
    "AgoraChatMucKickCallback",
    "AgoraChatMucKickPayload",
    "AgoraChatMucLeaveCallback",
    "AgoraChatMucLeavePayload",
    "AgoraChatMucPresenceCallback",
    "AgoraChatMucPresencePayload",
    "AgoraChatMucRemoveAdminCallback",
    "AgoraChatMucRemoveAdminPayload",
    "AgoraChatMucRemoveBanGroupCallback",
    "AgoraChatMucRemoveBanGroupPayload",
    "AgoraChatMucRemoveMuteCallback",
    "AgoraChatMucRemoveMutePayload",
    "AgoraChatMucRemoveUserWhiteListCallback",
    "AgoraChatMucRemoveUserWhiteListPayload",
    "AgoraChatMucUnblockCallback",
    "AgoraChatMucUnblockPayload",
    "AgoraChatMucUpdateAnnouncementCallback",
    "AgoraChatMucUpdateAnnouncementPayload",
    "AgoraChatMucUpdateCallback",
    "AgoraChatMucUpdatePayload",
    "AgoraChatMucUploadFileCallback",
    "AgoraChatMucUploadFilePayload",
    "AgoraChatPendingBody",
    "AgoraChatPendingBodySize",
    "AgoraChatPendingContent",
    "AgoraChatPendingMessageCallback",
    "AgoraChatReadReceiptCallback",
    "AgoraChatReadReceiptContent",
    "AgoraChatRecallCallback",
    "AgoraChatRecallContent",
    "AgoraChatRosterAcceptCallback",
    "AgoraChatRosterAcceptPayload",
    "AgoraChatRosterAddCallback",
    "AgoraChatRosterAddPayload",
    "AgoraChatRosterAllowCallback",
    "AgoraChatRosterAllowPayload",
    "AgoraChatRosterBanCallback",
    "AgoraChatRosterBanPayload",
    "AgoraChatRosterDeclineCallback",
    "AgoraChatRosterDeclinePayload",
    "AgoraChatRosterRemoteAcceptCallback",
    "AgoraChatRosterRemoteAcceptPayload",
    "AgoraChatRosterRemoteDeclineCallback",
    "AgoraChatRosterRemoteDeclinePayload",
    "AgoraChatRosterRemoveCallback",
    "AgoraChatRosterRemovePayload",
    "AgoraChatSharedFile",
    "AgoraChatSharedFileData",
    "AgoraChatUserLoginCallback",
    "AgoraChatUserLogoutCallback",
    "AgoraChatUserReplacedCallback",
]

if not TYPE_CHECKING:
    _MODULES = {
        "AgoraChatDeliveryReceiptCallback": "delivery_ack",
        "AgoraChatDeliveryReceiptContent": "delivery_ack",
        "AgoraChatPendingBody": "message_before_delivery",
        "AgoraChatPendingBodySize": "message_before_delivery",
        "AgoraChatPendingContent": "message_before_delivery",
        "AgoraChatPendingMessageCallback": "message_before_delivery",
        "AgoraChatRecallCallback": "message_recalled",
        "AgoraChatRecallContent": "message_recalled",
        "AgoraChatMessageBody": "message_sent",
        "AgoraChatMessageBodySize": "message_sent",
        "AgoraChatMessageCallback": "message_sent",
        "AgoraChatMessageContent": "message_sent",
        "AgoraChatModerationCallback": "moderation",
        "AgoraChatMucAbsenceCallback": "muc_absence",
        "AgoraChatMucAbsencePayload": "muc_absence",
        "AgoraChatMucAddAdminCallback": "muc_add_admin",
        "AgoraChatMucAddAdminPayload": "muc_add_admin",
        "AgoraChatMucAddMuteCallback": "muc_add_mute",
        "AgoraChatMucAddMutePayload": "muc_add_mute",
        "AgoraChatMucAddUserWhiteListCallback": "muc_add_user_white_list",
        "AgoraChatMucAddUserWhiteListPayload": "muc_add_user_white_list",
        "AgoraChatMucAllowCallback": "muc_allow",
        "AgoraChatMucAllowPayload": "muc_allow",
        "AgoraChatMucApplyCallback": "muc_apply",
        "AgoraChatMucApplyPayload": "muc_apply",
        "AgoraChatMucApplyAcceptCallback": "muc_apply_accept",
        "AgoraChatMucApplyAcceptPayload": "muc_apply_accept",
        "AgoraChatMucAssingOwnerCallback": "muc_assing_owner",
        "AgoraChatMucAssingOwnerPayload": "muc_assing_owner",
        "AgoraChatMucBanCallback": "muc_ban",
        "AgoraChatMucBanPayload": "muc_ban",
        "AgoraChatMucBanGroupCallback": "muc_ban_group",
        "AgoraChatMucBanGroupPayload": "muc_ban_group",
        "AgoraChatMucBlockCallback": "muc_block",
        "AgoraChatMucBlockPayload": "muc_block",
        "AgoraChatMucCreateCallback": "muc_create",
        "AgoraChatMucCreatePayload": "muc_create",
        "AgoraChatMucDeleteAnnouncementCallback": "muc_delete_announcement",
        "AgoraChatMucDeleteAnnouncementPayload": "muc_delete_announcement",
        "AgoraChatMucDeleteFileCallback": "muc_delete_file",
        "AgoraChatMucDeleteFilePayload": "muc_delete_file",
        "AgoraChatMucDestroyCallback": "muc_destroy",
        "AgoraChatMucDestroyPayload": "muc_destroy",
        "AgoraChatMucInviteCallback": "muc_invite",
        "AgoraChatMucInvitePayload": "muc_invite",
        "AgoraChatMucInviteAcceptCallback": "muc_invite_accept",
        "AgoraChatMucInviteAcceptPayload": "muc_invite_accept",
        "AgoraChatMucInviteDeclineCallback": "muc_invite_decline",
        "AgoraChatMucInviteDeclinePayload": "muc_invite_decline",
        "AgoraChatMucKickCallback": "muc_kick",
        "AgoraChatMucKickPayload": "muc_kick",
        "AgoraChatMucLeaveCallback": "muc_leave",
        "AgoraChatMucLeavePayload": "muc_leave",
        "AgoraChatMucPresenceCallback": "muc_presence",
        "AgoraChatMucPresencePayload": "muc_presence",
        "AgoraChatMucRemoveAdminCallback": "muc_remove_admin",
        "AgoraChatMucRemoveAdminPayload": "muc_remove_admin",
        "AgoraChatMucRemoveBanGroupCallback": "muc_remove_ban_group",
        "AgoraChatMucRemoveBanGroupPayload": "muc_remove_ban_group",
        "AgoraChatMucRemoveMuteCallback": "muc_remove_mute",
        "AgoraChatMucRemoveMutePayload": "muc_remove_mute",
        "AgoraChatMucRemoveUserWhiteListCallback": "muc_remove_user_white_list",
        "AgoraChatMucRemoveUserWhiteListPayload": "muc_remove_user_white_list",
        "AgoraChatMucUnblockCallback": "muc_unblock",
        "AgoraChatMucUnblockPayload": "muc_unblock",
        "AgoraChatMucUpdateCallback": "muc_update",
        "AgoraChatMucUpdatePayload": "muc_update",
        "AgoraChatMucUpdateAnnouncementCallback": "muc_update_announcement",
        "AgoraChatMucUpdateAnnouncementPayload": "muc_update_announcement",
        "AgoraChatMucUploadFileCallback": "muc_upload_file",
        "AgoraChatMucUploadFilePayload": "muc_upload_file",
        "AgoraChatSharedFile": "muc_upload_file",
        "AgoraChatSharedFileData": "muc_upload_file",
        "AgoraChatReadReceiptCallback": "read_ack",
        "AgoraChatReadReceiptContent": "read_ack",
        "AgoraChatRosterAcceptCallback": "roster_accept",
        "AgoraChatRosterAcceptPayload": "roster_accept",
        "AgoraChatRosterAddCallback": "roster_add",
        "AgoraChatRosterAddPayload": "roster_add",
        "AgoraChatRosterAllowCallback": "roster_allow",
        "AgoraChatRosterAllowPayload": "roster_allow",
        "AgoraChatRosterBanCallback": "roster_ban",
        "AgoraChatRosterBanPayload": "roster_ban",
        "AgoraChatRosterDeclineCallback": "roster_decline",
        "AgoraChatRosterDeclinePayload": "roster_decline",
        "AgoraChatRosterRemoteAcceptCallback": "roster_remote_accept",
        "AgoraChatRosterRemoteAcceptPayload": "roster_remote_accept",
        "AgoraChatRosterRemoteDeclineCallback": "roster_remote_decline",
        "AgoraChatRosterRemoteDeclinePayload": "roster_remote_decline",
        "AgoraChatRosterRemoveCallback": "roster_remove",
        "AgoraChatRosterRemovePayload": "roster_remove",
        "AgoraChatUserLoginCallback": "user_login",
        "AgoraChatUserLogoutCallback": "user_logout",
        "AgoraChatUserReplacedCallback": "user_replaced",
    }

    def __getattr__(name):
        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(f".{_MODULES[name]}", __name__), name)
