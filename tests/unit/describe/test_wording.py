"""Signatures, deliveries and encodings read as sentences, and nothing is told that is not known."""

from __future__ import annotations

import dataclasses

import pytest
from unit.signature.recipes import SLACK, STANDARD

from hookproof.contract import Contract
from hookproof.contract.model import Delivery, EncodingFacts, Place, Source, Success
from hookproof.describe.wording import (
    delivery_words,
    discriminator_words,
    encoding_words,
    signature_words,
)

SOURCE = Source("https://example.com/a", "2026-05-04")
RECORD = Contract().callback("zego_rtc/record").signature
GME = Contract().callback("tencent_gme/recording").signature


def test_a_signature_over_fields():
    """What is joined, how it is written, where it sits, and that the body is not covered."""
    assert signature_words(RECORD) == [
        (
            "SHA-1 over the secret, timestamp and nonce, sorted as text and joined, as hex, "
            "in the field signature."
        ),
        "It covers timestamp and nonce, not the body.",
    ]


def test_a_signature_over_the_body():
    """The digest is named, and that no page says how it is written."""
    assert signature_words(GME) == [
        (
            "HMAC-SHA-1 of the body, keyed with the secret, as Base64 or hex; "
            "the page does not say which, in the header Signature."
        ),
        "It covers the body as it travels.",
    ]


def test_a_signature_in_pieces():
    """What is signed is told piece by piece, and how the digest stands; it may be missing."""
    words = " ".join(signature_words(dataclasses.replace(SLACK, required=False)))
    assert words.startswith('HMAC-SHA-256 of "v0:", the header X-Slack-Request-Timestamp, ":" and ')
    assert 'as hex after "v0="' in words
    assert "also sends without one" in words


def test_a_secret_that_stands_for_other_bytes():
    """How the secret becomes the key is told, and that several signatures may come."""
    words = " ".join(signature_words(STANDARD))
    assert 'joined with ".", keyed with the secret, which is Base64 after whsec_' in words
    assert "one or several" in words


def test_a_signature_of_several_forms():
    """Where pages disagree, each form is told: its order, its place, its writing."""
    other = dataclasses.replace(
        RECORD, scheme="joined", digest="md5", secret_at=1, place=Place("query", "sig")
    )
    words = signature_words(dataclasses.replace(RECORD, alternatives=(other,)))
    assert words[0].startswith("SHA-1 over the secret, timestamp and nonce")
    assert words[2] == (
        "Another page says: MD5 over timestamp, the secret and nonce, joined in this order, as "
        "hex, in the query parameter sig. It covers timestamp and nonce, not the body."
    )


@pytest.mark.parametrize(
    ("success", "timeout", "when", "after", "words"),
    [
        (
            Success("2XX"),
            None,
            ("no-response", "non-2XX"),
            (2, 4, 8),
            (
                "Received by any 2XX. How long it waits for an answer is not documented. On no "
                "answer or a status that is not 2XX it tries again 3 times, after 2, 4, 8 s."
            ),
        ),
        (
            Success("200", "1"),
            5,
            ("non-200",),
            (0,),
            (
                'Received by exactly 200 with the body "1". It waits 5 s for an answer. '
                "On a status that is not 200 it tries again once, at once."
            ),
        ),
        (
            Success("2XX", documented=False),
            2.5,
            ("undocumented",),
            None,
            (
                "Received by any 2XX, by convention: the page does not say. It waits 2.5 s for an "
                "answer. On an undocumented occasion it tries again; when and how often is not "
                "documented."
            ),
        ),
        (
            Success("2XX"),
            None,
            ("undocumented",),
            (),
            (
                "Received by any 2XX. How long it waits for an answer is not documented. It never "
                "tries again."
            ),
        ),
    ],
)
def test_delivery_in_words(success, timeout, when, after, words):
    """What counts as received, how long the vendor waits, and what it does otherwise."""
    assert " ".join(delivery_words(Delivery(SOURCE, success, timeout, when, after))) == words


@pytest.mark.parametrize(
    ("transport", "may_be", "words"),
    [
        ("", (), []),
        ("https", (), ["Sent by HTTPS alone."]),
        (
            "https-or-http",
            ("late", "lost"),
            [
                "Sent by HTTPS or HTTP.",
                "The page warns that one may come after a later one or be lost.",
            ],
        ),
        (
            "",
            ("repeated",),
            ["The page warns that one may come again although it was received."],
        ),
    ],
)
def test_what_a_page_promises_and_warns_of(transport, may_be, words):
    """By what it is sent and what may become of it; nothing where the page is silent."""
    silent = Delivery(SOURCE, Success("200"), None, ("silent",), None)
    told = delivery_words(dataclasses.replace(silent, transport=transport, may_be=may_be))
    assert [one for one in told if one not in delivery_words(silent)] == words
    assert told[-1] == "Whether it ever tries again the page does not say."


def test_discriminators_and_encodings():
    """Texts are told from numbers, several fields belong together."""
    assert discriminator_words({"a": (1, 2, 3), "b": ("1",)}) == 'a = 1, 2 or 3 and b = "1"'
    assert encoding_words(EncodingFacts("percent-json", "sentence", SOURCE)) == (
        "percent-encoded JSON (only a sentence says so)"
    )
