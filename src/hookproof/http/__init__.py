"""Payloads on their way to a receiver, and what it answers."""
