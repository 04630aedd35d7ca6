"""What a capture format is: how it is told by its start, and how its captures are read."""

from __future__ import annotations

import io
from codecs import BOM_UTF8
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Final, cast

from hookproof.captures.capture import DEFAULTS, Capture, Origin, ReadOptions, Remark, Unreadable
from hookproof.captures.faults import fault
from hookproof.captures.stream import START_SIZE, Start, StreamBroken
from hookproof.errors import ContractError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Found = Iterator[Capture | Unreadable | Remark]

# A body that does not stand in the file as it is (it was decoded, joined, dechunked) has this
# for the text it stands in: every place in it is then the one where it begins.
OPAQUE: Final = "null"
ELSEWHERE: Final = "a request to another URL was left out, as --url asks"


class Refused(Exception):
    """This is no capture. Where no `origin` is given it is that of the record at hand."""

    def __init__(
        self, message: str, *, hint: str = "", code: str = "HP100", origin: Origin | None = None
    ) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.code = code
        self.origin = origin

    def at(self, origin: Origin) -> Unreadable:
        """What is told of it."""
        return Unreadable(self.origin or origin, self.code, self.message, self.hint)


@dataclass(frozen=True, slots=True)
class Format:
    """A capture format. `nothing` is said of a file without any capture."""

    name: str
    looks: Callable[[Start, ReadOptions], bool]
    reader: Callable[[io.BufferedReader, str, ReadOptions], Found]
    nothing: str = ""
    text: bool = True

    def read(
        self,
        stream: BinaryIO,
        *,
        file: str,
        options: ReadOptions = DEFAULTS,
        whole: bool = True,
    ) -> Found:
        """Yield the captures of a stream, and what cannot be read of it.

        Raises nothing but ContractError: a contract that is asked about a payload is of no use.

        A fault that concerns the file and not one capture has the record 0. That there is no
        capture at all is told of a `whole` file, and not of a piece.
        """
        source = _peekable(stream)
        start, nothing, passed = b"", True, None
        try:
            start = source.peek(START_SIZE)[:START_SIZE] if whole else b""
            if self.text and source.peek(3)[:3] == BOM_UTF8:
                source.read(3)
            for found in self.reader(source, file, options):
                nothing = nothing and not is_found(found)
                passed = found if isinstance(found, Unreadable) else passed
                if isinstance(found, Capture) and options.leaves_out(found.url):
                    yield Remark(found.origin, ELSEWHERE)
                else:
                    yield found
        except StreamBroken as error:
            nothing = False
            yield Unreadable(Origin(file), "HP100", error.message, error.hint)
        except OSError as error:
            nothing = False
            reason = error.strerror or str(error)
            yield Unreadable(Origin(file), "HP100", f"it cannot be read on: {reason}")
        except ContractError:
            raise
        except Exception as error:  # noqa: BLE001 - a fault of ours is no fault of the run
            nothing = False
            yield fault(error, Origin(file), b"")
        if nothing and whole:
            # It tells many kinds of files apart, which most runs never meet.
            from hookproof.captures.formats.unread import unread  # noqa: PLC0415

            yield unread(file, start, options, nothing=self.nothing, passed=passed)


def is_found(found: Capture | Unreadable | Remark) -> bool:
    """Whether a reader has found a capture, or told why what is there is not read."""
    if isinstance(found, Unreadable):
        return found.code != "HP121"
    return not isinstance(found, Remark)


def guarded(read: Callable[[], Found], origin: Origin, raw: bytes = b"") -> Found:
    """What a record gives; where it is no capture, why, and where reading it breaks us, the fault.

    `raw` are the bytes of the record, where they are at hand.
    """
    try:
        yield from read()
    except Refused as refused:
        yield refused.at(origin)
    except (StreamBroken, OSError, ContractError):
        # These concern the file.
        raise
    except Exception as error:  # noqa: BLE001 - whatever it is, the next record is read
        yield fault(error, origin, raw)


def _peekable(stream: BinaryIO) -> io.BufferedReader:
    if isinstance(stream, io.BufferedReader):
        return stream
    return io.BufferedReader(cast("io.RawIOBase", stream), START_SIZE)


def too_large(origin: Origin, what: str, options: ReadOptions) -> Unreadable:
    """What is told of a body, or of what holds one, that is over the limit."""
    message = f"{what} is longer than {options.max_body:,} bytes, the limit"
    return Unreadable(origin, "HP109", message, "one capture holds one body; is this an archive?")
