from __future__ import annotations

import pytest
from click.testing import CliRunner, Result

from symbackprop.auditing.causes.registry import CAUSES
from symbackprop.cli import main


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["explain", *arguments])


def test_without_a_code_all_are_listed_with_their_titles() -> None:
    result = run()
    assert result.exit_code == 0
    assert [line.split()[0] for line in result.stdout.splitlines()] == list(CAUSES)
    for line, cause in zip(result.stdout.splitlines(), CAUSES.values(), strict=True):
        assert line.endswith(f"  {cause.title}")


@pytest.mark.parametrize("code", CAUSES)
def test_a_cause_is_explained_with_its_example_and_the_right_line(code: str) -> None:
    result = run(code)
    cause = CAUSES[code]
    assert result.exit_code == 0
    shown = " ".join(result.stdout.split())
    for part in (f"{code}: {cause.title}", cause.what, cause.why, f"Wrong: {cause.example}", f"Right: {cause.right}"):
        assert " ".join(part.split()) in shown
    assert all(len(line) <= 120 for line in result.stdout.splitlines())


def test_an_unknown_code_is_answered_with_the_nearest() -> None:
    result = run("mising-factor")
    assert result.exit_code == 2
    assert "there is no cause 'mising-factor'" in result.stderr
    assert "did you mean 'missing-factor'" in result.stderr
    assert result.stdout == ""
