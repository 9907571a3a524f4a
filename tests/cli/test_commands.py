"""The commands as a user meets them: what they print, their exit codes, and that nothing is left half written."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from symbackprop.cli import main

EXAMPLES = Path(__file__).parent.parent.parent / "examples"
MAZUR = str(EXAMPLES / "mazur_2_2_2.toml")
SIGMOID = str(EXAMPLES / "sigmoid_2_3_1.toml")

LINEAR = """
[inputs]
x = 2
[targets]
t = 1
[parameters]
w = 0.5
[equations]
y = "w*x"
C = "(t - y)**2"
[training]
cost = "C"
learning_rate = 0.1
"""


def run(arguments: Sequence[str], given: str | None = None) -> Result:
    return CliRunner().invoke(main, list(arguments), input=given)


@pytest.mark.parametrize("example", sorted(EXAMPLES.glob("*.toml")), ids=lambda path: path.stem)
@pytest.mark.parametrize("form", ["text", "markdown", "latex", "json"])
def test_every_example_derives_in_every_format(example: Path, form: str) -> None:
    result = run(["derive", str(example), "--format", form])
    assert result.exit_code == 0, result.output
    assert result.stdout.strip()
    assert result.stderr == ""


def test_derive_json_has_the_gradients_of_the_document() -> None:
    document = json.loads(run(["derive", MAZUR, "--format", "json"]).stdout)
    steps = {step["name"]: step for step in document["steps"]}
    assert document["cost"] == "E_total"
    assert steps["dE_total/dw_5"]["value"].startswith("0.0821670405642307")
    assert steps["dE_o1/dout_h1"]["value"].startswith("0.055399424651422")
    assert steps["dE_total/dw_5"]["factors"] == ["dE_total/dnet_o1", "dnet_o1/dw_5"]
    updates = {step["name"]: step["value"] for step in document["updates"]}
    assert updates["w_5+"].startswith("0.35891647971788")
    after = {step["name"]: step["value"] for step in document["after"]}
    assert after["E_total"].startswith("0.291027773693")


def test_hand_working_carries_the_rounding_of_the_document() -> None:
    document = json.loads(run(["derive", SIGMOID, "--hand", "--decimals", "4", "--format", "json"]).stdout)
    printed = {step["name"]: step["printed"] for step in document["steps"]}
    assert printed["dCost/dw1"] == "-0.0261"
    assert printed["dCost/dO2"] == "-0.0050"
    assert printed["dCost/dz2"] == "-0.0012"
    assert printed["dCost/dw4"] == "-0.0024"
    assert printed["dCost/dw5"] == "-0.0108"


def test_wrt_cuts_the_working_and_takes_any_spelling() -> None:
    document = json.loads(run(["derive", MAZUR, "--wrt", "w5", "--format", "json"]).stdout)
    names = [step["name"] for step in document["steps"]]
    assert names[-1] == "dE_total/dw_5"
    assert "dE_total/dw_6" not in names
    assert not document["updates"]


def test_a_lone_minus_is_standard_input() -> None:
    result = run(["derive", "-"], LINEAR)
    assert result.exit_code == 0
    assert "C" in result.stdout


def test_verify_finds_the_four_wrong_numbers_of_the_2_2_2_document() -> None:
    result = run(["verify", MAZUR, "--format", "json"])
    report = json.loads(result.stdout)
    assert result.exit_code == 1
    assert {claim["printed"] for claim in report["claims"] if claim["verdict"] == "wrong"} == {
        "0.291027924",
        "0.015912196",
        "0.984065734",
        "0.0000351085",
    }
    assert {step["verdict"] for step in report["steps"]} <= {"proved", "confirmed"}


def test_verify_finds_the_two_wrong_updates_of_the_2_3_1_document() -> None:
    report = json.loads(run(["verify", SIGMOID, "--format", "json"]).stdout)
    verdicts = {claim["name"]: claim["verdict"] for claim in report["claims"]}
    assert {name for name, verdict in verdicts.items() if verdict == "wrong"} == {"b1+", "b2+"}
    assert {"dCost/dw1", "dCost/dO2", "dCost/dz2", "dCost/dw4", "dCost/dw5", "w1+", "w5+"} <= {
        name for name, verdict in verdicts.items() if verdict == "carried"
    }
    assert {step["verdict"] for step in report["steps"]} <= {"proved", "confirmed"}


def test_verify_is_content_with_a_network_without_a_fault() -> None:
    result = run(["verify", "-"], LINEAR + '[claims]\nC = 0.00\n"w+" = 0.5\n')
    assert result.exit_code == 0, result.output


@pytest.mark.parametrize(
    ("order", "expected"), [("simultaneous", "3.510187783e-05"), ("output-first", "3.508478630e-05")]
)
def test_train_replays_ten_thousand_updates(order: str, expected: str) -> None:
    result = run(["train", MAZUR, "--steps", "10000", "--order", order])
    assert result.exit_code == 0
    assert f"E_total after 10000 updates: {expected}" in result.stdout


def test_train_writes_the_error_curve(tmp_path: Path) -> None:
    curve = tmp_path / "curve.csv"
    result = run(["train", MAZUR, "--steps", "10", "--every", "4", "--output", str(curve)])
    assert result.exit_code == 0
    lines = curve.read_text().splitlines()
    assert lines[0] == "updates,E_total"
    assert [line.partition(",")[0] for line in lines[1:]] == ["0", "4", "8", "10"]
    assert lines[1].startswith("0,0.29837110876")


def test_output_goes_to_a_file_that_is_whole(tmp_path: Path) -> None:
    target = tmp_path / "derivation.tex"
    result = run(["derive", MAZUR, "--format", "latex", "-o", str(target)])
    assert result.exit_code == 0
    assert result.stdout == ""
    assert target.read_text().endswith("\\end{document}\n")
    assert list(tmp_path.iterdir()) == [target]


def test_a_failed_command_writes_nothing(tmp_path: Path) -> None:
    target = tmp_path / "derivation.txt"
    target.write_text("before")
    result = run(["derive", MAZUR, "--wrt", "w_99", "--output", str(target)])
    assert result.exit_code == 2
    assert target.read_text() == "before"


@pytest.mark.parametrize(
    ("arguments", "fragment"),
    [
        (["derive", "nowhere.toml"], "nowhere.toml"),
        (["derive"], "Missing argument 'NETWORK'"),
        (["derive", MAZUR, "--format", "word"], "'word' is not one of"),
        (["derive", MAZUR, "--wrt", "w_55"], "did you mean 'w_5'"),
        (["derive", MAZUR, "--fragment"], "--fragment goes with --format latex"),
        (["derive", MAZUR, "--decimals", "-1"], "--decimals"),
        (["derive", MAZUR, "--output", "/nowhere/at/all.txt"], "cannot write"),
        (["derive", str(EXAMPLES)], "error"),
        (["train", MAZUR, "--steps", "many"], "--steps"),
        (["train", MAZUR, "--every", "0"], "--every"),
        (["dervie", MAZUR], "No such command 'dervie'"),
    ],
)
def test_wrong_use_is_a_message_and_exit_2(arguments: list[str], fragment: str) -> None:
    result = run(arguments)
    assert result.exit_code == 2, result.output
    assert fragment in result.stderr
    assert "Traceback" not in result.stderr
    assert result.stdout == ""


def test_a_forward_pass_alone_is_derived_and_cannot_be_trained() -> None:
    forward = LINEAR.split("[training]")[0]
    assert run(["derive", "-"], forward).exit_code == 0
    trained = run(["train", "-"], forward)
    assert trained.exit_code == 2
    assert "no learning rate" in trained.stderr


def test_a_value_that_is_not_finite_is_an_error_with_its_name() -> None:
    result = run(["derive", "-"], LINEAR.replace('"w*x"', '"log(w - x)"'))
    assert result.exit_code == 1
    assert "y has no finite value" in result.stderr


def test_diverging_training_says_where() -> None:
    diverging = LINEAR.replace("learning_rate = 0.1", "learning_rate = 50").replace("w = 0.5", "w = 0.6")
    result = run(["train", "-", "--steps", "5000"], diverging)
    assert result.exit_code == 1, result.output
    assert "updates" in result.stderr
    assert "no finite value" in result.stderr


def test_what_rests_on_the_cost_comes_after_it() -> None:
    longer = LINEAR.replace('C = "(t - y)**2"', 'C = "y**2"\ntripled = "3*C"\nlast = "y + tripled"')
    result = run(["verify", "-"], longer.replace("t = 1", ""))
    assert result.exit_code == 0, result.output
    assert "tripled" in run(["derive", "-"], longer).stdout


def test_working_by_hand_that_meets_the_logarithm_of_zero_says_why() -> None:
    saturated = LINEAR.replace('"w*x"', '"sigmoid(40*w)"').replace('"(t - y)**2"', '"-log(1 - y)"')
    assert run(["derive", "-"], saturated).exit_code == 0
    result = run(["derive", "-", "--hand", "--decimals", "4"], saturated)
    assert result.exit_code == 1
    assert "rounded to 4 decimals at every step" in result.stderr


@pytest.mark.parametrize(
    ("name", "hint"),
    [("target_o1", "differentiated with respect to"), ("b_9", "did you mean"), ("E_o", "did you mean")],
)
def test_wrt_says_why_there_is_no_partial(name: str, hint: str) -> None:
    result = run(["derive", MAZUR, "--wrt", name])
    assert result.exit_code == 2
    assert hint in result.stderr


def test_wrt_of_what_the_cost_does_not_depend_on() -> None:
    result = run(["derive", "-", "--wrt", "q"], LINEAR.replace("w = 0.5", "w = 0.5\nq = 1"))
    assert result.exit_code == 2
    assert "C does not depend on q" in result.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs the device /dev/full of Linux")
@pytest.mark.parametrize("arguments", [["derive", MAZUR], ["--help"], ["train", MAZUR, "--steps", "1"]])
def test_a_full_disk_is_a_message_and_exit_2(arguments: list[str]) -> None:
    with open("/dev/full", "wb") as full:
        result = subprocess.run(
            [sys.executable, "-m", "symbackprop", *arguments], stdout=full, stderr=subprocess.PIPE, timeout=60
        )
    assert result.returncode == 2
    assert b"cannot write" in result.stderr
    assert b"Traceback" not in result.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="the shell of POSIX closes a stream by >&-")
@pytest.mark.parametrize("closing", ["derive {network} >&-", "derive - <&-"])
def test_a_closed_stream_is_a_message_and_exit_2(closing: str) -> None:
    command = f"{sys.executable} -m symbackprop " + closing.format(network=MAZUR)
    result = subprocess.run(["/bin/sh", "-c", command], stderr=subprocess.PIPE, timeout=60)
    assert result.returncode == 2
    assert b"closed" in result.stderr
    assert b"Traceback" not in result.stderr


def test_a_reader_that_leaves_is_no_fault() -> None:
    command = f"{sys.executable} -m symbackprop derive {MAZUR} --format json | head -n 1"
    result = subprocess.run(["/bin/sh", "-c", command], capture_output=True, timeout=60)
    assert result.stdout == b"{\n"
    assert result.stderr == b""


@pytest.mark.parametrize("command", ["derive", "draw", "verify", "train", "audit"])
def test_a_file_that_is_read_is_not_written_over(command: str, tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text(LINEAR, encoding="utf-8")
    result = run([command, str(file), "--output", str(tmp_path / "." / "own.toml")])
    assert result.exit_code == 2
    assert "write to another file" in result.output
    assert file.read_text(encoding="utf-8") == LINEAR


def test_a_run_that_diverges_is_shown_as_far_as_it_goes(tmp_path: Path) -> None:
    file, curve = tmp_path / "steep.toml", tmp_path / "curve.csv"
    steep = LINEAR.replace("learning_rate = 0.1", "learning_rate = 2").replace("w = 0.5", "w = 0.75")
    file.write_text(steep, encoding="utf-8")
    result = run(["train", str(file), "--steps", "1000", "--every", "1", "--output", str(curve)])
    assert result.exit_code == 1
    assert "no finite value" in result.output
    # y is 1.5 at first, and each update multiplies its distance from 1 by 1 - 2*2*2*2 = -15
    assert curve.read_text(encoding="utf-8").startswith("updates,C\n0,0.25\n1,56.25\n")


def test_an_interrupt_is_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("symbackprop.interface.Network.from_file", interrupted)
    result = run(["derive", MAZUR])
    assert (result.exit_code, result.output) == (130, "interrupted\n")
