"""Lists of numbers, judged by what the words beside them say that they hold.

The 2-2-2 example: out_h 0.593269992, 0.596884378; out_o 0.751365070, 0.772928465; dE/dw_5 0.082167041, dE/dw_6
0.082667628; after one update w_1 to w_4 0.149780716, 0.199561432, 0.249751144, 0.299502287, w_5 to w_8 0.358916480,
0.408666186, 0.511301270, 0.561370121, and out_h 0.593256764, 0.596869409.
"""

from __future__ import annotations

import pytest

from symbackprop.auditing.auditor import audit
from symbackprop.auditing.documents.formats import read_text
from symbackprop.auditing.report import Judged, Verdict
from tests.networks import example

BEFORE = "`w_5^+ = 0.35891648`\n\n"  # the document has come to the update


def claims(text: str) -> list[Judged]:
    source, blocks = read_text(text, name="sheet.md")
    return list(audit(source, blocks, example("mazur_2_2_2")).claims)


@pytest.mark.parametrize(
    ("text", "quantities", "after"),
    [
        ("[0.40, 0.45] (weights w5 and w6)", ["w_5", "w_6"], 0),
        ("[[0.35891648] [0.40866619]] (weights w5 and w6)", ["w_5", "w_6"], 1),
        ("updated weights (w5 ... w8): 0.3589, 0.4087, 0.5113, 0.5614", ["w_5", "w_6", "w_7", "w_8"], 1),
        ("[[0.1498 0.1996] [0.2498 0.2995]] (w1 to w4 after back prop)", ["w_1", "w_2", "w_3", "w_4"], 1),
        ("[[0.1498 0.2498] [0.1996 0.2995]] (w1 to w4 after back prop)", ["w_1", "w_3", "w_2", "w_4"], 1),
        ("[[0.1498 0.2498] [0.1996 0.2995]] (layout [[w1,w3],[w2,w4]])", ["w_1", "w_3", "w_2", "w_4"], 1),
        ("[0.5933 0.5969] (hidden activations)", ["out_h1", "out_h2"], 0),
        ("[0.593257 0.596869] (hidden activations after)", ["out_h1", "out_h2"], 1),
        ("hidden outputs = [0.5933, 0.5969]", ["out_h1", "out_h2"], 0),
        ("Predictions: [0.7514, 0.7729]", ["out_o1", "out_o2"], 0),
        ("hidden net inputs: [0.3775, 0.3925]", ["net_h1", "net_h2"], 0),
        ("output weights: [[0.40, 0.45], [0.50, 0.55]]", ["w_5", "w_6", "w_7", "w_8"], 0),
        ("output weights: [[0.40, 0.50], [0.45, 0.55]]", ["w_5", "w_7", "w_6", "w_8"], 0),
        ("Gradients of w5 and w6: 0.0822, 0.0827", ["dE_total/dw_5", "dE_total/dw_6"], 0),
        ("dE/dw5, dE/dw6 = 0.0822, 0.0827", ["dE_total/dw_5", "dE_total/dw_6"], 0),
        ("w5, w6 = 0.3589, 0.4087", ["w_5", "w_6"], 1),
        ("After the update w5, w6 = 0.3589, 0.4087", ["w_5", "w_6"], 1),
        ("The deltas of o1 and o2 are 0.1385 and -0.0381.", ["dE_total/dnet_o1", "dE_total/dnet_o2"], 0),
        ("hidden deltas: [0.00877, 0.00995]", ["dE_total/dnet_h1", "dE_total/dnet_h2"], 0),
        ("| of | value |\n|--|--|\n| new weights w5, w6 | [0.3589, 0.4087] |", ["w_5", "w_6"], 1),
        ("| of | before | after |\n|--|--|--|\n| hidden outputs | | [0.593257, 0.596869] |", ["out_h1", "out_h2"], 1),
    ],
)
def test_a_list_is_judged_by_its_words(text: str, quantities: list[str], after: int) -> None:
    found = claims(BEFORE + text)[1:]
    assert {claim.verdict for claim in found} == {Verdict.CORRECT}
    assert [claim.quantity for claim in found] == quantities
    assert {claim.after for claim in found} == {after}


@pytest.mark.parametrize(
    ("text", "quantity", "cause"),
    [
        ("updated weights (w5 ... w8): 0.3589, 0.4087, 0.5113, 0.4386", "w_8", None),  # 1 - 0.5614
        ("updated weights (w5 ... w8): 0.3589, 0.4913, 0.5113, 0.5614", "w_6", "sign"),  # 0.45 + 0.5 · 0.0827
        ("[0.5933 0.9569] (hidden activations)", "out_h2", "digit-swap"),
        ("[[0.1498 0.2498] [0.1996 0.2995]] (layout [[w1,w2],[w3,w4]] after the update)", "w_2", "transposed"),
        ("Gradients of w5 and w6: 0.0822, -0.0827", "dE_total/dw_6", "sign"),
    ],
)
def test_a_wrong_entry_is_accused(text: str, quantity: str, cause: str | None) -> None:
    faults = [claim for claim in claims(BEFORE + text) if claim.verdict is Verdict.WRONG]
    assert [fault.quantity for fault in faults] == [quantity]
    assert cause is None or faults[0].cause == cause


@pytest.mark.parametrize(
    "text",
    [
        "The changes of w5 and w6 are 0.0411, 0.0413",
        "The difference between w5 and w6 is 0.1, 0.2",
        "gradients of w5 and w6: -0.0822, -0.0827",  # what is added in an update
        "outputs: 0.01 and 0.99",  # of the data
        "weights of another network, w5 and w6: 0.11 and 0.22",
        "weights w5 and w6 after training: 0.1123, 0.2217",
        "weights w5 and w6: 0.91, 0.22",
        "The errors of o1 and o2 are 0.1385 and -0.0381.",
        "inputs of h1 and h2: 0.3775, 0.3925",
        "new weights: 0.3589, 0.4087",
        "After 10000 updates the error is 0.0000351.\n\n[0.3589, 0.4087]",
        "| súly | régi | tur | új |\n|--|--|--|--|\n| w5 | 0.4 | 0.0822 | 0.3589 |",  # heads that nobody knows
    ],
)
def test_what_may_be_something_else_is_not_accused(text: str) -> None:
    assert not [claim for claim in claims(BEFORE + text) if claim.verdict is Verdict.WRONG]


def test_what_follows_from_a_wrong_list_inherits() -> None:
    text = (
        "[[0.1498 0.1996] [0.2498 0.9095]] (w1 to w4 after back prop)\n\n[0.593257 0.611458] (hidden activations after)"
    )
    assert [claim.verdict for claim in claims(BEFORE + text)][-3:] == [
        Verdict.WRONG,
        Verdict.CORRECT,
        Verdict.INHERITED,
    ]
