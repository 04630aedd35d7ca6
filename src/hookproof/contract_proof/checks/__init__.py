"""The parts of the proof of a contract: small checks over a model that was read once.

Each gives problems and raises nothing; their order is in contract_proof/check.py.
"""
