"""Reads a contract into callbacks, each only when it is asked for."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from hookproof.contract import parser as entries
from hookproof.contract.compiled import read_document, read_head
from hookproof.contract.files import ContractFiles, shipped_contract
from hookproof.contract.references import References
from hookproof.errors import ContractError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from hookproof.contract.model import Callback, Listing


class Contract:
    """The callbacks of a contract, by area and by name.

    Nothing is read before it is asked for: to list callbacks and to identify one takes the
    documents of their areas, and only a callback itself takes its schema. What was read is
    kept. Reading raises ContractError where a file is missing, broken or silent about something
    that is needed.
    """

    def __init__(self, files: ContractFiles | None = None) -> None:
        self.files = files or shipped_contract()
        self.references = References(label=self.files.label)
        self._events: dict[str, tuple[str, ...]] = {}
        self._documents: dict[str, Any] = {}
        self._listings: dict[str, dict[str, Listing]] = {}
        self._callbacks: dict[str, Callback] = {}

    @property
    def areas(self) -> tuple[str, ...]:
        """Names of all areas."""
        if not self._events:
            self._events = {area: self.files.events(area) for area in self.files.areas()}
        return tuple(self._events)

    def names(self, areas: Iterable[str] = ()) -> tuple[str, ...]:
        """Names `<area>/<event>` of all callbacks, or of those of some areas."""
        wanted = tuple(areas) or self.areas
        for area in wanted:
            self.check_area(area)
        return tuple(f"{area}/{event}" for area in wanted for event in self._events[area])

    def listings(self, areas: Iterable[str] = ()) -> tuple[Listing, ...]:
        """All callbacks, or those of some areas, as far as their documents tell."""
        wanted = tuple(areas) or self.areas
        return tuple(item for area in wanted for item in self._listed(area).values())

    def callbacks(self, area: str) -> dict[str, Callback]:
        """The callbacks of an area by event; raises UsageError for an unknown area."""
        return {event: self.callback(f"{area}/{event}") for event in self._listed(area)}

    def chosen(self, names: Sequence[str], areas: Sequence[str]) -> tuple[str, ...]:
        """The callbacks that are asked for: those of the areas, and of them those that are named.

        Each narrows, an empty one does not. Raises UsageError for an unknown name.
        """
        if not names:
            return self.names(areas)
        return tuple(dict.fromkeys(self.full_name(name, areas) for name in names))

    def callback(self, name: str, areas: Sequence[str] = ()) -> Callback:
        """The callback of a full or a unique short name; raises UsageError otherwise.

        With areas it is one of theirs.
        """
        if areas:
            return self.callback(self.full_name(name, areas))
        if name not in self._callbacks:
            path = self.full_name(name)
            if path not in self._callbacks:
                self._callbacks[path] = self._read(path)
            # Short names are looked up once too.
            self._callbacks[name] = self._callbacks[path]
        return self._callbacks[name]

    def full_name(self, name: str, areas: Sequence[str] = ()) -> str:
        """`record` becomes `<area>/record` where only one area, or one of `areas`, has it.

        What the vendor itself calls it is taken too: the value of a discriminator, or
        `field=value`. Raises UsageError where there is none such, or more than one.
        """
        names = self.names(areas)
        if name in names:
            return name
        matches = [full for full in names if full.split("/")[1] == name]
        matches = matches or [one.path for one in self.listings(areas) if _is_called(one, name)]
        if len(matches) == 1:
            return matches[0]
        if matches:
            raise _several(name, matches)
        if areas:
            found = self.full_name(name)
            problem = f"{found} is not in the area {' or '.join(areas)}"
            raise UsageError(problem, hint=f"say --area {found.split('/')[0]}, or leave areas out")
        raise UsageError(f"there is no callback {name!r}", hint=self._instead(name))

    def _instead(self, name: str) -> str:
        if name in self.areas:
            return f"that is an area; `hookproof list --area {name}` names its callbacks"
        return _did_you_mean(name, self.names(), otherwise="`hookproof list` names them all")

    def check_area(self, area: str) -> None:
        """Raise UsageError where the contract has no such area."""
        if area not in self.areas:
            raise UsageError(f"there is no area {area!r}", hint=self._areas_instead(area))

    def _areas_instead(self, area: str) -> str:
        return _did_you_mean(area, self.areas, otherwise=f"known are {', '.join(self.areas)}")

    def _listed(self, area: str) -> dict[str, Listing]:
        if area not in self._listings:
            self.check_area(area)
            document = self._documents.get(area) or read_head(self.files, area)
            with _complete(self.files.label(self.files.document(area))):
                self._listings[area] = {
                    event: entries.listing(area, event, document) for event in self._events[area]
                }
        return self._listings[area]

    def _document(self, area: str) -> Any:
        if area not in self._documents:
            document = read_document(self.files, area)
            self.references.know(self.files.document(area), document)
            self._documents[area] = document
        return self._documents[area]

    def _read(self, path: str) -> Callback:
        area, event = path.split("/")
        listed = self._listed(area)[event]
        schema = self.references.expand(self.files.schema(area, event))
        file = self.files.document(area)
        with _complete(self.files.label(file)):
            return entries.callback(
                listed,
                schema,
                self._document(area),
                expand=lambda node: self.references.expand_node(node, file),
            )


@contextmanager
def _complete(label: str) -> Iterator[None]:
    """Turn what a document or a schema lacks into a ContractError that names the document."""
    try:
        yield
    except KeyError as error:
        missing = f"{error.args[0]!r} is missing in the document or its schemas"
        raise ContractError(label, missing) from error
    except (TypeError, IndexError, AttributeError, ValueError) as error:
        wrong = f"something has the wrong form ({error}) in the document or its schemas"
        raise ContractError(label, wrong) from error


def _is_called(listed: Listing, name: str) -> bool:
    """Whether a value of its discriminator is the name, or `field=value` is."""
    return any(
        name in {str(value), f"{field}={value}"}
        for field, values in listed.discriminator.items()
        for value in values
    )


def _several(name: str, matches: Sequence[str]) -> UsageError:
    areas = {match.split("/")[0] for match in matches}
    problem = "exists in several areas" if len(areas) > 1 else "is the name of several callbacks"
    return UsageError(f"{name} {problem}", hint=f"which one do you mean: {' or '.join(matches)}?")


def _did_you_mean(word: str, known: Sequence[str], *, otherwise: str) -> str:
    from difflib import get_close_matches  # noqa: PLC0415 - for a mistake only

    by_event = {name.split("/")[-1]: name for name in known}
    close = get_close_matches(word, [*known, *by_event], n=1)
    return f"did you mean {by_event.get(close[0], close[0])}?" if close else otherwise
