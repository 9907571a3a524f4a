"""Documents and the networks that they work through."""

from __future__ import annotations

import sys
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symbackprop.auditing.auditor import audit
from symbackprop.auditing.inference.infer import infer, initial_file
from symbackprop.errors import SymbackpropError
from symbackprop.network.file import load_problem, read_problem
from symbackprop.network.problem import Problem
from tests.auditing.inference.sheets import MAZUR, NUMBERED, inferred, read

EXAMPLES = Path(__file__).parents[3] / "examples"

VECTORS = r"""
The learning rate is $\eta = 0.1$, $x = [0.5, -0.2]$, $y = 1$.

$$W^{(1)} = \begin{bmatrix} 0.3 & -0.1 \\ 0.2 & 0.4 \end{bmatrix}, b^{(1)} = \begin{bmatrix} 0.1 \\ -0.2 \end{bmatrix}$$

$$W^{(2)} = \begin{bmatrix} 0.5 & -0.3 \end{bmatrix}, b^{(2)} = 0.2$$

$$z^{(1)} = W^{(1)} x + b^{(1)} = \begin{bmatrix} 0.27 \\ -0.18 \end{bmatrix}$$

$$a^{(1)} = \tanh(z^{(1)})$$

$$z^{(2)} = W^{(2)} a^{(1)} + b^{(2)} = 0.3852$$

$$\hat{y} = \tanh(z^{(2)}) = 0.3672$$

$$L = (y - \hat{y})^2 = 0.4004$$
"""

RECURRENT = r"""
$x = [1, 2, 3]$, $t = [0.5, 1.0, 1.5]$, $W_{xh} = 0.5$, $W_{hh} = 0.1$, $W_{hy} = 1.0$, $h_0 = 0$

$$a_t = W_{xh} x_t + W_{hh} h_{t-1}$$
$$h_t = \tanh(a_t)$$
$$y_t = W_{hy} h_t$$
$$L = \frac{1}{2}\sum_t (y_t - t_t)^2$$

$a_1 = 0.5$, $h_1 = 0.4621$, $y_1 = 0.4621$

$a_2 = 1.0462$, $h_2 = 0.7803$, $y_2 = 0.7803$

$a_3 = 1.5780$, $h_3 = 0.9183$, $y_3 = 0.9183$
"""

TABLE = """
| parameter | value |
|---|---|
| w1 | 0.15 |
| w2 | 0.40 |
| x | 0.05 |
| t | 0.01 |

With sigmoid units and a learning rate of 0.5:

z1 = w1*x = 0.0075

a1 = f(z1) = 0.5019

z2 = w2*a1 = 0.2008

a2 = f(z2) = 0.5500

E = 1/2 (t - a2)^2 = 0.1458
"""


def equations(problem: Problem | None) -> dict[str, str]:
    assert problem is not None
    return {definition.name: str(definition.expression) for definition in problem.graph.definitions}


def exact(problem: Problem | None) -> dict[str, Fraction]:
    assert problem is not None
    return problem.exact_values()


def test_the_2_3_1_document_states_everything() -> None:
    found = inferred(NUMBERED)
    wanted = load_problem(EXAMPLES / "sigmoid_2_3_1.toml")
    assert found.missing == ()
    assert exact(found.problem) == wanted.exact_values()
    theirs = equations(wanted)
    mine = equations(found.problem)
    assert {name: mine[name] for name in mine if name != "Cost"} == {
        name: theirs[name] for name in mine if name != "Cost"
    }
    assert mine["Cost"] == theirs["Cost_declared"]


def test_the_2_2_2_document_leaves_out_four_weights_and_two_net_inputs() -> None:
    found = inferred(MAZUR)
    assert found.missing == ("w3", "w4", "w7", "w8")
    assert any(note.startswith("net_o2 is not written out: taken after net_o1") for note in found.notes)
    assert equations(found.problem)["net_o2"] == "b2 + out_h1*w7 + out_h2*w8"
    assert found.problem is not None
    assert set(found.problem.graph.leaves) - {*found.problem.values} == {"w3", "w4", "w7", "w8"}
    assert [(claim.name, claim.printed) for claim in found.problem.claims] == [
        ("out_h2", "0.596884378"),
        ("out_o2", "0.772928465"),
    ]


