"""10,000 updates of the 2-2-2 network: the compiled list against the same arithmetic in other hands.

Each of the others makes the same updates of the same numbers and must end at the same cost.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from typing import Any

from symbackprop.derivation.steps import Derivation
from symbackprop.derivation.working import derive
from symbackprop.evaluation.program import Program, compile_program
from symbackprop.evaluation.training import train
from symbackprop.expressions.names import updated
from symbackprop.network.layers import Dense, dense_graph
from symbackprop.network.losses import LOSSES
from symbackprop.network.notation import NOTATIONS
from symbackprop.network.problem import Problem, Training
from tests.benchmarks.timing import least_seconds

UPDATES = 10_000
INPUTS, TARGETS, RATE = (0.05, 0.10), (0.01, 0.99), 0.5
WEIGHTS = (0.15, 0.20, 0.25, 0.30, 0.40, 0.45, 0.50, 0.55)
BIASES = (0.35, 0.60)


def derived() -> Derivation:
    """The 2-2-2 network with its two shared biases frozen."""
    layers = [Dense(2, bias="shared"), Dense(2, bias="shared")]
    graph = dense_graph(2, layers, LOSSES["half_squared_error"], NOTATIONS["mazur"])
    names = ("i_1", "i_2", "target_o1", "target_o2", *(f"w_{number}" for number in range(1, 9)), "b_1", "b_2")
    values = dict(zip(names, map(str, (*INPUTS, *TARGETS, *WEIGHTS, *BIASES)), strict=True))
    return derive(Problem(graph, values, Training("E_total", str(RATE), frozen=("b_1", "b_2"))))


def by_the_list(updates: int) -> float:
    """The cost after so many updates of the compiled list, derived and compiled for them."""
    *_, last = train(derived(), updates, every=max(updates, 1))
    return last.cost


@dataclass(frozen=True, slots=True)
class CompiledUpdate:
    """One update of all trained parameters as a function of them and of what is constant."""

    program: Program
    parameters: Sequence[float]
    constants: Sequence[float]

    @classmethod
    def of(cls, derivation: Derivation) -> CompiledUpdate:
        """The compiled update of a derivation, with its numbers."""
        given = derivation.problem.exact_values()
        trained = derivation.problem.trained_parameters()
        inputs = (*trained, *(name for name in given if name not in trained))
        program = compile_program(derivation.sequence, inputs, list(map(updated, trained)))
        numbers = program.arguments(given)
        return cls(program, numbers[: len(trained)], numbers[len(trained) :])

    def replay(self, updates: int) -> None:
        """Makes so many updates."""
        function, parameters, constants = self.program.function, self.parameters, self.constants
        for _ in range(updates):
            parameters = function(*parameters, *constants)


def by_hand(updates: int) -> float:
    """The same in plain Python, every partial written out."""
    exp = math.exp
    (i1, i2), (t1, t2), (b1, b2), rate = INPUTS, TARGETS, BIASES, RATE
    w1, w2, w3, w4, w5, w6, w7, w8 = WEIGHTS
    for _ in range(updates):
        h1 = 1 / (1 + exp(-(w1 * i1 + w2 * i2 + b1)))
        h2 = 1 / (1 + exp(-(w3 * i1 + w4 * i2 + b1)))
        o1 = 1 / (1 + exp(-(w5 * h1 + w6 * h2 + b2)))
        o2 = 1 / (1 + exp(-(w7 * h1 + w8 * h2 + b2)))
        d1 = (o1 - t1) * o1 * (1 - o1)
        d2 = (o2 - t2) * o2 * (1 - o2)
        e1 = (d1 * w5 + d2 * w7) * h1 * (1 - h1)
        e2 = (d1 * w6 + d2 * w8) * h2 * (1 - h2)
        w1, w2, w3, w4 = w1 - rate * e1 * i1, w2 - rate * e1 * i2, w3 - rate * e2 * i1, w4 - rate * e2 * i2
        w5, w6, w7, w8 = w5 - rate * d1 * h1, w6 - rate * d1 * h2, w7 - rate * d2 * h1, w8 - rate * d2 * h2
    h1 = 1 / (1 + exp(-(w1 * i1 + w2 * i2 + b1)))
    h2 = 1 / (1 + exp(-(w3 * i1 + w4 * i2 + b1)))
    o1 = 1 / (1 + exp(-(w5 * h1 + w6 * h2 + b2)))
    o2 = 1 / (1 + exp(-(w7 * h1 + w8 * h2 + b2)))
    return ((t1 - o1) ** 2 + (t2 - o2) ** 2) / 2


def micrograd(updates: int) -> float:
    """The same with micrograd's `Value`; raises ImportError where it is not installed."""
    from micrograd.engine import Value

    def sigmoid(z: Any) -> Any:
        out = Value(1 / (1 + math.exp(-z.data)), (z,), "sigmoid")

        def backward() -> None:
            z.grad += out.data * (1 - out.data) * out.grad

        out._backward = backward
        return out

    weights = [Value(weight) for weight in WEIGHTS]

    def cost() -> Any:
        w1, w2, w3, w4, w5, w6, w7, w8 = weights
        h1 = sigmoid(w1 * INPUTS[0] + w2 * INPUTS[1] + BIASES[0])
        h2 = sigmoid(w3 * INPUTS[0] + w4 * INPUTS[1] + BIASES[0])
        o1 = sigmoid(w5 * h1 + w6 * h2 + BIASES[1])
        o2 = sigmoid(w7 * h1 + w8 * h2 + BIASES[1])
        return ((o1 - TARGETS[0]) ** 2 + (o2 - TARGETS[1]) ** 2) * 0.5

    for _ in range(updates):
        for weight in weights:
            weight.grad = 0.0
        cost().backward()
        for weight in weights:
            weight.data -= RATE * weight.grad
    return float(cost().data)


