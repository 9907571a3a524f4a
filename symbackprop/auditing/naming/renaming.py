"""Renaming: a problem under the names that a document gives to its quantities, and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from symbackprop.auditing.naming.spelling import trailing_digits
from symbackprop.expressions.names import partial, split_partial, updated
from symbackprop.expressions.tree import negate, substitute, symbol
from symbackprop.network.graph import Definition, Graph
from symbackprop.network.problem import Problem

OTHER_SIGN = "-"  # before a name that is that of the negative of a quantity


def complete(problem: Problem, names: Mapping[str, str]) -> dict[str, str]:
    """`names` with new ones for those quantities whose own name is now that of another."""
    found = dict(names)
    new = {name.removeprefix(OTHER_SIGN) for name in names.values()}
    taken = {*new, *problem.graph.names}
    for name in problem.graph.names:
        if name in found or name not in new:
            continue
        other = name
        while other in taken:
            other += "_"
        found[name] = other
        taken.add(other)
    return found


def with_families(problem: Problem, names: Mapping[str, str]) -> dict[str, str]:
    """`names` with those of a family: where a_1 is p_1 and a_3 is p_3, a_2 is p_2.

    >>> from symbackprop.network.problem import read_equations
    >>> graph = read_equations({f"a_{k}": f"w*x_{k}" for k in (1, 2, 3)}, ["x_1", "x_2", "x_3"], [], ["w"])
    >>> with_families(Problem(graph), {"a_1": "p_1", "a_3": "p_3"})["a_2"]
    'p_2'
    """
    families: dict[str, set[tuple[str, bool]]] = {}
    members: dict[str, int] = {}
    for name, new in names.items():
        (stem, number), (other, same) = trailing_digits(name), trailing_digits(new)
        families.setdefault(stem, set()).add((other, number == same))
        members[stem] = members.get(stem, 0) + bool(number)
    found = dict(names)
    taken = {*names.values(), *problem.graph.names}
    for name in problem.graph.names:
        stem, number = trailing_digits(name)
        if name not in names and number and members.get(stem, 0) > 1 and len(families[stem]) == 1:
            ((other, same_number),) = families[stem]
            if same_number and other + number not in taken:
                found[name] = other + number
    return found


def renamed(problem: Problem, names: Mapping[str, str]) -> Problem:
    """`problem` with other names for its quantities; what is not in `names` keeps its own. Its claims are left out.

    A parameter whose new name stands behind a minus sign becomes its negative, as a bias becomes a threshold.
    """

    def new(name: str) -> str:
        return names.get(name, name).removeprefix(OTHER_SIGN)

    graph = problem.graph
    turned = {old for old, other in names.items() if other.startswith(OTHER_SIGN)}
    symbols = {old: negate(symbol(new(old))) if old in turned else symbol(new(old)) for old in names}
    values = {new(name): _negated(value) if name in turned else value for name, value in problem.values.items()}
    graph = Graph(
        inputs=tuple(map(new, graph.inputs)),
        targets=tuple(map(new, graph.targets)),
        parameters=tuple(map(new, graph.parameters)),
        definitions=tuple(Definition(new(one.name), substitute(one.expression, symbols)) for one in graph.definitions),
    )
    training = problem.training
    if training is not None:
        training = replace(training, cost=new(training.cost), frozen=tuple(map(new, training.frozen)))
    return replace(
        problem,
        graph=graph,
        values=MappingProxyType(values),
        training=training,
        claims=(),
    )


def _negated(value: str) -> str:
    return value.removeprefix("-") if value.startswith("-") else f"-{value.removeprefix('+')}"


def quantity_renamed(quantity: str, names: Mapping[str, str]) -> str:
    """The name of a quantity or of a partial with other names in it.

    >>> quantity_renamed("dE/dw_12", {"w_12": "w_21"}), quantity_renamed("w_12+", {"w_12": "w_21"})
    ('dE/dw_21', 'w_21+')
    """
    if pair := split_partial(quantity):
        return partial(*(quantity_renamed(name, names) for name in pair))
    if quantity.endswith("+"):
        return updated(quantity_renamed(quantity[:-1], names))
    return names.get(quantity, quantity)
