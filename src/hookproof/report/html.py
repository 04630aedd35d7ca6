"""Reports as one page that stands alone: no script, no network, both colours, and on paper.

What is said in it comes from `templates/`; nothing that a receiver or a capture says becomes
markup, for every value is escaped on its way in.
"""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from hookproof.conformance.checks import Check, State
from hookproof.conformance.coverage.coverage import Aspect
from hookproof.errors import DependencyMissing
from hookproof.findings import Severity
from hookproof.findings.explanation import explain
from hookproof.report.chart import charts, timeline
from hookproof.report.ink import plural, safe
from hookproof.report.model import MEANINGS, kind_of, link_in, spot
from hookproof.version import __version__

if TYPE_CHECKING:
    from hookproof.report.model import Report

# A browser must still open the page.
_MOST_CAUSES: Final = 500
_MOST_REQUESTS: Final = 30
_MOST_CHARACTERS: Final = 4000
_MOST_MISSED: Final = 40
_WORDS: Final = {
    State.PASS: "ok",
    State.FAIL: "FAIL",
    State.INCONCLUSIVE: "?",
    State.SKIPPED: "\N{EN DASH}",
}


def as_html(report: Report) -> str:
    """The report as a page, in ASCII; raises DependencyMissing without jinja2."""
    return page(
        f"{report.subject}.html",
        report=report,
        charts=list(charts(timeline(report.captured))) if report.captured else [],
        causes=report.causes[:_MOST_CAUSES],
        left=len(report.causes) - _MOST_CAUSES,
    )


def page(template: str, **values: Any) -> str:
    """A page by its template, in ASCII; raises DependencyMissing without jinja2."""
    written: str = _environment().get_template(template).render(values)
    return written.encode("ascii", "xmlcharrefreplace").decode() + "\n"


def _environment() -> Any:
    try:
        from jinja2 import (  # noqa: PLC0415 - an extra
            Environment,
            FunctionLoader,
            StrictUndefined,
        )
    except ImportError:
        raise DependencyMissing("jinja2", extra="html") from None
    environment = Environment(
        loader=FunctionLoader(_template),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_visible,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "number": "{:,}".format,
        "plural": plural,
        "link": link_in,
        "spot": spot,
        "cut": _cut,
        "explain": explain,
        "kind": kind_of,
        "word": _WORDS.get,
    }
    environment.globals |= {
        "version": __version__,
        "meanings": MEANINGS,
        "severities": [severity.value for severity in Severity],
        "checks": list(Check),
        "aspects": list(Aspect),
        "most_requests": _MOST_REQUESTS,
        "most_missed": _MOST_MISSED,
    }
    return environment


def _template(name: str) -> str:
    return (files(__package__) / "templates" / name).read_text(encoding="ascii")


def _visible(value: Any) -> Any:
    """A value with its control characters escaped; what is markup already stays as it is."""
    if isinstance(value, str) and not hasattr(value, "__html__"):
        return "\n".join(safe(line) for line in value.split("\n"))
    return value


def _cut(text: str) -> str:
    left = len(text) - _MOST_CHARACTERS
    more = f"... and {left:,} characters more; the JSON report has them" if left > 0 else ""
    return text[:_MOST_CHARACTERS] + more
