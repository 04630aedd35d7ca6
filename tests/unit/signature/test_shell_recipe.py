"""What a recipe says in a shell gives the signature that the engine makes."""

from __future__ import annotations

import shlex
import shutil
import subprocess
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from unit.signature.recipes import (
    GITHUB,
    SLACK,
    SORTED_SHA256,
    TOKEN_AND_TIME,
)
from unit.signature.test_tokens import TOKEN

from hookproof.contract.model import BodyClaim
from hookproof.signature import sign
from hookproof.signature.recipe import shell_recipe, token_recipe
from hookproof.signature.schemes import ENCODINGS, digest_of
from hookproof.signature.tokens import with_claim

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


@pytest.mark.skipif(not shutil.which("openssl"), reason="openssl is not installed")
@pytest.mark.parametrize(("digest", "encoding"), [("sha256", "base64"), ("sha512", "hex")])
def test_a_shell_makes_a_token(digest: str, encoding: str, tmp_path: Path) -> None:
    """Its claims, a moment counted anew among them, and the body's digest are ours."""
    facts = replace(TOKEN, digest=digest, body_claim=BodyClaim("hash", digest, encoding))
    (tmp_path / "body").write_bytes(BODY)
    claims = {"iss": ("100% \\n 'é\"", ""), "exp": (0, '"$((at + 300))"')}
    line = token_recipe(facts, "sig", claims=claims, file="body", secret='"$SECRET"')
    done = subprocess.run(
        ["sh", "-c", f'at=1700000000\n{line}\nprintf %s "$sig"'],
        cwd=tmp_path,
        env={"SECRET": SECRET, "PATH": "/usr/bin:/bin:/usr/local/bin"},
        capture_output=True,
        check=True,
    )
    draft = with_claim(facts, with_claim(facts, "", "iss", claims["iss"][0]), "exp", 1700000300)
    headers = ((facts.place.field, draft),)
    made = sign(facts, SECRET.encode(), payload=None, body=BODY, headers=headers)
    assert done.stdout.decode() == made
