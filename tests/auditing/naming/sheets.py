"""Networks, names and sheets of formulas for the tests of naming."""

from __future__ import annotations

import re
from functools import cache

from symbackprop.auditing.documents.formats import read_text
from symbackprop.auditing.documents.source import Span
from symbackprop.auditing.mathematics.reading import read_statements
from symbackprop.auditing.mathematics.statements import Chain, Statements
from symbackprop.auditing.mathematics.tree import Name, Partial, walk
from symbackprop.auditing.naming.names import Names
from symbackprop.auditing.naming.reading import Reading
from symbackprop.auditing.truth import Truth
from symbackprop.network.problem import Problem
from tests.networks import example, problem_of

HERE = Span(0, 1)
NOTHING = Statements((), ())
_NAME = re.compile(r"(?P<base>[^_^+]+)(?:\^\{?(?P<above>[^_{}+]*)\}?)?(?:_\{?(?P<below>[^{}+]*)\}?)?(?P<new>\+?)")


def name(text: str) -> Name:
    """A name in its parts: ŷ_1, w^{(2)}_{11}, w_5+."""
    match = _NAME.fullmatch(text.replace("ŷ", "y"))
    assert match is not None, text
    return Name(
        match["base"],
        HERE,
        match["below"] or "",
        match["above"] or "",
        "hat" if "ŷ" in text else "",
        updated=bool(match["new"]),
    )


def node(text: str) -> Name | Partial:
    """A name, or a partial ∂of/∂by."""
    if text.startswith("∂"):
        of, by = text[1:].split("/∂")
        return Partial(name(of), name(by), HERE)
    return name(text)


def shown(readings: tuple[Reading, ...]) -> str:
    """The likeliest reading: its quantities row by row, with their scales and phases."""
    if not readings:
        return ""
    if readings[0].body is not None:
        return "a tree"
    rows = []
    for row in readings[0].rows:
        parts = [
            ("" if one.scale == 1 else "-" if one.scale == -1 else f"{one.scale}*")
            + one.name
            + (f"@{one.after}" if one.after else "")
            for one in row
        ]
        rows.append(" ".join(parts))
    return "; ".join(rows)


def unit_numbers() -> Problem:
    """Units numbered through: net input I_4, activation O_4, a bias each."""
    return problem_of(
        {
            "I_4": "w_14*x_1 + w_24*x_2 + theta_4",
            "O_4": "sigmoid(I_4)",
            "I_5": "w_15*x_1 + w_25*x_2 + theta_5",
            "O_5": "sigmoid(I_5)",
            "I_6": "w_46*O_4 + w_56*O_5 + theta_6",
            "O_6": "sigmoid(I_6)",
            "E": "(T_6 - O_6)**2/2",
        },
        cost="E",
        inputs={"x_1": "0.4", "x_2": "0.7"},
        targets={"T_6": "0.9"},
        parameters={
            "w_14": "0.2",
            "w_24": "0.4",
            "w_15": "-0.3",
            "w_25": "0.15",
            "w_46": "-0.35",
            "w_56": "0.25",
            "theta_4": "-0.4",
            "theta_5": "0.2",
            "theta_6": "0.1",
        },
        learning_rate="0.9",
    )


def layered() -> Problem:
    """Matrices by layers: W1_11 to W1_22, one output yhat."""
    return problem_of(
        {
            "z1_1": "W1_11*x_1 + W1_12*x_2 + b1_1",
            "a1_1": "tanh(z1_1)",
            "z1_2": "W1_21*x_1 + W1_22*x_2 + b1_2",
            "a1_2": "tanh(z1_2)",
            "z2": "W2_1*a1_1 + W2_2*a1_2 + b2",
            "yhat": "tanh(z2)",
            "L": "(y - yhat)**2",
        },
        cost="L",
        inputs={"x_1": "0.6", "x_2": "-0.3"},
        targets={"y": "0.8"},
        parameters={
            "W1_11": "0.25",
            "W1_12": "-0.15",
            "W1_21": "0.35",
            "W1_22": "0.45",
            "b1_1": "0.05",
            "b1_2": "-0.1",
            "W2_1": "0.55",
            "W2_2": "-0.65",
            "b2": "0.2",
        },
        learning_rate="0.1",
    )


