"""Rules for any unit: what holds at every unit is right, what one change makes hold is wrong, the rest is open."""

from __future__ import annotations

import pytest

from symbackprop.auditing.auditor import audit
from symbackprop.auditing.documents.formats import read_text
from symbackprop.auditing.report import Judged, Verdict
from symbackprop.network.problem import Problem
from tests.auditing.naming.sheets import raised, unit_numbers
from tests.networks import example

RULES = [
    ("$\\Delta w_{ij} = -\\eta \\delta_j O_i$", Verdict.CORRECT, ""),
    ("$\\Delta w_{ij} = \\eta \\delta_j O_j$", Verdict.WRONG, "wrong-index"),
    ("$I_j = \\sum_i w_{ij} O_i + \\theta_j$", Verdict.CORRECT, ""),
    ("$I_j = \\sum_i (w_{ij} O_i + \\theta_j)$", Verdict.WRONG, "wrong-formula"),
    ("$O_j = \\frac{1}{1 + e^{-I_j}}$", Verdict.CORRECT, ""),
    ("$O_j = \\frac{1}{1 + e^{I_j}}$", Verdict.WRONG, "sign"),
    ("$\\Delta w_{ij} = q (r_j)^3$", Verdict.UNDECIDED, ""),
]


@pytest.mark.parametrize(("text", "verdict", "cause"), RULES)
def test_a_rule_is_tried_at_every_unit(text: str, verdict: Verdict, cause: str) -> None:
    source, blocks = read_text(text, name="sheet.md")
    (claim,) = audit(source, blocks, example("mazur_2_2_2")).claims
    assert (claim.verdict, claim.cause) == (verdict, cause)


@pytest.mark.parametrize("text", ["$w_{ij} = w_{ij} - \\eta \\delta_j O_i$", "$\\Delta w_{ij} += \\eta \\delta_j O_j$"])
def test_what_a_quantity_becomes_is_not_taken_for_what_it_is(text: str) -> None:
    source, blocks = read_text(text, name="sheet.md")
    assert not audit(source, blocks, example("mazur_2_2_2")).faults


STEPS = [  # of a recurrence over three steps, a loss at each
    (r"$h_t = \tanh(W_{xh} x_t + W_{hh} h_{t-1})$", Verdict.CORRECT, ""),
    (r"$h_t = \tanh(W_{xh} x_{t-1} + W_{hh} h_{t-1})$", Verdict.WRONG, "wrong-index"),
    (r"$h_t = \tanh(W_{xh} x_t + W_{hh} h_t)$", Verdict.WRONG, "wrong-index"),
    (r"$h_t = \tanh(z_t) + h_t$", Verdict.UNDECIDED, ""),  # what it becomes, in a program
    (r"$h_t = h_t W_{hy}$", Verdict.UNDECIDED, ""),
    (r"$\frac{\partial h_t}{\partial h_{t-1}} = W_{hh} (1 - h_t^2)$", Verdict.CORRECT, ""),
    (r"$\frac{\partial h_t}{\partial h_{t-1}} = W_{hh} (1 - h_{t-1}^2)$", Verdict.WRONG, "wrong-index"),
    (r"$\frac{\partial h_t}{\partial h_{t-1}} = W_{hh} h_t (1 - h_t)$", Verdict.WRONG, "wrong-formula"),
    (r"$\frac{\partial h_t}{\partial h_{t-1}} = W_{xh} (1 - h_t^2)$", Verdict.WRONG, "wrong-quantity"),
    (r"$\frac{\partial L_t}{\partial \hat{y}_t} = -(y_t - \hat{y}_t)$", Verdict.CORRECT, ""),
    (r"$\frac{\partial L_t}{\partial \hat{y}_t} = y_t - \hat{y}_t$", Verdict.WRONG, "sign"),
    (r"$\frac{\partial L}{\partial W_{hy}} = \sum_t (\hat{y}_t - y_t) h_t$", Verdict.CORRECT, ""),
    (r"$\frac{\partial L}{\partial W_{hy}} = \sum_t (\hat{y}_t - y_t) h_{t-1}$", Verdict.WRONG, "wrong-index"),
    (r"$\frac{\partial L}{\partial W_{hy}} = \sum_{t=1}^{3} (y_t - \hat{y}_t) h_t$", Verdict.WRONG, "sign"),
    (r"$L = \sum_{t=1}^{T} L_t$", Verdict.CORRECT, ""),
    # what one change does not make hold may be about something else
    (r"$h_t = q_t \tanh(z_t)$", Verdict.UNDECIDED, ""),
    (r"$\frac{\partial L}{\partial h_t} = (\hat{y}_t - y_t) W_{hy}$", Verdict.UNDECIDED, ""),  # in the last step
    (r"$h_t = 3 \tanh(z_t)^3 + h_{t-1}$", Verdict.UNDECIDED, ""),
]


