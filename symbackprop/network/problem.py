"""Problem: a graph with the numbers, the training and the printed claims that belong to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType

from symbackprop.errors import ExpressionError, NetworkError, SymbackpropError, did_you_mean
from symbackprop.expressions.functions import WRITABLE
from symbackprop.expressions.names import resolve, split_partial
from symbackprop.expressions.numerals import fraction_of
from symbackprop.expressions.parser import parse
from symbackprop.expressions.tree import symbol
from symbackprop.network.graph import Definition, Graph, node_error_names, order_definitions, require_names


class Order(StrEnum):
    """When parameters change: all at once, or the output layer's before the hidden gradients are taken."""

    SIMULTANEOUS = "simultaneous"
    OUTPUT_FIRST = "output-first"


@dataclass(frozen=True, slots=True)
class Training:
    """What is differentiated and how parameters are updated; without a learning rate there is no update."""

    cost: str
    learning_rate: str | None = None
    frozen: tuple[str, ...] = ()
    order: Order = Order.SIMULTANEOUS
    steps: int = 1


@dataclass(frozen=True, slots=True)
class Claim:
    """A number that a document prints for the quantity `name`, after `after` updates (0: before the first)."""

    name: str
    printed: str
    after: int = 0


@dataclass(frozen=True, slots=True)
class Problem:
    """A worked example: `values` holds the decimals given for the leaves, as written; empty when none are given."""

    graph: Graph
    values: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    training: Training | None = None
    decimals: int | None = None
    claims: tuple[Claim, ...] = ()
    title: str = ""
    source: str = ""

    @property
    def learning_rate_name(self) -> str:
        """eta, unless the network has a quantity of that name."""
        return "eta" if "eta" not in self.graph.names else "learning_rate"

    def exact_values(self) -> dict[str, Fraction]:
        """Every given number as an exact rational, the learning rate too.

        Raises `NetworkError` when the network was built without numbers.
        """
        if not self.values:
            raise NetworkError(
                "this network has no numbers", hint="give values for inputs, targets and parameters to evaluate it"
            )
        values = {name: fraction_of(text) for name, text in self.values.items()}
        if self.training and self.training.learning_rate is not None:
            values[self.learning_rate_name] = fraction_of(self.training.learning_rate)
        return values

    def trained_parameters(self) -> tuple[str, ...]:
        """The parameters that an update changes: those that are not frozen and that the cost rests on."""
        if self.training is None or self.training.learning_rate is None:
            return ()
        used = {name for definition in self.graph.needed([self.training.cost]) for name in definition.uses}
        used.difference_update(self.training.frozen)
        return tuple(parameter for parameter in self.graph.parameters if parameter in used)


class ProblemError(NetworkError):
    """A fault in one entry of a problem: `section` and `key` say which, `position` where in its text."""

    def __init__(self, error: SymbackpropError, section: str, key: str = "") -> None:
        super().__init__(error.message, hint=error.hint, place=error.place)
        self.section = section
        self.key = key
        self.position = error.position if isinstance(error, ExpressionError) else None


def read_equations(
    equations: Mapping[str, str], inputs: Sequence[str], targets: Sequence[str], parameters: Sequence[str]
) -> Graph:
    """The graph of equations in any order, over the given leaves.

    Raises `ProblemError` with the equation at fault.

    >>> graph = read_equations({"y": "sigmoid(z)", "z": "w*x"}, ["x"], [], ["w"])
    >>> [definition.name for definition in graph.definitions]
    ['z', 'y']
    """
    for section, names in (("inputs", inputs), ("targets", targets), ("parameters", parameters), ("equations", equations)):
        for name in names:
            _named(section, name)
    leaves = (*inputs, *targets, *parameters)
    for section, names in (("targets", targets), ("parameters", parameters), ("equations", equations)):
        earlier = {"targets": inputs, "parameters": (*inputs, *targets), "equations": leaves}[section]
        for name in set(names).intersection(earlier):
            raise ProblemError(NetworkError(f"{name!r} is defined twice"), section, name)
    symbols = {name: symbol(name) for name in (*leaves, *equations)}
    definitions = []
    for name, text in equations.items():
        try:
            definitions.append(Definition(name, parse(text, symbols)))
        except SymbackpropError as error:
            raise ProblemError(error, "equations", name) from None
    try:
        ordered = order_definitions(definitions, leaves)
    except SymbackpropError as error:
        raise ProblemError(error, "equations", _culprit(error.message, equations)) from None
    return Graph(tuple(inputs), tuple(targets), tuple(parameters), ordered)


def _named(section: str, name: str) -> None:
    try:
        require_names([name])
        if name in WRITABLE:
            raise NetworkError(f"{name!r} is the name of a function", hint=f"name the quantity {name}_1, say")
    except NetworkError as error:
        raise ProblemError(error, section, name) from None


def _culprit(message: str, equations: Mapping[str, str]) -> str:
    words = message.replace("'", " ").split()
    return next((word for word in words if word in equations), "")


def check_problem(problem: Problem) -> Problem:
    """`problem`, once its numbers, its training and its claims are found to fit its graph; else `ProblemError`."""
    graph = problem.graph
    for name, text in problem.values.items():
        if name not in graph.leaves:
            error = NetworkError(f"{name!r} is no input, target or parameter", hint=did_you_mean(name, graph.leaves))
            raise ProblemError(error, "values", name)
        _number(text, "values", name)
    missing = [name for name in graph.leaves if name not in problem.values]
    if problem.values and missing:
        shown = ", ".join(missing[:10]) + (", ..." if len(missing) > 10 else "")
        raise ProblemError(NetworkError(f"no value is given for {shown}"), "values", missing[0])
    if problem.training:
        _check_training(problem.training, graph)
    known = claimable(problem)
    for claim in problem.claims:
        section = f"after.{claim.after}" if claim.after else "claims"
        _number(claim.printed, section, claim.name)
        try:
            _claimed(claim.name, known, graph)
        except SymbackpropError as error:
            raise ProblemError(error, section, claim.name) from None
    return problem


def _check_training(training: Training, graph: Graph) -> None:
    if training.cost not in graph.by_name:
        hint = did_you_mean(training.cost, graph.by_name)
        raise ProblemError(NetworkError(f"the cost {training.cost!r} is no equation", hint=hint), "training", "cost")
    if training.learning_rate is not None:
        _number(training.learning_rate, "training", "learning_rate")
    for name in training.frozen:
        if name not in graph.parameters:
            hint = did_you_mean(name, graph.parameters)
            raise ProblemError(NetworkError(f"{name!r} is no parameter", hint=hint), "training", "frozen")


def _number(text: str, section: str, key: str) -> None:
    try:
        fraction_of(text)
    except SymbackpropError as error:
        raise ProblemError(NetworkError(f"{key}: {error.message}", hint=error.hint), section, key) from None


def claimable(problem: Problem) -> tuple[str, ...]:
    """The names, besides partials, for which a document may print a number."""
    graph = problem.graph
    if problem.training is None:
        return graph.names
    return (*graph.names, *node_error_names(graph).values(), *(f"{p}+" for p in problem.trained_parameters()))


def _claimed(name: str, known: Sequence[str], graph: Graph) -> None:
    if name in known:
        return
    if pair := split_partial(name):
        resolve(pair[0], graph.by_name)
        resolve(pair[1], graph.names)
        if pair[0] in graph.by_name and pair[1] in graph.names:
            return
    raise NetworkError(f"there is no quantity {name!r}", hint=did_you_mean(name, known))
