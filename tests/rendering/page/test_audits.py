"""The page of an audit: the lines of the document, what is said of each, and every finding."""

from __future__ import annotations

from dataclasses import replace

import pytest

from symbackprop.auditing.documents.source import Source, Span
from symbackprop.auditing.report import Audit, Judged, Verdict
from symbackprop.rendering.page.audits import document
from symbackprop.rendering.page.lines import LINES, LONGEST
from tests.audits import SHEET, faultless, hostile, sheet
from tests.pages import Node, parsed


def claim(text: str, part: str, verdict: Verdict, printed: str = "") -> Judged:
    start = text.index(part)
    return Judged(Span(start, start + len(part)), part, verdict, "it is said", "z", 0, printed, "1")


def rows(text: str, *claims: Judged) -> list[Node]:
    """The rows of the lines of a document."""
    (table,) = parsed(document([Audit(Source("sheet.md", text), claims, None)])).all("table", "document")
    return table.all("tr")


def marks(row: Node) -> list[tuple[str, str]]:
    return [(mark.attributes["class"], mark.text) for mark in row.all("mark")]


def test_every_line_stands_as_written_with_its_verdict() -> None:
    (table,) = parsed(document([sheet()])).all("table", "document")
    assert [row.all("code")[0].text for row in table.all("tr")] == Source("", SHEET).text.split("\n")
    margins = [row.all("td")[1].text for row in table.all("tr")]
    assert margins[2:11] == [
        "✓ correct", "✓ correct", "≈ carried", "✗ wrong", "↳ inherited", "↳ inherited", "? undecided", "? undecided",
        "… unread",
    ]  # fmt: skip


def test_a_wrong_line_and_its_heirs_lead_to_the_finding() -> None:
    tree = parsed(document([sheet()]))
    (table,) = tree.all("table", "document")
    links = {row.attributes["id"]: [link.attributes["href"] for link in row.all("a")] for row in table.all("tr")}
    assert links["line-6"] == links["line-7"] == links["line-8"] == ["#finding-1"]
    (finding,) = tree.all("article", "finding")
    assert [link.attributes["href"] for link in finding.all("a") if link.text.startswith("Line")] == [
        "#line-6", "#line-7", "#line-8",
    ]  # fmt: skip


def test_of_claims_that_overlap_the_graver_is_marked() -> None:
    text = "z = (00 * w) + 1 = 2"
    whole = claim(text, "(00 * w) + 1", Verdict.UNDECIDED)
    (row,) = rows(text, whole, claim(text, "00", Verdict.WRONG), claim(text, "2", Verdict.CORRECT))
    assert marks(row) == [("wrong", "00"), ("correct", "2")]
    assert row.all("code")[0].text == text


def test_a_claim_over_several_lines_is_marked_in_its_first() -> None:
    text = "a\nz = 1 +\n2 + 3\nb"
    first, second, third, last = rows(text, claim(text, "1 +\n2 + 3", Verdict.WRONG))
    assert marks(second) == [("wrong", "1 +")]
    assert not marks(first) + marks(third) + marks(last)


def test_of_a_long_line_the_beginning_is_shown() -> None:
    text = "z = 1 " + "x" * 100_000 + " q = 2"
    (row,) = rows(text, claim(text, "1", Verdict.CORRECT), claim(text, "2", Verdict.WRONG))
    assert row.all("code")[0].text == text[:LONGEST] + "…"
    assert marks(row) == [("correct", "1")]
    page = document([Audit(Source("a.md", text), (claim(text, "2", Verdict.WRONG, "2"),), None)])
    assert len(page) < 120_000
    (printed,) = [node for node in parsed(page).all("mark", "wrong") if node.text == "2"]
    assert printed.parent is not None
    assert printed.parent.text.startswith("…x")


def test_of_a_long_document_the_lines_with_claims_are_shown() -> None:
    text = "\n".join(f"line {number}" for number in range(1, LINES + 100)) + "\nz = 1"
    shown = rows(text, claim(text, "1000", Verdict.CORRECT), claim(text, "z = 1", Verdict.WRONG))
    assert [row.all("td")[0].text for row in shown] == [
        "⋮", "999", "1000", "1001", "⋮", str(LINES + 99), str(LINES + 100),
    ]  # fmt: skip
    assert len(rows("a\n" * (LINES - 1))) == LINES


def test_of_a_long_document_it_is_shown_that_lines_are_left_out_at_the_end() -> None:
    text = "a\n" * (2 * LINES)
    first = [row.all("td")[0].text for row in rows(text, claim(text, "a", Verdict.CORRECT))]
    assert first == ["1", "2", "⋮"]
    without_claims = [row.all("td")[0].text for row in rows(text)]
    assert without_claims == [*map(str, range(1, LINES + 1)), "⋮"]


@pytest.mark.parametrize("text", ["", "\n", "No claims here.\n"])
def test_a_document_without_claims(text: str) -> None:
    tree = parsed(document([Audit(Source("empty.md", text), (), None)]))
    assert [node.text for node in tree.all("h2")] == ["Contents", "Summary", "The document, line by line"]
    assert "No network: none is given" in tree.text


def test_nothing_judged_and_nothing_read_are_said() -> None:
    tree = parsed(document([replace(sheet(), claims=sheet().claims[-3:], problem=None)]))
    assert "Nothing could be judged." in tree.text
    assert {"Left open", "Not read"} <= {node.text for node in tree.all("h2")}
    assert not tree.all("article")


def test_commands_are_told_from_sentences() -> None:
    note = "symbackprop reads no figures"
    tree = parsed(document([replace(sheet(), notes=(note,), missing=("w",))]))
    (summary,) = [node for node in tree.all("section") if node.attributes.get("id") == "summary"]
    assert [code.text for code in summary.all("code")] == [
        "symbackprop audit --init sheet.md --output sheet.toml",
        "symbackprop audit sheet.md --network sheet.toml",
    ]
    assert "Symbackprop reads no figures." in summary.text


def test_several_documents_have_names_and_places_of_their_own() -> None:
    tree = parsed(document([sheet(), faultless()]))
    assert tree.all("h1")[0].text == "Audit of sheet.md, right.md"
    titles = [node.text for node in tree.all("h2")]
    assert {"Summary: sheet.md", "Findings: sheet.md", "Summary: right.md"} <= set(titles)
    identifiers = [node.attributes["id"] for node in tree.all() if "id" in node.attributes]
    assert len(identifiers) == len(set(identifiers))


def test_what_is_hostile_is_text() -> None:
    tree = parsed(document([hostile()]))
    assert not tree.all("script")
    assert "<script>`*_%" in tree.text
