"""An audit as a page: counts, each finding, what was left open, and the document with verdicts in its margin."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePath

from symbackprop.auditing.report import Audit, Judged, Verdict
from symbackprop.rendering.audit_findings import inert, next_commands, stated, summary_lines, unrooted
from symbackprop.rendering.page.elements import Element, element
from symbackprop.rendering.page.findings import finding_article, sentence
from symbackprop.rendering.page.lines import badge, document_table
from symbackprop.rendering.page.notebook import plain
from symbackprop.rendering.page.paper import Paper
from symbackprop.rendering.page.shell import contents, page, section


def document(audits: Sequence[Audit]) -> str:
    """The page of the audits of one or more documents."""
    several = len(audits) > 1
    papers = [Paper(audit, f"document-{index}-" if several else "") for index, audit in enumerate(audits, 1)]
    title = "Audit of " + ", ".join(inert(PurePath(audit.source.name).name) for audit in audits)
    sources = ", ".join(inert(audit.source.name) for audit in audits)
    sections = [made for paper in papers for made in _sections(paper)]
    return page(
        title,
        element("header", element("h1", title), element("p", sources, class_="source")),
        contents(sections),
        element("main", (paper.figures.shared() for paper in papers if paper.figures is not None), sections),
    )


def fragment(audit: Audit) -> str:
    """What is found in one document, as a part of another page."""
    paper = Paper(audit)
    told = "; ".join((*summary_lines(audit), *next_commands(audit)))
    return plain(element("p", element("strong", inert(audit.source.name)), f": {told}."), _said(paper))


def _sections(paper: Paper) -> Iterator[Element]:
    audit = paper.audit
    name = f": {inert(PurePath(audit.source.name).name)}" if paper.prefix else ""
    yield section(paper.identifier("summary"), f"Summary{name}", _summary(audit))
    if paper.figures is not None:
        title = "The network as it was read" if audit.inferred else "The network"
        drawn = element("div", paper.figures.faces(), class_="faces")
        yield section(paper.identifier("network"), f"{title}{name}", drawn)
    yield from _said(paper, name)
    yield section(paper.identifier("lines"), f"The document, line by line{name}", document_table(paper))


def _said(paper: Paper, name: str = "") -> Iterator[Element]:
    """The findings, and what was left open; their titles end in `name`."""
    if paper.findings:
        articles = (finding_article(paper, number, finding) for number, finding in enumerate(paper.findings, 1))
        yield section(paper.identifier("findings"), f"Findings{name}", articles)
    if heirs := unrooted(paper.audit):
        title = f"Inherited from what is wrong elsewhere{name}"
        yield section(paper.identifier("inherited"), title, _claims(paper, heirs))
    for verdict, title in ((Verdict.UNDECIDED, "Left open"), (Verdict.UNREAD, "Not read")):
        if claims := [claim for claim in paper.audit.claims if claim.verdict is verdict]:
            yield section(paper.identifier(verdict), f"{title}{name}", _claims(paper, claims))


def _summary(audit: Audit) -> Iterator[Element]:
    counts = [(verdict, audit.count(verdict)) for verdict in Verdict]
    tiles = (
        element("li", element("strong", str(count)), " ", badge(verdict), class_=None if count else "none")
        for verdict, count in counts
    )
    yield element("ul", tiles, class_="tiles")
    for line in summary_lines(audit)[1:]:
        yield element("p", sentence(line))
    for command in next_commands(audit):
        yield element("p", element("code", command))


def _claims(paper: Paper, claims: Sequence[Judged]) -> Iterator[Element]:
    """Claims in short, those for the same reason together."""
    groups: dict[str, list[Judged]] = {}
    for claim in claims:
        groups.setdefault(claim.message or "no reason is known", []).append(claim)
    for message, alike in groups.items():
        yield element("p", sentence(message, alike[0].quantity))
        yield element("ul", (element("li", paper.line_link(claim), f": {stated(claim)}") for claim in alike))