def test_where_a_number_is_put_in_that_is_not_the_printed_one_neither_is_taken() -> None:
    found = inferred(MAZUR.replace("0.596884378 + 0.6 = 1.105905967", "0.586884378 + 0.6 = 1.101405967"))
    assert found.problem is not None
    assert {claim.name for claim in found.problem.claims} == {"net_o1", "out_o2"}


def test_what_may_be_worked_out_elsewhere_is_no_leaf_of_a_whole_network() -> None:
    found = inferred("w = 0.5, x = 2\n\nz = w*x = 1.0\n\ns = v*h + w = 0.7\n\nv = 0.3")
    assert set(equations(found.problem)) == {"z"}
    assert "h" in found.missing


def test_numbers_count_where_the_arithmetic_holds() -> None:
    lines = "w = 0.5\n\n{}\n\nz2 = v*x = 0.3*3 = 0.6"
    assert exact(inferred(lines.format("z1 = w*x = 0.5*2 = 1.0")).problem)["x"] == 2
    assert "x" in inferred(lines.format("z1 = w*x = 0.5*2 = 1.7")).missing  # of two that do not hold neither does


def test_the_2_2_2_document_with_what_it_leaves_out() -> None:
    found = inferred("They are w3 = 0.25, w4 = 0.3, w7 = 0.5, w8 = 0.55.\n\n" + MAZUR)
    wanted = load_problem(EXAMPLES / "mazur_2_2_2.toml")
    assert found.problem is not None
    assert {name.replace("_", ""): value for name, value in exact(found.problem).items()} == {
        name.replace("_", ""): value for name, value in wanted.exact_values().items()
    }
    assert found.problem.training is not None
    assert found.problem.training.cost == "E_total"
    assert set(found.problem.training.frozen) == {"b1", "b2"}


def test_vectors_are_written_out() -> None:
    found = inferred(VECTORS, "sheet.md")
    assert found.missing == ()
    made = equations(found.problem)
    assert made["z1_2"] == "W1_21*x_1 + W1_22*x_2 + b1_2"
    assert made["a1_2"] == "tanh(z1_2)"
    assert exact(found.problem)["W1_21"] == Fraction("0.2")
    assert exact(found.problem)["eta"] == Fraction("0.1")


def test_a_recurrence_is_unrolled_over_the_steps_that_are_stated() -> None:
    made = equations(inferred(RECURRENT, "sheet.md").problem)
    assert made["a_1"] == "W_hh*h_0 + W_xh*x_1" or made["a_1"] == "W_xh*x_1 + W_hh*h_0"
    assert set(made) == {"a_1", "a_2", "a_3", "h_1", "h_2", "h_3", "y_1", "y_2", "y_3", "L"}


def test_parameters_in_a_table_and_an_activation_in_words() -> None:
    found = inferred(TABLE, "sheet.md")
    assert exact(found.problem) == {
        "x": Fraction("0.05"),
        "t": Fraction("0.01"),
        "w1": Fraction("0.15"),
        "w2": Fraction("0.4"),
        "eta": Fraction("0.5"),
    }
    assert equations(found.problem)["a1"] == "sigmoid(z1)"


def test_a_stated_number_holds_against_a_formula() -> None:
    found = inferred("w = 0.5, x = 2\n\nz = w*x = 0.6*2 = 1.2\n\na = sigmoid(z) = 0.7685")
    assert exact(found.problem) == {"w": Fraction("0.5"), "x": Fraction(2)}


def test_without_formulas_there_is_no_network() -> None:
    found = inferred("0.4*0.5 + 0.1 = 0.3\n\nout = 0.574")
    assert (found.problem, found.missing) == (None, ("equations",))


