"""Documents of vectors by one letter: the rows of a matrix, batch normalisation, optimisers step by step, attention.

The expected numbers are worked out by hand: logistic(0.5) = 0.62246, 1 - 0.9² = 0.19.
"""

from __future__ import annotations

import pytest

from symbackprop.auditing.auditor import audit
from symbackprop.auditing.documents.formats import read_text
from symbackprop.auditing.report import Judged, Verdict
from symbackprop.network.problem import Problem
from tests.networks import problem_of

SAMPLES = problem_of(  # u_o against two others: scores 0.5, -0.1 and 0.5 with v = (1, -0.5)
    {
        "s_o": "u_o1*v_c1 + u_o2*v_c2",
        "s_1": "u_11*v_c1 + u_12*v_c2",
        "s_2": "u_21*v_c1 + u_22*v_c2",
        "J": "-log(sigmoid(s_o)) - log(sigmoid(-s_1)) - log(sigmoid(-s_2))",
    },
    cost="J",
    parameters={
        "v_c1": "1",
        "v_c2": "-0.5",
        "u_o1": "0.7",
        "u_o2": "0.4",
        "u_11": "-0.3",
        "u_12": "-0.4",
        "u_21": "0.6",
        "u_22": "0.2",
    },
    learning_rate="0.5",
)
NORMALISED = problem_of(  # mean 3, variance 5, squares halved: not a mean of four
    {
        "mu": "(x_1 + x_2 + x_3 + x_4)/4",
        "var": "((x_1 - mu)**2 + (x_2 - mu)**2 + (x_3 - mu)**2 + (x_4 - mu)**2)/4",
        **{f"xh_{k}": f"(x_{k} - mu)/sqrt(var + eps)" for k in (1, 2, 3, 4)},
        **{f"y_{k}": f"gamma*xh_{k}" for k in (1, 2, 3, 4)},
        "L": "((y_1 - t_1)**2 + (y_2 - t_2)**2 + (y_3 - t_3)**2 + (y_4 - t_4)**2)/2",
    },
    cost="L",
    inputs={"x_1": "0", "x_2": "2", "x_3": "4", "x_4": "6", "eps": "0.01"},
    targets={"t_1": "0", "t_2": "1", "t_3": "0", "t_4": "1"},
    parameters={"gamma": "1.5"},
    learning_rate="0.1",
)
STEPS = problem_of(  # y = w x at w = 0.5 and x = 2; gradients 2(w·2 - 3)
    {
        "y_1": "w_0*x",
        "g_1": "(y_1 - t)*x",
        "m_1": "(1 - beta)*g_1",
        "mh_1": "m_1/(1 - beta)",
        "w_1": "w_0 - rho*mh_1",
        "y_2": "w_1*x",
        "g_2": "(y_2 - t)*x",
        "m_2": "beta*m_1 + (1 - beta)*g_2",
        "mh_2": "m_2/(1 - beta**2)",
        "L": "(y_2 - t)**2/2",
    },
    cost="L",
    inputs={"x": "2", "beta": "0.9", "rho": "0.1"},
    targets={"t": "3"},
    parameters={"w_0": "0.5"},
    learning_rate="0.1",
)


def claims(text: str, problem: Problem) -> list[Judged]:
    source, blocks = read_text(text, name="sheet.md")
    return list(audit(source, blocks, problem).claims)


def verdicts(text: str, problem: Problem) -> list[str]:
    return [claim.cause or claim.verdict.value for claim in claims(text, problem)]


ROWS = r"$u_1 \leftarrow [-0.3, -0.4] - 0.5 \cdot [0.4750, -0.2375] = [-0.5375, -0.2813]$"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (r"$u_1 \cdot v_c = -0.3(1) - 0.4(-0.5) = -0.1$", ["correct"]),
        (r"$u_2 \cdot v_c = 0.6 - 0.1 = 0.5$", ["correct"]),
        (r"$u_o \cdot v_c = 0.7 - 0.2 = 0.5$", ["correct"]),  # o is one of the words, and no index of any
        (r"$\sigma(u_2 \cdot v_c) = 0.6225$", ["correct"]),
        (r"$\frac{\partial J}{\partial u_2} = \sigma(u_2 \cdot v_c) v_c = [0.6225, -0.3112]$", ["correct"] * 3),
        (r"$\frac{\partial J}{\partial u_1} = \sigma(-u_1 \cdot v_c) v_c$", ["sign"]),
        (r"$J = -\log \sigma(u_o^\top v_c) - \sum_{k=1}^{K} \log \sigma(-u_k^\top v_c)$", ["correct"]),
    ],
)
def test_a_row_of_a_matrix_is_a_vector_where_the_document_shows_its_numbers(line: str, expected: list[str]) -> None:
    found = verdicts(f"{line}\n\n{ROWS}", SAMPLES)
    assert found[: len(expected)] == expected


