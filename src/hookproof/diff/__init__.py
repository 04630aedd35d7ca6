"""What a change of a contract means to a receiver, and to those who test with it.

Contracts are read by `contract`; what captures have beside a contract is found in `drift`.
"""

from __future__ import annotations
