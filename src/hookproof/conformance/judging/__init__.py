"""From a request and its answer to a verdict: what was sent, and what the answer means.

Nothing is sent here; what is to be sent once more is decided in conformance/running.
"""
