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


def test_a_document_that_contradicts_itself_is_told_so() -> None:
    source, blocks = read_text("`E_total = 0.298371109`\n\nOriginally the error was 0.471.\n", name="sheet.md")
    found = audit(source, blocks, example("mazur_2_2_2"))
    assert [(claim.printed, claim.cause) for claim in found.faults] == [("0.471", "inconsistent-setup")]
