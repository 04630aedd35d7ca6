"""Scenarios: callbacks that belong together, what goes wrong with them, the proof of one state.

Single requests are made and sent by `conformance` and `http`; states are compared here.
"""
