"""The contract as data: schemas and OpenAPI documents, read into facts, and their proof.

Everything else takes them from here; `contract_proof` says whether they hold together.
"""

from __future__ import annotations

from hookproof.contract.files import ContractFiles, contract_in, shipped_contract
from hookproof.contract.loader import Contract
from hookproof.contract.model import Callback

__all__ = ["Callback", "Contract", "ContractFiles", "contract_in", "shipped_contract"]
