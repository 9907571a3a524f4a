"""The README shows what the command prints."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from symbackprop.cli.commands import main

ROOT = Path(__file__).parent.parent.parent


def test_the_audit_that_the_readme_shows_is_the_one_that_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = readme.partition("```text\n")[2].partition("```")[0]
    monkeypatch.chdir(ROOT)
    result = CliRunner().invoke(main, ["audit", "examples/documents/one_neuron.md"])
    assert result.exit_code == 1
    assert shown.startswith("examples/documents/one_neuron.md:16:")
    assert result.output.startswith(shown)
