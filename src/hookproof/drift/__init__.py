"""What real callbacks have that the contract does not know, and a patch of its schema for each.

A schema from captures alone is made in `drafting`; two contracts are compared in `diff`.
"""
