r"""Documents in vectors and matrices: what is right in any of their conventions, and the slips beside it.

The numbers are NumPy's, worked out apart from the project: layers of 2, 2 and 2 logistic units, and two examples of a
logistic regression whose cost is the mean.
"""

from __future__ import annotations

import pytest

from symbackprop.auditing.auditor import audit
from symbackprop.auditing.documents.formats import read_text
from symbackprop.auditing.report import Audit, Verdict
from symbackprop.network.problem import Problem
from tests.networks import problem_of

LAYERS = problem_of(
    {
        "z2_1": "w2_11*x_1 + w2_12*x_2 + b2_1",
        "z2_2": "w2_21*x_1 + w2_22*x_2 + b2_2",
        "a2_1": "sigmoid(z2_1)",
        "a2_2": "sigmoid(z2_2)",
        "z3_1": "w3_11*a2_1 + w3_12*a2_2 + b3_1",
        "z3_2": "w3_21*a2_1 + w3_22*a2_2 + b3_2",
        "a3_1": "sigmoid(z3_1)",
        "a3_2": "sigmoid(z3_2)",
        "C": "((y_1 - a3_1)**2 + (y_2 - a3_2)**2)/2",
    },
    cost="C",
    inputs={"x_1": "0.5", "x_2": "-1.0"},
    targets={"y_1": "1", "y_2": "0"},
    parameters={
        "w2_11": "0.2", "w2_12": "-0.4", "w2_21": "0.6", "w2_22": "0.1", "b2_1": "0.1", "b2_2": "-0.2",
        "w3_11": "0.4", "w3_12": "-0.5", "w3_21": "0.7", "w3_22": "0.3", "b3_1": "0.1", "b3_2": "0.2",
    },
)  # fmt: skip
EXAMPLES = problem_of(
    {
        "z_1": "w_1*X_11 + w_2*X_21 + b",
        "z_2": "w_1*X_12 + w_2*X_22 + b",
        "a_1": "sigmoid(z_1)",
        "a_2": "sigmoid(z_2)",
        "L_1": "-(y_1*log(a_1) + (1 - y_1)*log(1 - a_1))",
        "L_2": "-(y_2*log(a_2) + (1 - y_2)*log(1 - a_2))",
        "J": "(L_1 + L_2)/2",
    },
    cost="J",
    inputs={"X_11": "1", "X_12": "0.5", "X_21": "2", "X_22": "-1"},
    targets={"y_1": "1", "y_2": "0"},
    parameters={"w_1": "0.3", "w_2": "-0.2", "b": "0.1"},
)
SQUARES = problem_of(
    {
        "z_1": "w_1*x_11 + w_2*x_12 + b",
        "z_2": "w_1*x_21 + w_2*x_22 + b",
        "a_1": "sigmoid(z_1)",
        "a_2": "sigmoid(z_2)",
        "J": "((a_1 - y_1)**2 + (a_2 - y_2)**2)/4",
    },
    cost="J",
    inputs={"x_11": "1", "x_12": "2", "x_21": "-1", "x_22": "0.5"},
    targets={"y_1": "1", "y_2": "0"},
    parameters={"w_1": "0.1", "w_2": "-0.3", "b": "0.2"},
)
AUGMENTED = problem_of(
    {"net": "w_10 + w_11*x_1 + w_12*x_2", "h": "sigmoid(net)", "E": "(t - h)**2/2"},
    cost="E",
    inputs={"x_1": "0.4", "x_2": "-0.9"},
    targets={"t": "1"},
    parameters={"w_10": "0.1", "w_11": "0.5", "w_12": "-0.3"},
)
ROWS = problem_of(
    {
        **{f"z_{unit}": f"x_1*W_1{unit} + x_2*W_2{unit}" for unit in "123"},
        **{f"h_{unit}": f"tanh(z_{unit})" for unit in "123"},
        "y": "h_1*V_1 + h_2*V_2 + h_3*V_3",
        "L": "(y - t)**2/2",
    },
    cost="L",
    inputs={"x_1": "0.5", "x_2": "-1"},
    targets={"t": "1"},
    parameters={
        "W_11": "0.2", "W_12": "-0.4", "W_13": "0.6", "W_21": "0.1", "W_22": "0.3", "W_23": "-0.5",
        "V_1": "0.4", "V_2": "-0.5", "V_3": "0.7",
    },
)  # fmt: skip
STEPS = problem_of(
    {
        "a_1_1": "U_1*x_1",
        "a_1_2": "U_2*x_1",
        "h_1_1": "tanh(a_1_1)",
        "h_1_2": "tanh(a_1_2)",
        "a_2_1": "U_1*x_2 + W_11*h_1_1 + W_12*h_1_2",
        "a_2_2": "U_2*x_2 + W_21*h_1_1 + W_22*h_1_2",
        "h_2_1": "tanh(a_2_1)",
        "h_2_2": "tanh(a_2_2)",
        "y": "V_1*h_2_1 + V_2*h_2_2",
        "L": "(y - t)**2/2",
    },
    cost="L",
    inputs={"x_1": "1", "x_2": "0.5"},
    targets={"t": "0.7"},
    parameters={
        "U_1": "0.5", "U_2": "-0.3", "W_11": "0.2", "W_12": "0.4", "W_21": "-0.1", "W_22": "0.3",
        "V_1": "0.6", "V_2": "-0.8",
    },
)  # fmt: skip
AROUND = problem_of(
    {
        "u_1": "W_11*x_1 + W_12*x_2",
        "u_2": "W_21*x_1 + W_22*x_2",
        "r_1": "x_1 + tanh(u_1)",
        "r_2": "x_2 + tanh(u_2)",
        "y": "v_1*r_1 + v_2*r_2",
        "L": "(y - t)**2/2",
        "C": "L + s*(v_1**2 + v_2**2)/2",
    },
    cost="C",
    inputs={"x_1": "0.6", "x_2": "-0.4", "s": "0.1"},
    targets={"t": "0.4"},
    parameters={"W_11": "0.5", "W_12": "-0.2", "W_21": "0.3", "W_22": "0.8", "v_1": "0.7", "v_2": "-0.9"},
)
SCORES = problem_of(
    {
        **{f"S_{i}{j}": f"Q_{i}1*K_{j}1 + Q_{i}2*K_{j}2" for i in "12" for j in "12"},
        "L": "((S_11 - t)**2 + (S_12 + t)**2 + S_21**2 + (S_22 - t)**2)/2",
    },
    cost="L",
    targets={"t": "0.6"},
    parameters={
        "Q_11": "1", "Q_12": "0.5", "Q_21": "-0.5", "Q_22": "0.8",
        "K_11": "0.2", "K_12": "-0.4", "K_21": "0.8", "K_22": "0.6",
    },
)  # fmt: skip
ROWS_HOLD = (
    r"$z = xW$, $\frac{\partial L}{\partial z} = (y - t) V \odot (1 - h^2)$" "\n\n"
)  # so that the names are known
COLUMN = r"\begin{bmatrix} %s \\ %s \end{bmatrix}"
SQUARE = r"\begin{bmatrix} %s & %s \\ %s & %s \end{bmatrix}"
FORWARD = (
    rf"$z^2 = w^2 x + b^2 = {COLUMN % ('0.6000', '0.0000')}$, $a^2 = \sigma(z^2) = {COLUMN % ('0.6457', '0.5000')}$"
    "\n\n"
    rf"$z^3 = w^3 a^2 + b^3 = {COLUMN % ('0.1083', '0.8020')}$, $a^3 = \sigma(z^3) = {COLUMN % ('0.5270', '0.6904')}$"
    "\n\n"
)
DELTA = rf"$\delta^3 = (a^3 - y) \odot \sigma'(z^3) = {COLUMN % ('-0.1179', '0.1476')}$" + "\n\n"
BACK = r"$\delta^2 = ((w^3)^T \delta^3) \odot \sigma'(z^2)"
RIGHT = {
    "superscripts that number layers": (LAYERS, FORWARD + DELTA + BACK + rf" = {COLUMN % ('0.0128', '0.0258')}$"),
    "the norm of a vector": (LAYERS, FORWARD + r"$C = \frac{1}{2} \lVert y - a^3 \rVert^2 = 0.3502$"),
    "an outer product": (
        LAYERS,
        FORWARD
        + DELTA
        + r"$\frac{\partial C}{\partial w^3} = \delta^3 (a^2)^T = "
        + SQUARE % ("-0.0761", "-0.0589", "0.0953", "0.0738")
        + "$",
    ),
    "an outer product of rows": (LAYERS, "`dC_dw3 = (a2.T @ delta3).T = [[-0.0761 -0.0589]\n [0.0953 0.0738]]`"),
    "a star between vectors": (
        LAYERS,
        "```\ndelta3 = (a3 - y) * a3 * (1 - a3) = [-0.1179, 0.1476]\n"
        "delta2 = (w3.T @ delta3) * a2 * (1 - a2)\n       = [0.0128, 0.0258]\n```",
    ),
    "a transposed list": (LAYERS, "$x = [0.5, -1.0]^T$, $y = [1, 0]^T$, $a^3 = [0.5270, 0.6904]^T$"),
    "weights in the row of their source": (
        LAYERS,
        rf"$W_2 = {SQUARE % ('0.2', '0.6', '-0.4', '0.1')}$, $W_3 = {SQUARE % ('0.4', '0.7', '-0.5', '0.3')}$"
        "\n\n"
        r"$z_2 = x W_2 + b_2 = [0.6, 0.0]$, $a_2 = \sigma(z_2) = [0.6457, 0.5]$"
        "\n\n"
        r"$z_3 = a_2 W_3 + b_3 = [0.1083, 0.8020]$"
        "\n\n"
        r"$\delta_3 = [-0.1179, 0.1476]$"
        "\n\n"
        r"$\frac{\partial C}{\partial a_2} = \delta_3 W_3^T = [0.0561, 0.1032]$"
        "\n\n"
        r"$\frac{\partial C}{\partial W_3} = a_2^T \delta_3 = "
        + SQUARE % ("-0.0761", "0.0953", "-0.0589", "0.0738")
        + "$",
    ),
    "examples in rows": (
        EXAMPLES,
        rf"$X = {SQUARE % ('1', '2', '0.5', '-1')}$, $z = X w + b = {COLUMN % ('0.0', '0.45')}$"
        "\n\n"
        rf"$\frac{{\partial J}}{{\partial w}} = \frac{{1}}{{2}} X^T (a - y) = {COLUMN % ('-0.0973', '-0.8053')}$",
    ),
    "a rate times what is set beside it": (
        LAYERS,
        "∂C/∂b3 = [-0.1179, 0.1476]\n\nb3 ← b3 - 0.5 ∂C/∂b3 = [0.1589, 0.1262]",
    ),
    "a product of rows in a sentence": (LAYERS, "δ3 = [-0.1179, 0.1476]\n\n∂C/∂a2 = δ3 w3 = [0.0561, 0.1032]"),
    "a bias for every example": (
        EXAMPLES,
        r"$z = w^T X + b = \begin{bmatrix} 0.0 & 0.45 \end{bmatrix}$",
    ),
    "a mean over examples": (EXAMPLES, r"$J = \frac{1}{m} \sum_{i=1}^m L_i = \frac{1}{2}(0.6931 + 0.9432) = 0.8182$"),
    "dz of each example": (
        EXAMPLES,
        r"$dz = a - y = [-0.5000, 0.6106]$" "\n\n" r"$dw = \frac{1}{m} X dz^T = [-0.0973, -0.8053]$",
    ),
    "node errors of each example": (
        SQUARES,
        r"$J = \frac{1}{2m} \sum_{i=1}^m (a^{(i)} - y^{(i)})^2 = 0.1419$"
        "\n\n"
        r"$\delta^{(1)} = (a^{(1)} - y^{(1)}) a^{(1)} (1 - a^{(1)}) = -0.1404$"
        "\n\n"
        r"$\delta^{(2)} = (a^{(2)} - y^{(2)}) a^{(2)} (1 - a^{(2)}) = 0.1218$"
        "\n\n"
        r"$\frac{\partial J}{\partial w_1} = \frac{1}{2} (\delta^{(1)} \cdot 1 + \delta^{(2)} \cdot (-1)) = -0.1311$"
        "\n\n"
        r"$\frac{\partial J}{\partial b} = \frac{1}{2} (\delta^{(1)} + \delta^{(2)}) = -0.0093$",
    ),
    "letters set side by side": (ROWS, r"$z = xW = [0.0, -0.5, 0.8]$, $h = \tanh(xW)$, $y = hV = 0.6959$"),
    "node errors that are numbered through": (
        ROWS,
        r"$\delta_1 = \frac{\partial L}{\partial y} = y - t = -0.3041$"
        "\n\n"
        r"$\delta_2 = \frac{\partial L}{\partial h} = \delta_1 V = [-0.1216, 0.1520, -0.2128]$"
        "\n\n"
        r"$\delta_3 = \frac{\partial L}{\partial z} = \delta_2 \odot (1 - h^2) = [-0.1216, 0.1196, -0.1190]$",
    ),
    "the larger one of 0 and each entry": (ROWS, r"$\max(0, z) = [0.0, 0.0, 0.8]$"),
    "the norm of Frobenius": (LAYERS, FORWARD + r"$C = \frac{1}{2} \|y - a^3\|_F^2 = 0.3502$"),
    "node errors of a layer, worked out in numbers": (
        LAYERS,
        rf"$\delta^{{(2)}} = {COLUMN % ('0.0561', '0.1032')} \odot {COLUMN % ('0.2288', '0.2500')} = "
        rf"{COLUMN % ('0.0128', '0.0258')}$",
    ),
    "a derivative that is transposed": (
        SCORES,
        r"$\frac{\partial L}{\partial K} = \left(\frac{\partial L}{\partial S}\right)^T Q$",
    ),
    "node errors of any step": (STEPS, r"$\delta_t = \frac{\partial L}{\partial a_t}$, $y = V h_2 = 0.3543$"),
    "all paths through time": (
        STEPS,
        r"$\frac{\partial L}{\partial U} = \frac{\partial L}{\partial a_2} x_2 + \frac{\partial L}{\partial a_1} x_1"
        " = [-0.1497, 0.1257]$",
    ),
    "an input of ones": (
        AUGMENTED,
        r"$\tilde x = [1, 0.4, -0.9]^T$, $W = [0.1, 0.5, -0.3]$, $net = W \tilde x = 0.57$",
    ),
}  # fmt: skip
SLIPS = {
    "a factor is missing": (
        LAYERS,
        FORWARD + DELTA + rf"$\delta^2 = (w^3)^T \delta^3 = {COLUMN % ('0.0561', '0.1032')}$",
        r"(w^3)^T \delta^3",
        "missing-factor",
    ),
    "a transpose is missing": (
        LAYERS,
        FORWARD + DELTA + r"$\delta^2 = (w^3 \delta^3) \odot \sigma'(z^2)$",
        r"(w^3 \delta^3) \odot \sigma'(z^2)",
        "transposed",
    ),
    "the sign is wrong": (
        LAYERS,
        FORWARD + r"$\frac{\partial C}{\partial z^3} = (y - a^3) \odot \sigma'(z^3)$",
        r"(y - a^3) \odot \sigma'(z^3)",
        "sign",
    ),
    "a matrix is printed transposed": (
        LAYERS,
        r"$\frac{\partial C}{\partial w^3} = \delta^3 (a^2)^T = "
        + SQUARE % ("-0.0761", "0.0953", "-0.0589", "0.0738")
        + "$",
        "0.0953",
        "transposed",
    ),
    "one of the given matrices is printed transposed": (
        LAYERS,
        rf"$W^2 = {SQUARE % ('0.2', '-0.4', '0.6', '0.1')}$, $W^3 = {SQUARE % ('0.4', '0.7', '-0.5', '0.3')}$"
        "\n\n"
        rf"$z^3 = W^3 a^2 + b^3 = {COLUMN % ('0.1083', '0.8020')}$",
        "0.7",
        "transposed",
    ),
    "matrices do not fit": (
        ROWS,
        ROWS_HOLD + r"$\frac{\partial L}{\partial x} = \frac{\partial L}{\partial z} W$",
        r"\frac{\partial L}{\partial z} W",
        "transposed",
    ),
    "a formula makes the transpose of what is printed": (
        ROWS,
        r"$\frac{\partial L}{\partial W} = (\frac{\partial L}{\partial z})^T x = "
        r"\begin{bmatrix} -0.0608 & 0.0598 & -0.0595 \\ 0.1216 & -0.1196 & 0.1190 \end{bmatrix}$",
        r"(\frac{\partial L}{\partial z})^T x",
        "transposed",
    ),
    "the sign of a node error that is numbered through": (
        ROWS,
        r"$\delta_1 = \frac{\partial L}{\partial y} = t - y = 0.3041$",
        "t - y",
        "sign",
    ),
    "a step is left out": (
        STEPS,
        r"$\frac{\partial L}{\partial U} = \frac{\partial L}{\partial a_2} x_2 = [-0.0986, 0.1277]$",
        r"\frac{\partial L}{\partial a_2} x_2",
        "missing-paths",
    ),
    "the way around a block": (
        AROUND,
        r"$\frac{\partial C}{\partial x} = W^T \frac{\partial C}{\partial u}$",
        r"W^T \frac{\partial C}{\partial u}",
        "missing-paths",
    ),
    "the penalty": (
        AROUND,
        r"$\frac{\partial C}{\partial v} = (y - t) r$",
        "(y - t) r",
        "missing-paths",
    ),
    "another vector, twice": (
        LAYERS,
        r"$\frac{\partial C}{\partial z^2} = \frac{\partial C}{\partial a^2} \odot z^2 \odot (1 - z^2)$",
        r"\frac{\partial C}{\partial a^2} \odot z^2 \odot (1 - z^2)",
        "wrong-quantity",
    ),
    "a square is lost": (
        ROWS,
        r"$\frac{\partial L}{\partial z} = \frac{\partial L}{\partial h} \odot (1 - h)$",
        r"\frac{\partial L}{\partial h} \odot (1 - h)",
        "wrong-formula",
    ),
    "a vector is not transposed": (
        STEPS,
        r"$a_2 = U x_2 + W h_1$, $\frac{\partial L}{\partial a_2} = (y - t) V (1 - h_2^2)$"
        "\n\n"
        r"$\frac{\partial L}{\partial W} = \frac{\partial L}{\partial a_2} h_1$",
        r"\frac{\partial L}{\partial a_2} h_1",
        "transposed",
    ),
    "a derivative is not transposed": (
        SCORES,
        r"$\frac{\partial L}{\partial K} = \frac{\partial L}{\partial S} Q$",
        r"\frac{\partial L}{\partial S} Q",
        "transposed",
    ),
    "the order of the factors": (
        ROWS,
        ROWS_HOLD + r"$\frac{\partial L}{\partial x} = W^T \frac{\partial L}{\partial z}$",
        r"W^T \frac{\partial L}{\partial z}",
        "transposed",
    ),
    "another vector": (
        STEPS,
        r"$\frac{\partial L}{\partial a_2} = \frac{\partial L}{\partial h_2} \odot (1 - \tanh^2(h_2))$",
        r"\frac{\partial L}{\partial h_2} \odot (1 - \tanh^2(h_2))",
        "wrong-quantity",
    ),
    "an entry of another vector": (LAYERS, r"$\sigma'(z^2) = [0.2288, 0.5000]$", "0.5000", "wrong-quantity"),
    "the mean is not taken of node errors": (
        EXAMPLES,
        r"$dz = a - y = [-0.5000, 0.6106]$" "\n\n" r"$dw = X dz^T = [-0.1947, -1.6106]$",
        "a - y",
        "convention",
    ),
    "the mean is not taken": (
        EXAMPLES,
        r"$dz = a - y = [-0.5000, 0.6106]$" "\n\n" r"$db = 0.0553$, $dw = X dz^T = [-0.1947, -1.6106]$",
        "X dz^T",
        "convention",
    ),
}  # fmt: skip


