"""The proof of a contract, `hookproof contract check`: every check of its documents and examples.

Reading a contract lives in `contract`; what is wrong with one is told here, by file and line.
"""
