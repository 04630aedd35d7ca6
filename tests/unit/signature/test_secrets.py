"""Where secrets come from, and that they are never shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from acceptance.command import called
from small_contract import write_contract

from hookproof.cli.options import secrets_of
from hookproof.contract import Contract, contract_in
from hookproof.errors import SecretMissing, UsageError
from hookproof.http.request import write_json
from hookproof.receiver import Receiver
from hookproof.signature.secrets import Secrets, read_secrets, variable_names

if TYPE_CHECKING:
    from pathlib import Path

    from hookproof.contract import Callback

CANARY = "CANARY_DO_NOT_SHOW"
AREA, VENDOR, ANY = variable_names("zego_rtc", vendor="zego")


def find(environment: dict[str, str]) -> bytes | None:
    """The secret that an environment holds for one area."""
    return Secrets(environment).find("zego_rtc", vendor="zego")


def test_the_variables_are_the_documented_ones() -> None:
    """The names go from the area over the vendor to all."""
    assert (AREA, VENDOR, ANY) == (
        "HOOKPROOF_SECRET_ZEGO_RTC",
        "HOOKPROOF_SECRET_ZEGO",
        "HOOKPROOF_SECRET",
    )


@pytest.mark.parametrize(
    ("environment", "secret"),
    [
        ({AREA: "a", VENDOR: "b", ANY: "c"}, b"a"),
        ({VENDOR: "b", ANY: "c"}, b"b"),
        ({ANY: "c"}, b"c"),
        ({AREA: "", VENDOR: "b"}, b"b"),
        ({"HOOKPROOF_SECRET_TENCENT": "t"}, None),
        ({}, None),
        ({ANY: "sécrét"}, "sécrét".encode()),
        ({ANY: "\udcff"}, b"\xff"),
        ({ANY: " blanks "}, b" blanks "),
    ],
)
def test_the_closest_variable_counts(environment: dict[str, str], secret: bytes | None) -> None:
    """The area's variable comes first, an empty one is none, and bytes stay as they are."""
    assert find(environment) == secret


def test_a_secret_that_is_given_comes_before_all() -> None:
    """A secret named for the call is taken for every area, whatever the environment holds."""
    secrets = read_secrets({AREA: "a", "MINE": "given"}, variable="MINE")
    assert secrets.find("zego_rtc", vendor="zego") == b"given"
    assert secrets.find("tencent_gme", vendor="tencent") == b"given"


def test_a_secret_names_its_area_by_its_variable() -> None:
    """Only the variable of the area itself says which product is meant."""
    assert Secrets({AREA: "a"}).names("zego_rtc")
    assert not Secrets({AREA: "a"}).names("zego_zim")
    assert not Secrets({AREA: "", VENDOR: "b", ANY: "c"}).names("zego_rtc")
    assert not Secrets({AREA: "a"}, b"given").names("zego_rtc")


def test_a_missing_secret_tells_where_it_was_looked_for() -> None:
    """What is required and not there names the three variables and the options."""
    with pytest.raises(SecretMissing) as caught:
        Secrets({}).require(Contract().callback("zego_rtc/record"))
    assert caught.value.looked_at == (AREA, VENDOR, ANY)
    assert AREA in str(caught.value)
    assert "--secret-file" in str(caught.value)


@pytest.mark.parametrize(
    ("content", "secret"),
    [
        (b"secret", b"secret"),
        (b"secret\n", b"secret"),
        (b"secret\r\n", b"secret"),
        (b"secret\n\n", b"secret\n"),
        (b" secret \n", b" secret "),
        (b"\xff\x00\n", b"\xff\x00"),
    ],
)
def test_one_line_end_of_a_file_is_taken_off(tmp_path: Path, content: bytes, secret: bytes) -> None:
    """The line end that editors add is no part of the secret; all else is."""
    file = tmp_path / "secret"
    file.write_bytes(content)
    assert read_secrets({}, file=file).find("zego_rtc", vendor="zego") == secret


