"""Goes through captures for what the contract does not know, and writes the patches."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from hookproof.captures.capture import Capture
from hookproof.drift.sentinel import Drift, Sentinel
from hookproof.errors import UsageError
from hookproof.payload.body import BodyForm, read_body
from hookproof.signature import verify
from hookproof.signature.verify import is_in_sight
from hookproof.validation.fast_path import Seen
from hookproof.validation.untyped import typed
from hookproof.validation_run.chunks import STDIN, NoFile, captures_in, find_files
from hookproof.validation_run.fast_path_router import FastPathRouter, form_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from hookproof.captures.formats import ReadOptions
    from hookproof.contract import Callback, Contract
    from hookproof.payload.body import Body
    from hookproof.signature.secrets import Secrets
    from hookproof.validation.validator import Validator


@dataclass(slots=True)
class Watch:
    """Holds each capture to the contract, fast where there is nothing new, and to the sentinel.

    What carries a signature that does not prove its sender is passed over: a stranger is not to
    say what the contract should be.
    """

    contract: Contract
    validator: Validator
    secrets: Secrets = field(repr=False)
    form: BodyForm | None = None
    sentinel: Sentinel = field(init=False)
    _lanes: FastPathRouter = field(init=False)

    def __post_init__(self) -> None:
        self.sentinel = Sentinel(self.contract, self.validator)
        self._lanes = FastPathRouter(self.validator)

    def look(self, capture: Capture, label: str) -> tuple[Drift, ...]:
        """What is new in a capture."""
        form = self.form or form_of(capture.body, capture.headers)
        if form is BodyForm.JSON and self._is_known(capture):
            return ()
        body = read_body(capture.body, form=form)
        if not body.reading.complete or body.reading.problems or not isinstance(body.value, dict):
            return ()
        known = self.validator.identify(body.value, headers=capture.headers, url=capture.url)
        if len(known) > 1 or (known and not self._may_be_genuine(known[0], body, capture)):
            return ()
        value: dict[str, Any] = body.value
        if known and form is not BodyForm.JSON:
            value = typed(known[0].schema, value)
        return self.sentinel.look(known[0].path if known else "", value, capture=label)

    def _is_known(self, capture: Capture) -> bool:
        """Whether a look tells that all of a capture is documented."""
        entry = self._lanes.enter(capture.body, capture.headers, capture.url)
        seen = entry.tell(capture.body) if entry else None
        return isinstance(seen, Seen) and not seen.has_fields and bool(entry and entry.lane.path)

    def _may_be_genuine(self, callback: Callback, body: Body, capture: Capture) -> bool:
        """Whether nothing speaks against the sender, as far as a secret is at hand."""
        facts = callback.signature
        secret = self.secrets.of(callback)
        if not secret or not is_in_sight(facts, headers=capture.headers, url=capture.url):
            return True
        verdict = verify(
            facts,
            secret,
            payload=body.value,
            body=body.raw,
            headers=capture.headers or (),
            url=capture.url,
        )
        return verdict.valid


def watch_files(
    names: Iterable[str], watch: Watch, *, options: ReadOptions, input_format: str = ""
) -> Iterator[Drift]:
    """Yield what is new in the captures that names stand for, each thing at first sight."""
    for file in find_files(names):
        if isinstance(file, NoFile) or file == STDIN:
            continue
        number = 0
        for one in captures_in(file, options=options, format=input_format):
            if isinstance(one, Capture):
                number = one.origin.record or number + 1
                yield from watch.look(one, f"{file}, capture {number}")


def write_proposals(folder: Path, watch: Watch, told: list[Drift]) -> list[Path]:
    """Write the widened schemas, one patch of them all, and what was seen; the files written.

    Raises UsageError where the folder cannot be written to.
    """
    sentinel = watch.sentinel
    drafts = [one for _, one in sorted((sentinel.drafts | sentinel.documents).items())]
    changed = [one for one in drafts if one.patch()]
    files = {folder / one.label: one.text for one in changed}
    files[folder / "contract.patch"] = "".join(one.patch() for one in changed)
    files[folder / "seen.md"] = _seen(told)
    try:
        for file, text in files.items():
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8", errors="replace")
    except OSError as error:
        raise UsageError(f"{folder} cannot be written to: {error.strerror}") from None
    return list(files)


def _seen(told: list[Drift]) -> str:
    """A page on what was seen, for whoever has to decide."""
    lines = ["# What these captures have that the contract does not know", ""]
    for one in told:
        lines += [f"- {_plain(one.text)}", f"  - documented: {_plain(one.sentence)}"]
        lines += [f"  - page: {one.source}"]
        if not one.accepts:
            lines += ["  - the capture shows more, so this patch alone does not accept it"]
    how = "`git apply contract.patch` where the contract's schemas/ and openapi/ lie takes it all;"
    lines += ["", f"{how} then `hookproof contract check` proves it."]
    return "\n".join(lines) + "\n"


def _plain(text: str) -> str:
    """A text that nobody's Markdown takes for markup."""
    return "".join(f"\\{char}" if char in "\\`*_[]<>&#|" else char for char in text)
