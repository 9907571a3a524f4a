"""Which quantity is the cost, and what plays which role in it."""

from __future__ import annotations

import pytest

from tests.auditing.inference.sheets import MAZUR, drafted

FORWARD = "w = 0.5, x = 2\n\nz = w*x = 1.0\n\nO = sigmoid(z) = 0.7311\n\n"
NUMBERS = " = (0.92 - 0.7311)^2 = 0.0357"


@pytest.mark.parametrize(
    ("line", "target"),
    [
        ("Cost = (y_true - y_predicted)^2", "y_true"),
        ("Cost = (actual - O)^2", "actual"),
        ("Cost = (target - output)^2", "target"),
        ("L = (t - prediction)^2", "t"),
    ],
)
def test_words_of_a_role(line: str, target: str) -> None:
    found = drafted(FORWARD + line + NUMBERS)
    assert found.equations[found.cost or ""] == f"({target} - O)**2"
    assert found.leaves["targets"] == {target: "0.92"}


def test_an_error_in_numbers_alone() -> None:
    found = drafted(FORWARD + "E = 1/2*(0.92 - 0.7311)^2 = 0.0178")
    assert found.equations["E"] == "1/2*(target - O)**2"
    assert found.leaves["targets"] == {"target": "0.92"}


def test_a_sum_of_errors_in_numbers_alone() -> None:
    text = """
x = 1, w_1 = 0.5, w_2 = 0.3

y_1 = sigmoid(w_1*x) = 0.6225

y_2 = sigmoid(w_2*x) = 0.5744

E_1 = (1 - 0.6225)^2/2 = 0.0713

E_2 = (0 - 0.5744)^2/2 = 0.1650

E = 0.0713 + 0.1650 = 0.2363
"""
    found = drafted(text)
    assert (found.cost, found.equations["E"]) == ("E", "E_1 + E_2")


def test_the_sum_of_errors_is_the_cost() -> None:
    found = drafted(MAZUR)
    assert (found.cost, found.equations["E_total"]) == ("E_total", "E_o1 + E_o2")


def test_a_sum_over_the_outputs_is_written_out() -> None:
    text = MAZUR.replace("E_total = E_o1 + E_o2 =", "$E_{total} = \\sum \\frac{1}{2}(target - output)^2$, so it is")
    found = drafted(text.replace("E_o1 = ", "so ").replace("E_o2 = ", "so "), "sheet.md")
    wanted = "1/2*(target_o1 - out_o1)**2 + 1/2*(target_o2 - out_o2)**2"
    assert found.equations[found.cost or ""] == wanted


DELTAS = "delta = (t - O)*O*(1 - O) = 0.0371\n\nnew_w = w + 0.1*delta*x = 0.5074"


@pytest.mark.parametrize(
    ("error", "cost"),
    [
        ("E = (t - O)^2 = (0.92 - 0.7311)^2 = 0.0357", "(t - O)**2/2"),
        ("E = 1/2*(t - O)^2 = 0.0178", "1/2*(t - O)**2"),
        ("E = (t - O)^2 = 0.0357\n\ndE/dO = -(t - O) = -0.1889", "(t - O)**2"),  # that is a fault
        ("e = t - O = 0.1889", "(t - O)**2/2"),  # a difference is no cost
    ],
)
def test_node_errors_may_be_a_multiple_of_those_of_the_declared_cost(error: str, cost: str) -> None:
    found = drafted(FORWARD + "t = 0.92\n\n" + error + "\n\n" + DELTAS)
    assert found.equations[found.cost or ""] == cost


def test_a_difference_by_name_is_that_of_the_node_error() -> None:
    text = FORWARD + "t = 0.92\n\ne = t - O = 0.1889\n\n" + DELTAS.replace("(t - O)", "e")
    found = drafted(text)
    assert (found.cost, found.equations["E"]) == ("E", "(t - O)**2/2")


