"""How much is worked for one audit: equal faults cost one search, different ones no more than an audit may take."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from symbackprop.auditing import effort
from symbackprop.auditing.auditor import audit
from symbackprop.auditing.causes import search
from symbackprop.auditing.causes.inquiry import Inquiry
from symbackprop.auditing.documents.formats import read_text
from symbackprop.auditing.report import Audit, Verdict
from symbackprop.cli import main
from tests.networks import EXAMPLES, example

SAME = "dE_total/dw_5 = 0.74136507 * 0.186815602 * 0.593269992 = 0.092167041"


@pytest.fixture
def searches(monkeypatch: pytest.MonkeyPatch) -> list[Inquiry]:
    """The searches for a cause that are made."""
    made: list[Inquiry] = []

    class Counted(Inquiry):
        def __init__(self, *arguments: object) -> None:
            super().__init__(*arguments)  # type: ignore[arg-type]
            made.append(self)

    monkeypatch.setattr(search, "Inquiry", Counted)
    return made


def audited(*lines: str) -> Audit:
    return audit(*read_text("\n\n".join(lines), "sheet.md"), example("mazur_2_2_2"))


def different(count: int) -> list[str]:
    """So many wrong lines, none like another."""
    return [f"dE_total/dw_5 = 0.0{30_000_000 + 7919 * number}" for number in range(count)]


def test_the_same_fault_again_and_again_is_searched_for_once(searches: list[Inquiry]) -> None:
    few = audited(*[SAME] * 3)
    assert 0 < len(searches) <= 2, "before it is printed and after"
    searches.clear()
    many = audited(*[SAME] * 60)
    assert len(searches) <= 2
    assert many.count(Verdict.WRONG) == 60
    assert {claim.explanations for claim in many.claims} == {claim.explanations for claim in few.claims}
    assert not many.limit


def test_faults_that_take_turns_are_searched_for_once_each(searches: list[Inquiry]) -> None:
    audited(*different(3) * 20)
    assert len(searches) <= 2 * 3


def test_different_faults_are_searched_for_until_the_effort_is_spent(
    searches: list[Inquiry], monkeypatch: pytest.MonkeyPatch
) -> None:
    audited(*different(1))
    monkeypatch.setattr(effort, "MOST", 10 * effort.SEARCH)
    once, twice = (audited(*different(count)) for count in (40, 80))
    assert len(searches) - 1 <= 2 * 10
    for said, count in ((once, 40), (twice, 80)):
        assert said.count(Verdict.WRONG) == count, "a fault is one though nobody looks for its cause"
        (line,) = (number for number in range(1, 2 * count) if f"from line {number} on" in said.limit)
        assert 1 < line <= 2 * 10
        assert not any(claim.explanations for claim in said.claims if said.source.place(claim.span.start)[0] >= line)


def test_an_honest_length_of_faults_reaches_no_limit(searches: list[Inquiry]) -> None:
    said = audited(*different(60))
    assert not said.limit
    assert len(searches) == 60


def test_a_limit_is_told_with_its_line_and_by_the_exit_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(effort, "MOST", effort.SEARCH)
    sheet = tmp_path / "sheet.md"
    sheet.write_text("\n\n".join(different(4)) + "\n", encoding="utf-8")
    command = ["audit", str(sheet), "--network", str(EXAMPLES / "mazur_2_2_2.toml")]
    told = "from line 3 on their causes were not searched for"
    for arguments in ([], ["--exit-zero"], ["--format", "json"], ["--format", "markdown"], ["--format", "html"]):
        result = CliRunner().invoke(main, [*command, *arguments])
        assert result.exit_code == 3, result.output
        assert told in result.output