@pytest.mark.parametrize("content", [b"", b"\n", b"\r\n"])
def test_an_empty_secret_is_refused(tmp_path: Path, content: bytes) -> None:
    """An empty secret would verify what anybody signs, so it is an error."""
    file = tmp_path / "secret"
    file.write_bytes(content)
    with pytest.raises(UsageError, match="empty"):
        read_secrets({}, file=file)
    with pytest.raises(UsageError, match="empty"):
        read_secrets({"MINE": ""}, variable="MINE")


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    """A secret file that is missing, or is a folder, is an error with its path."""
    for file in (tmp_path / "none", tmp_path):
        with pytest.raises(UsageError, match=str(file)):
            read_secrets({}, file=file)


def test_two_sources_are_refused(tmp_path: Path) -> None:
    """A variable and a file at once are an error: one of them would be ignored."""
    with pytest.raises(UsageError, match="both"):
        read_secrets({"MINE": "x"}, variable="MINE", file=tmp_path / "secret")


@pytest.mark.parametrize("word", [CANARY, "9193cc662a4c0ec1", "$MINE", "a b"])
def test_what_is_no_variable_is_not_repeated(word: str) -> None:
    """Who gives the secret itself for its variable's name does not find it in the message."""
    with pytest.raises(UsageError, match="is not set") as caught:
        read_secrets({"MINE": CANARY}, variable=word)
    assert word not in str(caught.value)
    assert word not in repr(caught.value)
    assert CANARY not in str(caught.value)


def test_secrets_are_not_shown() -> None:
    """Neither text nor repr of the secrets holds one of them."""
    secrets = read_secrets({"MINE": CANARY, AREA: CANARY}, variable="MINE")
    assert CANARY not in repr(secrets)
    assert CANARY not in str(secrets)
    assert CANARY not in f"{secrets!r:>200}"


@pytest.mark.parametrize(
    ("form", "wrong", "right"),
    [
        ({"encoding": "base64", "prefix": "whsec_"}, "whsec_not-base64!", "whsec_MfKQ9r8GKYqrTwjU"),
        ({"encoding": "hex"}, "no hex", "0badcafe"),
    ],
)
def test_a_secret_of_another_form_is_told_by_its_variable(
    form: dict[str, str], wrong: str, right: str, tmp_path: Path
) -> None:
    """It was taken as text, and whatever was signed with the right one was told to be forged."""
    callback = signed_with(form, tmp_path)
    name = "HOOKPROOF_SECRET_SHOP"
    with pytest.raises(UsageError) as told:
        Secrets({name: wrong}).of(callback)
    assert name in str(told.value)
    assert wrong not in f"{told.value} {told.value.hint}"
    assert Secrets({name: right}).of(callback) == right.encode()
    # What `sanitize` signs with is taken as it is.
    assert Secrets({name: "secret"}).of(callback) == b"secret"
    contract = Contract(contract_in(tmp_path))
    with pytest.raises(UsageError, match=r"Receiver\('shop'"):
        Receiver("shop", secret=wrong, contract=contract)
    Receiver("shop", secret=right, contract=contract)
    for take in (lambda at_hand: secrets_of([callback], at_hand), lambda it: it.require(callback)):
        with pytest.raises(UsageError, match=name):
            take(Secrets({name: wrong}))
    body = write_json(callback.examples[0].payload).encode()
    (tmp_path / "a.http").write_bytes(b"POST /h HTTP/1.1\r\nX-Sign: 00\r\n\r\n" + body)
    ran = called(
        *("validate", str(tmp_path / "a.http"), "--contract", str(tmp_path)), env={name: wrong}
    )
    assert (ran.code, name in ran.err, wrong in ran.out + ran.err) == (2, True, False)


def signed_with(form: dict[str, str], folder: Path) -> Callback:
    """A callback whose secret is written in a form."""
    signature = {
        "scheme": "hmac",
        "digest": "sha256",
        "message": ["body"],
        "secret": form,
        "signature": {"in": "header", "field": "X-Sign"},
        "encodings": ["hex"],
        "required": True,
    }
    write_contract(folder, signature=signature)
    return Contract(contract_in(folder)).callback("order_paid")