def pytorch(updates: int) -> float:
    """The same with PyTorch's autograd in double precision; raises ImportError where it is not installed."""
    import torch

    torch.set_num_threads(1)
    inputs, targets = (torch.tensor(values, dtype=torch.float64) for values in (INPUTS, TARGETS))
    hidden = torch.tensor(WEIGHTS[:4], dtype=torch.float64).reshape(2, 2).requires_grad_()
    output = torch.tensor(WEIGHTS[4:], dtype=torch.float64).reshape(2, 2).requires_grad_()

    def cost() -> Any:
        activations = torch.sigmoid(hidden @ inputs + BIASES[0])
        return ((targets - torch.sigmoid(output @ activations + BIASES[1])) ** 2).sum() / 2

    for _ in range(updates):
        gradients = torch.autograd.grad(cost(), (hidden, output))
        with torch.no_grad():
            hidden -= RATE * gradients[0]
            output -= RATE * gradients[1]
    return float(cost().detach())


OTHERS = {"by hand in Python": by_hand, "micrograd": micrograd, "PyTorch": pytorch}
PACKAGES = {"micrograd": "micrograd", "PyTorch": "torch"}


def update_lines(updates: int = UPDATES, runs: int = 5) -> Iterator[str]:
    """The report: seconds of each, and how many times those of the compiled list that is."""
    cost = by_the_list(updates)
    whole = least_seconds(partial(by_the_list, updates), runs)
    alone = least_seconds(partial(CompiledUpdate.of(derived()).replay, updates), runs)
    yield f"{updates} updates of the 2-2-2 network, to a cost of {cost:.9e}"
    yield f"{'the compiled list':>30} {alone:8.4f} s"
    yield f"{'with deriving and compiling':>30} {whole:8.4f} s"
    for name, function in OTHERS.items():
        if name in PACKAGES and find_spec(PACKAGES[name]) is None:
            yield f"{name:>30}   is not installed: pip install {PACKAGES[name]}"
            continue
        if not math.isclose(function(updates), cost, rel_tol=1e-9):
            raise AssertionError(f"{name} ends at another cost")
        seconds = least_seconds(partial(function, updates), 2 if name in PACKAGES else runs)
        yield f"{name:>30} {seconds:8.4f} s {seconds / alone:7.2f} times the compiled list"
