# @generated from schemas/ by "hookproof generate". Do not edit by hand.

"""Models of zego_super_board; a module is imported when the first of its names is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .cvt_finish import (
        SuperBoardConversion,
        SuperBoardCvtFinishCallback,
    )

__all__ = [
    "SuperBoardConversion",
    "SuperBoardCvtFinishCallback",
]

if not TYPE_CHECKING:
    _MODULES = {
        "SuperBoardConversion": "cvt_finish",
        "SuperBoardCvtFinishCallback": "cvt_finish",
    }

    def __getattr__(name):
        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(f".{_MODULES[name]}", __name__), name)
