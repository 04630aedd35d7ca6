# @generated from schemas/ by "hookproof generate". Do not edit by hand.

"""Typed models of payloads, one package an area."""
