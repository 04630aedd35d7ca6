"""Values for options from a file and from the environment: hookproof.toml, HOOKPROOF_<FLAG>.

The options of the commands are the only list there is: keys, variables, checks and the schema
of the file are made from them.
"""

from __future__ import annotations
