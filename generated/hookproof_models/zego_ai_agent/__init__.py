# @generated from schemas/ by "hookproof generate". Do not edit by hand.

"""Models of zego_ai_agent; a module is imported when the first of its names is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .agent_instance_created import (
        AiAgentInstanceCreatedCallback,
        AiAgentInstanceCreatedData,
    )
    from .agent_instance_deleted import (
        AiAgentInstanceDeletedCallback,
        AiAgentInstanceDeletedData,
        AiAgentLatencyData,
    )
    from .agent_instance_meta_info import (
        AiAgentInstanceMetaInfoCallback,
        AiAgentInstanceMetaInfoData,
    )
    from .agent_instance_status import (
        AiAgentInstanceStatusCallback,
        AiAgentInstanceStatusData,
    )
    from .asr_result import (
        AiAgentAsrResultCallback,
        AiAgentAsrResultData,
    )
    from .exception import (
        AiAgentExceptionCallback,
        AiAgentExceptionData,
    )
    from .interrupted import (
        AiAgentInterruptedCallback,
        AiAgentInterruptedData,
    )
    from .llm_result import (
        AiAgentLlmResultCallback,
        AiAgentLlmResultData,
    )
    from .user_audio_data import (
        AiAgentUserAudioData,
        AiAgentUserAudioDataCallback,
    )
    from .user_speak_action import (
        AiAgentUserSpeakActionCallback,
        AiAgentUserSpeakActionData,
    )

__all__ = [
    "AiAgentAsrResultCallback",
    "AiAgentAsrResultData",
    "AiAgentExceptionCallback",
    "AiAgentExceptionData",
    "AiAgentInstanceCreatedCallback",
    "AiAgentInstanceCreatedData",
    "AiAgentInstanceDeletedCallback",
    "AiAgentInstanceDeletedData",
    "AiAgentInstanceMetaInfoCallback",
    "AiAgentInstanceMetaInfoData",
    "AiAgentInstanceStatusCallback",
    "AiAgentInstanceStatusData",
    "AiAgentInterruptedCallback",
    "AiAgentInterruptedData",
    "AiAgentLatencyData",
    "AiAgentLlmResultCallback",
    "AiAgentLlmResultData",
    "AiAgentUserAudioData",
    "AiAgentUserAudioDataCallback",
    "AiAgentUserSpeakActionCallback",
    "AiAgentUserSpeakActionData",
]

if not TYPE_CHECKING:
    _MODULES = {
        "AiAgentInstanceCreatedCallback": "agent_instance_created",
        "AiAgentInstanceCreatedData": "agent_instance_created",
        "AiAgentInstanceDeletedCallback": "agent_instance_deleted",
        "AiAgentInstanceDeletedData": "agent_instance_deleted",
        "AiAgentLatencyData": "agent_instance_deleted",
        "AiAgentInstanceMetaInfoCallback": "agent_instance_meta_info",
        "AiAgentInstanceMetaInfoData": "agent_instance_meta_info",
        "AiAgentInstanceStatusCallback": "agent_instance_status",
        "AiAgentInstanceStatusData": "agent_instance_status",
        "AiAgentAsrResultCallback": "asr_result",
        "AiAgentAsrResultData": "asr_result",
        "AiAgentExceptionCallback": "exception",
        "AiAgentExceptionData": "exception",
        "AiAgentInterruptedCallback": "interrupted",
        "AiAgentInterruptedData": "interrupted",
        "AiAgentLlmResultCallback": "llm_result",
        "AiAgentLlmResultData": "llm_result",
        "AiAgentUserAudioData": "user_audio_data",
        "AiAgentUserAudioDataCallback": "user_audio_data",
        "AiAgentUserSpeakActionCallback": "user_speak_action",
        "AiAgentUserSpeakActionData": "user_speak_action",
    }

    def __getattr__(name):
        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(f".{_MODULES[name]}", __name__), name)
