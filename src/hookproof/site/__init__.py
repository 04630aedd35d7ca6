"""The documentation site: pages of callbacks, finding codes and commands, for Sphinx to build.

What they say is read in `contract`, `findings` and `cli`; texts written by hand are in docs/.
"""

from __future__ import annotations
