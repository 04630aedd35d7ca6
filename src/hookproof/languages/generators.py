"""Types in other languages, made by the generator that keeps most; and the reader beside them.

The generators are programs of their own, which the user has: each language names the one that was
measured to lose least, and the version that it was measured with.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from hookproof.contract.files import shipped_readers
from hookproof.errors import GenerationFailed, UsageError
from hookproof.generation.naming import class_name
from hookproof.languages.rules import rules_of
from hookproof.languages.typed_schemas import TypedSchemas
from hookproof.user_cache import scratch_folder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hookproof.contract import Contract


@dataclass(frozen=True, slots=True)
class Tool:
    """A generator: the names that its command may have, and how it is installed."""

    title: str
    commands: tuple[str, ...]
    install: str

    def found(self) -> str:
        """Its command, of this project's node_modules first; raises UsageError without one."""
        local = str(Path("node_modules", ".bin").absolute())
        for name in self.commands:
            if command := shutil.which(name, path=local) or shutil.which(name):
                return command
        names = " or ".join(self.commands)
        hint = f"install it: {self.install}"
        raise UsageError(f"this needs {self.title}, whose command ({names}) is not here", hint=hint)


_HEY_API: Final = Tool(
    "hey-api's openapi-ts",
    ("openapi-ts",),
    "npm install --save-dev @hey-api/openapi-ts@0.95.0 (tried with this version)",
)
_OPENAPI_GENERATOR: Final = Tool(
    "openapi-generator",
    ("openapi-generator-cli", "openapi-generator"),
    "pip install openapi-generator-cli==7.26.0 (tried with this version), and Java 11 or newer",
)


@dataclass(frozen=True, slots=True)
class Language:
    """How types of a language are made; `suffix` is that of its files.

    `generator`, `settings`, `support` and `more` are openapi-generator's own words: its name of the
    language, its properties, the files beside the models that these need, further options.
    """

    suffix: str
    tool: Tool = _OPENAPI_GENERATOR
    generator: str = ""
    settings: str = ""
    support: str = ""
    more: tuple[str, ...] = ()
    has_great_letters: bool = False
    has_open_shapes: bool = True
    has_wide_shapes: bool = True

    def command(self, document: Path, out: Path, renamed: dict[str, str]) -> list[str]:
        """The call that makes the types of a document."""
        program = self.tool.found()
        if self.tool is _HEY_API:
            plugins = ["@hey-api/typescript", "@hey-api/transformers"]
            return [program, "-i", str(document), "-o", str(out), "--no-log-file", "-p", *plugins]
        parts = f"models,modelDocs=false,modelTests=false,supportingFiles={self.support}"
        named = ",".join(f"{name}={self._name(new)}" for name, new in renamed.items())
        return [
            *(program, "generate", "--skip-validate-spec", "-i", str(document), "-o", str(out)),
            *("-g", self.generator, "--global-property", parts),
            *("--additional-properties", f"{_OPEN},{self.settings}", *self.more),
            *(("--name-mappings", named) if named else ()),
        ]

    def _name(self, words: str) -> str:
        """The name of a field: in some languages a small letter at its begin hides it."""
        name = class_name(words)
        return name if self.has_great_letters else name[:1].lower() + name[1:]


# Unknown fields are kept where the language's models have a place for them.
_OPEN: Final = "hideGenerationTimestamp=true,disallowAdditionalPropertiesIfNotPresent=false"
_JAVA: Final = (
    "library=native,serializationLibrary=jackson,openApiNullable=false,annotationLibrary=none,"
    "documentationProvider=none,useJakartaEe=true,sourceFolder=.,"
    "modelPackage=callbacks,invokerPackage=callbacks"
)

_JAVA_SUPPORT: Final = (
    "JSON.java:AbstractOpenApiSchema.java:ApiClient.java:Pair.java:RFC3339DateFormat.java:"
    "RFC3339JavaTimeModule.java:RFC3339InstantDeserializer.java"
)


def _wide(name: str, *more: str) -> tuple[str, ...]:
    """The type of integers that 64 bits with a sign do not hold."""
    return ("--type-mappings", f"integer+uint64={name}", *more)


