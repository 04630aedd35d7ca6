# @generated from schemas/ by "hookproof generate". Do not edit by hand.

"""Models of zego_cloud_recording; a module is imported when the first of its names is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .abnormal_end import (
        CloudRecordingAbnormalEndCallback,
        CloudRecordingAbnormalEndDetail,
    )
    from .file_upload_status import (
        CloudRecordingFile,
        CloudRecordingFileUploadStatusCallback,
        CloudRecordingUploadDetail,
    )
    from .image_download_failed import (
        CloudRecordingImageDetail,
        CloudRecordingImageDownloadFailedCallback,
    )
    from .m3u8_address import (
        CloudRecordingM3u8AddressCallback,
        CloudRecordingM3u8Detail,
    )
    from .recording_completed import CloudRecordingCompletedCallback
    from .recording_paused import CloudRecordingPausedCallback
    from .recording_resumed import CloudRecordingResumedCallback
    from .stream_missing import (
        CloudRecordingStreamDetail,
        CloudRecordingStreamMissingCallback,
    )
    from .uploading import CloudRecordingUploadingCallback
    from .zero_streams import CloudRecordingZeroStreamsCallback

__all__ = [
    "CloudRecordingAbnormalEndCallback",
    "CloudRecordingAbnormalEndDetail",
    "CloudRecordingCompletedCallback",
    "CloudRecordingFile",
    "CloudRecordingFileUploadStatusCallback",
    "CloudRecordingImageDetail",
    "CloudRecordingImageDownloadFailedCallback",
    "CloudRecordingM3u8AddressCallback",
    "CloudRecordingM3u8Detail",
    "CloudRecordingPausedCallback",
    "CloudRecordingResumedCallback",
    "CloudRecordingStreamDetail",
    "CloudRecordingStreamMissingCallback",
    "CloudRecordingUploadDetail",
    "CloudRecordingUploadingCallback",
    "CloudRecordingZeroStreamsCallback",
]

if not TYPE_CHECKING:
    _MODULES = {
        "CloudRecordingAbnormalEndCallback": "abnormal_end",
        "CloudRecordingAbnormalEndDetail": "abnormal_end",
        "CloudRecordingFile": "file_upload_status",
        "CloudRecordingFileUploadStatusCallback": "file_upload_status",
        "CloudRecordingUploadDetail": "file_upload_status",
        "CloudRecordingImageDetail": "image_download_failed",
        "CloudRecordingImageDownloadFailedCallback": "image_download_failed",
        "CloudRecordingM3u8AddressCallback": "m3u8_address",
        "CloudRecordingM3u8Detail": "m3u8_address",
        "CloudRecordingCompletedCallback": "recording_completed",
        "CloudRecordingPausedCallback": "recording_paused",
        "CloudRecordingResumedCallback": "recording_resumed",
        "CloudRecordingStreamDetail": "stream_missing",
        "CloudRecordingStreamMissingCallback": "stream_missing",
        "CloudRecordingUploadingCallback": "uploading",
        "CloudRecordingZeroStreamsCallback": "zero_streams",
    }

    def __getattr__(name):
        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(f".{_MODULES[name]}", __name__), name)
