"""`python -m hookproof`."""

from __future__ import annotations

import sys

if __name__ == "__main__":
    # Ctrl-C may come before there is anybody else to take it.
    try:
        from hookproof.cli import main
    except KeyboardInterrupt:
        sys.exit(130)
    main()
