"""The usual mistakes in signing: what was done to secret, values, body or writing.

Each guesses digests and is named where one fits; table.py lists them, explain.py is the one engine.
"""