def test_what_numbers_make_that_are_assigned_is_not_what_a_name_was_before() -> None:
    first, *_ = claims(f"$u_1 \\cdot v_c = -0.3(1) - 0.4(-0.5) = -0.1$\n\n{ROWS}", SAMPLES)
    assert (first.verdict, first.exact) == (Verdict.CORRECT, "-0.1")


BATCH = r"""$\sigma^2 = \frac{1}{m} \sum_i (x_i - \mu)^2 = \frac{9 + 1 + 1 + 9}{4} = 5$

$\hat{x}_1 = \frac{0 - 3}{2.2383} = -1.3403$ and $y_i = \gamma \hat{x}_i$

"""


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (r"$\sqrt{\sigma^2 + \varepsilon} = \sqrt{5 + 0.01} = 2.2383$", ["correct"]),
        (r"$\frac{\partial L}{\partial \gamma} = \sum_i \frac{\partial L}{\partial y_i} \hat{x}_i$", ["correct"]),
        (
            r"$\frac{\partial L}{\partial \gamma} = \sum_i \frac{\partial L}{\partial y_i} x_i"
            r" = -2.0105 \cdot 0 - 1.6702 \cdot 2 + 0.6702 \cdot 4 + 1.0105 \cdot 6 = 5.4034$",
            ["wrong-quantity", "inherited"],
        ),
        (
            r"$\frac{\partial L}{\partial \sigma^2} = -\sum_i \frac{\partial L}{\partial \hat{x}_i}"
            r" (x_i - \mu)(\sigma^2 + \varepsilon)^{-3/2}$",
            ["convention"],  # a half is lost
        ),
    ],
)
def test_a_batch_is_normalised(line: str, expected: list[str]) -> None:
    found = verdicts(BATCH + line, NORMALISED)
    assert found == ["correct"] * 4 + expected


def test_a_letter_without_its_step_is_that_of_the_step_whose_number_it_has() -> None:
    text = r"$y = 0.5 \cdot 2 = 1$. $w_1 = 0.5 - 0.1 \cdot (-4) = 0.9$. Now $y = 0.9 \cdot 2 = 1.8$."
    assert [(claim.quantity, claim.verdict.value) for claim in claims(text, STEPS)] == [
        ("y_1", "correct"),
        ("w_1", "correct"),
        ("y_2", "correct"),
    ]


def test_numbers_behind_a_rule_are_those_of_what_it_is_about() -> None:
    text = r"$\hat{m}_2 = \frac{m_2}{1 - \beta^t} = \frac{-0.6}{1 - 0.9} = -6$"
    assert [claim.verdict for claim in claims(text, STEPS)][-1] is Verdict.WRONG  # -0.6/0.19 is -3.158
    right = r"$\hat{m}_2 = \frac{m_2}{1 - \beta^t} = \frac{-0.6}{1 - 0.9^2} = -3.158$"
    assert [claim.verdict for claim in claims(right, STEPS)][-1] is Verdict.CORRECT


def test_one_letter_with_its_numbers_is_another_where_several_numbers_agree() -> None:
    problem = problem_of(
        {"a_1": "exp(q)/(exp(q) + 1)", "a_2": "1/(exp(q) + 1)", "L": "(a_1 - t)**2"},
        cost="L",
        targets={"t": "1"},
        parameters={"q": "0.5"},
    )
    text = (
        r"$\alpha_1 = 0.6225$, $\alpha_2 = 0.3775$, $\frac{\partial L}{\partial \alpha_1} = 2(\alpha_1 - t) = -0.755$"
    )
    assert [claim.verdict for claim in claims(text, problem)] == [Verdict.CORRECT] * 4


GATES = problem_of({"p": "x*y", "f": "p + 3*x"}, cost="f", inputs={"x": "2", "y": "-1"})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"$$f(x) = \frac{1}{x} \rightarrow \frac{df}{dx} = -\frac{1}{x^2}$$", ["undecided", "undecided"]),
        (r"$$f(x, y) = x y \rightarrow \frac{\partial f}{\partial x} = y$$", ["undecided", "undecided"]),
        (r"$$f(x, y) = x y + 3 x$$ $$\frac{\partial f}{\partial x} = y + 3$$", ["undecided", "correct"]),
        (r"$$\frac{\partial f}{\partial x} = y$$", ["missing-paths"]),
    ],
)
def test_a_function_that_is_introduced_by_the_way_is_not_the_networks(text: str, expected: list[str]) -> None:
    assert verdicts(text, GATES) == expected


