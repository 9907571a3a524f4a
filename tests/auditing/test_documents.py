"""Two documents by others, formulas and numbers as they print them: every slip that is known is found, and no more."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import pytest

from symbackprop.auditing.auditor import audit
from symbackprop.auditing.documents.formats import read_text
from symbackprop.auditing.report import Audit, Judged, Verdict
from tests.networks import EXAMPLES, example

SIGMOID, MAZUR = "sigmoid_2_3_1.txt", "mazur_2_2_2.md"
NETWORKS = {SIGMOID: "sigmoid_2_3_1", MAZUR: "mazur_2_2_2"}


@dataclass(frozen=True, slots=True)
class Finding:
    """What has to be said where a fragment stands: a verdict, the printed number it is on, and one of some causes."""

    fragment: str
    printed: str
    verdict: Verdict
    causes: tuple[str, ...] = ()


def wrong(fragment: str, printed: str, *causes: str) -> Finding:
    return Finding(fragment, printed, Verdict.WRONG, causes)


def carried(fragment: str, printed: str) -> Finding:
    return Finding(fragment, printed, Verdict.CARRIED)


LABELS = (
    wrong("z1 = (2 * 0.5) + (9 * 0.8) + 0.5 = 2 + 7.2 + 0.5 = 8.7", "", "typo"),
    wrong("z3 = (00 * w6) + (00 * w7) + (00 * w8) + b", "", "typo", "wrong-index"),
    wrong("Find dO0/dz0 dO0/dz1 = O1 * (1 - O1)", "", "wrong-index"),
    wrong("dCost/dw2 = dCost/dz1 * dz0/dw2 =", "", "wrong-index"),
    wrong("dCost/dw4 = dCost/dz2 * dz0/dw4 =", "", "wrong-index"),
    wrong("dCost/dz1 = dCost/dO1 * dO1/dz1 = -0.0316 * 0.0002", "", "sign"),
)
UPDATES = (
    wrong("new_b1 = old_b1 - 0.5(dCost/db1) = 0.5 - 0.5(0.0316) = 0.5 - (0.0158) = 0.4842", "", "wrong-quantity"),
    wrong("new_b2 = old_b2 - 0.5(dCost/db2) = 0.5 - 0.5(-0.005) = 0.5 - (-0.0025) = 0.5025", "", "wrong-quantity"),
)
# By mpmath: dCost/dw1 is -0.025967, dCost/dO2 -0.005051, dCost/dz2 -0.001256, dCost/dw4 -0.002511, dCost/dw5 -0.011300;
# the updates are 0.242983, 0.051256, -0.044350, -0.468438, 0.096965, 0.501443 and 0.231567.
ROUNDED = (
    carried("dCost/dw1 = dCost/dz0 * dz0/dw1 = dCost/dz0 * Input1 = -0.0029 * 9 = -0.0261", "-0.0261"),
    carried("dCost/dO2 = dCost/dz3 * dz3/dO2 = dCost/dz3 * w8 = -0.0631 * 0.08 = -0.0050", "-0.0050"),
    carried("dCost/dz2 = dCost/dO2 * dO2/dz2 = -0.0050 * 0.2486 = -0.0012", "-0.0012"),
    carried("dCost/dz2 * Input0 = -0.0012 * 2 = -0.0024", "-0.0024"),
    carried("dCost/dz2 * Input1 = -0.0012 * 9 = -0.0108", "-0.0108"),
    carried("0.23 - (-0.01305) = 0.2431", "0.2431"),
    carried("0.05 - (-0.0012) = 0.0512", "0.0512"),
    carried("-0.05 - (-0.0054) = -0.0446", "-0.0446"),
    carried("-0.5 - (-0.03155) = -0.4685", "-0.4685"),
    carried("0.08 - (-0.01695) = 0.09695", "0.09695"),
    carried("0.5 - (-0.00145) = 0.50145", "0.50145"),
    carried("0.2 - (-0.03155) = 0.23155", "0.23155"),
)
# The square is declared, and half of it differentiated: the fault is called once, at one of the two.
DECLARED = (
    "Cost = (actual - predicted)**2",
    "Cost = (y_true - y_predicted)**2",
    "Cost = (0.92 - 0.6445) ** 2 = (0.2755) ** 2 = 0.0759",
    "dCost/dO3 = O3 - y_true = 0.6445 - 0.92 = -0.2755",
)
HEADINGS = ("Find dCost/dz0 dCost/dz1",)  # a slip like those of steps 13 and 15, which may be called

SLIDES = (
    wrong("net_{h1} = w_1 * i_1 + w_3 * i_2 + b_1 * 1", "", "wrong-index"),
    wrong("0.291027924", "0.291027924", "updated-weights-used"),
    wrong("0.0000351085", "0.0000351085", "off-by-one-iteration"),
    wrong("0.015912196", "0.015912196", "updated-weights-used"),
    wrong("0.984065734", "0.984065734", "updated-weights-used"),
    carried(r"{\partial out_{h1}} = -0.019049119", "-0.019049119"),
)


@cache
def audited(document: str, *, network: bool) -> Audit:
    text = (EXAMPLES / "documents" / document).read_text(encoding="utf-8")
    source, blocks = read_text(text, name=document)
    return audit(source, blocks, example(NETWORKS[document]) if network else None)


def there(judged: Audit, fragment: str, printed: str = "") -> list[Judged]:
    """The claims in a fragment of the text, which has to stand in it once."""
    text = judged.source.text
    assert text.count(fragment) == 1, fragment
    start = text.index(fragment)
    end = start + len(fragment)
    claims = [claim for claim in judged.claims if claim.span.start < end and start < claim.span.end]
    return [claim for claim in claims if not printed or claim.printed.replace(" ", "") == printed]


def unsigned(printed: str) -> str:
    """A printed number, without the sign of a zero."""
    return printed if printed.strip("-0.") else printed.removeprefix("-")


def told(claims: list[Judged]) -> list[tuple[str, str, str, str]]:
    return [(claim.text, claim.verdict.value, claim.cause, claim.message) for claim in claims]


def assert_found(judged: Audit, finding: Finding) -> None:
    claims = there(judged, finding.fragment, finding.printed)
    found = [claim for claim in claims if claim.verdict is finding.verdict]
    assert found, told(claims)
    if finding.causes:
        assert any(claim.cause in finding.causes for claim in found), told(found)


def test_the_sources_are_named() -> None:
    for document, words in ((SIGMOID, "a blog post on back propagation in a 2-3-1 network"), (MAZUR, "Matt Mazur")):
        assert words in "".join((EXAMPLES / "documents" / document).read_text(encoding="utf-8").splitlines()[:6])


@pytest.mark.parametrize("network", [True, False], ids=["with its network", "without a network"])
@pytest.mark.parametrize("finding", [*LABELS, *UPDATES, *ROUNDED], ids=lambda finding: finding.fragment[:40])
def test_the_blog_post(finding: Finding, network: bool) -> None:
    assert_found(audited(SIGMOID, network=network), finding)


def test_a_label_that_is_slipped_thrice_is_put_right_thrice() -> None:
    (fault,) = (claim for claim in audited(SIGMOID, network=False).faults if claim.message.startswith("00 "))
    assert "z3 = (O0 * w6) + (O1 * w7) + (O2 * w8) + b z3" in fault.corrected


@pytest.mark.parametrize(
    ("finding", "right"),
    [
        (LABELS[3], "dCost/dw2 = dCost/dz1 * dz1/dw2 = dCost/dz1 * Input0 ="),
        (UPDATES[0], "new_b1 = old_b1 - 0.5(dCost/db1) = 0.5 - 0.5(0.0000) = 0.5000 new_b2"),
        (UPDATES[1], "new_b2 = old_b2 - 0.5(dCost/db2) = 0.5 - 0.5(-0.0012) = 0.5006 new_b3"),
    ],
    ids=["a label", "a gradient of another bias", "with the number that the document printed"],
)
def test_a_line_is_put_right_in_the_notation_of_the_blog_post(finding: Finding, right: str) -> None:
    judged = audited(SIGMOID, network=False)
    (fault,) = (claim for claim in there(judged, finding.fragment) if claim.verdict is Verdict.WRONG)
    assert right in fault.corrected


@pytest.mark.parametrize("network", [True, False], ids=["with its network", "without a network"])
def test_the_half_that_is_missing_is_one_fault(network: bool) -> None:
    judged = audited(SIGMOID, network=network)
    roots = [claim for claim in judged.faults if claim.cause == "convention"]
    assert len(roots) == 1, told(list(judged.faults))
    assert any(roots[0] in there(judged, fragment) for fragment in DECLARED), told(roots)


@pytest.mark.parametrize("network", [True, False], ids=["with its network", "without a network"])
def test_nothing_else_in_the_blog_post_is_accused(network: bool) -> None:
    judged = audited(SIGMOID, network=network)
    known = [*(finding.fragment for finding in (*LABELS, *UPDATES)), *DECLARED, *HEADINGS]
    allowed = [claim for fragment in known for claim in there(judged, fragment)]
    assert not told([claim for claim in judged.faults if claim not in allowed])


@pytest.mark.parametrize("finding", SLIDES, ids=lambda finding: finding.fragment[:40])
def test_the_slides(finding: Finding) -> None:
    assert_found(audited(MAZUR, network=True), finding)


def test_everything_else_in_the_slides_is_correct() -> None:
    judged = audited(MAZUR, network=True)
    known = [claim for finding in SLIDES for claim in there(judged, finding.fragment)]
    rest = [claim for claim in judged.claims if claim not in known]
    assert not told([claim for claim in rest if claim.verdict in (Verdict.WRONG, Verdict.INHERITED, Verdict.CARRIED)])
    open_questions = [claim for claim in rest if claim.verdict is not Verdict.CORRECT]
    assert len(open_questions) <= 0.05 * len(judged.claims), told(open_questions)


@pytest.mark.parametrize(
    ("document", "network"), [(SIGMOID, True), (SIGMOID, False), (MAZUR, True)], ids=["blog", "blog alone", "slides"]
)
def test_what_a_careful_reader_would_call_a_claim_is_read(document: str, network: bool) -> None:
    """Every number that the network file lists as printed in the document."""
    judged = audited(document, network=network)
    decided = {
        unsigned(claim.printed.replace(" ", ""))
        for claim in judged.claims
        if claim.verdict not in (Verdict.UNREAD, Verdict.UNDECIDED)
    }
    claims = [claim.printed for claim in example(NETWORKS[document]).claims]
    assert all(claim in judged.source.text for claim in claims)
    unread = [claim for claim in claims if unsigned(claim) not in decided]
    assert len(unread) <= 0.05 * len(claims), unread


def test_lines_and_columns_are_those_of_the_document() -> None:
    judged = audited(MAZUR, network=True)
    (fault,) = [claim for claim in judged.faults if claim.printed == "0.0000351085"]
    line, _ = judged.source.place(fault.span.start)
    assert "0.0000351085" in judged.source.line(line)
