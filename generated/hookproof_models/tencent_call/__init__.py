# @generated from schemas/ by "hookproof generate". Do not edit by hand.

"""Models of tencent_call; a module is imported when the first of its names is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .after_end_call import (
        TencentCallAfterEndCallCallback,
        TencentCallRecord,
        TencentCallRecordCalleeListAccountItem,
    )
    from .after_member_changed import (
        TencentCallAfterMemberChangedCallback,
        TencentCallChangedUser,
        TencentCallUser,
    )
    from .after_record_changed import (
        TencentCallAfterRecordChangedCallback,
        TencentCallRecordingCallback,
        TencentCallRecordingInfo,
        TencentCallRecordingInfoRoomIdInteger,
        TencentCallRecordingInfoRoomIdString,
    )
    from .after_start_call import (
        TencentCallAfterStartCallCallback,
        TencentCallStartedCall,
        TencentCallStartedUser,
        TencentCallStartedUserUserAccountInteger,
        TencentCallStartedUserUserAccountString,
    )

__all__ = [
    "TencentCallAfterEndCallCallback",
    "TencentCallAfterMemberChangedCallback",
    "TencentCallAfterRecordChangedCallback",
    "TencentCallAfterStartCallCallback",
    "TencentCallChangedUser",
    "TencentCallRecord",
    "TencentCallRecordCalleeListAccountItem",
    "TencentCallRecordingCallback",
    "TencentCallRecordingInfo",
    "TencentCallRecordingInfoRoomIdInteger",
    "TencentCallRecordingInfoRoomIdString",
    "TencentCallStartedCall",
    "TencentCallStartedUser",
    "TencentCallStartedUserUserAccountInteger",
    "TencentCallStartedUserUserAccountString",
    "TencentCallUser",
]

if not TYPE_CHECKING:
    _MODULES = {
        "TencentCallAfterEndCallCallback": "after_end_call",
        "TencentCallRecord": "after_end_call",
        "TencentCallRecordCalleeListAccountItem": "after_end_call",
        "TencentCallAfterMemberChangedCallback": "after_member_changed",
        "TencentCallChangedUser": "after_member_changed",
        "TencentCallUser": "after_member_changed",
        "TencentCallAfterRecordChangedCallback": "after_record_changed",
        "TencentCallRecordingCallback": "after_record_changed",
        "TencentCallRecordingInfo": "after_record_changed",
        "TencentCallRecordingInfoRoomIdInteger": "after_record_changed",
        "TencentCallRecordingInfoRoomIdString": "after_record_changed",
        "TencentCallAfterStartCallCallback": "after_start_call",
        "TencentCallStartedCall": "after_start_call",
        "TencentCallStartedUser": "after_start_call",
        "TencentCallStartedUserUserAccountInteger": "after_start_call",
        "TencentCallStartedUserUserAccountString": "after_start_call",
    }

    def __getattr__(name):
        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(f".{_MODULES[name]}", __name__), name)
