"""Layers in shorthand are the same problem as their equations, written out here in the words of the notation."""

from __future__ import annotations

from collections.abc import Callable
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symbackprop.expressions.functions import ACTIVATIONS
from symbackprop.network.file import read_problem
from symbackprop.network.layers import BIASES
from symbackprop.network.losses import LOSSES
from symbackprop.network.notation import NOTATIONS, Unit

Shape = list[tuple[int, str, str]]
"""(units, activation, bias) of each layer; the first are the inputs."""


def shorthand(notation: str, shape: Shape, loss: str) -> str:
    layers = ", ".join(f'{{ units = {units}, activation = "{f}", bias = "{bias}" }}' for units, f, bias in shape[1:])
    network = f'[network]\nnotation = "{notation}"\ninputs = {shape[0][0]}\nlayers = [{layers}]\nloss = "{loss}"\n'
    return network + leaves(Written(notation, shape, loss))


def written(notation: str, shape: Shape, loss: str) -> str:
    network = Written(notation, shape, loss)
    return (
        leaves(network) + "[equations]\n" + "".join(f'{name} = "{tree}"\n' for name, tree in network.equations.items())
    )


class Written:
    """The equations of layers, written out in the words of a notation."""

    def __init__(self, notation: str, shape: Shape, loss: str) -> None:
        names = NOTATIONS[notation]
        wide = max(units for units, _, _ in shape) > 9
        self.inputs = fed = [names.input(k + 1) for k in range(shape[0][0])]
        self.parameters: list[str] = []
        self.equations: dict[str, str] = {}
        weights, biases, running = 0, 0, 0
        for number, (units, activation, bias) in enumerate(shape[1:], start=1):
            outputs, added = [], []
            for k in range(1, units + 1):
                running += 1
                unit = Unit(number, k, running, number == len(shape) - 1)
                terms = []
                for source, name in enumerate(fed, start=1):
                    weights += 1
                    weight = names.weight(unit, source, weights, wide)
                    self.parameters.append(weight)
                    terms.append(f"{weight}*{name}" if names.weight_first else f"{name}*{weight}")
                if bias == "each" or (bias == "shared" and k == 1):
                    biases += 1
                    added.append(names.bias(unit, biases, bias == "shared"))
                terms += added[-1:]
                self.equations[names.net_input(unit)] = " + ".join(terms)
                self.equations[names.activation(unit)] = f"{activation}({names.net_input(unit)})"
                outputs.append(names.activation(unit))
            fed = outputs
            self.parameters += added
        self.targets = [names.target(k + 1, len(fed) == 1) for k in range(len(fed))]
        errors = [LOSS[loss].format(t=target, a=output) for target, output in zip(self.targets, fed, strict=True)]
        if len(errors) == 1:
            self.equations[names.cost] = errors[0]
            return
        self.equations |= {names.error(k): error for k, error in enumerate(errors, start=1)}
        total = " + ".join(names.error(k + 1) for k in range(len(errors)))
        self.equations[names.cost] = f"({total})/{len(errors)}" if loss == "mean_squared_error" else total


LOSS = {
    "half_squared_error": "1/2*({t} - {a})**2",
    "squared_error": "({t} - {a})**2",
    "mean_squared_error": "({t} - {a})**2",
    "binary_cross_entropy": "-({t}*log({a}) + (1 - {t})*log(1 - {a}))",
    "cross_entropy": "-{t}*log({a})",
    "absolute_error": "abs({t} - {a})",
    "huber": "huber({t} - {a})",
}


def leaves(network: Written) -> str:
    sections = {"inputs": network.inputs, "targets": network.targets, "parameters": network.parameters}
    return "".join(
        f"[{section}]\n" + "".join(f"{name} = {0.01 * (number % 99):.4f}\n" for number, name in enumerate(names))
        for section, names in sections.items()
    )


UNITS = st.integers(1, 4) | st.integers(9, 11)
LAYER = st.tuples(UNITS, st.sampled_from(ACTIVATIONS), st.sampled_from(BIASES))


def training(notation: str) -> str:
    return f'[training]\ncost = "{NOTATIONS[notation].cost}"\nlearning_rate = 0.1\n'


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(NOTATIONS)), st.lists(LAYER, min_size=2, max_size=4), st.sampled_from(sorted(LOSSES)))
def test_layers_are_the_same_problem_as_their_equations_written_out(notation: str, shape: Shape, loss: str) -> None:
    short, long = shorthand(notation, shape, loss), written(notation, shape, loss)
    assert read_problem(short + training(notation)) == read_problem(long + training(notation))


@pytest.mark.parametrize("notation", sorted(NOTATIONS))
@pytest.mark.parametrize("form", [shorthand, written])
def test_a_network_of_23_860_parameters_is_loaded_in_a_few_seconds(
    notation: str, form: Callable[[str, Shape, str], str]
) -> None:
    text = form(notation, [(784, "", ""), (30, "sigmoid", "each"), (10, "sigmoid", "each")], "half_squared_error")
    begin = process_time()
    problem = read_problem(text + training(notation))
    assert process_time() - begin < 4
    assert len(problem.graph.parameters) == 23_860
    assert len(problem.values) == 23_860 + 784 + 10
