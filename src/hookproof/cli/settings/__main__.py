"""`python -m hookproof.cli.settings`: print the JSON Schema of the configuration file."""

from __future__ import annotations

from hookproof.cli.main import hookproof
from hookproof.cli.settings.schema import render_schema

print(render_schema(hookproof), end="")
