"""What a stranger says is shown without secrets and signatures, however they are written."""

from __future__ import annotations

import base64
import html
import json
from urllib.parse import quote, quote_plus

import pytest

from hookproof.signature.veil import Veil, veil_of

CANARY = b"CANARY c0ffee+/='\"<&>\\%"
TEXT = CANARY.decode()


@pytest.mark.parametrize(
    "written",
    [
        TEXT,
        quote(TEXT),
        quote_plus(TEXT),
        json.dumps(TEXT),
        json.dumps(TEXT).replace("/", "\\/"),
        html.escape(TEXT),
        repr(TEXT),
        CANARY.hex(),
        base64.b64encode(CANARY).decode(),
    ],
)
def test_every_way_of_writing_it_is_hidden(written: str) -> None:
    """Plain, escaped for URLs, JSON, HTML and Python, in hexadecimal and in Base64."""
    shown = veil_of([CANARY]).over_text(f"before {written} after")
    assert "<secret>" in shown
    assert "c0ffee" not in shown
    assert (shown.startswith("before "), shown.endswith(" after")) == (True, True)


def test_a_signature_is_called_one() -> None:
    """Signatures and secrets are told apart."""
    veil = veil_of([b"s3cr3t"], signatures=["0123456789abcdef"])
    shown = veil.over(b"s3cr3t gives 0123456789abcdef")
    assert shown == b"<secret> gives <signature>"


def test_bytes_that_are_no_text_are_kept() -> None:
    """What surrounds a secret is left as it is, whatever it is."""
    assert (
        veil_of([b"\xff\xfesecret"]).over(b"\x00\xff\xff\xfesecret\xff") == b"\x00\xff<secret>\xff"
    )


def test_a_word_that_was_cut_is_hidden() -> None:
    """The beginning of a secret at the end of a quotation is one too."""
    shown = veil_of([b"long secret of ours"]).over_text("not a header line: 'x long secre'...")
    assert shown == "not a header line: 'x <secret>'..."


@pytest.mark.parametrize("secret", [b"", b"1", b"abc"])
def test_a_secret_that_is_no_more_than_a_letter_is_not_looked_for(secret: bytes) -> None:
    """Words of up to three bytes are in any text, and taking them out would tell where."""
    assert veil_of([secret]).over_text("abc 1") == "abc 1"


def test_a_veil_does_not_show_what_it_hides() -> None:
    """Its representation holds no word."""
    assert repr(veil_of([b"s3cr3t"])) == repr(Veil())
