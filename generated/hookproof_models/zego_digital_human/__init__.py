# @generated from schemas/ by "hookproof generate". Do not edit by hand.

"""Models of zego_digital_human; a module is imported when the first of its names is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .drive_task_status import (
        DigitalHumanDriveTaskDetail,
        DigitalHumanDriveTaskStatusCallback,
    )
    from .stream_task_status import (
        DigitalHumanStreamTaskDetail,
        DigitalHumanStreamTaskStatusCallback,
    )

__all__ = [
    "DigitalHumanDriveTaskDetail",
    "DigitalHumanDriveTaskStatusCallback",
    "DigitalHumanStreamTaskDetail",
    "DigitalHumanStreamTaskStatusCallback",
]

if not TYPE_CHECKING:
    _MODULES = {
        "DigitalHumanDriveTaskDetail": "drive_task_status",
        "DigitalHumanDriveTaskStatusCallback": "drive_task_status",
        "DigitalHumanStreamTaskDetail": "stream_task_status",
        "DigitalHumanStreamTaskStatusCallback": "stream_task_status",
    }

    def __getattr__(name):
        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(f".{_MODULES[name]}", __name__), name)
