"""`python -m hookproof.site GUIDES OUT [AREA…]`: the source folder of the site.

GUIDES are the pages that people wrote; of callbacks all areas have theirs, or those that are named.
"""

from __future__ import annotations

import sys
from pathlib import Path

from hookproof.contract import Contract
from hookproof.site.pages import guides, pages, write

if __name__ == "__main__":
    folder, out, *areas = sys.argv[1:]
    write(Path(out), {**guides(Path(folder)), **dict(pages(Contract(), areas))})
