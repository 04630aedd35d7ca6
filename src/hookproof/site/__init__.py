"""The documentation site: pages of callbacks, finding codes and commands, for Sphinx to build."""

from __future__ import annotations
