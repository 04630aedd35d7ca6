# @generated from schemas/ by "hookproof generate". Do not edit by hand.

"""Models of zego_cloud_player; a module is imported when the first of its names is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .file_expired import (
        CloudPlayerFileExpiredCallback,
        CloudPlayerFileExpiredCallbackAppIDInteger,
    )
    from .play_exception import (
        CloudPlayerExceptionCallback,
        CloudPlayerExceptionCallbackAppIDInteger,
        CloudPlayerExceptionDetail,
    )
    from .player_created import (
        CloudPlayerCreatedCallback,
        CloudPlayerCreatedCallbackAppIDInteger,
        CloudPlayerCreatedDetail,
    )
    from .player_destroyed import (
        CloudPlayerDestroyedCallback,
        CloudPlayerDestroyedCallbackAppIDInteger,
        CloudPlayerDestroyedDetail,
    )
    from .status_changed import (
        CloudPlayerStatusCallback,
        CloudPlayerStatusCallbackAppIDInteger,
        CloudPlayerStatusDetail,
    )
    from .upload_cancel_failed import (
        CloudPlayerCancelFailedCallback,
        CloudPlayerCancelFailedCallbackAppIDInteger,
        CloudPlayerCancelFailedDetail,
    )
    from .upload_exception import (
        CloudPlayerUploadExceptionCallback,
        CloudPlayerUploadExceptionCallbackAppIDInteger,
        CloudPlayerUploadExceptionDetail,
    )
    from .upload_failed import (
        CloudPlayerUploadFailedCallback,
        CloudPlayerUploadFailedCallbackAppIDInteger,
        CloudPlayerUploadFailedDetail,
    )
    from .upload_status import (
        CloudPlayerUploadStatusCallback,
        CloudPlayerUploadStatusCallbackAppIDInteger,
        CloudPlayerUploadStatusDetail,
    )
    from .upload_succeeded import (
        CloudPlayerUploadSucceededCallback,
        CloudPlayerUploadSucceededCallbackAppIDInteger,
    )

__all__ = [
    "CloudPlayerCancelFailedCallback",
    "CloudPlayerCancelFailedCallbackAppIDInteger",
    "CloudPlayerCancelFailedDetail",
    "CloudPlayerCreatedCallback",
    "CloudPlayerCreatedCallbackAppIDInteger",
    "CloudPlayerCreatedDetail",
    "CloudPlayerDestroyedCallback",
    "CloudPlayerDestroyedCallbackAppIDInteger",
    "CloudPlayerDestroyedDetail",
    "CloudPlayerExceptionCallback",
    "CloudPlayerExceptionCallbackAppIDInteger",
    "CloudPlayerExceptionDetail",
    "CloudPlayerFileExpiredCallback",
    "CloudPlayerFileExpiredCallbackAppIDInteger",
    "CloudPlayerStatusCallback",
    "CloudPlayerStatusCallbackAppIDInteger",
    "CloudPlayerStatusDetail",
    "CloudPlayerUploadExceptionCallback",
    "CloudPlayerUploadExceptionCallbackAppIDInteger",
    "CloudPlayerUploadExceptionDetail",
    "CloudPlayerUploadFailedCallback",
    "CloudPlayerUploadFailedCallbackAppIDInteger",
    "CloudPlayerUploadFailedDetail",
    "CloudPlayerUploadStatusCallback",
    "CloudPlayerUploadStatusCallbackAppIDInteger",
    "CloudPlayerUploadStatusDetail",
    "CloudPlayerUploadSucceededCallback",
    "CloudPlayerUploadSucceededCallbackAppIDInteger",
]

if not TYPE_CHECKING:
    _MODULES = {
        "CloudPlayerFileExpiredCallback": "file_expired",
        "CloudPlayerFileExpiredCallbackAppIDInteger": "file_expired",
        "CloudPlayerExceptionCallback": "play_exception",
        "CloudPlayerExceptionCallbackAppIDInteger": "play_exception",
        "CloudPlayerExceptionDetail": "play_exception",
        "CloudPlayerCreatedCallback": "player_created",
        "CloudPlayerCreatedCallbackAppIDInteger": "player_created",
        "CloudPlayerCreatedDetail": "player_created",
        "CloudPlayerDestroyedCallback": "player_destroyed",
        "CloudPlayerDestroyedCallbackAppIDInteger": "player_destroyed",
        "CloudPlayerDestroyedDetail": "player_destroyed",
        "CloudPlayerStatusCallback": "status_changed",
        "CloudPlayerStatusCallbackAppIDInteger": "status_changed",
        "CloudPlayerStatusDetail": "status_changed",
        "CloudPlayerCancelFailedCallback": "upload_cancel_failed",
        "CloudPlayerCancelFailedCallbackAppIDInteger": "upload_cancel_failed",
        "CloudPlayerCancelFailedDetail": "upload_cancel_failed",
        "CloudPlayerUploadExceptionCallback": "upload_exception",
        "CloudPlayerUploadExceptionCallbackAppIDInteger": "upload_exception",
        "CloudPlayerUploadExceptionDetail": "upload_exception",
        "CloudPlayerUploadFailedCallback": "upload_failed",
        "CloudPlayerUploadFailedCallbackAppIDInteger": "upload_failed",
        "CloudPlayerUploadFailedDetail": "upload_failed",
        "CloudPlayerUploadStatusCallback": "upload_status",
        "CloudPlayerUploadStatusCallbackAppIDInteger": "upload_status",
        "CloudPlayerUploadStatusDetail": "upload_status",
        "CloudPlayerUploadSucceededCallback": "upload_succeeded",
        "CloudPlayerUploadSucceededCallbackAppIDInteger": "upload_succeeded",
    }

    def __getattr__(name):
        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(f".{_MODULES[name]}", __name__), name)