def test_a_part_of_a_sum_of_errors_is_not_the_cost() -> None:
    text = FORWARD + "t = 0.92\n\nE1 = 1/2*(t - O)^2 = 0.0178\n\nE = {}\n\ndE/dw = -0.0742"
    for total in ("E1 + E2 = 0.0178 + 0.2 = 0.2178", "(E1 + E2)/2 = 0.1089"):
        found = drafted(text.format(total))
        assert (found.cost, found.missing, [*found.equations]) == (None, ("E2",), ["z", "O"])
    assert drafted(text.format("E1 = 0.0178")).cost == "E"


def test_an_error_without_outputs_is_no_multiple_of_anything() -> None:
    text = "E = (1/2)*(out - target)^2 = (1/2)*(1.4438 - 0.99)^2 = 0.10297\n\ndelta = target - out = -0.4538\n\n"
    assert drafted(text + "w1+ = w1 + eta*delta*i1 = -0.58 + 0.01*(-0.4538)*0.11 = -0.5805").supposed is None


def test_an_activation_less_a_number_is_no_error() -> None:
    text = r"""
$f(x) = \frac{2}{1 + e^{-x}} - 1$, $x = 2$, $t = 1$, $w = 0.3$

$y_{in} = w x = 0.6$, $y = f(y_{in}) = 0.2913$

$\delta = (t - y) f'(y_{in}) = 0.3243$
"""
    found = drafted(text, "sheet.md")
    assert found.cost == "E"
    assert found.equations["E"] == "(t - y)**2/2"


def test_a_rule_for_any_unit_in_names_that_are_run_together_tells_the_cost() -> None:
    text = """
x1 = 0.5, w12 = 0.4, T2 = 1

Errj = Oj (1 – Oj)(Tj – Oj)

I2 = w12*x1 = 0.4*0.5 = 0.2

O2 = sigmoid(0.2) = 0.5498

Err2 = (0.5498)(1 – 0.5498)(1 – 0.5498) = 0.1114
"""
    found = drafted(text)
    assert found.cost == "E"
    assert found.equations["E"] == "(T2 - O2)**2/2"
    assert "Err2" not in found.equations


def test_a_node_error_in_numbers_is_no_error() -> None:
    text = FORWARD + "t = 0.92\n\nE = 1/2*(t - O)^2 = 1/2*(0.92 - 0.7311)^2 = 0.0178\n\n"
    found = drafted(text + "Err_1 = (t - O)*O*(1 - O) = (0.92 - 0.7311)*0.7311*(1 - 0.7311) = 0.0371")
    assert [*found.equations] == ["z", "O", "E"]


@pytest.mark.parametrize(
    ("loss", "cost"),
    [
        ("L = -ln(0.6225) = 0.4740", "-log(p_1)"),
        ("L = -ln(1 - 0.6225) = 0.9742", "-log(1 - p_1)"),
        ("L = -ln(0.1234) = 2.0923", None),
    ],
)
def test_a_logarithm_in_numbers_is_that_of_an_output(loss: str, cost: str | None) -> None:
    # exp(0.7)/(exp(0.7) + exp(0.2)) = 0.62246
    text = f"""
x = 1, w_1 = 0.7, w_2 = 0.2

o_1 = 0.7*1 = 0.70

o_2 = 0.2*1 = 0.20

p_1 = e^0.70/(e^0.70 + e^0.20) = 0.6225

{loss}
"""
    found = drafted(text)
    assert found.equations["p_1"] == "exp(o_1)/(exp(o_1) + exp(o_2))"
    assert found.equations.get("L") == cost


def test_what_a_network_is_called_as_a_function_has_another_name_behind_it() -> None:
    text = "x = 2, w = 0.5\n\nz = w*x = 1.0\n\nh(x) = a = sigmoid(1.0) = 0.7311"
    assert drafted(text).equations["a"] == "sigmoid(z)"


def test_an_error_that_is_only_named_is_no_sum() -> None:
    assert not drafted("z = E").cost
