"""The source folder of the site: Markdown that Sphinx reads, from templates and guides.

What comes from a contract is escaped on its way in: as HTML within blocks of it, and with the
marks of Markdown as well where the filter `md` stands.
"""

from __future__ import annotations

import inspect
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from hookproof.cli.exits import Exit
from hookproof.cli.main import COMMANDS, hookproof
from hookproof.cli.settings import key_of, options_of
from hookproof.contract.compiled import read_document
from hookproof.describe.wording import (
    delivery_words,
    discriminator_words,
    encoding_words,
    request_words,
    sent_at_words,
    signature_words,
)
from hookproof.drafting.bundle import bundle
from hookproof.errors import DependencyMissing
from hookproof.findings import CODES
from hookproof.findings.explanation import explain
from hookproof.report.ink import plural
from hookproof.site.callback import page_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from hookproof.contract import Callback, Contract


_FLAG: Final = re.compile(r"--[a-z-]+")
_EXAMPLES: Final = re.compile(r"Examples:\n(.*?)(?:\n\n|\Z)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Option:
    """An option: how it is written, what it says of itself, its variables and its key in a file."""

    written: str
    told: str
    variables: tuple[str, ...]
    key: str

    @property
    def flag(self) -> str:
        """Its long name: `--area`."""
        found = _FLAG.search(self.written)
        return found[0] if found else self.written


@dataclass(frozen=True, slots=True)
class Command:
    """A command, or one within another; `path` is all its words."""

    path: str
    usage: str
    told: str
    options: tuple[Option, ...]
    examples: tuple[str, ...]
    inner: tuple[Command, ...]

    def anchor(self, option: Option) -> str:
        """The place of an option on the page."""
        return f"{self.path}{option.flag}".replace(" ", "-")

    def words(self) -> Iterator[tuple[str, str]]:
        """What the page is found by, each with its place."""
        for option in self.options:
            for word in (option.flag, *option.variables):
                yield word, self.anchor(option)
        for one in self.inner:
            yield from one.words()


def commands() -> Iterator[tuple[str, str, Command]]:
    """Each command with its name and the line that --help shows."""
    context = hookproof.context_class(hookproof, info_name="hookproof")
    for name, line in COMMANDS.items():
        yield name, line, _facts(hookproof.get_command(context, name), f"hookproof {name}")


def _facts(command: Any, path: str) -> Command:
    context = command.context_class(command, info_name=path)
    found = _EXAMPLES.search(command.epilog or "")
    inner = getattr(command, "commands", {})
    return Command(
        path,
        " ".join([path, *command.collect_usage_pieces(context)]),
        inspect.cleandoc(command.help or "").replace("\\b\n", ""),
        tuple(_options(command, context)),
        tuple(line.strip() for line in found[1].splitlines()) if found else (),
        tuple(_facts(one, f"{path} {name}") for name, one in inner.items()),
    )


def _options(command: Any, context: Any) -> Iterator[Option]:
    settable = options_of(command)
    for one in command.get_params(context):
        record = one.get_help_record(context)
        if record is None or not record[1] or record[0].endswith("--help"):
            continue
        known = one.envvar or ()
        variables = (known,) if isinstance(known, str) else tuple(known)
        yield Option(record[0], record[1], variables, key_of(one) if one in settable else "")


# This page of the repository is all callbacks in one table; here each has a page of its own.
_NOT_HERE: Final = "callbacks.md"
# A link up and out, to a file of the repository that the site does not have.
_LEAVES: Final = re.compile(r"\[([^\]]*)\]\((\.\./[^)]*)\)")
_MARKS: Final = re.compile(r"([\\`*_{}\[\]<>|~#$])")


def guides(folder: Path) -> dict[str, str]:
    """The pages that people wrote, by their names; links to what is not here are led elsewhere."""
    return {
        page.relative_to(folder).as_posix(): _with_links(page, folder)
        for page in sorted(folder.rglob("*.md"))
        if page.name != _NOT_HERE
    }


def _with_links(page: Path, folder: Path) -> str:
    def led(link: re.Match[str]) -> str:
        target = (page.parent / link[2]).resolve()
        return link[0] if target.is_relative_to(folder.resolve()) else link[1]

    text = page.read_text(encoding="utf-8").replace(f"({_NOT_HERE})", "(callbacks/index.md)")
    return _LEAVES.sub(led, text)


def pages(contract: Contract, only: Sequence[str] = ()) -> Iterator[tuple[str, str]]:
    """All other pages, and the documents to take away, by their paths; of some areas, or all."""
    template = _environment().get_template
    areas = {area: list(contract.callbacks(area).values()) for area in only or contract.areas}
    infos = {area: read_document(contract.files, area)["info"] for area in areas}
    yield "callbacks/index.md", template("callbacks.md").render(areas=areas, infos=infos)
    for area, members in areas.items():
        text = template("area.md").render(area=area, members=members, info=infos[area])
        yield f"callbacks/{area}/index.md", text
        yield f"downloads/openapi/{area}.openapi.json", json.dumps(bundle(contract, area), indent=2)
        for callback in members:
            yield f"callbacks/{callback.path}.md", template("callback.md").render(page_of(callback))
    yield "findings/index.md", template("findings.md").render(codes=CODES)
    for name, code in CODES.items():
        text = template("finding.md").render(name=name, code=code)
        yield f"findings/{name}.md", text
    known = list(commands())
    yield "commands/index.md", template("commands.md").render(commands=known)
    for name, line, command in known:
        text = template("command.md").render(name=name, line=line, command=command)
        yield f"commands/{name}.md", text


def write(folder: Path, files: Mapping[str, str]) -> None:
    """Make a folder hold these files and no others; what stays the same is not touched."""
    for path in [path for path in folder.rglob("*") if path.is_file()]:
        if path.relative_to(folder).as_posix() not in files:
            path.unlink()
    for name, text in files.items():
        path = folder / name
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")


def alike(members: Iterable[Callback], fact: str) -> dict[str, list[Callback]]:
    """Callbacks by what is told of their "signature" or their newest "delivery"."""
    found: dict[str, list[Callback]] = {}
    for one in members:
        told = signature_words(one.signature)
        if fact == "delivery":
            told = delivery_words(one.deliveries[0])
        found.setdefault(" ".join(told), []).append(one)
    return found


def _environment() -> Any:
    try:
        from jinja2 import (  # noqa: PLC0415 - an extra
            Environment,
            PackageLoader,
            StrictUndefined,
        )
        from markupsafe import Markup  # noqa: PLC0415
    except ImportError:
        raise DependencyMissing("jinja2", extra="docs") from None

    def md(text: str) -> Any:
        """A text that is no mark of Markdown and no HTML, on one line."""
        plain = str(text).replace("&", "&amp;")
        return Markup(_MARKS.sub(lambda mark: f"&#{ord(mark[1])};", plain))  # noqa: S704 - escaped

    environment = Environment(
        loader=PackageLoader("hookproof.site"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )

    def ticks(text: str) -> Any:
        """A text with what stands between backticks as code."""
        parts = text.split("`")
        plain, code = Markup("{}"), Markup("<code>{}</code>")
        return Markup().join((code if n % 2 else plain).format(one) for n, one in enumerate(parts))

    environment.filters |= {
        "md": md,
        "ticks": ticks,
        "paragraphs": lambda text: Markup("\n").join(
            Markup("<p>{}</p>").format(one) for one in text.split("\n\n")
        ),
        "plural": plural,
        "told": discriminator_words,
        "delivery": delivery_words,
        "encoding": encoding_words,
        "request": request_words,
        "sent_at": sent_at_words,
        "signature": signature_words,
        "explain": explain,
        "alike": alike,
    }
    environment.globals |= {"exits": {code.name: code.value for code in Exit}}
    return environment
