"""The contract as data: schemas and OpenAPI documents, read into facts, and their proof."""

from __future__ import annotations

from hookproof.contract.facts import Callback
from hookproof.contract.files import ContractFiles, contract_in, shipped_contract
from hookproof.contract.loader import Contract

__all__ = ["Callback", "Contract", "ContractFiles", "contract_in", "shipped_contract"]
