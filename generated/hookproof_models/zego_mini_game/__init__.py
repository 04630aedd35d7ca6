# @generated from schemas/ by "hookproof generate". Do not edit by hand.

"""Models of zego_mini_game; a module is imported when the first of its names is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .game_settled import (
        MiniGameDanmakuResult,
        MiniGameDanmakuResultWinTeamInteger,
        MiniGameExtraData,
        MiniGameSettledCallback,
    )
    from .game_started import MiniGameStartedCallback

__all__ = [
    "MiniGameDanmakuResult",
    "MiniGameDanmakuResultWinTeamInteger",
    "MiniGameExtraData",
    "MiniGameSettledCallback",
    "MiniGameStartedCallback",
]

if not TYPE_CHECKING:
    _MODULES = {
        "MiniGameDanmakuResult": "game_settled",
        "MiniGameDanmakuResultWinTeamInteger": "game_settled",
        "MiniGameExtraData": "game_settled",
        "MiniGameSettledCallback": "game_settled",
        "MiniGameStartedCallback": "game_started",
    }

    def __getattr__(name):
        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(f".{_MODULES[name]}", __name__), name)
