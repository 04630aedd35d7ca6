# @generated from schemas/ by "hookproof generate". Do not edit by hand.

"""Models of livekit; a module is imported when the first of its names is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .agent_job_ended import LivekitAgentJobEndedWebhook
    from .agent_job_started import LivekitAgentJobStartedWebhook
    from .egress_ended import LivekitEgressEndedWebhook
    from .egress_started import LivekitEgressStartedWebhook
    from .egress_updated import LivekitEgressUpdatedWebhook
    from .ingress_ended import LivekitIngressEndedWebhook
    from .ingress_started import LivekitIngressStartedWebhook
    from .participant_connection_aborted import LivekitParticipantConnectionAbortedWebhook
    from .participant_joined import LivekitParticipantJoinedWebhook
    from .participant_left import LivekitParticipantLeftWebhook
    from .room_finished import LivekitRoomFinishedWebhook
    from .room_started import LivekitRoomStartedWebhook
    from .track_published import LivekitTrackPublishedWebhook
    from .track_unpublished import LivekitTrackUnpublishedWebhook

__all__ = [
    "LivekitAgentJobEndedWebhook",
    "LivekitAgentJobStartedWebhook",
    "LivekitEgressEndedWebhook",
    "LivekitEgressStartedWebhook",
    "LivekitEgressUpdatedWebhook",
    "LivekitIngressEndedWebhook",
    "LivekitIngressStartedWebhook",
    "LivekitParticipantConnectionAbortedWebhook",
    "LivekitParticipantJoinedWebhook",
    "LivekitParticipantLeftWebhook",
    "LivekitRoomFinishedWebhook",
    "LivekitRoomStartedWebhook",
    "LivekitTrackPublishedWebhook",
    "LivekitTrackUnpublishedWebhook",
]

if not TYPE_CHECKING:
    _MODULES = {
        "LivekitAgentJobEndedWebhook": "agent_job_ended",
        "LivekitAgentJobStartedWebhook": "agent_job_started",
        "LivekitEgressEndedWebhook": "egress_ended",
        "LivekitEgressStartedWebhook": "egress_started",
        "LivekitEgressUpdatedWebhook": "egress_updated",
        "LivekitIngressEndedWebhook": "ingress_ended",
        "LivekitIngressStartedWebhook": "ingress_started",
        "LivekitParticipantConnectionAbortedWebhook": "participant_connection_aborted",
        "LivekitParticipantJoinedWebhook": "participant_joined",
        "LivekitParticipantLeftWebhook": "participant_left",
        "LivekitRoomFinishedWebhook": "room_finished",
        "LivekitRoomStartedWebhook": "room_started",
        "LivekitTrackPublishedWebhook": "track_published",
        "LivekitTrackUnpublishedWebhook": "track_unpublished",
    }

    def __getattr__(name):
        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(f".{_MODULES[name]}", __name__), name)
