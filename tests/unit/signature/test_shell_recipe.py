"""What a recipe says in a shell gives the signature that the engine makes."""

from __future__ import annotations

import shlex
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
from unit.signature.recipes import (
    GITHUB,
    SLACK,
    SORTED_SHA256,
    TOKEN_AND_TIME,
)

from hookproof.signature.recipe import shell_recipe
from hookproof.signature.schemes import ENCODINGS, digest_of

if TYPE_CHECKING:
    from pathlib import Path

    from hookproof.contract.model import SignatureFacts

SECRET = "it's $HOME `id` \\ %s"
BODY = b'{"a": "%s\\n", "b": 1}\n'


@pytest.mark.skipif(not shutil.which("openssl"), reason="openssl is not installed")
@pytest.mark.parametrize("facts", [SLACK, GITHUB, TOKEN_AND_TIME, SORTED_SHA256])
def test_a_shell_signs_as_the_engine_does(facts: SignatureFacts, tmp_path: Path) -> None:
    """Literals, values, the body and sorting all come out as they should."""
    (tmp_path / "body").write_bytes(BODY)
    values = [f"va'l {n}" for n in range(len(facts.inputs))]
    quoted = [shlex.quote(value) for value in values]
    line = shell_recipe(facts, inputs=quoted, file="body", secret='"$SECRET"')
    done = subprocess.run(
        ["sh", "-c", f'{line}\nprintf %s "$sig"'],
        cwd=tmp_path,
        env={"SECRET": SECRET, "PATH": "/usr/bin:/bin:/usr/local/bin"},
        capture_output=True,
        check=True,
    )
    digest = digest_of(facts, SECRET.encode(), inputs=[v.encode() for v in values], body=BODY)
    assert done.stdout.decode() == ENCODINGS[facts.encodings[0]](digest)
