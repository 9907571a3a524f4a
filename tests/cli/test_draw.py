"""draw and train --plot as a user meets them: files by their suffix, whole or not at all, and messages."""

from __future__ import annotations

import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner, Result

from symbackprop.cli import main

EXAMPLES = Path(__file__).parents[2] / "examples"
MAZUR = str(EXAMPLES / "mazur_2_2_2.toml")
FORWARD = '[inputs]\nx = 2\n[parameters]\nw = 0.5\n[equations]\nz = "w*x"\n'
BEGINNINGS = {".svg": b"<svg xmlns=", ".png": b"\x89PNG\r\n\x1a\n", ".tex": b"% The 2-2-2 network"}


def run(*arguments: str, given: str | None = None) -> Result:
    return CliRunner().invoke(main, list(arguments), input=given)


@pytest.mark.parametrize("suffix", BEGINNINGS)
@pytest.mark.parametrize("command", [["draw", MAZUR, "--output"], ["train", MAZUR, "--steps", "20", "--plot"]])
def test_the_suffix_says_the_format(suffix: str, command: list[str], tmp_path: Path) -> None:
    file = tmp_path / f"picture{suffix}"
    result = run(*command, str(file))
    assert result.exit_code == 0, result.output
    assert file.read_bytes().startswith(BEGINNINGS[suffix])
    assert list(tmp_path.iterdir()) == [file]
    assert f"written: {file}" in result.stderr


@pytest.mark.parametrize("example", sorted(EXAMPLES.glob("*.toml")), ids=lambda path: path.stem)
@pytest.mark.parametrize("options", [[], ["--backward"], ["--values", "none"], ["--decimals", "2"]])
def test_every_example_is_drawn(example: Path, options: list[str]) -> None:
    result = run("draw", str(example), *options)
    assert result.exit_code == 0, result.output
    assert ElementTree.fromstring(result.stdout).tag.endswith("svg")  # noqa: S314 - our own
    assert result.stderr == ""


def test_values_none_leaves_the_numbers_out() -> None:
    assert "0.593269992" in run("draw", MAZUR).stdout
    assert "0.593269992" not in run("draw", MAZUR, "--values", "none").stdout


def test_decimals_are_those_asked_for() -> None:
    shown = run("draw", MAZUR, "--decimals", "3").stdout
    assert "0.593<" in shown
    assert "0.5932" not in shown


def test_wrt_takes_any_spelling_and_draws_the_rest_faint() -> None:
    assert "opacity" not in run("draw", MAZUR).stdout
    assert run("draw", MAZUR, "--wrt", "w5").stdout == run("draw", MAZUR, "--wrt", "w_5").stdout
    assert 'opacity="0.25"' in run("draw", MAZUR, "--wrt", "w5").stdout


def test_a_forward_pass_alone_is_drawn() -> None:
    assert run("draw", "-", given=FORWARD).exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "fragment"),
    [
        (["draw", MAZUR, "--output", "network.gif"], "accepted: .svg, .png, .tex"),
        (["draw", MAZUR, "--output", "network"], "needs a suffix"),
        (["draw", MAZUR, "--output", "/nowhere/at/all.svg"], "cannot write"),
        (["draw", MAZUR, "--wrt", "w_55"], "did you mean 'w_5'"),
        (["draw", MAZUR, "--values", "some"], "'some' is not one of"),
        (["draw", "nowhere.toml"], "nowhere.toml"),
        (["train", MAZUR, "--plot", "curve.pdf"], "accepted: .svg, .png, .tex"),
        (["train", MAZUR, "--plot", "curve.svg", "--output", "curve.svg"], "two files"),
    ],
)
def test_wrong_use_is_a_message_and_exit_2(arguments: list[str], fragment: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2, result.output
    assert fragment in result.stderr
    assert "Traceback" not in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize(
    ("arguments", "fragment"),
    [
        (["draw", "-", "--backward"], "no cost to go back from"),
        (["train", "-", "--plot", "curve.svg"], "no learning rate"),
    ],
)
def test_without_training_there_is_no_way_back_and_no_curve(
    arguments: list[str], fragment: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run(*arguments, given=FORWARD)
    assert result.exit_code == 2
    assert fragment in result.stderr
    assert not list(tmp_path.iterdir())


def test_without_matplotlib_svg_is_drawn_and_png_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    file = tmp_path / "network.png"
    file.write_bytes(b"before")
    assert run("draw", MAZUR).exit_code == 0
    result = run("draw", MAZUR, "--output", str(file))
    assert result.exit_code == 2
    assert 'PNG needs matplotlib\n  hint: pip install "symbackprop[png]"' in result.stderr
    assert file.read_bytes() == b"before"


def test_a_curve_on_standard_output_stands_alone() -> None:
    result = run("train", MAZUR, "--steps", "20", "--plot", "-")
    assert result.exit_code == 0
    assert ElementTree.fromstring(result.stdout).tag.endswith("svg")  # noqa: S314 - our own