def test_a_network_that_the_document_contradicts_is_not_used() -> None:
    assert inferred("w = 0.5, x = 2, v = 3\n\nz = w*x = 7.1\n\ny = v*z = 4.5").problem is None
    assert inferred("w = 0.5, x = 2, v = 3\n\nz = w*x = 1.0\n\ny = v*z = 3.0").problem is not None


def test_several_examples_are_several_networks() -> None:
    text = """
## Example 1

w = 3, x = 2, y = 10

p = w*x = 6

L = (y - p)^2 = 16

## Example 2

w = 0.5, x = 1, y = 0.5

p = sigmoid(w*x) = 0.622

L = (y - p)^2 = 0.015
"""
    one, other = infer(*read(text, "sheet.md"))
    assert exact(one.problem) == {"w": 3, "x": 2, "y": 10}
    assert exact(other.problem) == {"w": Fraction("0.5"), "x": 1, "y": Fraction("0.5")}
    assert (one.first, other.last) == (0, len(read(text, "sheet.md")[1].blocks) - 1)
    assert other.first == one.last + 1


def test_a_second_forward_pass_is_no_other_example() -> None:
    text = "z = w*x = 0.5*2 = 1.0\n\nw+ = w - eta*dz/dw = 0.5 - 0.1*2 = 0.3\n\nz = w*x = 0.3*2 = 0.6\n"
    found = inferred(text)
    assert exact(found.problem) == {"w": Fraction("0.5"), "x": 2}


@pytest.mark.parametrize(
    ("text", "name"), [(NUMBERED, "a.txt"), (VECTORS, "a.md"), (RECURRENT, "a.md"), (TABLE, "a.md")]
)
def test_the_initial_file_of_a_complete_document_is_read_as_it_stands(text: str, name: str) -> None:
    source, statements = read(text, name)
    [found] = infer(source, statements)
    problem = read_problem(initial_file(source, statements.blocks))
    assert found.problem is not None
    assert problem.graph == found.problem.graph
    assert problem.exact_values() == found.problem.exact_values()


def test_the_initial_file_asks_for_what_is_missing_by_name() -> None:
    source, statements = read(MAZUR)
    text = initial_file(source, statements.blocks)
    with pytest.raises(SymbackpropError, match="w3") as error:
        read_problem(text)
    assert error.value.place is not None
    assert error.value.place.line == 1 + next(n for n, line in enumerate(text.splitlines()) if line.startswith("w3 = "))
    for name, value in {"w3": "0.25", "w4": "0.3", "w7": "0.5", "w8": "0.55"}.items():
        text = text.replace(f'{name} = ""', f"{name} = {value}")
    assert read_problem(text).graph.by_name["net_o2"].uses == ("w7", "out_h1", "w8", "out_h2", "b2")


TWO = """## Example 1

x = 1.5, w = 0.8, y = 1

p = sigmoid(w*x) = 0.7685

L = (y - p)^2 = 0.0536

## Example 2

x = 2, w = 0.5, y = 1

p = sigmoid(w*x) = {}

L = (y - p)^2 = {}
"""


def test_the_initial_file_says_of_which_example_it_is_and_where_its_numbers_stand() -> None:
    source, statements = read(TWO.format("0.7311", "0.0723"), "sheet.md")
    text = initial_file(source, statements.blocks)
    assert text.startswith("# one of 2 examples in the document: that of lines 1 to 7\n")
    assert "w = 0.8  # line 3\n" in text
    assert 'p = "sigmoid(w*x)"  # line 5\n' in text
    assert read_problem(text).values["x"] == "1.5"
    assert "examples" not in initial_file(*(lambda read: (read[0], read[1].blocks))(read(NUMBERED)))


@pytest.mark.parametrize(("printed", "wrong"), [(("0.7311", "0.0723"), 0), (("0.7113", "0.0833"), 1)])
def test_examples_with_other_data_than_the_network_that_is_given_are_judged_by_their_own(
    printed: tuple[str, str], wrong: int
) -> None:
    source, statements = read(TWO.format(*printed), "sheet.md")
    found = audit(source, statements.blocks, read_problem(initial_file(source, statements.blocks)))
    assert len(found.faults) == wrong
    assert (found.inferred, len(found.others)) == (False, 1)


