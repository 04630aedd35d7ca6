# @generated from schemas/ by "hookproof generate". Do not edit by hand.

"""Models of zego_rtc; a module is imported when the first of its names is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .censor_audio_v2_result import (
        CensorAudioAuxInfo,
        CensorAudioBusiness,
        CensorAudioDetail,
        CensorAudioResultCallback,
    )
    from .censor_audio_v2_status import CensorAudioStatusCallback
    from .censor_video_v2_audio_result import (
        CensorVideoAudioAuxInfo,
        CensorVideoAudioBusiness,
        CensorVideoAudioDetail,
        CensorVideoAudioResultCallback,
    )
    from .censor_video_v2_audio_status import CensorVideoAudioStatusCallback
    from .censor_video_v2_img_result import (
        CensorVideoImageAuxInfo,
        CensorVideoImageBusiness,
        CensorVideoImageBusinessDetail,
        CensorVideoImageDetail,
        CensorVideoImageFace,
        CensorVideoImageFaces,
        CensorVideoImageResultCallback,
        CensorVideoImageRisk,
        CensorVideoImageRiskDetail,
        CensorVideoImageText,
    )
    from .censor_video_v2_img_status import CensorVideoImageStatusCallback
    from .compose import ComposeCallback
    from .mix_start import (
        MixHdlUrl,
        MixHlsUrl,
        MixRtmpUrl,
        MixStartCallback,
    )
    from .mix_stop import MixStopCallback
    from .procedure import (
        ProcedureAudio,
        ProcedureCallback,
        ProcedureExtraParams,
        ProcedureMedia,
        ProcedureMediaSizeInteger,
        ProcedureTranscode,
        ProcedureTranscodeSizeInteger,
        ProcedureVideo,
    )
    from .record import (
        HuaweiRecordExtra,
        RecordCallback,
        RecordExtraParams,
        TencentRecordExtra,
        WangsuRecordExtra,
    )
    from .room_close import RoomCloseCallback
    from .room_create import RoomCreateCallback
    from .room_login import RoomLoginCallback
    from .room_logout import RoomLogoutCallback
    from .snapshot import (
        SnapshotCallback,
        SnapshotPicture,
        SnapshotPictures,
    )
    from .stream_close import StreamCloseCallback
    from .stream_create import (
        StreamAttributes,
        StreamCreateCallback,
        StreamHdlUrl,
        StreamHlsUrl,
        StreamPictureUrl,
        StreamRtmpUrl,
    )
    from .transcode_start import (
        TranscodeDetails,
        TranscodeInput,
        TranscodeOutput,
        TranscodeStartCallback,
    )
    from .transcode_stop import TranscodeStopCallback

__all__ = [
    "CensorAudioAuxInfo",
    "CensorAudioBusiness",
    "CensorAudioDetail",
    "CensorAudioResultCallback",
    "CensorAudioStatusCallback",
    "CensorVideoAudioAuxInfo",
    "CensorVideoAudioBusiness",
    "CensorVideoAudioDetail",
    "CensorVideoAudioResultCallback",
    "CensorVideoAudioStatusCallback",
    "CensorVideoImageAuxInfo",
    "CensorVideoImageBusiness",
    "CensorVideoImageBusinessDetail",
    "CensorVideoImageDetail",
    "CensorVideoImageFace",
    "CensorVideoImageFaces",
    "CensorVideoImageResultCallback",
    "CensorVideoImageRisk",
    "CensorVideoImageRiskDetail",
    "CensorVideoImageStatusCallback",
    "CensorVideoImageText",
    "ComposeCallback",
    "HuaweiRecordExtra",
    "MixHdlUrl",
    "MixHlsUrl",
    "MixRtmpUrl",
    "MixStartCallback",
    "MixStopCallback",
    "ProcedureAudio",
    "ProcedureCallback",
    "ProcedureExtraParams",
    "ProcedureMedia",
    "ProcedureMediaSizeInteger",
    "ProcedureTranscode",
    "ProcedureTranscodeSizeInteger",
    "ProcedureVideo",
    "RecordCallback",
    "RecordExtraParams",
    "RoomCloseCallback",
    "RoomCreateCallback",
    "RoomLoginCallback",
    "RoomLogoutCallback",
    "SnapshotCallback",
    "SnapshotPicture",
    "SnapshotPictures",
    "StreamAttributes",
    "StreamCloseCallback",
    "StreamCreateCallback",
    "StreamHdlUrl",
    "StreamHlsUrl",
    "StreamPictureUrl",
    "StreamRtmpUrl",
    "TencentRecordExtra",
    "TranscodeDetails",
    "TranscodeInput",
    "TranscodeOutput",
    "TranscodeStartCallback",
    "TranscodeStopCallback",
    "WangsuRecordExtra",
]

if not TYPE_CHECKING:
    _MODULES = {
        "CensorAudioAuxInfo": "censor_audio_v2_result",
        "CensorAudioBusiness": "censor_audio_v2_result",
        "CensorAudioDetail": "censor_audio_v2_result",
        "CensorAudioResultCallback": "censor_audio_v2_result",
        "CensorAudioStatusCallback": "censor_audio_v2_status",
        "CensorVideoAudioAuxInfo": "censor_video_v2_audio_result",
        "CensorVideoAudioBusiness": "censor_video_v2_audio_result",
        "CensorVideoAudioDetail": "censor_video_v2_audio_result",
        "CensorVideoAudioResultCallback": "censor_video_v2_audio_result",
        "CensorVideoAudioStatusCallback": "censor_video_v2_audio_status",
        "CensorVideoImageAuxInfo": "censor_video_v2_img_result",
        "CensorVideoImageBusiness": "censor_video_v2_img_result",
        "CensorVideoImageBusinessDetail": "censor_video_v2_img_result",
        "CensorVideoImageDetail": "censor_video_v2_img_result",
        "CensorVideoImageFace": "censor_video_v2_img_result",
        "CensorVideoImageFaces": "censor_video_v2_img_result",
        "CensorVideoImageResultCallback": "censor_video_v2_img_result",
        "CensorVideoImageRisk": "censor_video_v2_img_result",
        "CensorVideoImageRiskDetail": "censor_video_v2_img_result",
        "CensorVideoImageText": "censor_video_v2_img_result",
        "CensorVideoImageStatusCallback": "censor_video_v2_img_status",
        "ComposeCallback": "compose",
        "MixHdlUrl": "mix_start",
        "MixHlsUrl": "mix_start",
        "MixRtmpUrl": "mix_start",
        "MixStartCallback": "mix_start",
        "MixStopCallback": "mix_stop",
        "ProcedureAudio": "procedure",
        "ProcedureCallback": "procedure",
        "ProcedureExtraParams": "procedure",
        "ProcedureMedia": "procedure",
        "ProcedureMediaSizeInteger": "procedure",
        "ProcedureTranscode": "procedure",
        "ProcedureTranscodeSizeInteger": "procedure",
        "ProcedureVideo": "procedure",
        "HuaweiRecordExtra": "record",
        "RecordCallback": "record",
        "RecordExtraParams": "record",
        "TencentRecordExtra": "record",
        "WangsuRecordExtra": "record",
        "RoomCloseCallback": "room_close",
        "RoomCreateCallback": "room_create",
        "RoomLoginCallback": "room_login",
        "RoomLogoutCallback": "room_logout",
        "SnapshotCallback": "snapshot",
        "SnapshotPicture": "snapshot",
        "SnapshotPictures": "snapshot",
        "StreamCloseCallback": "stream_close",
        "StreamAttributes": "stream_create",
        "StreamCreateCallback": "stream_create",
        "StreamHdlUrl": "stream_create",
        "StreamHlsUrl": "stream_create",
        "StreamPictureUrl": "stream_create",
        "StreamRtmpUrl": "stream_create",
        "TranscodeDetails": "transcode_start",
        "TranscodeInput": "transcode_start",
        "TranscodeOutput": "transcode_start",
        "TranscodeStartCallback": "transcode_start",
        "TranscodeStopCallback": "transcode_stop",
    }

    def __getattr__(name):
        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(f".{_MODULES[name]}", __name__), name)
