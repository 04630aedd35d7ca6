"""The readers of examples/verify: what each takes to be built and run, and its page."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "examples" / "verify"
PAGES = ROOT / "docs" / "verify"


@dataclass(frozen=True)
class Language:
    """A language: its tools, how its reader is built into a folder, and how it is run.

    `sources` are what its page shows, `fence` is what its code blocks are called there. `is_slow`
    where building takes a minute.
    """

    name: str
    sources: tuple[str, ...]
    run: tuple[str, ...]
    build: tuple[str, ...] = ()
    tools: tuple[str, ...] = ()
    fence: str = ""
    is_slow: bool = False

    @property
    def folder(self) -> Path:
        """Where its source lies."""
        return FOLDER / self.name

    @property
    def missing(self) -> str:
        """The tool that this machine lacks, "" where all are there."""
        return next((tool for tool in self.tools if not shutil.which(tool)), "")

    def built(self, into: Path) -> None:
        """Build what there is to build; raises CalledProcessError with what the compiler said."""
        if self.build:
            done = self._called(self.build, into)
            assert done.returncode == 0, done.stdout + done.stderr

    def held_to(self, pack: Path, built: Path) -> subprocess.CompletedProcess[str]:
        """Run the reader over a pack of vectors."""
        return self._called((*self.run, str(pack)), built)

    def _called(self, words: tuple[str, ...], into: Path) -> subprocess.CompletedProcess[str]:
        files = [word for word in words if not word.startswith("*")]
        for word in words:
            files += [path.name for path in self.folder.glob(word)] if word.startswith("*") else []
        command = [word.replace("{out}", str(into)) for word in files]
        environment = {**os.environ, "GOFLAGS": "-mod=mod", "PYTHONDONTWRITEBYTECODE": "1"}
        return subprocess.run(
            command, cwd=self.folder, env=environment, capture_output=True, text=True, check=False
        )


def _sources(suffix: str, *, upper: bool = False) -> tuple[str, ...]:
    names = ("reader", "signature", "body")
    return tuple(f"{name.capitalize() if upper else name}.{suffix}" for name in names)


LANGUAGES = (
    Language("python", _sources("py"), (sys.executable, "vectors.py"), fence="python"),
    Language("typescript", _sources("js"), ("node", "vectors.js"), tools=("node",), fence="js"),
    Language(
        "go",
        _sources("go"),
        ("{out}/vectors",),
        ("go", "build", "-o", "{out}/vectors", "./vectors"),
        ("go",),
        "go",
    ),
    Language(
        "java",
        _sources("java", upper=True),
        ("java", "-cp", "{out}", "Vectors"),
        ("javac", "-d", "{out}", "*.java"),
        ("javac", "java"),
        "java",
    ),
    Language("php", _sources("php"), ("php", "vectors.php"), tools=("php",), fence="php"),
    Language("ruby", _sources("rb"), ("ruby", "vectors.rb"), tools=("ruby",), fence="ruby"),
    Language(
        "csharp",
        _sources("cs", upper=True),
        ("mono", "{out}/vectors.exe"),
        ("mcs", "-nologo", "-r:System.Numerics.dll", "-out:{out}/vectors.exe", "*.cs"),
        ("mcs", "mono"),
        "csharp",
    ),
    Language(
        "kotlin",
        _sources("kt", upper=True),
        ("java", "-cp", "{out}/vectors.jar", "VectorsKt"),
        ("kotlinc", "-include-runtime", "-d", "{out}/vectors.jar", "*.kt"),
        ("kotlinc", "java"),
        "kotlin",
        is_slow=True,
    ),
    Language(
        "swift",
        _sources("swift", upper=True),
        ("{out}/vectors",),
        ("xcrun", "swiftc", "-o", "{out}/vectors", "*.swift"),
        ("xcrun",),
        "swift",
        is_slow=True,
    ),
)


def page_of(language: Language) -> str:
    """The page of a language: what its about.md says, and its sources."""
    about = (language.folder / "about.md").read_text(encoding="utf-8").rstrip()
    blocks = [
        f"## {name}\n\n```{language.fence}\n{text.rstrip()}\n```"
        for name in language.sources
        for text in [(language.folder / name).read_text(encoding="utf-8")]
    ]
    return "\n\n".join([about, *blocks]) + "\n"


def main() -> None:
    """Write the pages anew."""
    PAGES.mkdir(exist_ok=True)
    for language in LANGUAGES:
        (PAGES / f"{language.name}.md").write_text(page_of(language), encoding="utf-8")


if __name__ == "__main__":
    main()
