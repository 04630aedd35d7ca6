"""`python -m hookproof`."""

from __future__ import annotations

from hookproof.cli import main

if __name__ == "__main__":
    main()
