"""A working as a page: what is given, every step with its numbers and its reason, the results, the seal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from symbackprop.expressions.names import partial
from symbackprop.rendering.document import FROZEN, Document, Entry, Given, Group, Part, Table, capitalised, compose
from symbackprop.rendering.drawing import svg
from symbackprop.rendering.drawing.curve import error_curve, plotted
from symbackprop.rendering.formats import Shown
from symbackprop.rendering.page.chains import (
    chain,
    decimal_formula,
    equation,
    name_formula,
    prose,
    result,
    short_chain,
)
from symbackprop.rendering.page.elements import Content, Element, element
from symbackprop.rendering.page.figures import Figures, figures
from symbackprop.rendering.page.notebook import framed
from symbackprop.rendering.page.seal import seal, unsealed
from symbackprop.rendering.page.shell import contents, page, section


def document(shown: Shown) -> str:
    """The page of a working; with a report, the seal that tells how its steps were confirmed."""
    composed = compose(shown.working)
    return page(composed.title, _all(composed, shown))


def fragment(shown: Shown) -> str:
    """The page as a part of another page."""
    composed = compose(shown.working)
    return framed(composed.title, _all(composed, shown))


def _all(composed: Document, shown: Shown) -> Iterator[Element]:
    drawn = figures(shown.working)
    sections = list(_sections(composed, shown, drawn))
    source = element("p", composed.source, class_="source") if composed.source else None
    yield element("header", element("h1", composed.title), source)
    yield contents(sections)
    yield element("main", drawn.shared(), sections)


def _sections(composed: Document, shown: Shown, drawn: Figures) -> Iterator[Element]:
    yield section("network", "The network", element("div", drawn.faces(), class_="faces"))
    if composed.given or composed.remarks:
        yield section("given", "Given", _given(composed))
    for number, part in enumerate(composed.parts, 1):
        yield _part(f"part-{number}", part, drawn)
    if composed.table.rows:
        yield section("summary", "Summary", _table(composed.table), _costs(composed))
    if len(shown.records) > 1:
        yield section("training", "The training run", _curve(shown))
    if shown.report is not None:
        problem, cost = shown.working.derivation.problem, shown.working.derivation.cost
        gradients = [partial(cost, name) for name in problem.graph.parameters] if cost else []
        yield section("seal", "How it was confirmed", seal(shown.report, gradients))
    elif shown.too_large:
        yield section("seal", "How it was confirmed", unsealed())


def _curve(shown: Shown) -> Element:
    picture = plotted(error_curve(shown.records, str(shown.working.derivation.cost)))
    drawn = svg.element(picture)
    drawn.set("width", str(picture.width))
    return element("figure", drawn, class_="curve")


def _given(composed: Document) -> Iterator[Element]:
    yield element("dl", (_given_row(given) for given in composed.given), class_="given")
    for remark in composed.remarks:
        yield element("p", prose(remark))


def _given_row(given: Given) -> Iterator[Element]:
    yield element("dt", capitalised(given.title))
    items: list[Content | list[Content]] = [
        element("span", equation(name, decimal), class_="item") for name, decimal in given.items
    ]
    if given.left_out:
        items.insert(-10, element("span", f"… ({given.left_out} more) …", class_="item"))
    yield element("dd", items)


def _part(identifier: str, part: Part, drawn: Figures) -> Element:
    return section(identifier, part.title, (_group(group, drawn) for group in part.groups))


def _group(group: Group, drawn: Figures) -> Element:
    """Local partials fold away under the step that multiplies them."""
    folded = [entry for entry in group.entries[:-1] if entry.is_local]
    heading = element("h3", prose(group.title)) if group.title else None
    steps = [_folded(entry, drawn) if entry in folded else _step(entry, drawn) for entry in group.entries]
    return element("section", heading, steps, class_="group")


def _step(entry: Entry, drawn: Figures) -> Element:
    return element("article", _body(entry, drawn), class_="step")


def _folded(entry: Entry, drawn: Figures) -> Element:
    summary = element("summary", element("span", f"({entry.number})", class_="number"), " ", result(entry.worked))
    return element("details", summary, _body(entry, drawn), class_="step")


def _body(entry: Entry, drawn: Figures) -> Element:
    """What a link to a step leads to; it stands inside its <details>, for then browsers open these."""
    beside = element("div", drawn.beside(entry.worked.step.name), _uses(entry), class_="beside")
    return element(
        "div", element("div", _head(entry), _working(entry)), beside, class_="body", id=f"step-{entry.number}"
    )


def _number(entry: Entry) -> Element:
    return element("a", f"({entry.number})", href=f"#step-{entry.number}", class_="number")


def _head(entry: Entry) -> Element | None:
    if not entry.reason:
        return None
    rule = element("em", capitalised(entry.rule) + ".") if entry.rule else None
    return element("p", rule, " " if rule is not None else None, prose(entry.reason), class_="reason")


def _working(entry: Entry) -> Iterator[Content]:
    yield chain(entry.worked)
    yield short_chain(entry.worked)


def _uses(entry: Entry) -> Element:
    return element("p", _number(entry), _links(entry.uses), class_="uses")


def _links(numbers: Sequence[int]) -> Iterator[Content]:
    for index, number in enumerate(numbers):
        yield " from " if not index else ", "
        yield element("a", str(number), href=f"#step-{number}")


def _table(table: Table) -> Element:
    head = element("tr", (element("th", name, scope="col") for name in table.heads))
    rows = (
        element("tr", element("th", name_formula(name), scope="row"), (element("td", _cell(cell)) for cell in cells))
        for name, *cells in table.rows
    )
    shown = element("table", element("thead", head), element("tbody", rows))
    return element("div", shown, class_="scroll", tabindex="0", role="region", aria_label="Parameters")


def _cell(cell: str) -> Content:
    return cell if cell == FROZEN or not cell else decimal_formula(cell)


def _costs(composed: Document) -> Element | None:
    if not composed.costs:
        return None
    before, after = composed.costs
    return element("p", "The cost before the update is ", equation(*before), ", after it ", equation(*after), ".")
