"""What of the contract a run has sent: variants, quirks, shapes, values, encodings.

It is counted after the run; what is sent next does not depend on it.
"""
