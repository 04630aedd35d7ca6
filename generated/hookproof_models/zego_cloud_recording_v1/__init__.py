# @generated from schemas/ by "hookproof generate". Do not edit by hand.

"""Models of zego_cloud_recording_v1; a module is imported when the first of its names is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .recording_ended import (
        CloudRecordingEndedFile,
        CloudRecordingRecordingEndedCallback,
    )

__all__ = [
    "CloudRecordingEndedFile",
    "CloudRecordingRecordingEndedCallback",
]

if not TYPE_CHECKING:
    _MODULES = {
        "CloudRecordingEndedFile": "recording_ended",
        "CloudRecordingRecordingEndedCallback": "recording_ended",
    }

    def __getattr__(name):
        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(f".{_MODULES[name]}", __name__), name)
