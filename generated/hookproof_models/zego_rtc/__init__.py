# @generated from schemas/ by "hookproof generate". Do not edit by hand.

"""Models of zego_rtc; a module is imported when the first of its names is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .compose import ComposeCallback
    from .procedure import (
        ProcedureAudio,
        ProcedureCallback,
        ProcedureExtraParams,
        ProcedureMedia,
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
    from .transcode_stop import TranscodeStopCallback

__all__ = [
    "ComposeCallback",
    "HuaweiRecordExtra",
    "ProcedureAudio",
    "ProcedureCallback",
    "ProcedureExtraParams",
    "ProcedureMedia",
    "ProcedureTranscode",
    "ProcedureTranscodeSizeInteger",
    "ProcedureVideo",
    "RecordCallback",
    "RecordExtraParams",
    "TencentRecordExtra",
    "TranscodeStopCallback",
    "WangsuRecordExtra",
]

if not TYPE_CHECKING:
    _MODULES = {
        "ComposeCallback": "compose",
        "ProcedureAudio": "procedure",
        "ProcedureCallback": "procedure",
        "ProcedureExtraParams": "procedure",
        "ProcedureMedia": "procedure",
        "ProcedureTranscode": "procedure",
        "ProcedureTranscodeSizeInteger": "procedure",
        "ProcedureVideo": "procedure",
        "HuaweiRecordExtra": "record",
        "RecordCallback": "record",
        "RecordExtraParams": "record",
        "TencentRecordExtra": "record",
        "WangsuRecordExtra": "record",
        "TranscodeStopCallback": "transcode_stop",
    }

    def __getattr__(name):
        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(f".{_MODULES[name]}", __name__), name)
