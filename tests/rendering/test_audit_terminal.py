from __future__ import annotations

from dataclasses import replace

import pytest

from symbackprop.auditing.documents.source import Source, Span
from symbackprop.auditing.report import Audit, Judged, Verdict
from symbackprop.rendering.audit_terminal import Excerpt, document, excerpt
from tests.audits import SHEET, faultless, hostile, one_neuron, sheet


def test_a_fault_has_its_line_a_caret_what_is_due_and_why_then_its_heirs_and_the_counts() -> None:
    assert document([sheet()]) == (
        "sheet.md:6:24: wrong (missing-factor)\n"
        "  |\n"
        "6 | dC/dy = -(1 - 0.731) = -0.269\n"
        "  |                        ^^^^^^\n"
        "  quantity       ∂C/∂y\n"
        "  printed        -0.269\n"
        "  due            -0.537882842739…\n"
        "  why            the factor 2 is left out\n"
        "  cause          missing-factor: 2 · -0.269 is -0.538, which is due\n"
        "  or             convention: with half the cost, 0.269 would be due\n"
        "  should read    dC/dy = -2(1 - 0.731) = -0.538\n"
        "  inherited by 2:\n"
        "    sheet.md:7:30: ∂C/∂w = -0.106, due -0.211508371137…\n"
        "    sheet.md:8:26: w+ = 0.5106, due 0.521150837113…\n"
        "\n"
        "undecided: 2\n"
        "  no quantity is called so\n"
        "    sheet.md:9:1: q = 0.25\n"
        "    sheet.md:10:1: v = 0.75\n"
        "\n"
        "unread: 1\n"
        "  a bracket is not closed\n"
        "    sheet.md:11:1: w = {0.5\n"
        "\n"
        "sheet.md: 9 claims: 2 correct, 1 carried, 2 inherited, 1 wrong, 2 undecided, 1 unread\n"
        "  8 of 9 read, 1 could not be read\n"
    )


def test_documents_come_one_after_another() -> None:
    both = document([faultless(), sheet()])
    assert both == document([faultless()]) + "\n" + document([sheet()])
    assert document([faultless()]) == (
        "right.md: 1 claim: 1 correct\n  1 of 1 read\n  the network was read from the document\n"
        "  z = w*x; y = sigmoid(z); C = (t - y)**2; x = 2; t = 1; w = 0.5; cost C; learning rate 0.1\n"
    )


def test_a_document_without_claims_or_network_says_so() -> None:
    audit = Audit(Source("empty.md", ""), (), None, inferred=True, missing=("w_3", "w_4"))
    assert document([audit]) == (
        "empty.md: 0 claims\n"
        "  no network: none is given, and the document does not state one\n"
        "  the document does not state: w_3, w_4\n"
        "  to have the rest judged, complete the file that the first of these writes, and run the second:\n"
        "  symbackprop audit --init empty.md --output empty.toml\n"
        "  symbackprop audit empty.md --network empty.toml\n"
    )


def test_a_network_that_was_read_is_shown_with_what_was_supposed() -> None:
    audit = replace(faultless(), notes=("C is not written out",), others=(one_neuron(),))
    shown = document([audit])
    assert "  2 networks were read from the document\n  network 1: z = w*x; " in shown
    assert "  network 2: z = w*x; " in shown
    assert "  C is not written out\n" in shown
    assert "--init" not in shown
    assert "z = w*x" not in document([replace(audit, inferred=False, others=())])


def test_the_command_for_the_next_step_can_be_pasted() -> None:
    claims = (sheet().claims[6],)
    audit = Audit(Source("my sheets/a b.tex", SHEET), claims, None, inferred=True, missing=("equations",))
    assert "symbackprop audit 'my sheets/a b.tex' --network 'my sheets/a b.toml'\n" in document([audit])
    assert "nothing could be judged" in document([audit])