def test_an_updated_rate_that_is_not_stated_is_asked_for() -> None:
    text = "w = 0.5, x = 2, t = 1\n\ny = w*x = 1.0\n\nE = (t - y)^2 = 0.0\n\nnew_w = w - eta*dE/dw = 0.5"
    source, statements = read(text)
    assert inferred(text).missing == ("learning_rate",)
    assert 'learning_rate = ""  # not stated' in initial_file(source, statements.blocks)
    assert inferred(text.rpartition("\n\n")[0]).missing == ()


WRITTEN = (
    "z a E net_h1 out_h1 w_1 w1 b x x_1 t y η δ ŷ Σ = = = ≈ → := += ( ) [ ] ^2 ** + - * / ' , ; | $ $$ ` "
    r"\sum_i \frac{1}{2} \begin{bmatrix} 1 & 2 \end{bmatrix} sigmoid( tanh( exp( e^ log( d ∂ new_w old_w "
    "0.5 00 -1 1e-5 target output Example"
)
PIECES = st.sampled_from([*WRITTEN.split(), "\n", "\n\n"])


@given(st.lists(PIECES, max_size=60).map(" ".join))
@settings(max_examples=150, deadline=None)
def test_whatever_is_written_ends_in_a_network_or_in_none(text: str) -> None:
    for name in ("sheet.txt", "sheet.md"):
        source, statements = read(text, name)
        found = infer(source, statements)
        assert found
        assert [one.first for one in found[1:]] == [one.last + 1 for one in found[:-1]]
        initial_file(source, statements.blocks)


@pytest.mark.parametrize(
    "text",
    [
        "a = b\n\nb = a",
        "a = a1\n\na1 = a2\n\na2 = a + 1",
        "x_1 = x_2\n\nx_2 = x_3 * x_1",
        "z = W x\n\nW = [[1, 2], [3]]\n\nx = [1, 2, 3]",
        "z = softmax(z)",
        "E = \\sum_i \\sum_j w_{ij}",
        "y = w**w**w**w**w*x",
        "w = 1/0\n\nz = w*x = 3",
    ],
)
def test_what_fits_nowhere_is_left_out(text: str) -> None:
    source, statements = read(text)
    assert infer(source, statements)
    initial_file(source, statements.blocks)


def test_work_grows_with_the_document() -> None:
    def calls(count: int) -> int:
        unit = "z_{0} = w_{0}*x_{0} + b = 0.5*2 + 0.1 = 1.1\n\na_{0} = sigmoid(z_{0}) = 0.7503"
        source, statements = read("\n\n".join(unit.format(number) for number in range(count)))
        counted = 0

        def count_one(_frame: object, event: str, _argument: object) -> None:
            nonlocal counted
            counted += event in ("call", "c_call")

        before = sys.getprofile()
        sys.setprofile(count_one)
        try:
            infer(source, statements)
        finally:
            sys.setprofile(before)
        return counted

    calls(10)
    assert calls(200) < 2.5 * calls(100)


TRAINED = """
x = 2, w1 = 0.3, w2 = 0.7

z = w1*x = 0.6

y = w2*z = 0.42

After training the weights are w1 = 0.5, w2 = 0.9.

z = w1*x = 1.0
"""


def test_a_network_whose_parameters_change_nobody_knows_how_is_none() -> None:
    found = inferred(TRAINED)
    assert found.problem is None
    assert found.notes == ("w1, w2 have other values later, and it is not said how they change",)
    assert inferred(TRAINED.replace("w1 = 0.5, w2 = 0.9", "good")).problem is not None


def test_what_is_missing_is_said_with_the_line_that_names_it_first() -> None:
    found = inferred("x = 2\n\nz = w*x = 0.6\n\na = sigmoid(z) = 0.6457\n\ny = v*a = 0.3")
    assert found.missing == ("w", "v")
    assert found.lines == {"w": 3, "v": 7}