@pytest.mark.parametrize(("text", "verdict", "cause"), STEPS)
def test_a_rule_is_tried_at_every_step(text: str, verdict: Verdict, cause: str) -> None:
    (claim,) = _claims(text, example("recurrent"))
    assert (claim.verdict, claim.cause) == (verdict, cause)


@pytest.mark.parametrize(("printed", "verdict"), [("-0.140727", Verdict.CORRECT), ("-0.141727", Verdict.WRONG)])
def test_a_sum_over_steps_is_worked_out(printed: str, verdict: Verdict) -> None:
    formula = r"\frac{\partial L}{\partial W_{hy}} = \sum_t (\hat{y}_t - y_t) h_t"
    rule, number = _claims(f"${formula} = {printed}$", example("recurrent"))
    assert (rule.verdict, number.verdict) == (Verdict.CORRECT, verdict)


ERRORS = r"$\delta^l = \frac{\partial C}{\partial z^l}$ $\delta^3 = (a^3 - y) \odot \sigma'(z^3)$"
LAYERS = [
    (r"$\delta^l = ((w^{l+1})^T \delta^{l+1}) \odot \sigma'(z^l)$", Verdict.CORRECT, ""),
    (r"$\delta^l = (w^{l+1} \delta^{l+1}) \odot \sigma'(z^l)$", Verdict.WRONG, "transposed"),
    (r"$\delta^2 = ((w^3)^T \delta^3) \odot \sigma'(z^2)$", Verdict.CORRECT, ""),
    (r"$\delta^2 = (w^3 \delta^3) \odot \sigma'(z^2)$", Verdict.WRONG, "transposed"),
    (r"$\delta^l_j = \sum_k w^{l+1}_{kj} \delta^{l+1}_k \sigma'(z^l_j)$", Verdict.CORRECT, ""),
    (r"$\delta^l_j = \sum_k w^{l+1}_{jk} \delta^{l+1}_k \sigma'(z^l_j)$", Verdict.WRONG, "wrong-index"),
    (r"$\delta^L_j = (a^L_j - y_j) \sigma'(z^L_j)$", Verdict.CORRECT, ""),
    (r"$\frac{\partial C}{\partial w^l_{jk}} = a^{l-1}_k \delta^l_j$", Verdict.CORRECT, ""),
    (r"$\frac{\partial C}{\partial w^l_{jk}} = a^l_k \delta^l_j$", Verdict.WRONG, "wrong-index"),
    (r"$\frac{\partial C}{\partial W^3} = \delta^3 (a^2)^T$", Verdict.CORRECT, ""),
    (r"$\frac{\partial C}{\partial W^3} = (a^2)^T \delta^3$", Verdict.CORRECT, ""),  # of rows
    (r"$\frac{\partial C}{\partial W^3} = (a^3 - y) (a^2)^T$", Verdict.WRONG, "missing-factor"),
    (r"$\frac{\partial C}{\partial b^3} = \delta^3 (a^2)^T$", Verdict.WRONG, "wrong-index"),  # by w^3
    (r"$\frac{\partial C}{\partial b^3} = ((a^3 - y) \odot \sigma'(z^3)) (a^2)^T$", Verdict.WRONG, "wrong-index"),
    (r"$\frac{\partial C}{\partial b^3} = q^3 (a^2)^T$", Verdict.UNDECIDED, ""),
]


@pytest.mark.parametrize(("text", "verdict", "cause"), LAYERS)
def test_a_rule_is_tried_at_every_layer(text: str, verdict: Verdict, cause: str) -> None:
    *errors, claim = _claims(f"{ERRORS}\n\n{text}", raised())
    assert {one.verdict for one in errors} == {Verdict.CORRECT}
    assert (claim.verdict, claim.cause) == (verdict, cause)


SIGNS = [  # a node error has the sign that the document gives it
    ("$\\delta_j = (O_j - T_j) O_j (1 - O_j)$", "$\\frac{\\partial E}{\\partial w_{ij}} = -\\delta_j O_i$", "sign"),
    ("$\\delta_j = (T_j - O_j) O_j (1 - O_j)$", "$\\frac{\\partial E}{\\partial w_{ij}} = -\\delta_j O_i$", ""),
    ("", "$\\frac{\\partial E}{\\partial w_{ij}} = -\\delta_j O_i$", ""),
]


@pytest.mark.parametrize(("defined", "rule", "cause"), SIGNS)
def test_the_sign_of_node_errors_holds(defined: str, rule: str, cause: str) -> None:
    assert _claims(f"{defined}\n\n{rule}", unit_numbers())[-1].cause == cause


