"""Payloads on their way to a receiver, and what it answers: exact bytes, under one deadline.

It knows how an exchange went, not what that means. When a vendor tries again is in `delivery`.
"""
