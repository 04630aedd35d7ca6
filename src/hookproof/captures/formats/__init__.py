"""The formats in which traffic is captured: each told by its content, each read as it is.

A module for each, listed in `formats` below; what they yield is judged elsewhere.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Final

from hookproof.captures.capture import DEFAULTS, Origin, ReadOptions
from hookproof.captures.faults import fault
from hookproof.captures.formats.archive import archives
from hookproof.captures.formats.body import BODY
from hookproof.captures.formats.format import Format
from hookproof.captures.formats.har import HAR
from hookproof.captures.formats.http_messages import HTTP
from hookproof.captures.formats.json_document import JSON
from hookproof.captures.formats.log_lines import LOG
from hookproof.captures.formats.ndjson import NDJSON
from hookproof.captures.formats.request_lines import REQUESTS
from hookproof.captures.stream import start_of
from hookproof.errors import ContractError

# What is taken for nothing that is known here; what it seems to be is told.
NOT_READ: Final = Format(
    "", lambda _, __: True, lambda _, __, ___: iter(()), "this is none of the formats known here"
)


def recognise(start: bytes, *, options: ReadOptions = DEFAULTS) -> Format:
    """The format of a file whose first START_SIZE bytes, unpacked, these are.

    Raises ContractError where a contract that is asked about a payload cannot be used.
    """
    try:
        taken = start_of(start)
        asked = formats(of_an_object=taken.head.startswith(b"{"))
        return next((form for form in asked if form.looks(taken, options)), NOT_READ)
    except ContractError:
        raise
    except Exception as error:  # noqa: BLE001 - a fault of ours costs this file alone
        failed = error
    return replace(NOT_READ, reader=lambda _, file, __: iter([fault(failed, Origin(file), b"")]))


_TAR, _ZIP = archives(lambda start, options: recognise(start, options=options))


@cache
def formats(*, of_an_object: bool = False) -> tuple[Format, ...]:
    """All formats in the order in which a file is held to them; the first that it looks like reads.

    What is told by a mark comes before what is told by its shape, and a body, which has no mark
    at all, comes last. `of_an_object` leaves out those in which no file is that begins with a
    brace: most files do, and the readers of the others take as long to import as a body to judge.
    """
    by_shape = (HAR, REQUESTS, NDJSON, JSON, HTTP)
    if of_an_object:
        # The name of the first file in a tar stands at its beginning.
        return (_TAR, *by_shape, LOG, BODY)
    from hookproof.captures.formats.burp import BURP  # noqa: PLC0415 - see above
    from hookproof.captures.formats.csv_table import CSV  # noqa: PLC0415
    from hookproof.captures.formats.curl import CURL  # noqa: PLC0415
    from hookproof.captures.formats.mitmproxy import MITMPROXY  # noqa: PLC0415
    from hookproof.captures.formats.parquet import PARQUET  # noqa: PLC0415
    from hookproof.captures.formats.pcap import PCAP  # noqa: PLC0415
    from hookproof.captures.formats.store import STORE  # noqa: PLC0415

    by_mark = (STORE, PARQUET, MITMPROXY, PCAP, _TAR, _ZIP, BURP)
    return (*by_mark, *by_shape, CURL, CSV, LOG, BODY)


__all__ = ["NOT_READ", "Format", "ReadOptions", "formats", "recognise"]
