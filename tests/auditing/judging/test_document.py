"""What is said of each claim: tables of lines as people write them, with the verdict that is due.

The network is that of the worked 2-2-2 example (Matt Mazur, A Step by Step Backpropagation Example): its printed
numbers are known to be right to the last digit.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from symbackprop.auditing.auditor import audit
from symbackprop.auditing.documents.formats import read_text
from symbackprop.auditing.report import Audit, Judged, Verdict
from symbackprop.network.problem import Problem
from tests.networks import example, problem_of

RIGHT = [
    "`net_h1 = w_1*i_1 + w_2*i_2 + b_1*1 = 0.15*0.05 + 0.2*0.1 + 0.35*1 = 0.3775`",
    "$out_{h1} = \\frac{1}{1+e^{-net_{h1}}} = \\frac{1}{1+e^{-0.3775}} = 0.593269992$",
    "`out_h1 = 0.5933`",
    "`E_o1 = 1/2*(target_o1 - out_o1)**2 = 0.274811083`",
    "`dE_total/dw_5 = -(target_o1 - out_o1)*out_o1*(1 - out_o1)*out_h1`",
    "`dE_total/dout_o1 = -(0.01 - 0.75136507) = 0.74136507`",
    "`w_5+ = w_5 - eta*dE_total/dw_5 = 0.4 - 0.5*0.082167041 = 0.35891648`",
    "`w_5 := 0.4 - 0.5*0.082167041 = 0.35891648`",
    "`dE_total/dout_h1 = dE_o1/dout_h1 + dE_o2/dout_h1 = 0.055399425 + -0.019049119 = 0.036350306`",
    "`sigmoid'(x) = sigmoid(x)*(1 - sigmoid(x))`",
    "`sigmoid'(net_o1) = out_o1*(1 - out_o1) = 0.186815602`",
    "$\\Delta w_{ij} = -\\eta \\delta_j O_i$",
]
CARRIED = [
    # 0.75 * (1 - 0.75) is 0.1875, the exact derivative 0.18682
    ("`out_o1 = 0.75`\n\n`dout_o1/dnet_o1 = out_o1*(1 - out_o1) = 0.75*(1 - 0.75) = 0.1875`", "0.1875"),
    # 0.593269992 cut off
    ("`out_h1 = 0.59326`", "0.59326"),
    # the exact gradient is 0.0821670
    ("`dE_total/dw_5 = 0.741*0.187*0.593 = 0.082171`", "0.082171"),
]
WRONG = [
    ("`net_h1 = w_1*i_1 + w_3*i_2 + b_1`", "w_1*i_1 + w_3*i_2 + b_1", "wrong-index"),
    ("`out_h1 = 0.539269992`", "0.539269992", "digit-swap"),
    ("`dE_total/dout_o1 = -(target_o1 - out_o1) = -(0.01 - 0.75136507) = -0.74136507`", "-0.74136507", "sign"),
    ("`dE_total/dw_5 = dE_total/dout_o1*dnet_o1/dw_5`", "dE_total/dout_o1*dnet_o1/dw_5", "missing-factor"),
    ("`dE_total/dw_5 = 0.74136507*0.186815602*0.593269992 = 0.82167041`", "0.82167041", "decimal-shift"),
    ("`w_5+ = w_5 - eta*dE_total/dw_5 = 0.4 + 0.5*0.082167041 = 0.441083521`", "0.441083521", "sign"),
    ("`sigmoid'(x) = sigmoid(x)`", "sigmoid(x)", ""),
    ("`sigmoid'(net_o1) = out_o1*(1 + out_o1)`", "out_o1*(1 + out_o1)", ""),
    ("$\\Delta w_{ij} = -\\eta \\delta_j O_j$", "-\\eta \\delta_j O_j", ""),
    ("`E_total = E_o1 + E_o2 = 0.274811083 + 0.023560026 = 0.398371109`", "0.398371109", ""),
]
WRONG_BEHIND_A_RIGHT_RESULT = [
    ("`net_h1 = w_1*i_1 + w_2*i_2 + b_1*1 = 0.51*0.05 + 0.2*0.1 + 0.35*1 = 0.3775`", "0.51", "0.3775"),
    ("`net_h1 = 0.15*0.05 + 0.2*0.1 - 0.35*1 = 0.3775`", "0.15*0.05 + 0.2*0.1 - 0.35*1", "0.3775"),
]


def _audit(text: str, problem: Problem | None = None) -> Audit:
    source, blocks = read_text(text, name="sheet.md")
    return audit(source, blocks, problem or example("mazur_2_2_2"))


def _of(found: Audit, text: str) -> Judged:
    return next(claim for claim in reversed(found.claims) if text in (claim.text, claim.printed))


@pytest.mark.parametrize("text", RIGHT)
def test_what_is_right_is_not_accused(text: str) -> None:
    found = _audit(text)
    assert found.claims
    assert {claim.verdict for claim in found.claims} <= {Verdict.CORRECT, Verdict.CARRIED}


@pytest.mark.parametrize(("text", "printed"), CARRIED)
def test_rounding_that_is_carried_on_is_told_as_such(text: str, printed: str) -> None:
    found = _audit(text)
    assert not found.faults
    assert _of(found, printed).verdict is Verdict.CARRIED


@pytest.mark.parametrize(("text", "at", "cause"), WRONG)
def test_a_fault_is_found_where_it_stands_and_nothing_else_is_accused(text: str, at: str, cause: str) -> None:
    found = _audit(text)
    assert [claim.printed or claim.text for claim in found.faults] == [at]
    assert not cause or cause in (found.faults[0].cause, *found.faults[0].alternatives[:2])


@pytest.mark.parametrize(("text", "at", "right"), WRONG_BEHIND_A_RIGHT_RESULT)
def test_a_right_result_behind_wrong_numbers_is_not_accused_for_them(text: str, at: str, right: str) -> None:
    found = _audit(text)
    assert [claim.printed or claim.text for claim in found.faults] == [at]
    assert _of(found, right).verdict is Verdict.CORRECT


def test_what_follows_from_a_fault_has_it_from_its_root() -> None:
    found = _audit(
        "`dE_total/dw_5 = 0.74136507*0.186815602*0.593269992 = 0.092167041`\n\n"
        "`w_5+ = w_5 - eta*dE_total/dw_5 = 0.4 - 0.5*0.092167041 = 0.35391648`\n"
    )
    root, later = _of(found, "0.092167041"), _of(found, "0.35391648")
    assert root.verdict is Verdict.WRONG
    assert later.verdict is Verdict.INHERITED
    assert found.claims[later.root or 0] is root


def test_the_corrected_line_is_in_the_notation_of_the_author() -> None:
    found = _audit("so $\\frac{\\partial E_{total}}{\\partial w_5} = 0.821670$, to six places")
    assert found.faults[0].corrected == "so $\\frac{\\partial E_{total}}{\\partial w_5} = 0.082167$, to six places"


@pytest.mark.parametrize("times", ["*", "×", "· "])
def test_a_minus_behind_an_operator_takes_brackets(times: str) -> None:
    # 0.5 - 0.5 · (-0.02260254) = 0.51130127: w_7 of the worked 2-2-2 example
    found = _audit(f"`w_7+ = w_7 - eta*dE_total/dw_7 = 0.5 - 0.5 {times}0.02260254 = 0.48869873`")
    assert found.faults[0].corrected == (
        f"`w_7+ = w_7 - eta*dE_total/dw_7 = 0.5 - 0.5 {times}(-0.02260254) = 0.51130127`"
    )


def test_a_number_that_is_only_supposed_is_not_held_against_the_network() -> None:
    found = _audit("Let's say dE_total is 3 and dw_5 is 2.\n\n`dE_total/dw_5 = 3/2 = 1.5`\n")
    assert not found.faults


def test_a_name_that_stands_for_nothing_is_undecided_with_the_nearest_names() -> None:
    found = _audit("`qut_h7 = 0.1234`")
    assert [claim.verdict for claim in found.claims] == [Verdict.UNDECIDED]


def test_the_second_pass_is_judged_with_the_new_parameters() -> None:
    found = _audit(
        "`w_5+ = 0.35891648`\n\n`w_6+ = 0.408666186`\n\n"
        "After this update the total error is now 0.291027774, and after 2 updates it is 0.283547133.\n"
    )
    assert [claim.verdict for claim in found.claims[-2:]] == [Verdict.CORRECT, Verdict.CORRECT]
    assert [claim.after for claim in found.claims[-2:]] == [1, 2]


def test_gradients_of_a_multiple_of_the_cost_are_one_fault_at_its_root() -> None:
    problem = example("mazur_2_2_2")
    found = _audit(
        "`dE_total/dout_o1 = -2*(target_o1 - out_o1) = -2*(0.01 - 0.75136507) = 1.48273014`\n\n"
        "`dE_total/dnet_o1 = 1.48273014*0.186815602 = 0.276997124`\n\n"
        "`dE_total/dw_5 = 0.276997124*0.593269992 = 0.164334081`\n",
        problem,
    )
    assert len(found.faults) == 1
    assert found.faults[0].cause == "convention"
    assert [claim.verdict for claim in found.claims if claim.printed][1:] == [Verdict.INHERITED, Verdict.INHERITED]


def test_a_partial_without_a_value_is_open_and_no_traceback() -> None:
    problem = problem_of(
        {"z": "w*x", "y": "sqrt(z)", "C": "(t - y)**2/2"},
        cost="C",
        inputs={"x": "0"},
        targets={"t": "1"},
        parameters={"w": "0.2"},
        learning_rate="0.1",
    )
    found = _audit("`dC/dz = dC/dy*dy/dz = -1*0.5 = -0.5`", problem)
    assert found.claims
    assert {claim.verdict for claim in found.claims} == {Verdict.UNDECIDED}


@pytest.mark.parametrize("text", ["`E_total = 1.5e300`", "The total error was 1.5e300 at first."])
def test_numbers_beyond_worked_examples_are_told_to_be_so(text: str) -> None:
    (claim,) = _audit(text).claims
    assert claim.verdict is Verdict.UNDECIDED
    assert "1e60" in claim.message


def test_the_sign_of_a_printed_zero_is_kept_and_judged_by_neither() -> None:
    # dE_total/dw_1 is 0.000438568
    (claim,) = _audit("`dE_total/dw_1 = -0.000`").claims
    assert (claim.printed, claim.verdict) == ("-0.000", Verdict.CORRECT)


@pytest.mark.parametrize(
    ("printed", "verdict"),
    [
        ("0.774928465", Verdict.WRONG),  # 2,000,000 units from 0.772928465
        ("0.772928466", Verdict.UNDECIDED),  # one unit: it may have been rounded on the way
        ("0.772928465", Verdict.CORRECT),
    ],
)
def test_one_unit_of_the_last_place_is_not_held_against_a_number_that_stands_alone(
    printed: str, verdict: Verdict
) -> None:
    (claim,) = _audit(f"`out_o2 = {printed}`").claims
    assert claim.verdict is verdict


def test_what_is_made_of_given_numbers_alone_has_nothing_to_be_rounded() -> None:
    # 0.15 * 0.05 + 0.2 * 0.1 + 0.35 is 0.3775
    (claim,) = _audit("`net_h1 = 0.3774`").claims
    assert claim.verdict is not Verdict.CORRECT
    assert [c.printed for c in _audit("`net_h1 = 0.3765`").faults] == ["0.3765"]


def test_what_comes_of_numbers_that_are_exact_has_nothing_to_be_rounded() -> None:
    # (-2 + 5)(-4), as of Stanford's CS231n, Backpropagation, Intuitions: df/dy = df/dq dq/dy = -4 · 1
    text = "q = x + y = 3\n\nf = q*z = -12\n\ndf/dq = z = -4\n\ndq/dy = 1\n\ndf/dy = df/dq * dq/dy = {}\n"
    stated = "x = -2, y = 5, z = -4\n\n" + text
    for number, verdict in (("-4", Verdict.CORRECT), ("-3", Verdict.WRONG)):
        source, blocks = read_text(stated.format(number), name="sheet.md")
        assert [claim.verdict for claim in audit(source, blocks).claims if claim.printed == number][-1] is verdict


def test_a_wrong_number_that_was_left_open_does_not_make_later_ones_right() -> None:
    # sigmoid(0.8) is 0.690; the number before is no value of net_o1 (1.105905967)
    found = _audit("`net_o1 = 1.1059061`\n\n`out_o1 = sigmoid(net_o1) = sigmoid(0.8) = 0.690`\n")
    assert _of(found, "0.690").verdict is Verdict.WRONG


def test_another_learning_rate_is_told_first() -> None:
    found = _audit("`w_5+ = w_5 - eta*dE_total/dw_5 = 0.4 - 0.7*0.082167041 = 0.342483071`")
    (fault,) = found.faults
    assert fault.cause == "wrong-constant"
    assert "learning rate, which is 0.5" in fault.explanations[0].sentence
    assert "0.4 - 0.5*0.082167041 = 0.358916480" in fault.corrected


def test_what_printed_numbers_make_is_said_as_they_are_printed() -> None:
    # 0.15 * 0.05 = 0.0075, printed as 0.0175: 0.0175 + 0.02 + 0.35 is 0.3875, and not some number between
    found = _audit("`net_h1 = w_1*i_1 + w_2*i_2 + b_1 = 0.15*0.05 + 0.2*0.1 + 0.35 = 0.0175 + 0.02 + 0.35 = 0.3775`")
    (fault,) = found.faults
    assert fault.printed == "0.0175"
    assert fault.message == "these numbers make 0.3875, and what stands beside them 0.3775"


def test_a_number_that_only_goes_on_in_a_chain_was_not_worked_out_anew() -> None:
    # z is 0.21 exactly; sigmoid(0.21) is 0.5523, and 0.56 follows from nothing that rounds to 0.21
    problem = problem_of(
        {"z": "w*x", "y": "sigmoid(z)", "C": "(t - y)**2/2"},
        cost="C",
        inputs={"x": "0.7"},
        targets={"t": "0.5"},
        parameters={"w": "0.3"},
        learning_rate="1",
    )
    text = "`z = w*x = 0.3*0.7 = 0.21`\n\n`y = sigmoid(0.21) = 1/(1 + exp(-0.21)) = {}`\n"
    assert [claim.printed for claim in _audit(text.format("0.56"), problem).faults] == ["0.56"]
    assert not _audit(text.format("0.55"), problem).faults


def _with_a_negative_weight() -> Problem:
    return problem_of(
        {"z": "w_1*x_1 + w_2*x_2", "a": "sigmoid(z)", "E": "(t - a)**2/2"},
        cost="E",
        inputs={"x_1": "0.35", "x_2": "0.9"},
        targets={"t": "0.5"},
        parameters={"w_1": "-1.2", "w_2": "0.8"},
        learning_rate="1",
    )


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("$z = x_1 w_1 + x_2 w_2 = -0.35 \\cdot 1.2 + 0.9 \\cdot 0.8 = 0.3$", []),
        ("$z = x_1 w_1 + x_2 w_2 = -0.35 \\cdot 1.2 + 0.9 \\cdot (-0.8) = 0.3$", ["-0.8"]),
        ("$z = x_1 w_1 + x_2 w_2 = 0.35 \\cdot 1.2 + 0.9 \\cdot 0.8 = 0.3$", ["1.2"]),
    ],
)
def test_a_sign_may_stand_before_another_factor(text: str, wrong: list[str]) -> None:
    assert [claim.text for claim in _audit(text, _with_a_negative_weight()).faults] == wrong


# delta is 0.047365, so that w_2 becomes 0.686324; but 0.0474 * 2.4 is 0.1138, and 0.8 - 0.1138 is 0.6862
@pytest.mark.parametrize(
    ("update", "verdict"), [("0.8 - 1 * 0.1138 = 0.6862", "carried"), ("0.8 - 1 * 0.1148 = 0.6852", "wrong")]
)
def test_what_comes_of_a_rounded_gradient_that_is_not_printed_is_carried(update: str, verdict: str) -> None:
    problem = _with_a_negative_weight()
    problem = replace(problem, values={**problem.values, "x_2": "2.4"})
    found = _audit(f"`a = 0.8176`\n\n`delta = 0.0474`\n\n`w_2+ = {update}`", problem)
    assert [claim.verdict.value for claim in found.claims] == ["correct", "correct", verdict]


def test_what_something_is_less_than_is_of_no_time_that_is_said() -> None:
    text = "`w_5+ = 0.35891648`\n\nAfter the update the error is 0.291027774, less than 0.298371109."
    assert not _audit(text).faults


def test_that_two_quantities_are_always_zero_says_nothing_of_one_by_the_other() -> None:
    problem = problem_of(
        {"z1": "w1*x", "z2": "w2*x", "y1": "relu(z1)", "y2": "relu(z2)", "z": "v1*y1 + v2*y2", "C": "(t - z)**2/2"},
        cost="C",
        inputs={"x": "1"},
        targets={"t": "0.7"},
        parameters={"w1": "-0.5", "w2": "-0.3", "v1": "0.2", "v2": "0.4"},
    )
    found = _audit(
        "`z1 = w1*x = -0.5*1 = 0.5`\n\n`y1 = relu(z1) = relu(0.5) = 0.5`\n\n`y2 = relu(-0.3) = 0.3`\n\n"
        "`dz/dv1 = y1 = 0.5`\n",
        problem,
    )
    assert [claim.printed for claim in found.faults] == ["0.5", "0.3"]
    assert found.claims[-1].verdict is Verdict.INHERITED
    assert found.claims[found.claims[-1].root or 0] is found.faults[0]


def test_a_mark_does_not_speak_of_an_update_that_is_not_made_yet() -> None:
    problem = problem_of(
        {"z": "w*x", "y": "v*z", "C": "(t - y)**2/2"},
        cost="C",
        inputs={"x": "1"},
        targets={"t": "1"},
        parameters={"w": "0.5", "v": "0.5"},
        learning_rate="0.1",
    )
    # dC/dw = -(1 - 0.25) * 0.5 = -0.375, and so is dC/dv: both become 0.5375
    found = _audit(
        "`w' = w - eta*dC/dw = 0.5 - 0.1*(-0.375) = 0.5375`\n\n`v' = v - eta*dC/dv = 0.5 - 0.1*(-0.375) = 5.375`\n\n"
        "`z' = w'*x = 0.5375*1 = 0.5375`\n\n`y' = v'*z' = 5.375*0.5375 = 2.8890625`\n\n"
        "`C' = (t - y')**2/2 = (1 - 2.8890625)**2/2 = 1.784278564`\n",
        problem,
    )
    assert [claim.printed for claim in found.faults] == ["5.375"]
    assert [claim.after for claim in found.claims if claim.quantity in ("y", "C")] == [1, 1, 1, 1]


# the error of these two outputs is 0.298371 by hand
@pytest.mark.parametrize(
    ("worked_out", "cause"),
    [
        ("`out_o1 = 0.75136507`\n\n`out_o2 = 0.772928465`", "inconsistent-setup"),
        ("`E_total = 0.298371109`", "inconsistent-setup"),
        ("`out_o1 = 0.75136507`", None),  # of the other output the document says nothing
    ],
)
def test_what_a_sentence_says_of_the_beginning_is_held_against_what_is_worked_out(
    worked_out: str, cause: str | None
) -> None:
    found = _audit(f"{worked_out}\n\nThe error was originally 0.5317.\n")
    claim = _of(found, "0.5317")
    assert claim.verdict is (Verdict.WRONG if cause else Verdict.UNDECIDED)
    assert claim.cause == (cause or "")


def test_a_number_that_was_worked_out_anew_may_have_the_digits_of_one_before_it() -> None:
    # 0.9 * 0.0084 is 0.00756; the gradient 0.0084 and the product are both 0.008 to three places
    problem = problem_of(
        {"C": "g*w"},
        cost="C",
        inputs={"g": "0.0084"},
        targets={},
        parameters={"w": "0.4"},
        learning_rate="0.9",
    )
    found = _audit("`dC/dw = 0.008`\n\n`w+ = w - eta*dC/dw = 0.4 - 0.9*0.008 = 0.4 - 0.008 = 0.392`\n", problem)
    assert not found.faults


def test_a_fault_of_its_own_is_found_behind_a_wrong_number_that_is_put_in() -> None:
    # dC/dy is -0.4, printed 0.4; with it dC/dw_1 follows, and 0.9, which is x_1, belongs not to dC/dw_2 but 0.3
    problem = problem_of(
        {"y": "w_1*x_1 + w_2*x_2", "C": "(t - y)**2/2"},
        cost="C",
        inputs={"x_1": "0.9", "x_2": "0.3"},
        targets={"t": "0.73"},
        parameters={"w_1": "0.2", "w_2": "0.5"},
        learning_rate="0.1",
    )
    found = _audit("`dC/dy = 0.40`\n\n`dC/dw_1 = 0.40*0.9 = 0.36`\n\n`dC/dw_2 = 0.40*0.9 = 0.36`\n", problem)
    assert [claim.verdict for claim in found.claims] == [Verdict.WRONG, Verdict.INHERITED, Verdict.WRONG]


def test_an_old_bias_is_no_frozen_one_where_its_update_is_printed() -> None:
    # dC/dz = -0.4 and dC/dw = -0.4·2, so that w+ = 0.28 and b+ = 0.24; y+ = 0.28·2 + 0.24 = 0.80
    problem = problem_of(
        {"y": "w*x + b", "C": "(t - y)**2/2"},
        cost="C",
        inputs={"x": "2"},
        targets={"t": "1.0"},
        parameters={"w": "0.2", "b": "0.2"},
        learning_rate="0.1",
    )
    text = "`w+ = 0.2 - 0.1*(-0.8) = 0.28`\n\n{}`y+ = w+ * x + b+ = 0.28*2 + 0.2 = 0.76`\n"
    for update, frozen in (("`b+ = 0.2 - 0.1*(-0.4) = 0.24`\n\n", False), ("", True)):
        (fault,) = _audit(text.format(update), problem).faults
        causes = [explanation.cause for explanation in fault.explanations]
        assert "stale-state" in causes
        assert ("frozen-parameter" in causes) is frozen


def test_a_program_may_keep_the_biases_that_were_updated_by_hand() -> None:
    # with b = 0.2 throughout, y after 10 updates is 1 - 0.4·0.6^10 = 0.99758; as declared 1 - 0.4·0.5^10 = 0.99961
    problem = problem_of(
        {"y": "w*x + b", "C": "(t - y)**2/2"},
        cost="C",
        inputs={"x": "2"},
        targets={"t": "1.0"},
        parameters={"w": "0.2", "b": "0.2"},
        learning_rate="0.1",
    )
    found = _audit("`b+ = 0.2 - 0.1*(-0.4) = 0.24`\n\nAfter 10 updates `y = 0.99758135`\n", problem)
    assert [claim.cause for claim in found.faults] == ["frozen-parameter"]


@pytest.mark.parametrize("text", ["error h1 = 0.0088", "delta o1 = 0.1385", "deltas: o1 = 0.1385"])
def test_another_quantity_of_a_unit_that_is_only_named_is_not_held_against_it(text: str) -> None:
    assert not _audit(text).faults  # dE/dnet_h1 = 0.008771, dE/dnet_o1 = 0.138499
