"""For receivers in other languages: the rules of a contract as data, vectors, types, readers.

How Python reads a callback is in `receiver`; what both must agree on is what the vectors say.
"""
