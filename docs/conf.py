"""The documentation site: `make docs` writes its sources and lets Sphinx build them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms import SphinxTransform
from sphinx.util.docutils import SphinxDirective

from hookproof import __version__

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

project = "hookproof"
author = "The hookproof authors"
release = version = __version__
extensions = ["myst_parser", "sphinx_copybutton"]
myst_heading_anchors = 3
highlight_language = "none"
# Colours are no promise: the highlighter does not know all of Kotlin.
suppress_warnings = ["misc.highlighting_failure"]

html_theme = "furo"
html_title = "hookproof"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_copy_source = False
html_show_sourcelink = False
html_show_sphinx = False
html_use_index = False
html_search_scorer = str(Path(__file__).parent / "scorer.js")
html_show_copyright = False


class Findable(SphinxDirective):
    """Lines of `WORD #ANCHOR`: who searches for exactly this word is led to that place first."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """One entry of the index for each line."""
        entries = []
        for line in self.content:
            word, _, anchor = line.rpartition(" #")
            entries.append(("single", word.replace(";", ","), anchor, "main", None))
        return [addnodes.index(entries=entries)]


class Codes(SphinxTransform):
    """A finding code in a sentence of a guide leads to its page."""

    default_priority = 500
    code = re.compile(r"\b(HP[1-4]\d\d)\b")
    left_alone = (nodes.reference, nodes.title, nodes.FixedTextElement, nodes.literal)

    def apply(self, **_: Any) -> None:
        """Replace each by a link."""
        for text in list(self.document.findall(nodes.Text)):
            parts = self.code.split(str(text))
            if len(parts) == 1 or isinstance(text.parent, self.left_alone):
                continue
            made = [self.link(one) if n % 2 else nodes.Text(one) for n, one in enumerate(parts)]
            text.parent.replace(text, made)

    def link(self, code: str) -> nodes.Node:
        """What Sphinx resolves, and checks."""
        return addnodes.pending_xref(
            code,
            nodes.inline(code, code),
            refdomain="std",
            reftype="doc",
            reftarget=f"/findings/{code}",
            refdoc=self.env.docname,
            refexplicit=True,
            refwarn=True,
        )


def only_what_is_open(
    app: Sphinx, page: str, template: str, context: dict[str, Any], document: object
) -> None:
    """The sidebar tells of the branch that the reader is in; all would be most of each page."""
    del app, page, template, document
    if "toctree" in context:
        whole = context["toctree"]
        context["toctree"] = lambda **wanted: whole(**{**wanted, "collapse": True})


def take_along(app: Sphinx, config: Config) -> None:
    """Documents to take away keep their names."""
    config.html_extra_path = [str(app.srcdir / "downloads")]


def setup(app: Sphinx) -> dict[str, bool]:
    """What is ours in the build."""
    app.add_directive("findable", Findable)
    app.add_transform(Codes)
    app.connect("config-inited", take_along)
    # Before the theme asks for it.
    app.connect("html-page-context", only_what_is_open, priority=400)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
