# @generated from schemas/ by "hookproof generate". Do not edit by hand.

"""Models of zego_asr; a module is imported when the first of its names is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .asr_result import (
        CloudAsrResultCallback,
        CloudAsrResultData,
    )
    from .exception import (
        CloudAsrExceptionCallback,
        CloudAsrExceptionData,
    )
    from .translation_result import (
        CloudAsrTranslationData,
        CloudAsrTranslationResultCallback,
    )

__all__ = [
    "CloudAsrExceptionCallback",
    "CloudAsrExceptionData",
    "CloudAsrResultCallback",
    "CloudAsrResultData",
    "CloudAsrTranslationData",
    "CloudAsrTranslationResultCallback",
]

if not TYPE_CHECKING:
    _MODULES = {
        "CloudAsrResultCallback": "asr_result",
        "CloudAsrResultData": "asr_result",
        "CloudAsrExceptionCallback": "exception",
        "CloudAsrExceptionData": "exception",
        "CloudAsrTranslationData": "translation_result",
        "CloudAsrTranslationResultCallback": "translation_result",
    }

    def __getattr__(name):
        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(f".{_MODULES[name]}", __name__), name)
