"""`python -m hookproof.cli.settings`: print the JSON Schema of the configuration file."""

from __future__ import annotations

import sys

from hookproof.cli.main import hookproof
from hookproof.cli.settings.schema import render_schema

if __name__ == "__main__":
    sys.stdout.write(render_schema(hookproof))
