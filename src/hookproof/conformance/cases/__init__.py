"""The requests that a receiver is tested with, each made for one check.

What no list can name is drawn in conformance/generation; sending is in conformance/sending.
"""
