"""Scenarios: callbacks that belong together, what goes wrong with them, the proof of one state."""
