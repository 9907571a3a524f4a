"""What is said of a fault, as a part of a page."""

from __future__ import annotations

from collections.abc import Iterator

from symbackprop.auditing.causes.registry import CAUSES
from symbackprop.auditing.report import Explanation, Judged
from symbackprop.rendering.audit_findings import Finding, correction, due, few_digits, inert, pointed, stated
from symbackprop.rendering.page.chains import name_formula
from symbackprop.rendering.page.elements import Content, Element, element
from symbackprop.rendering.page.paper import Paper

BESIDE = 60  # characters of the line that are shown on either side of what is wrong


def finding_article(paper: Paper, number: int, finding: Finding) -> Element:
    """A root fault: the line as printed and as it should read, the numbers, the causes, the claims that inherit it."""
    claim = finding.claim
    known = CAUSES.get(claim.cause)
    title = element("h3", paper.line_link(claim), f": {known.title if known else 'wrong, and no cause is known'}")
    told = element("div", element("p", sentence(claim.message, claim.quantity)), _values(claim), _causes(claim))
    return element(
        "article",
        title,
        _lines(paper, claim),
        element("div", told, _beside(paper, claim), class_="body"),
        _heirs(paper, finding),
        class_="finding",
        id=paper.identifier("finding", number),
    )


def _beside(paper: Paper, claim: Judged) -> Element | None:
    """What the quantity of a claim rests on, in the network."""
    drawn = paper.figures.beside(claim.quantity) if paper.figures is not None and claim.quantity else None
    return element("div", drawn, class_="beside") if drawn is not None else None


def sentence(text: str, name: str = "") -> str:
    """`text` with a full stop, and a capital where it begins with a word and not with a name, `name` or of one letter.

    >>> sentence("it follows"), sentence("a brace is open"), sentence("w_5 is 0.4")
    ('It follows.', 'A brace is open.', 'w_5 is 0.4.')
    >>> sentence("z is 0.4"), sentence("δ is 0.4"), sentence("cost is 0.4", "cost")
    ('z is 0.4.', 'δ is 0.4.', 'cost is 0.4.')
    """
    first = text.partition(" ")[0].rstrip(",:;")
    is_word = first.isalpha() and first[0].isascii() and (len(first) > 1 or first == "a") and first != name
    return (text[:1].upper() if is_word else text[:1]) + text[1:] + ("" if text.endswith((".", "!", "?", ":")) else ".")


def _lines(paper: Paper, claim: Judged) -> Element:
    rows: list[Content] = [element("dt", "Printed"), element("dd", element("code", _marked(paper, claim)))]
    if claim.corrected:
        corrected = correction(paper.audit, claim)
        rows += [element("dt", "Should read"), element("dd", element("code", corrected, class_="corrected"))]
    return element("dl", rows, class_="lines")


def _marked(paper: Paper, claim: Judged) -> Iterator[Content]:
    """The line as written, of a long one the part around the printed number, which is marked."""
    source, line = paper.audit.source, paper.line(claim)
    text, begin = source.line(line), source.starts[line - 1]
    span = pointed(paper.audit, claim)
    start, end = span.start - begin, min(len(text), span.end - begin)
    first, last = max(0, start - BESIDE), min(len(text), end + BESIDE)
    yield ("…" if first else "") + text[first:start].lstrip()
    yield element("mark", text[start:end], class_="wrong")
    yield text[end:last].rstrip() + ("…" if last < len(text) else "")


def _values(claim: Judged) -> Element | None:
    made = "" if claim.from_printed == claim.exact else few_digits(claim.from_printed, claim.printed)
    values: tuple[tuple[str, Content], ...] = (
        ("Quantity", _quantity(claim)),
        ("Printed", inert(claim.printed)),
        ("Due", due(claim)),
        ("The numbers make", made),
    )
    shown = [element("div", element("dt", name), element("dd", value)) for name, value in values if value]
    return element("dl", shown, class_="values") if shown else None


def _quantity(claim: Judged) -> tuple[Content, ...]:
    if not claim.quantity:
        return ()
    after = f" after {claim.after} update{'s' if claim.after > 1 else ''}" if claim.after else None
    return name_formula(claim.quantity), after


def _causes(claim: Judged) -> Iterator[Element]:
    """The best explanation, those that are as good or nearly so folded away under it."""
    if not claim.explanations:
        yield element("p", "No explanation was found.", class_="cause")
        return
    best, *others = claim.explanations
    yield element("p", element("strong", "Cause: "), best.sentence, class_="cause")
    if (about := _about(best)) is not None:
        yield about
    if others:
        more = "Another explanation" if len(others) == 1 else f"{len(others)} other explanations"
        items = (element("li", explanation.sentence, _about(explanation)) for explanation in others)
        yield element("details", element("summary", more), element("ul", items), class_="about")


def _about(explanation: Explanation) -> Element | None:
    cause = CAUSES.get(explanation.cause)
    if cause is None:
        return None
    return element(
        "details",
        element("summary", f"About “{cause.code}”"),
        element("p", cause.what),
        element("p", cause.why),
        element("p", "For example ", element("code", cause.example)),
        element("p", "should read ", element("code", cause.right)),
        class_="about",
    )


def _heirs(paper: Paper, finding: Finding) -> Element | None:
    if not finding.heirs:
        return None
    count = len(finding.heirs)
    said = "1 claim inherits this fault:" if count == 1 else f"{count} claims inherit this fault:"
    items = (
        element("li", paper.line_link(heir), f": {stated(heir)}", f", due {due(heir)}" if heir.exact else None)
        for heir in finding.heirs
    )
    return element("div", element("p", said), element("ul", items), class_="heirs")
