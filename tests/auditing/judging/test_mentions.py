"""Numbers in sentences: the words around them say what they are and after how many updates.

The exact costs of the 2-2-2 example: 0.298371109 at first, 0.291027774 after one update, 0.283547133 after two.
"""

from __future__ import annotations

import pytest

from symbackprop.auditing.auditor import audit
from symbackprop.auditing.documents.formats import read_text
from symbackprop.auditing.judging.mentions import said
from symbackprop.auditing.report import Verdict
from tests.networks import example

SENTENCES = [
    ("At first the total error was 0.298371109.", Verdict.CORRECT, 0),
    ("After 1 update the total error is 0.291027774.", Verdict.CORRECT, 1),
    ("After 2 iterations the error is down to 0.283547133.", Verdict.CORRECT, 2),
    ("After 2 iterations the error is down to 0.2835.", Verdict.CORRECT, 2),
    ("After the second update the error is 0.283547133.", Verdict.CORRECT, 2),
    ("The error is 0.283547133 after a third update.", Verdict.WRONG, 3),
    ("After another update the error is 0.283547133.", Verdict.UNDECIDED, 0),
    ("The error is 0.0031 after training.", Verdict.UNDECIDED, 0),
    ("After 2 iterations the error is down to 0.291027774.", Verdict.WRONG, 2),
    ("Our earlier project had a loss of 2.31.", Verdict.UNDECIDED, 0),
]
TOLD = [
    ("", "after the first update", 1),
    ("after one update the value of", "", 1),
    ("After 10,000 iterations", "", 10000),
    ("", "after 3 epochs", 3),
    ("we find", "for the output", None),
]


@pytest.mark.parametrize(("text", "verdict", "after"), SENTENCES)
def test_a_number_in_a_sentence_is_judged_by_its_words(text: str, verdict: Verdict, after: int) -> None:
    source, blocks = read_text(text, name="sheet.md")
    (claim,) = audit(source, blocks, example("mazur_2_2_2")).claims
    assert (claim.verdict, claim.after) == (verdict, after)


@pytest.mark.parametrize(("before", "after", "updates"), TOLD)
def test_words_tell_after_how_many_updates(before: str, after: str, updates: int | None) -> None:
    assert said(before, after) == updates


@pytest.mark.parametrize(
    "text",
    [
        "The total error originally was 0.471.\n\nIt reduces to 0.468 after applying backpropagation.",
        "The error decreases to 0.312 after an update.",
        "Der Fehler sinkt auf 0.312.",
    ],
)
def test_what_is_larger_at_first_cannot_fall_to_more(text: str) -> None:
    source, blocks = read_text(f"`E_total = 0.298371109`\n\n{text}\n", name="sheet.md")
    claim = audit(source, blocks, example("mazur_2_2_2")).claims[-1]
    assert (claim.verdict, claim.cause, claim.corrected) == (Verdict.WRONG, "inconsistent-setup", "")


@pytest.mark.parametrize(
    "text",
    [
        "The error decreases to 0.0312 in the course of training.",
        "The error of another network decreases from 0.9 to 0.8.",
        "The output drops to 0.7514.",
        "It falls to 0.9 degrees.",
        "The error drops to 0.2.",
    ],
)
def test_what_falls_to_less_may_be_so(text: str) -> None:
    source, blocks = read_text(f"`E_total = 0.298371109`\n\n{text}\n", name="sheet.md")
    assert audit(source, blocks, example("mazur_2_2_2")).faults == ()


def test_before_an_update_is_printed_nobody_knows_after_how_many_an_error_falls() -> None:
    source, blocks = read_text("The error drops from 0.298 to 0.217.", name="sheet.md")
    assert audit(source, blocks, example("mazur_2_2_2")).faults == ()


def test_a_document_that_contradicts_itself_is_told_so() -> None:
    source, blocks = read_text("`E_total = 0.298371109`\n\nOriginally the error was 0.471.\n", name="sheet.md")
    found = audit(source, blocks, example("mazur_2_2_2"))
    assert [(claim.printed, claim.cause) for claim in found.faults] == [("0.471", "inconsistent-setup")]


@pytest.mark.parametrize(
    ("sentence", "wrong"),
    [
        ("Now every weight is updated. We found an error of 0.298371109 for these inputs.", False),
        ("Every weight is updated and the error now is 0.298371109.", True),
    ],
)
def test_what_another_sentence_says_of_the_time_is_not_sure(sentence: str, *, wrong: bool) -> None:
    source, blocks = read_text(f"`w_5^+ = 0.35891648`\n\n{sentence}\n", name="sheet.md")
    claim = audit(source, blocks, example("mazur_2_2_2")).claims[-1]
    assert (claim.verdict is Verdict.WRONG) is wrong