def test_what_is_inherited_from_no_root_is_shown_for_itself() -> None:
    claims = (replace(sheet().claims[4], root=None), replace(sheet().claims[5], root=1))
    shown = document([Audit(Source("sheet.md", SHEET), claims, one_neuron())])
    assert shown.startswith("sheet.md:7:30: inherited\n")
    assert "sheet.md:8:26: inherited\n" in shown
    assert "numbers make   -0.105986\n" in shown


@pytest.mark.parametrize(
    ("line", "start", "end", "expected"),
    [
        ("w = 0.5", 4, 7, Excerpt("w = 0.5", 4, 3)),
        ("w = 0.5", 4, 4, Excerpt("w = 0.5", 4, 1)),
        ("\tw = 0.5", 5, 8, Excerpt(" w = 0.5", 5, 3)),
        ("权重 = 0.5", 5, 8, Excerpt("权重 = 0.5", 7, 3)),
        ("y\u0302 = 0.5", 5, 8, Excerpt("y\u0302 = 0.5", 4, 3)),
        ("a\x1b[1m = 0.5", 8, 11, Excerpt("a?[1m = 0.5", 8, 3)),
        ("\u202e\u200b0.5", 2, 5, Excerpt("??0.5", 2, 3)),
        ("w", 7, 9, Excerpt("w", 1, 1)),
    ],
)
def test_the_caret_stands_below_the_number(line: str, start: int, end: int, expected: Excerpt) -> None:
    assert excerpt(line, start, end) == expected


@pytest.mark.parametrize("before", [0, 7, 60, 2500, 4990, 5000])
def test_of_a_long_line_a_window_around_the_fault_is_shown(before: int) -> None:
    line = "." * before + "0.4842" + "," * (5000 - before)
    shown = excerpt(line, before, before + 6)
    assert len(shown.text) <= 102
    assert shown.text[shown.indent : shown.indent + shown.width] == "0.4842"
    assert shown.text.startswith("…") == (before > 47)


def test_a_fault_that_is_wider_than_the_window_is_shown_from_its_beginning() -> None:
    shown = excerpt("," * 300 + "a" * 300 + "," * 300, 300, 600)
    assert shown.text.startswith("…,,,,,,,,,,aaa")
    assert shown.text[shown.indent :].rstrip("…") == "a" * shown.width


def test_a_claim_over_several_lines_is_shown_from_its_first() -> None:
    text = "C = 1 +\n    2 = 4\n"
    claim = Judged(Span(0, len(text) - 1), text[:-1], Verdict.WRONG, "3 is due")
    shown = document([Audit(Source("sheet.md", text), (claim,), None)])
    assert shown.startswith("sheet.md:1:1: wrong\n  |\n1 | C = 1 +\n  | ^^^^^^^\n")
    assert "\n  cause          no explanation found\n" in shown
    number = replace(claim, printed="4")
    shown = document([Audit(Source("sheet.md", text), (number,), None)])
    assert shown.startswith("sheet.md:2:9: wrong\n  |\n2 |     2 = 4\n  |         ^\n")


def test_long_reasons_are_broken_into_lines() -> None:
    claim = replace(sheet().claims[3], message="the factor 2 is left out, " * 20)
    lines = document([replace(sheet(), claims=(claim,))]).splitlines()
    assert all(len(line) <= 100 for line in lines)
    assert sum("the factor 2" in line for line in lines) > 4


def test_hostile_text_comes_out_inert() -> None:
    shown = document([hostile()])
    assert all(character.isprintable() or character == "\n" for character in shown)
    assert shown.encode("utf-8")
    assert shown.count("\n") == len(shown.splitlines())


def test_colours_are_given_by_role() -> None:
    shown = document([sheet()], lambda role, text: f"<{role}>{text}</>")
    assert "<heading>sheet.md:6:24: </><fault>wrong (missing-factor)</>\n" in shown
    assert "<margin>  |</>                        <fault>^^^^^^</>\n" in shown
    assert "<corrected>dC/dy = -2(1 - 0.731) = -0.538</>\n" in shown
    assert "<heir>    sheet.md:7:30: ∂C/∂w = -0.106, due -0.211508371137…</>\n" in shown