CELL = problem_of(  # at x = 2 each gate is logistic or tanh of ±1: 0.7311, 0.2689, 0.7616
    {
        "net_a": "W_a*x",
        "a": "tanh(net_a)",
        "net_i": "W_i*x",
        "i": "sigmoid(net_i)",
        "net_f": "W_f*x",
        "f": "sigmoid(net_f)",
        "state": "a*i + f*state_prev",
        "E": "(state - target)**2/2",
    },
    cost="E",
    inputs={"x": "2", "state_prev": "0.5"},
    targets={"target": "1"},
    parameters={"W_a": "0.5", "W_i": "0.5", "W_f": "-0.5"},
    learning_rate="0.1",
)
GATES_BACK = """δs = state - target

δa = δs * i * (1 - a²)

δi = δs * a * i * (1 - i)

"""


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("δf = δs * state_prev * f * (1 - f)", ["correct"]),
        ("δf = δs * state * f * (1 - f)", ["wrong-index"]),
        ("δW_a = δa * x", ["correct"]),  # no change of W_a, but what it is differentiated by
        ("δf = δs * state_prev * f * (1 - f)\n\nδW_f = δf * x\n\nδW_a = δi * x", ["correct", "correct", "wrong-index"]),
    ],
)
def test_node_errors_of_gates_are_known_by_those_of_the_others(line: str, expected: list[str]) -> None:
    assert verdicts(GATES_BACK + line, CELL)[3:] == expected


SCORES = problem_of(  # scores 0.24 and -0.18, so y is 0.6035 and 0.3965
    {
        "u_1": "wp_11*h_1 + wp_21*h_2",
        "u_2": "wp_12*h_1 + wp_22*h_2",
        "y_1": "exp(u_1)/(exp(u_1) + exp(u_2))",
        "y_2": "exp(u_2)/(exp(u_1) + exp(u_2))",
        "E": "-(t_1*log(y_1) + t_2*log(y_2))",
    },
    cost="E",
    targets={"t_1": "0", "t_2": "1"},
    parameters={"h_1": "0.4", "h_2": "0.3", "wp_11": "0.3", "wp_12": "-0.6", "wp_21": "0.4", "wp_22": "0.2"},
    learning_rate="0.5",
)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (r"$\frac{\partial E}{\partial w'_{11}} = 0.6035 \cdot 0.4 = 0.2414$", "correct"),
        (r"$\frac{\partial E}{\partial w^\prime_{22}} = -0.6035 \cdot 0.4 = -0.2414$", "wrong-index"),
        (r"$\frac{\partial E}{\partial h_1} = 0.6035 \cdot 0.3 + (-0.6035) \cdot 0.6 = -0.1810$", "sign"),
        (r"$\frac{\partial E}{\partial h_2} = 0.6035 \cdot 0.4 - 0.6035 \cdot 0.2 = 0.1207$", "correct"),
    ],
)
def test_a_vector_is_known_by_its_numbers_and_a_prime_may_be_part_of_a_name(line: str, expected: str) -> None:
    found = verdicts(f"$e = (0.6035, -0.6035)$\n\n{line}", SCORES)
    assert found == ["correct", "correct", expected]


def test_what_a_parameter_becomes_is_not_what_it_is_given_as() -> None:
    problem = problem_of(
        {"phi": "exp(-x**2/(2*s**2))", "E": "(phi - t)**2/2"},
        cost="E",
        inputs={"x": "0.6"},
        targets={"t": "0.5"},
        parameters={"s": "0.5"},
        learning_rate="0.2",
    )
    text = r"""$\phi = e^{-\frac{x^2}{2\sigma^2}} = e^{-\frac{0.6^2}{2 \cdot 0.5^2}} = 0.4868$

$\frac{\partial E}{\partial \sigma} = (\phi - t) \phi \frac{x^2}{\sigma^3} = -0.0185$

$\sigma \leftarrow 0.5 - 0.2 \cdot (-0.0185) = 0.5037$"""
    assert {*verdicts(text, problem)} <= {"correct", "carried"}


def test_python_counts_from_0() -> None:
    text = "The loss is `-np.log(y[1])` = 0.9250."  # log(0.3965)
    assert verdicts(text, SCORES) == ["correct"]


TURNED = problem_of(
    {
        "z_1": "U_11*x_1 + U_12*x_2",
        "z_2": "U_21*x_1 + U_22*x_2",
        "C": "(z_1 - t_1)**2/2 + (z_2 - t_2)**2/2",
    },
    cost="C",
    inputs={"x_1": "1", "x_2": "2"},
    targets={"t_1": "1", "t_2": "2"},
    parameters={"U_11": "0.3", "U_12": "0.5", "U_21": "-0.2", "U_22": "0.4"},
)


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        (r"\begin{pmatrix} 0.37 \\ -0.41 \end{pmatrix}", ["correct", "correct"]),  # 0.3 * 0.3 - 1.4 * -0.2
        (r"\begin{pmatrix} -0.61 \\ -0.62 \end{pmatrix}", ["transposed", "transposed"]),
    ],
)
def test_a_product_without_a_name_may_be_that_with_the_matrix_the_other_way_round(
    printed: str, expected: list[str]
) -> None:
    given = r"$\delta = z - t = \begin{pmatrix} 0.3 \\ -1.4 \end{pmatrix}$, "
    assert verdicts(rf"{given}$U^\top \delta = {printed}$", TURNED)[-2:] == expected
