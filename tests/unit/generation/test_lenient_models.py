"""Lenient models, and the receiver, take what a vendor may widen; strict ones do not."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import ValidationError

from hookproof import Malformed, Receiver
from hookproof.contract import Contract
from hookproof.generation.generate import write_models
from hookproof_models.zego_rtc.record import RecordCallback

if TYPE_CHECKING:
    from pathlib import Path

FIVE_GIB = 5 * 2**30
# The example with the largest size that its page allows.
[SAMPLE] = [
    one.payload
    for one in Contract().callback("zego_rtc/record").examples
    if "4294967295" in one.payload["extra_params"]
]


def of_five_gib() -> str:
    """The sample with a file that is larger than 32 bits tell."""
    return json.dumps(SAMPLE).replace("4294967295", str(FIVE_GIB))


def test_a_file_of_five_gib(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """README: the strict model refuses it, the lenient one has its size to the byte."""
    with pytest.raises(ValidationError):
        RecordCallback.model_validate_json(of_five_gib())
    schemas = Contract().files.schemas
    write_models(
        tmp_path, schemas=schemas, areas=["zego_rtc"], package="lenient_models", lenient=True
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    from lenient_models.zego_rtc.record import RecordCallback as Lenient  # noqa: PLC0415

    callback: Any = Lenient.model_validate_json(of_five_gib())
    assert str(FIVE_GIB) in repr(callback)
    assert callback.to_wire() == json.loads(of_five_gib())
    with pytest.raises(ValidationError):
        Lenient.model_validate_json(of_five_gib().replace(str(FIVE_GIB), "true"))
    for name in [one for one in sys.modules if one.startswith("lenient_models")]:
        monkeypatch.delitem(sys.modules, name)


@pytest.mark.parametrize("strict", [False, True])
def test_a_receiver_takes_what_grew(*, strict: bool) -> None:
    """Unless it is strict: refusing it loses the event after a few retries."""
    hooks = Receiver("zego_rtc", secret="secret", strict=strict)
    body = of_five_gib().encode()
    if strict:
        with pytest.raises(Malformed):
            hooks.receive(headers={}, body=body)
    else:
        assert str(FIVE_GIB) in json.dumps(hooks.receive(headers={}, body=body).value)
