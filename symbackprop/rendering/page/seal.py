"""The seal: what was confirmed, by which routes, each gradient, and each number that the document prints."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from symbackprop.checking.claims import ClaimReport, Judgement
from symbackprop.checking.report import PASSED, Report, StepReport
from symbackprop.rendering.audit_findings import few_digits
from symbackprop.rendering.page.chains import name_formula
from symbackprop.rendering.page.elements import Content, Element, element

ROUTES = {
    "the graph": "the step is the definition that the network has",
    "the graph after the update": "the step is the same definition, over the new parameters",
    "chain rule": "its factors are the partials along every path of the graph, each path once",
    "diff of the definition": "SymPy's derivative of the definition is the same expression",
    "diff of the whole cost": "SymPy's derivative of the cost, all definitions put into it, is the same expression",
    "differences": "central differences and the complex step, at 50 digits, give its value",
    "gradient descent": "it is the parameter less the learning rate times its gradient",
    "formula, numbers and value": "what is printed, read again, makes its value",
}
"""What each route says of a step that it confirms."""

SHOWN = 60  # gradients, or claims, that are listed one by one, those that did not pass first
HELD = (Judgement.CORRECT, Judgement.CARRIED)


def seal(report: Report, gradients: Sequence[str]) -> Iterator[Element]:
    """What was confirmed, in a sentence, by route, by gradient (those of the names `gradients`), and by claim."""
    good = all(step.verdict in PASSED for step in report.steps)
    counts = _counts(step.verdict.value for step in report.steps)
    yield element(
        "p", f"{'✓' if good else '✗'} {len(report.steps)} steps: {counts}.", class_="seal" if good else "seal refuted"
    )
    yield element("dl", _routes(report), class_="routes")
    listed = [step for step in report.steps if step.name in set(gradients)]
    if listed:
        routes = tuple(dict.fromkeys(finding.route for step in listed for finding in step.findings))
        listed.sort(key=lambda step: step.verdict in PASSED)
        rows = [_gradient(step, routes) for step in listed[:SHOWN]]
        yield from _table("Gradients", ("gradient", *routes), rows, len(listed))
    if report.claims:
        claims = sorted(report.claims, key=lambda claim: claim.verdict in HELD)
        rows = [_claim(claim) for claim in claims[:SHOWN]]
        heads = ("quantity", "printed", "exact", "verdict")
        yield from _table("What the document prints", heads, rows, len(claims))


def unsealed() -> Element:
    """What stands in place of the seal where a derivation is too large to be confirmed for a page."""
    command = element("code", "symbackprop verify")
    return element("p", "It was not confirmed here, because of its size; ", command, " confirms it.")


def _counts(values: Iterable[str]) -> str:
    return ", ".join(f"{count} {value}" for value, count in Counter(values).items())


def _routes(report: Report) -> Iterator[Element]:
    found: dict[str, list[str]] = {}
    for step in report.steps:
        for finding in step.findings:
            found.setdefault(finding.route, []).append(finding.verdict.value)
    for route, verdicts in found.items():
        yield element("dt", route)
        yield element("dd", f"{_counts(verdicts)}: {ROUTES[route]}" if route in ROUTES else _counts(verdicts))


def _table(title: str, heads: Sequence[str], rows: Sequence[Element], count: int) -> Iterator[Element]:
    """A table of the first rows of `count`, and under it how many more there are."""
    head = element("tr", (element("th", name, scope="col") for name in heads))
    shown = element("table", element("caption", title), element("thead", head), element("tbody", rows))
    yield element("div", shown, class_="scroll", tabindex="0", role="region", aria_label=title)
    if count > len(rows):
        yield element("p", f"and {count - len(rows)} more")


def _gradient(step: StepReport, routes: Sequence[str]) -> Element:
    found = {finding.route: finding.verdict for finding in step.findings}
    cells = (f"{'✓' if found[route] in PASSED else '✗'} {found[route]}" if route in found else None for route in routes)
    return _row(name_formula(step.name), *cells)


def _claim(claim: ClaimReport) -> Element:
    after = f" after {claim.after} update{'s' if claim.after > 1 else ''}" if claim.after else None
    exact = few_digits(claim.exact, claim.printed)
    return _row((name_formula(claim.name), after), claim.printed, exact, claim.verdict.value)


def _row(head: Content, *cells: Content) -> Element:
    return element("tr", element("th", head, scope="row"), (element("td", cell) for cell in cells))
