"""A contract begun: a skeleton, a schema inferred from captures, one document for other tools.

What it writes is a proposal to edit; `contract_proof` says what is still missing.
"""
