"""The formats in which traffic is captured: each told by its content, each read as it is.

A module for each, listed in FORMATS below; what they yield is judged elsewhere.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from hookproof.captures.capture import DEFAULTS, Origin, ReadOptions
from hookproof.captures.faults import fault
from hookproof.captures.formats.archive import archives
from hookproof.captures.formats.body import BODY
from hookproof.captures.formats.burp import BURP
from hookproof.captures.formats.csv_table import CSV
from hookproof.captures.formats.curl import CURL
from hookproof.captures.formats.format import Format
from hookproof.captures.formats.har import HAR
from hookproof.captures.formats.http_messages import HTTP
from hookproof.captures.formats.json_document import JSON
from hookproof.captures.formats.log_lines import LOG
from hookproof.captures.formats.mitmproxy import MITMPROXY
from hookproof.captures.formats.ndjson import NDJSON
from hookproof.captures.formats.parquet import PARQUET
from hookproof.captures.formats.pcap import PCAP
from hookproof.captures.formats.request_lines import REQUESTS
from hookproof.captures.formats.store import STORE
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
        return next((form for form in FORMATS if form.looks(taken, options)), NOT_READ)
    except ContractError:
        raise
    except Exception as error:  # noqa: BLE001 - a fault of ours costs this file alone
        failed = error
    return replace(NOT_READ, reader=lambda _, file, __: iter([fault(failed, Origin(file), b"")]))


TAR, ZIP = archives(lambda start, options: recognise(start, options=options))
# The first that recognises a file reads it: what is told by a mark comes before what is told by
# its shape, and a body, which has no mark at all, comes last.
FORMATS: Final = (
    STORE,
    PARQUET,
    MITMPROXY,
    PCAP,
    TAR,
    ZIP,
    BURP,
    HAR,
    REQUESTS,
    NDJSON,
    JSON,
    HTTP,
    CURL,
    CSV,
    LOG,
    BODY,
)

__all__ = ["FORMATS", "NOT_READ", "Format", "ReadOptions", "recognise"]
