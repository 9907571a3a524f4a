"""The seal: which steps were confirmed, and by which routes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from symbackprop.checking.report import PASSED, Report
from symbackprop.rendering.page.elements import Content, element


def seal(report: Report) -> Iterator[Content]:
    """What was confirmed, in one sentence and in a table of routes."""
    verdicts = Counter(step.verdict.value for step in report.steps)
    counts = ", ".join(f"{count} {verdict}" for verdict, count in verdicts.items())
    good = all(step.verdict in PASSED for step in report.steps)
    mark = "✓ " if good else "✗ "
    yield element("p", element("strong", mark + f"{len(report.steps)} steps: {counts}."), class_="seal")
    routes = Counter((finding.route, finding.verdict.value) for step in report.steps for finding in step.findings)
    head = element("tr", (element("th", name, scope="col") for name in ("route", "verdict", "steps")))
    rows = (
        element("tr", element("td", route), element("td", verdict), element("td", str(count)))
        for (route, verdict), count in sorted(routes.items())
    )
    yield element("table", element("thead", head), element("tbody", rows))
