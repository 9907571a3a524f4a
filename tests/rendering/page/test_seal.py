"""The seal: what was refuted is seen, what is left out is said, and each route that is explained is one."""

from __future__ import annotations

from pathlib import Path

import pytest

import symbackprop.checking
from symbackprop import derived
from symbackprop.checking.claims import ClaimReport, Judgement
from symbackprop.checking.report import Report, StepReport
from symbackprop.checking.verdict import Finding, Verdict
from symbackprop.interface import Network
from symbackprop.network.layers import Dense
from symbackprop.rendering.page.elements import element, markup
from symbackprop.rendering.page.seal import ROUTES, SHOWN, seal
from tests.pages import Node, parsed
from tests.rendering.conftest import layered

PROVED = Finding("chain rule", Verdict.PROVED)
REFUTED = Finding("differences", Verdict.REFUTED, reason="they make 2")


def shown(*steps: StepReport, claims: tuple[ClaimReport, ...] = ()) -> Node:
    """The seal of a report whose steps are gradients."""
    return parsed(markup(element("main", seal(Report(steps, claims), [step.name for step in steps]))))


def good(name: str) -> StepReport:
    return StepReport(name, Verdict.PROVED, (PROVED,))


def bad(name: str) -> StepReport:
    return StepReport(name, Verdict.REFUTED, (PROVED, REFUTED))


def claim(name: str, verdict: Judgement) -> ClaimReport:
    return ClaimReport(name, 0, "0.5", "0.5", verdict, "0.00", "")


def test_a_refuted_step_is_seen_with_the_route_that_refutes_it() -> None:
    tree = shown(good("dC/dw"), bad("dC/db"))
    (sentence,) = tree.all("p", "seal")
    assert sentence.text == "✗ 2 steps: 1 proved, 1 refuted."
    assert sentence.attributes["class"] == "seal refuted"
    assert [head.text for head in tree.all("th")][:3] == ["gradient", "chain rule", "differences"]
    assert [cell.text for cell in tree.all("td")] == ["✓ proved", "✗ refuted", "✓ proved", ""]


def test_a_seal_of_what_passed_is_good() -> None:
    (sentence,) = shown(good("dC/dw")).all("p", "seal")
    assert (sentence.text, sentence.attributes["class"]) == ("✓ 1 steps: 1 proved.", "seal")


def test_of_many_gradients_those_that_failed_come_first_and_the_rest_is_counted() -> None:
    tree = shown(*(good(f"dC/dw_{i}") for i in range(SHOWN + 6)), bad("dC/db"))
    assert len(tree.all("td")) == 2 * SHOWN
    assert [cell.text for cell in tree.all("td")][:2] == ["✓ proved", "✗ refuted"]
    assert [node.text for node in tree.all("p")][1:] == ["and 7 more"]


def test_of_many_claims_those_that_failed_come_first_and_the_rest_is_counted() -> None:
    right = [claim(f"w_{i}", Judgement.CORRECT) for i in range(SHOWN)]
    tree = shown(claims=(*right, claim("b", Judgement.WRONG)))
    verdicts = [row.all("td")[2].text for row in tree.all("tr")[1:]]
    assert verdicts == ["wrong", *["correct"] * (SHOWN - 1)]
    assert [node.text for node in tree.all("p")][1:] == ["and 1 more"]


@pytest.mark.parametrize("count", [1, SHOWN])
def test_nothing_is_counted_where_all_is_shown(count: int) -> None:
    assert len(shown(*(good(f"dC/dw_{i}") for i in range(count))).all("p")) == 1


@pytest.mark.parametrize("route", ROUTES)
def test_each_route_that_is_explained_is_one_of_checking(route: str) -> None:
    (room,) = symbackprop.checking.__path__
    assert any(f'"{route}"' in path.read_text("utf-8") for path in Path(room).glob("*.py"))


def test_a_page_says_that_it_was_not_confirmed_because_of_its_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(derived, "CONFIRMED", 1)
    tree = parsed(Network.of(layered([Dense(1)])).derive().render("html"))
    (section,) = [node for node in tree.all("section") if node.attributes.get("id") == "seal"]
    assert section.all("p")[0].text == "It was not confirmed here, because of its size; symbackprop verify confirms it."
