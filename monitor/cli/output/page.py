"""The report as one HTML page that needs nothing else."""

from __future__ import annotations

from monitor.render import load_templates
from monitor.report.view import Report


def as_page(report: Report) -> str:
    """Rendered by templates/diff.html; raises TemplateFailed."""
    return load_templates().render("diff.html", {"report": report}, part="html")