LISTS = [  # products of lists entry by entry
    (r"$\frac{\partial C}{\partial b^3} = (a^3 - y) * a^3 * (1 - a^3)$", Verdict.CORRECT, ""),
    (r"$\frac{\partial C}{\partial b^3} = (y - a^3) * a^3 * (1 - a^3)$", Verdict.WRONG, "sign"),
    (r"$\frac{\partial C}{\partial W^3} = (a^3 - y) * a^3 * (1 - a^3)$", Verdict.WRONG, "wrong-index"),  # by b^3
    (r"$\frac{\partial C}{\partial W^3} = (a^3 - y) * a^3 * (1 - 3 a^3)$", Verdict.UNDECIDED, ""),
]


@pytest.mark.parametrize(("text", "verdict", "cause"), LISTS)
def test_a_product_of_lists_may_be_meant_entry_by_entry(text: str, verdict: Verdict, cause: str) -> None:
    (claim,) = _claims(text, raised())
    assert (claim.verdict, claim.cause) == (verdict, cause)


CHAINED = [  # formulas with the derivative of the activation as a function
    (r"$\frac{\partial E}{\partial w_{46}} = (O_6 - T_6) \sigma'(I_6) O_4$", Verdict.CORRECT, ""),
    (r"$\frac{\partial E}{\partial w_{46}} = (O_6 - T_6) \sigma'(I_6)$", Verdict.WRONG, "missing-factor"),
    (r"$\frac{\partial E}{\partial w_{46}} = (O_6 - T_6) \sigma'(I_6) O_5$", Verdict.WRONG, "wrong-index"),
    (r"$\sigma(x) = \frac{1}{1 + e^{-x}}$", Verdict.CORRECT, ""),
    (r"$\sigma(x) = \frac{e^{-x}}{1 + e^{-x}}$", Verdict.WRONG, "wrong-formula"),
]


@pytest.mark.parametrize(("text", "verdict", "cause"), CHAINED)
def test_a_formula_with_a_slope(text: str, verdict: Verdict, cause: str) -> None:
    (claim,) = _claims(text, unit_numbers())
    assert (claim.verdict, claim.cause) == (verdict, cause)


def test_a_formula_of_another_function_is_shown_at_a_point_that_is_named() -> None:
    # 1/(1 + exp(-0.37)) = 0.59145897843..., and 1 less that
    (claim,) = _claims(r"$\sigma(x) = \frac{e^{-x}}{1 + e^{-x}}$", unit_numbers())
    (told,) = claim.explanations
    assert told.sentence == "At x = 0.37 it makes 0.4085410216, and should make 0.5914589784."


def _claims(text: str, problem: Problem) -> tuple[Judged, ...]:
    source, blocks = read_text(text, name="sheet.md")
    return audit(source, blocks, problem).claims


SLOPES = (  # δ is ∂C/∂a in all of these
    (
        r"$\delta_j^L = a_j^L - y_j$",
        r"$\delta_j^l = \sum_k w_{kj}^{l+1} \delta_k^{l+1} \sigma'(z_k^{l+1})$",
        r"$\frac{\partial C}{\partial w_{jk}^l} = \delta_j^l \sigma'(z_j^l) a_k^{l-1}$",
        r"$\frac{\partial C}{\partial b_j^l} = \delta_j^l \sigma'(z_j^l)$",
    ),
    (r"$\delta_j^l = \frac{\partial C}{\partial a_j^l}$", r"$\delta_j^L = a_j^L - y_j$"),
)
NET = (  # and ∂C/∂z in these
    r"$\delta_j^L = (a_j^L - y_j) \sigma'(z_j^L)$",
    r"$\delta_j^l = \sum_k w_{kj}^{l+1} \delta_k^{l+1} \sigma'(z_j^l)$",
    r"$\frac{\partial C}{\partial w_{jk}^l} = \delta_j^l a_k^{l-1}$",
)


@pytest.mark.parametrize("rules", [*SLOPES, NET])
def test_an_error_for_any_unit_may_be_the_slope_by_an_activation(rules: tuple[str, ...]) -> None:
    assert {claim.verdict for claim in _claims(" ".join(rules), raised())} == {Verdict.CORRECT}


def test_a_rule_without_the_derivative_of_the_activation() -> None:
    lost = r"$\delta_j^l = \sum_k w_{kj}^{l+1} \delta_k^{l+1}$"
    first, claim, last = _claims(" ".join((NET[0], lost, NET[2])), raised())
    assert (first.verdict, claim.verdict, last.verdict) == (Verdict.CORRECT, Verdict.WRONG, Verdict.CORRECT)
    assert claim.cause == "missing-factor"
