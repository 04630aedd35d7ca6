# @generated from schemas/ by "hookproof generate". Do not edit by hand.

"""Models of common; a module is imported when the first of its names is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .agora_chat_status import AgoraChatStatus
    from .im_account_pair import ImAccountPair
    from .im_member import ImMember
    from .im_message_element import ImMessageElement
    from .im_user_defined_field import ImUserDefinedField
    from .int64_string import Int64String
    from .livekit_egress import (
        LivekitEgress,
        LivekitFileInfo,
        LivekitImagesInfo,
        LivekitSegmentsInfo,
        LivekitStreamInfo,
    )
    from .livekit_ingress import (
        LivekitIngress,
        LivekitIngressState,
    )
    from .livekit_job import (
        LivekitJob,
        LivekitJobState,
    )
    from .livekit_participant import LivekitParticipant
    from .livekit_room import (
        LivekitCodec,
        LivekitRoom,
    )
    from .livekit_track import LivekitTrack
    from .moderation_audio_risk import ModerationAudioRisk
    from .moderation_audio_risk_detail import ModerationAudioRiskDetail
    from .moderation_matched_list import ModerationMatchedList
    from .moderation_risk_level import ModerationRiskLevel
    from .moderation_task_aux_info import ModerationTaskAuxInfo
    from .nonce_string import NonceString
    from .sha1_hex_string import Sha1HexString
    from .vod_media_basic_info import (
        VodMediaBasicInfo,
        VodMediaBasicInfoClassIdInteger,
        VodMediaSourceData,
    )
    from .vod_media_meta_data import (
        VodMediaMetaData,
        VodMediaMetaDataBitrateInteger,
        VodMediaMetaDataHeightInteger,
        VodMediaMetaDataRotateInteger,
        VodMediaMetaDataSizeInteger,
        VodMediaMetaDataWidthInteger,
    )

__all__ = [
    "AgoraChatStatus",
    "ImAccountPair",
    "ImMember",
    "ImMessageElement",
    "ImUserDefinedField",
    "Int64String",
    "LivekitCodec",
    "LivekitEgress",
    "LivekitFileInfo",
    "LivekitImagesInfo",
    "LivekitIngress",
    "LivekitIngressState",
    "LivekitJob",
    "LivekitJobState",
    "LivekitParticipant",
    "LivekitRoom",
    "LivekitSegmentsInfo",
    "LivekitStreamInfo",
    "LivekitTrack",
    "ModerationAudioRisk",
    "ModerationAudioRiskDetail",
    "ModerationMatchedList",
    "ModerationRiskLevel",
    "ModerationTaskAuxInfo",
    "NonceString",
    "Sha1HexString",
    "VodMediaBasicInfo",
    "VodMediaBasicInfoClassIdInteger",
    "VodMediaMetaData",
    "VodMediaMetaDataBitrateInteger",
    "VodMediaMetaDataHeightInteger",
    "VodMediaMetaDataRotateInteger",
    "VodMediaMetaDataSizeInteger",
    "VodMediaMetaDataWidthInteger",
    "VodMediaSourceData",
]

if not TYPE_CHECKING:
    _MODULES = {
        "AgoraChatStatus": "agora_chat_status",
        "ImAccountPair": "im_account_pair",
        "ImMember": "im_member",
        "ImMessageElement": "im_message_element",
        "ImUserDefinedField": "im_user_defined_field",
        "Int64String": "int64_string",
        "LivekitEgress": "livekit_egress",
        "LivekitFileInfo": "livekit_egress",
        "LivekitImagesInfo": "livekit_egress",
        "LivekitSegmentsInfo": "livekit_egress",
        "LivekitStreamInfo": "livekit_egress",
        "LivekitIngress": "livekit_ingress",
        "LivekitIngressState": "livekit_ingress",
        "LivekitJob": "livekit_job",
        "LivekitJobState": "livekit_job",
        "LivekitParticipant": "livekit_participant",
        "LivekitCodec": "livekit_room",
        "LivekitRoom": "livekit_room",
        "LivekitTrack": "livekit_track",
        "ModerationAudioRisk": "moderation_audio_risk",
        "ModerationAudioRiskDetail": "moderation_audio_risk_detail",
        "ModerationMatchedList": "moderation_matched_list",
        "ModerationRiskLevel": "moderation_risk_level",
        "ModerationTaskAuxInfo": "moderation_task_aux_info",
        "NonceString": "nonce_string",
        "Sha1HexString": "sha1_hex_string",
        "VodMediaBasicInfo": "vod_media_basic_info",
        "VodMediaBasicInfoClassIdInteger": "vod_media_basic_info",
        "VodMediaSourceData": "vod_media_basic_info",
        "VodMediaMetaData": "vod_media_meta_data",
        "VodMediaMetaDataBitrateInteger": "vod_media_meta_data",
        "VodMediaMetaDataHeightInteger": "vod_media_meta_data",
        "VodMediaMetaDataRotateInteger": "vod_media_meta_data",
        "VodMediaMetaDataSizeInteger": "vod_media_meta_data",
        "VodMediaMetaDataWidthInteger": "vod_media_meta_data",
    }

    def __getattr__(name):
        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(f".{_MODULES[name]}", __name__), name)
