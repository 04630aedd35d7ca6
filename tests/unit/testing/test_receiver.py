"""The embedded receiver, where several products share a URL and names of their callbacks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from hookproof.contract import Contract
from hookproof.http.request import Sending, write_request
from hookproof.testing import Incoming, Receiver
from hookproof.validation.identify import Directory

if TYPE_CHECKING:
    from hookproof.contract import Callback
    from hookproof.testing.receiver import Delivered

CONTRACT = Contract()
SECRET = b"of the project"
DIRECTORY = Directory(CONTRACT.listings(), load=CONTRACT.callback)


class Keeping(Receiver):
    """A correct receiver of all products that keeps what it took a callback for."""

    def __init__(self) -> None:
        super().__init__(CONTRACT, secrets=dict.fromkeys(CONTRACT.areas, SECRET))
        self.taken: list[str] = []

    def process(self, delivered: Delivered) -> None:
        """Keep its name."""
        self.taken.append(delivered.callback.path)


def request_of(callback: Callback, payload: dict[str, Any], secret: bytes = SECRET) -> Incoming:
    """A payload as the vendor would send it."""
    request = write_request(callback, payload, secret=secret, sending=Sending())
    return Incoming(request.body, tuple(request.headers), f"/?{request.query}")


SHARED = [
    name
    for name in CONTRACT.names()
    if len(DIRECTORY.paths(CONTRACT.callback(name).examples[0].payload)) > 1
]


def test_some_names_are_shared() -> None:
    """There are callbacks of several products that no field tells apart."""
    assert {"zego_asr/exception", "zego_ai_agent/exception", "zego_zim/room_create"} <= set(SHARED)


def test_each_product_is_served_at_one_url() -> None:
    """Every example of every callback is taken for what it is, beside ten other products."""
    for name in CONTRACT.names():
        callback, receiver = CONTRACT.callback(name), Keeping()
        for example in callback.examples:
            assert receiver.handle(request_of(callback, example.payload)).status == 200, name
        assert receiver.taken == [name] * len(callback.examples)


@pytest.mark.parametrize("name", SHARED)
def test_a_shared_name_opens_no_door(name: str) -> None:
    """Signed with another secret it is refused, whichever of the products it may be."""
    callback, receiver = CONTRACT.callback(name), Keeping()
    forged = request_of(callback, callback.examples[0].payload, b"another")
    assert (receiver.handle(forged).status, receiver.taken) == (401, [])


@pytest.mark.parametrize("name", SHARED)
def test_what_no_product_sends_is_refused(name: str) -> None:
    """Signed right and documented by none of them it breaks the contract."""
    callback, receiver = CONTRACT.callback(name), Keeping()
    fields = {*callback.discriminator, *(place.field for place in callback.signature.inputs)}
    bare = {k: v for k, v in callback.examples[0].payload.items() if k in fields}
    assert (receiver.handle(request_of(callback, bare)).status, receiver.taken) == (400, [])


def test_only_products_with_a_secret_are_served() -> None:
    """A callback of another product is unknown."""
    receiver = Receiver(CONTRACT, secrets={"zego_rtc": SECRET})
    other = CONTRACT.callback(
        "zego_super_board/" + next(iter(CONTRACT.callbacks("zego_super_board")))
    )
    assert receiver.handle(request_of(other, other.examples[0].payload)).status == 400


def test_a_secret_may_be_text() -> None:
    """As most have it at hand, and as `hookproof.Receiver` takes it."""
    receiver = Receiver(CONTRACT, secrets={"zego_rtc": SECRET.decode()})
    callback = CONTRACT.callback("zego_rtc/record")
    assert receiver.handle(request_of(callback, callback.examples[0].payload)).status == 200
