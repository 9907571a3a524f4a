from __future__ import annotations

from dataclasses import replace

import pytest

from symbackprop.auditing.documents.source import Source, Span
from symbackprop.auditing.report import Audit, Judged
from symbackprop.rendering.audit_findings import (
    Region,
    correction,
    few_digits,
    findings,
    named,
    pointed,
    region,
    root_of,
    stated,
    summary,
    summary_lines,
    unrooted,
)
from tests.audits import CLAIMS, SHEET, sheet, span_of


def test_heirs_are_listed_under_the_fault_also_over_several_lines() -> None:
    (finding,) = findings(sheet())
    assert finding.claim is CLAIMS[3]
    assert finding.heirs == CLAIMS[4:6]
    assert unrooted(sheet()) == ()


@pytest.mark.parametrize("root", [None, -1, 99, 4, 5, 0])
def test_a_root_that_is_none_is_no_root(root: int | None) -> None:
    claims = (*CLAIMS[:4], replace(CLAIMS[4], root=root), *CLAIMS[5:])
    audit = replace(sheet(), claims=claims)
    assert root_of(audit, claims[4]) is None
    assert unrooted(audit) == claims[4:6]
    assert findings(audit)[0].heirs == ()


def test_places_count_from_one_and_end_after_the_last_character() -> None:
    assert region(sheet(), CLAIMS[3].span) == Region(6, 1, 6, 30)
    assert region(sheet(), Span(0, len(SHEET))) == Region(1, 1, 12, 1)


@pytest.mark.parametrize(
    ("printed", "expected"),
    [("-0.269", "-0.269"), ("0.269", "0.269"), ("−0.269", CLAIMS[3].text), ("", CLAIMS[3].text)],
)
def test_the_printed_number_is_pointed_at_where_it_stands(printed: str, expected: str) -> None:
    span = pointed(sheet(), replace(CLAIMS[3], printed=printed))
    assert SHEET[span.start : span.end] == expected


def test_a_minus_sign_may_be_written_in_another_way() -> None:
    text = SHEET.replace("= -0.269", "= − 0.269")
    audit = replace(sheet(), source=Source("sheet.md", text))
    claim = replace(CLAIMS[3], span=span_of(text, "dC/dy = -(1 - 0.731) = − 0.269"))
    span = pointed(audit, claim)
    assert text[span.start - 2 : span.end] == "− 0.269"


@pytest.mark.parametrize("length", [0, 10, 44, 1000, 3000])
def test_of_a_long_corrected_line_the_part_that_is_changed_is_shown(length: int) -> None:
    line = "a" * length + "w = 0.4842" + "b" * (3000 - length)
    claim = replace(CLAIMS[3], span=span_of(line, "w = 0.4842"), printed="0.4842")
    claim = replace(claim, corrected=line.replace("0.4842", "0.5000"))
    shown = correction(Audit(Source("sheet.md", line), (claim,), None), claim)
    assert "w = 0.5000" in shown
    assert len(shown) <= 92
    assert shown.startswith("…") == (length > 40)


@pytest.mark.parametrize(
    ("claim", "name", "statement"),
    [
        (CLAIMS[3], "∂C/∂y", "∂C/∂y = -0.269"),
        (replace(CLAIMS[3], after=1), "∂C/∂y after 1 update", "∂C/∂y after 1 update = -0.269"),
        (replace(CLAIMS[3], after=10000), "∂C/∂y after 10000 updates", "∂C/∂y after 10000 updates = -0.269"),
        (replace(CLAIMS[3], quantity=""), "", "dC/dy = -(1 - 0.731) = -0.269"),
        (replace(CLAIMS[3], printed=""), "∂C/∂y", "dC/dy = -(1 - 0.731) = -0.269"),
        (replace(CLAIMS[3], printed="", text="x" * 200), "∂C/∂y", "x" * 59 + "…"),
    ],
)
def test_what_a_claim_says_in_a_few_words(claim: Judged, name: str, statement: str) -> None:
    assert named(claim) == name
    assert stated(claim) == statement


@pytest.mark.parametrize(
    ("value", "printed", "expected"),
    [
        ("0.298371108760002654", "0.298371109", "0.298371108760…"),
        ("0.298371108760002654", "0.29837110876000", "0.29837110876000265…"),
        ("-0.000438567708333333333", "0.0004", "-0.000438567708333…"),
        ("1.0423016742274", "1", "1.04230167422…"),
        ("3.51018778312345678e-5", "0.0000351085", "3.51018778312…·10^-5"),
        ("0.5", "0.5", "0.5"),
        ("0.500000000000000000000000000000", "-0.5", "0.5"),
        ("7.00000000000000000000000000000", "9", "7"),
        ("1.20000000000000000000000000000e-7", "9", "1.2e-7"),
        ("120", "120", "120"),
        ("123456789012345678", "1", "123456789012345678"),
        ("0", "0", "0"),
    ],
)
def test_digits_are_cut_off_where_a_reader_needs_no_more(value: str, printed: str, expected: str) -> None:
    assert few_digits(value, printed) == expected


def test_counts_never_pass_what_was_not_read() -> None:
    assert summary(sheet()) == {
        "correct": 2,
        "carried": 1,
        "inherited": 2,
        "wrong": 1,
        "undecided": 2,
        "unread": 1,
        "read": 8,
        "total": 9,
    }
    assert summary_lines(sheet())[1] == "8 of 9 read, 1 could not be read"
