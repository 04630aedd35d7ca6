"""The command line: one module for each command, imported when it is called.

This package alone prints, and alone knows click.
"""

from __future__ import annotations

from hookproof.cli.main import main

__all__ = ["main"]