def ends() -> Problem:
    """Weights named by their ends, net inputs with a word behind: Z_1_in, w_H_X."""
    return problem_of(
        {
            "Z_1_in": "X_1*w_11 + X_2*w_21 + bias_1",
            "Z_2_in": "X_1*w_12 + X_2*w_22 + bias_2",
            "Z_1": "sigmoid(Z_1_in)",
            "Z_2": "sigmoid(Z_2_in)",
            "Y_1_in": "Z_1*v_1 + Z_2*v_2 + v_0",
            "Y_1": "sigmoid(Y_1_in)",
            "E": "(t - Y_1)**2/2",
        },
        cost="E",
        inputs={"X_1": "1", "X_2": "0.5"},
        targets={"t": "0"},
        parameters={
            "w_11": "-0.3",
            "w_12": "0.35",
            "w_21": "0.3",
            "w_22": "-0.2",
            "bias_1": "-0.1",
            "bias_2": "0.25",
            "v_1": "-0.15",
            "v_2": "0.5",
            "v_0": "0.2",
        },
        learning_rate="0.2",
    )


def steps() -> Problem:
    """A recurrence over two steps."""
    return problem_of(
        {
            "a_1": "W_xh*x_1 + W_hh*h_0",
            "h_1": "tanh(a_1)",
            "y_1": "W_hy*h_1",
            "a_2": "W_xh*x_2 + W_hh*h_1",
            "h_2": "tanh(a_2)",
            "y_2": "W_hy*h_2",
            "L": "((y_1 - t_1)**2 + (y_2 - t_2)**2)/2",
        },
        cost="L",
        inputs={"x_1": "1.2", "x_2": "0.7", "h_0": "0"},
        targets={"t_1": "0.5", "t_2": "1.1"},
        parameters={"W_xh": "0.55", "W_hh": "0.15", "W_hy": "1.05"},
        learning_rate="0.1",
    )


def raised() -> Problem:
    """Layers as numbers above: w2_12 leads from x_2 to z2_1."""
    return problem_of(
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
        inputs={"x_1": "0.6", "x_2": "0.9"},
        targets={"y_1": "0.2", "y_2": "0.8"},
        parameters={
            "w2_11": "0.3",
            "w2_12": "-0.5",
            "w2_21": "0.8",
            "w2_22": "0.2",
            "b2_1": "0.1",
            "b2_2": "-0.2",
            "w3_11": "0.7",
            "w3_12": "-0.4",
            "w3_21": "0.5",
            "w3_22": "0.9",
            "b3_1": "0.05",
            "b3_2": "0.15",
        },
        learning_rate="0.5",
    )


def one_output() -> Problem:
    """Hidden units with numbers, an output without one: z_1, z_2, y."""
    return problem_of(
        {
            "z_in_1": "v_11*x",
            "z_in_2": "v_12*x",
            "z_1": "sigmoid(z_in_1)",
            "z_2": "sigmoid(z_in_2)",
            "y_in": "z_1*w_1 + z_2*w_2",
            "y": "sigmoid(y_in)",
            "E": "(t - y)**2/2",
        },
        cost="E",
        inputs={"x": "1"},
        targets={"t": "0"},
        parameters={"v_11": "0.6", "v_12": "-0.3", "w_1": "0.4", "w_2": "0.1"},
        learning_rate="0.25",
    )


NETWORKS = {
    "one_output": one_output,
    "two_two_two": lambda: example("mazur_2_2_2"),
    "two_three_one": lambda: example("sigmoid_2_3_1"),
    "unit_numbers": unit_numbers,
    "layered": layered,
    "ends": ends,
    "steps": steps,
    "raised": raised,
}


@cache
def truth_of(network: str) -> Truth:
    """The values of one of `NETWORKS`."""
    return Truth(NETWORKS[network]())


class Sheet:
    """A sheet of formulas, read with a network."""

    def __init__(self, network: str, text: str) -> None:
        self.statements = read_statements(read_text(text, "sheet.md")[1])
        self.names = Names(truth_of(network), self.statements)

    @property
    def chains(self) -> tuple[Chain, ...]:
        """The chains of the sheet."""
        return tuple(one for one in self.statements.statements if isinstance(one, Chain))

    def node(self, text: str, chain: int = -1) -> Name:
        """The first name with this text in a chain."""
        for member in self.chains[chain].members:
            for found in walk(member):
                if isinstance(found, Name) and found.text == text:
                    return found
        raise AssertionError(text)

    def reads(self, text: str, chain: int = -1, after: int = 0) -> str:
        """The likeliest reading of a name in a chain."""
        return shown(self.names.readings(self.node(text, chain), after=after))
