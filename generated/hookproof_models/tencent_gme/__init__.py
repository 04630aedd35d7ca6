# @generated from schemas/ by "hookproof generate". Do not edit by hand.

"""Models of tencent_gme; a module is imported when the first of its names is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .recording import (
        GmeRecordingCallback,
        GmeRecordingDetail,
    )
    from .voice_moderation import (
        GmeScanDetail,
        GmeScanPiece,
        GmeScanPieceDurationInteger,
        GmeScanPieceOffsetInteger,
        GmeScanPiecePieceStartTimeInteger,
        GmeVoiceModerationCallback,
    )

__all__ = [
    "GmeRecordingCallback",
    "GmeRecordingDetail",
    "GmeScanDetail",
    "GmeScanPiece",
    "GmeScanPieceDurationInteger",
    "GmeScanPieceOffsetInteger",
    "GmeScanPiecePieceStartTimeInteger",
    "GmeVoiceModerationCallback",
]

if not TYPE_CHECKING:
    _MODULES = {
        "GmeRecordingCallback": "recording",
        "GmeRecordingDetail": "recording",
        "GmeScanDetail": "voice_moderation",
        "GmeScanPiece": "voice_moderation",
        "GmeScanPieceDurationInteger": "voice_moderation",
        "GmeScanPieceOffsetInteger": "voice_moderation",
        "GmeScanPiecePieceStartTimeInteger": "voice_moderation",
        "GmeVoiceModerationCallback": "voice_moderation",
    }

    def __getattr__(name):
        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(f".{_MODULES[name]}", __name__), name)
