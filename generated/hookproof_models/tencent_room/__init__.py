# @generated from schemas/ by "hookproof generate". Do not edit by hand.

"""Models of tencent_room; a module is imported when the first of its names is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .follow_after_cloud_recording_changed import (
        TencentLiveAfterCloudRecordingChangedCallback,
        TencentLiveRecordingInfo,
        TencentLiveRecordingInfoRoomIdInteger,
        TencentLiveRecordingInfoRoomIdString,
    )
    from .follow_after_follow_add import (
        TencentLiveAfterFollowAddCallback,
        TencentLiveFollowed,
    )
    from .follow_after_follow_delete import (
        TencentLiveAfterFollowDeleteCallback,
        TencentLiveAfterFollowDeleteCallbackToAccountItem,
    )
    from .live_after_change_owner import TencentLiveAfterChangeOwnerCallback
    from .live_after_cloud_recording_changed import (
        TencentLiveAfterCloudRecordingStatusCallback,
        TencentLiveRecordingStatusInfo,
        TencentLiveRecordingStatusInfoRoomIdInteger,
        TencentLiveRecordingStatusInfoRoomIdString,
    )
    from .live_after_create_battle import (
        TencentLiveAfterCreateBattleCallback,
        TencentLiveAfterCreateBattleCallbackToRoomIdListItem,
    )
    from .live_after_create_room import (
        TencentLiveAfterCreateRoomCallback,
        TencentLiveCreatedRoom,
    )
    from .live_after_create_room_reaching_threshold import (
        TencentLiveAfterCreateRoomReachingThresholdCallback,
        TencentLiveAfterCreateRoomReachingThresholdCallbackCurRoomCountInteger,
        TencentLiveAfterCreateRoomReachingThresholdCallbackMaxRoomCountInteger,
    )
    from .live_after_del_metadata import (
        TencentLiveAfterDelMetadataCallback,
        TencentLiveAfterDelMetadataCallbackKeysItem,
    )
    from .live_after_destroy_room import (
        TencentLiveAfterDestroyRoomCallback,
        TencentLiveDestroyedRoom,
        TencentLiveDestroyedRoomOwnerAccountInteger,
        TencentLiveDestroyedRoomOwnerAccountString,
        TencentLiveStatistic,
    )
    from .live_after_end_battle import (
        TencentLiveAfterEndBattleCallback,
        TencentLiveEndedBattleRoom,
        TencentLiveEndedBattleRoomOwnerAccountInteger,
        TencentLiveEndedBattleRoomOwnerAccountString,
    )
    from .live_after_member_state_changed import (
        TencentLiveAfterMemberStateChangedCallback,
        TencentLiveMember,
    )
    from .live_after_modify_admin import (
        TencentLiveAfterModifyAdminCallback,
        TencentLiveAfterModifyAdminCallbackAdminAccountItem,
    )
    from .live_after_set_metadata import (
        TencentLiveAfterSetMetadataCallback,
        TencentLiveMetadata,
    )
    from .live_after_start_battle import (
        TencentLiveAfterStartBattleCallback,
        TencentLiveStartedBattleRoom,
    )
    from .live_after_update_room_info import (
        TencentLiveAfterUpdateRoomInfoCallback,
        TencentLiveUpdatedRoom,
    )
    from .live_before_send_gift import (
        TencentLiveBeforeSendGiftCallback,
        TencentLiveGift,
        TencentLiveGiftToAccountItem,
    )
    from .mic_after_seat_info_changed import (
        TencentMicAfterSeatInfoChangedCallback,
        TencentMicSeat,
        TencentMicSeatMemberAccountInteger,
    )
    from .room_after_create_room import (
        TencentRoomAfterCreateRoomCallback,
        TencentRoomAfterCreateRoomCallbackScheduleInviteeListAccountItem,
        TencentRoomCreatedRoom,
    )
    from .room_after_destroy_room import TencentRoomAfterDestroyRoomCallback
    from .room_after_member_enter import (
        TencentRoomAfterMemberEnterCallback,
        TencentRoomAfterMemberEnterCallbackMemberListAccountItem,
    )
    from .room_after_member_leave import (
        TencentRoomAfterMemberLeaveCallback,
        TencentRoomAfterMemberLeaveCallbackMemberListAccountItem,
    )
    from .room_after_update_room_info import (
        TencentRoomAfterUpdateRoomInfoCallback,
        TencentRoomUpdatedRoom,
    )

__all__ = [
    "TencentLiveAfterChangeOwnerCallback",
    "TencentLiveAfterCloudRecordingChangedCallback",
    "TencentLiveAfterCloudRecordingStatusCallback",
    "TencentLiveAfterCreateBattleCallback",
    "TencentLiveAfterCreateBattleCallbackToRoomIdListItem",
    "TencentLiveAfterCreateRoomCallback",
    "TencentLiveAfterCreateRoomReachingThresholdCallback",
    "TencentLiveAfterCreateRoomReachingThresholdCallbackCurRoomCountInteger",
    "TencentLiveAfterCreateRoomReachingThresholdCallbackMaxRoomCountInteger",
    "TencentLiveAfterDelMetadataCallback",
    "TencentLiveAfterDelMetadataCallbackKeysItem",
    "TencentLiveAfterDestroyRoomCallback",
    "TencentLiveAfterEndBattleCallback",
    "TencentLiveAfterFollowAddCallback",
    "TencentLiveAfterFollowDeleteCallback",
    "TencentLiveAfterFollowDeleteCallbackToAccountItem",
    "TencentLiveAfterMemberStateChangedCallback",
    "TencentLiveAfterModifyAdminCallback",
    "TencentLiveAfterModifyAdminCallbackAdminAccountItem",
    "TencentLiveAfterSetMetadataCallback",
    "TencentLiveAfterStartBattleCallback",
    "TencentLiveAfterUpdateRoomInfoCallback",
    "TencentLiveBeforeSendGiftCallback",
    "TencentLiveCreatedRoom",
    "TencentLiveDestroyedRoom",
    "TencentLiveDestroyedRoomOwnerAccountInteger",
    "TencentLiveDestroyedRoomOwnerAccountString",
    "TencentLiveEndedBattleRoom",
    "TencentLiveEndedBattleRoomOwnerAccountInteger",
    "TencentLiveEndedBattleRoomOwnerAccountString",
    "TencentLiveFollowed",
    "TencentLiveGift",
    "TencentLiveGiftToAccountItem",
    "TencentLiveMember",
    "TencentLiveMetadata",
    "TencentLiveRecordingInfo",
    "TencentLiveRecordingInfoRoomIdInteger",
    "TencentLiveRecordingInfoRoomIdString",
    "TencentLiveRecordingStatusInfo",
    "TencentLiveRecordingStatusInfoRoomIdInteger",
    "TencentLiveRecordingStatusInfoRoomIdString",
    "TencentLiveStartedBattleRoom",
    "TencentLiveStatistic",
    "TencentLiveUpdatedRoom",
    "TencentMicAfterSeatInfoChangedCallback",
    "TencentMicSeat",
    "TencentMicSeatMemberAccountInteger",
    "TencentRoomAfterCreateRoomCallback",
    "TencentRoomAfterCreateRoomCallbackScheduleInviteeListAccountItem",
    "TencentRoomAfterDestroyRoomCallback",
    "TencentRoomAfterMemberEnterCallback",
    "TencentRoomAfterMemberEnterCallbackMemberListAccountItem",
    "TencentRoomAfterMemberLeaveCallback",
    "TencentRoomAfterMemberLeaveCallbackMemberListAccountItem",
    "TencentRoomAfterUpdateRoomInfoCallback",
    "TencentRoomCreatedRoom",
    "TencentRoomUpdatedRoom",
]

if not TYPE_CHECKING:
    _MODULES = {
        "TencentLiveAfterCloudRecordingChangedCallback": "follow_after_cloud_recording_changed",
        "TencentLiveRecordingInfo": "follow_after_cloud_recording_changed",
        "TencentLiveRecordingInfoRoomIdInteger": "follow_after_cloud_recording_changed",
        "TencentLiveRecordingInfoRoomIdString": "follow_after_cloud_recording_changed",
        "TencentLiveAfterFollowAddCallback": "follow_after_follow_add",
        "TencentLiveFollowed": "follow_after_follow_add",
        "TencentLiveAfterFollowDeleteCallback": "follow_after_follow_delete",
        "TencentLiveAfterFollowDeleteCallbackToAccountItem": "follow_after_follow_delete",
        "TencentLiveAfterChangeOwnerCallback": "live_after_change_owner",
        "TencentLiveAfterCloudRecordingStatusCallback": "live_after_cloud_recording_changed",
        "TencentLiveRecordingStatusInfo": "live_after_cloud_recording_changed",
        "TencentLiveRecordingStatusInfoRoomIdInteger": "live_after_cloud_recording_changed",
        "TencentLiveRecordingStatusInfoRoomIdString": "live_after_cloud_recording_changed",
        "TencentLiveAfterCreateBattleCallback": "live_after_create_battle",
        "TencentLiveAfterCreateBattleCallbackToRoomIdListItem": "live_after_create_battle",
        "TencentLiveAfterCreateRoomCallback": "live_after_create_room",
        "TencentLiveCreatedRoom": "live_after_create_room",
        "TencentLiveAfterCreateRoomReachingThresholdCallback": "live_after_create_room_reaching_threshold",
        "TencentLiveAfterCreateRoomReachingThresholdCallbackCurRoomCountInteger": "live_after_create_room_reaching_threshold",
        "TencentLiveAfterCreateRoomReachingThresholdCallbackMaxRoomCountInteger": "live_after_create_room_reaching_threshold",
        "TencentLiveAfterDelMetadataCallback": "live_after_del_metadata",
        "TencentLiveAfterDelMetadataCallbackKeysItem": "live_after_del_metadata",
        "TencentLiveAfterDestroyRoomCallback": "live_after_destroy_room",
        "TencentLiveDestroyedRoom": "live_after_destroy_room",
        "TencentLiveDestroyedRoomOwnerAccountInteger": "live_after_destroy_room",
        "TencentLiveDestroyedRoomOwnerAccountString": "live_after_destroy_room",
        "TencentLiveStatistic": "live_after_destroy_room",
        "TencentLiveAfterEndBattleCallback": "live_after_end_battle",
        "TencentLiveEndedBattleRoom": "live_after_end_battle",
        "TencentLiveEndedBattleRoomOwnerAccountInteger": "live_after_end_battle",
        "TencentLiveEndedBattleRoomOwnerAccountString": "live_after_end_battle",
        "TencentLiveAfterMemberStateChangedCallback": "live_after_member_state_changed",
        "TencentLiveMember": "live_after_member_state_changed",
        "TencentLiveAfterModifyAdminCallback": "live_after_modify_admin",
        "TencentLiveAfterModifyAdminCallbackAdminAccountItem": "live_after_modify_admin",
        "TencentLiveAfterSetMetadataCallback": "live_after_set_metadata",
        "TencentLiveMetadata": "live_after_set_metadata",
        "TencentLiveAfterStartBattleCallback": "live_after_start_battle",
        "TencentLiveStartedBattleRoom": "live_after_start_battle",
        "TencentLiveAfterUpdateRoomInfoCallback": "live_after_update_room_info",
        "TencentLiveUpdatedRoom": "live_after_update_room_info",
        "TencentLiveBeforeSendGiftCallback": "live_before_send_gift",
        "TencentLiveGift": "live_before_send_gift",
        "TencentLiveGiftToAccountItem": "live_before_send_gift",
        "TencentMicAfterSeatInfoChangedCallback": "mic_after_seat_info_changed",
        "TencentMicSeat": "mic_after_seat_info_changed",
        "TencentMicSeatMemberAccountInteger": "mic_after_seat_info_changed",
        "TencentRoomAfterCreateRoomCallback": "room_after_create_room",
        "TencentRoomAfterCreateRoomCallbackScheduleInviteeListAccountItem": "room_after_create_room",
        "TencentRoomCreatedRoom": "room_after_create_room",
        "TencentRoomAfterDestroyRoomCallback": "room_after_destroy_room",
        "TencentRoomAfterMemberEnterCallback": "room_after_member_enter",
        "TencentRoomAfterMemberEnterCallbackMemberListAccountItem": "room_after_member_enter",
        "TencentRoomAfterMemberLeaveCallback": "room_after_member_leave",
        "TencentRoomAfterMemberLeaveCallbackMemberListAccountItem": "room_after_member_leave",
        "TencentRoomAfterUpdateRoomInfoCallback": "room_after_update_room_info",
        "TencentRoomUpdatedRoom": "room_after_update_room_info",
    }

    def __getattr__(name):
        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(f".{_MODULES[name]}", __name__), name)