def _audit(text: str, problem: Problem) -> Audit:
    source, blocks = read_text(text, name="sheet.md")
    return audit(source, blocks, problem)


@pytest.mark.parametrize("what", RIGHT)
def test_what_is_right_is_told_to_be_right(what: str) -> None:
    problem, text = RIGHT[what]
    found = _audit(text, problem)
    assert found.claims
    assert {claim.verdict for claim in found.claims} <= {Verdict.CORRECT, Verdict.CARRIED}, [
        (claim.text, claim.verdict, claim.message) for claim in found.claims
    ]


@pytest.mark.parametrize("what", SLIPS)
def test_a_slip_is_one_fault_at_its_root(what: str) -> None:
    problem, text, at, cause = SLIPS[what]
    (fault,) = _audit(text, problem).faults
    assert (fault.text, fault.cause) == (at, cause)


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("$z^2 = [7.1234, 3.4567]$", ["7.1234", "3.4567"]),
        (f"$z^2 = w^2 x + b^2 = {COLUMN % ('7.1234', '3.4567')}$", ["7.1234"]),
        (
            r"$\frac{\partial C}{\partial w^3} = \delta^3 (a^2)^T = "
            + SQUARE % ("-0.0761", "-7.1234", "3.4567", "0.0738")
            + "$",
            ["-7.1234", "3.4567"],
        ),
        (FORWARD + DELTA + rf"{BACK} = {COLUMN % ('0.0561', '0.1032')}$", ["0.0561"]),
        (FORWARD + rf"$\frac{{\partial C}}{{\partial z^3}} = {COLUMN % ('0.1179', '-0.1476')}$", ["0.1179"]),
    ],
    ids=["nothing links them", "a formula worked out wrong", "others come out right", "a factor", "the sign"],
)
def test_wrong_entries_are_one_fault_where_something_links_them(text: str, faults: list[str]) -> None:
    assert [claim.text for claim in _audit(text, LAYERS).faults] == faults


def test_a_message_says_which_entry_is_meant() -> None:
    vector = _audit("$z^2 = [0.6, 3.4567]$", LAYERS).faults
    matrix = _audit(
        rf"$\frac{{\partial C}}{{\partial w^3}} = {SQUARE % ('-0.0761', '-7.1234', '0.0953', '0.0738')}$", LAYERS
    )
    assert [claim.message.partition(" of ")[0] for claim in (*vector, *matrix.faults)] == ["entry 2", "entry 1, 2"]


def test_one_number_is_none_for_a_list() -> None:
    given = "$x = [0.3, 0.7]$, $W_1 = [[0.12, 0.22], [0.31, 0.42]]$, $W_2 = [0.5, 0.55]$\n\n"
    lines = "$z = W_1 x = [0.19, 0.387]$\n\n$a = \\sigma(z) = [0.5474, 0.5956]$\n\n$s = 0.5$\n\n"
    line = r"$u = W_2^T s * \sigma'(z) = \begin{bmatrix} 0.0619 \\ 0.0662 \end{bmatrix}$"
    assert all(one.verdict is not Verdict.WRONG for one in audit(*read_text(given + lines + line, "sheet.md")).claims)
