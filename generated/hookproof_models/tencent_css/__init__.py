# @generated from schemas/ by "hookproof generate". Do not edit by hand.

"""Models of tencent_css; a module is imported when the first of its names is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .audio_moderation import CssAudioModerationNotification
    from .image_moderation import CssImageModerationNotification
    from .push_error import (
        CssPushError,
        CssPushErrorNotification,
    )
    from .recording_fault import (
        CssRecordingFault,
        CssRecordingFaultNotification,
    )
    from .recording_file import (
        CssRecordingFileExtension,
        CssRecordingFileNotification,
    )
    from .recording_status import CssRecordingStatusNotification
    from .relay import (
        CssRelayMessage,
        CssRelayMessageIndexInteger,
        CssRelayNotification,
        CssRelayNotificationSourceUrls,
    )
    from .screenshot import CssScreenshotNotification
    from .stream_interrupted import CssStreamInterruptedNotification
    from .stream_pushed import CssStreamPushedNotification

__all__ = [
    "CssAudioModerationNotification",
    "CssImageModerationNotification",
    "CssPushError",
    "CssPushErrorNotification",
    "CssRecordingFault",
    "CssRecordingFaultNotification",
    "CssRecordingFileExtension",
    "CssRecordingFileNotification",
    "CssRecordingStatusNotification",
    "CssRelayMessage",
    "CssRelayMessageIndexInteger",
    "CssRelayNotification",
    "CssRelayNotificationSourceUrls",
    "CssScreenshotNotification",
    "CssStreamInterruptedNotification",
    "CssStreamPushedNotification",
]

if not TYPE_CHECKING:
    _MODULES = {
        "CssAudioModerationNotification": "audio_moderation",
        "CssImageModerationNotification": "image_moderation",
        "CssPushError": "push_error",
        "CssPushErrorNotification": "push_error",
        "CssRecordingFault": "recording_fault",
        "CssRecordingFaultNotification": "recording_fault",
        "CssRecordingFileExtension": "recording_file",
        "CssRecordingFileNotification": "recording_file",
        "CssRecordingStatusNotification": "recording_status",
        "CssRelayMessage": "relay",
        "CssRelayMessageIndexInteger": "relay",
        "CssRelayNotification": "relay",
        "CssRelayNotificationSourceUrls": "relay",
        "CssScreenshotNotification": "screenshot",
        "CssStreamInterruptedNotification": "stream_interrupted",
        "CssStreamPushedNotification": "stream_pushed",
    }

    def __getattr__(name):
        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(f".{_MODULES[name]}", __name__), name)