LANGUAGES: Final[dict[str, Language]] = {
    "typescript": Language(".ts", _HEY_API),
    "go": Language(
        ".go",
        generator="go",
        settings="packageName=callbacks",
        support="utils.go",
        more=_wide("uint64"),
        has_great_letters=True,
    ),
    "java": Language(
        ".java",
        generator="java",
        settings=_JAVA,
        support=_JAVA_SUPPORT,
        more=_wide("BigInteger", "--import-mappings", "BigInteger=java.math.BigInteger"),
        # It would write Map<…>.class, which is no Java.
        has_open_shapes=False,
    ),
    "csharp": Language(
        ".cs",
        generator="csharp",
        settings="packageName=Callbacks,library=httpclient,targetFramework=net8.0",
        support="AbstractOpenAPISchema.cs:FileParameter.cs:OpenAPIDateConverter.cs",
        more=_wide("UInt64"),
        has_great_letters=True,
        # It would write `ulong ?? throw`, which is no C#, and read it as one of 32 bits.
        has_wide_shapes=False,
    ),
    "kotlin": Language(
        ".kt",
        generator="kotlin",
        settings="packageName=callbacks,serializationLibrary=jackson",
        more=_wide("java.math.BigInteger"),
    ),
    "php": Language(
        ".php",
        generator="php",
        settings="invokerPackage=Callbacks",
        support="ObjectSerializer.php:ModelInterface.php",
        more=_wide("mixed"),
    ),
    "swift": Language(
        ".swift",
        generator="swift5",
        settings="projectName=Callbacks",
        more=_wide("WideInteger"),  # a name in the reader; it calls UInt64 a reserved word
    ),
}


def write_language(
    out: Path, name: str, contract: Contract, areas: Sequence[str] = ()
) -> dict[str, int]:
    """Write types, rules and reader of a language; how many files of types each area has.

    `OUT/types/AREA` has the types, `OUT/reader` the reader and `OUT/rules.json` what it knows.
    Raises UsageError without the generator, and GenerationFailed where it fails or the place
    cannot be written.
    """
    language, chosen = LANGUAGES[name], list(areas) or list(contract.areas)
    language.tool.found()
    try:
        counts = {
            area: _write_types(out / "types" / area, language, contract, area) for area in chosen
        }
        rules = json.dumps(rules_of(contract, chosen), indent=1)
        (out / "rules.json").write_text(f"{rules}\n", encoding="utf-8", newline="\n")
        shutil.copytree(shipped_readers() / name, out / "reader", dirs_exist_ok=True)
    except OSError as problem:
        told = f"cannot write {problem.filename}: {problem.strerror}"
        raise GenerationFailed(told, hint="give another --out folder") from problem
    return counts


def _write_types(out: Path, language: Language, contract: Contract, area: str) -> int:
    """Write the types of an area; what a generator writes beside them is left out."""
    schemas = TypedSchemas(
        language.tool is _HEY_API, language.has_open_shapes, language.has_wide_shapes
    )
    text = json.dumps(schemas.document(contract, area))
    with scratch_folder("hookproof-generate-") as folder:
        document, made = Path(folder, "openapi.json"), Path(folder, "types")
        document.write_text(text, encoding="utf-8")
        _run(language.command(document, made, schemas.renamed), language.tool)
        files = [path for path in sorted(made.rglob(f"*{language.suffix}")) if path.is_file()]
        if not files:
            raise GenerationFailed(f"{language.tool.title} wrote no {language.suffix} files")
        for path in files:
            target = out / path.relative_to(made)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
    return len(files)


def _run(command: list[str], tool: Tool) -> None:
    # Its command is the user's own, found on his PATH; the rest are words of ours.
    with subprocess.Popen(command, text=True, errors="replace", **_PIPES) as process:  # noqa: S603
        told, complaint = process.communicate()
    if process.returncode != 0:
        lines = (complaint or told).split("\n")
        text = "; ".join(line.strip() for line in lines if line.strip())[:400]
        problem = f"{tool.title}: {text or f'exit code {process.returncode}'}"
        raise GenerationFailed(problem, hint=f"is it the right one? {tool.install}")


_PIPES: Final[dict[str, Any]] = {
    "stdin": subprocess.DEVNULL,
    "stdout": subprocess.PIPE,
    "stderr": subprocess.PIPE,
}
