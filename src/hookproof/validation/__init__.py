"""Is this payload what the contract says? Identifying it, judging it fast, explaining it exactly.

One payload at a time: captures are judged in `validation_run`, schemas compiled in `schema`.
"""

from __future__ import annotations
