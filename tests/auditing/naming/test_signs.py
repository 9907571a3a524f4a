"""The sign of node errors, where a document prints some of them wrongly."""

from __future__ import annotations

from symbackprop.auditing.auditor import audit
from symbackprop.auditing.documents.formats import read_text
from tests.networks import example


def test_a_node_error_that_is_near_says_more_of_the_sign_than_one_that_is_wrong() -> None:
    # dE/dnet_o1 is 0.138498562, dE/dnet_h1 0.008771354
    source, blocks = read_text("`delta_o1 = -0.138498`\n\n`delta_h1 = 0.0363`\n", name="sheet.md")
    found = audit(source, blocks, example("mazur_2_2_2"))
    assert [claim.printed for claim in found.faults] == ["0.0363"]
