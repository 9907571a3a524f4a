"""Problem: a graph with the numbers, the training and the printed claims that belong to it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from itertools import chain, count
from types import MappingProxyType

from symbackprop.errors import (
    ExpressionError,
    LimitError,
    NetworkError,
    Place,
    SymbackpropError,
    did_you_mean,
    place_in,
)
from symbackprop.expressions.functions import FUNCTIONS
from symbackprop.expressions.names import split_partial, updated
from symbackprop.expressions.numerals import fraction_of
from symbackprop.expressions.parser import parse
from symbackprop.expressions.tree import symbol
from symbackprop.network.graph import (
    Definition,
    DefinitionError,
    Graph,
    node_error_names,
    order_definitions,
    quoted,
    require_names,
)

DECIMALS = 50  # at which a hand carries the working
STEPS = 10_000_000  # updates

_NAME = re.compile(r"(?<![\w.])[A-Za-z]\w*(?!\w|\s*\()", re.ASCII)  # one that stands before no bracket
_GIVEN = "a name has a value in [inputs], [targets] or [parameters], or an equation"
_RATE = "give learning_rate in [training], or take away what is printed after updates"


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
        """eta, or where the network has a quantity of that name learning_rate, learning_rate_1, ..."""
        taken = set(self.graph.names)
        names = chain(["eta", "learning_rate"], (f"learning_rate_{number}" for number in count(1)))
        return next(name for name in names if name not in taken)

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
    """A fault in one entry of a problem.

    `path` leads to the entry as in a network file: ("equations", "net_h1"), ("training", "frozen", 1). `position` is
    the offset of the fault in the entry's value, None where the entry's name is at fault.
    """

    def __init__(
        self,
        message: str,
        *,
        hint: str = "",
        place: Place | None = None,
        path: tuple[str | int, ...] = (),
        position: int | None = None,
    ) -> None:
        super().__init__(message, hint=hint, place=place)
        self.path = path
        self.position = position

    @classmethod
    def of(cls, error: SymbackpropError, *path: str | int, position: int | None = None) -> ProblemError:
        """`error`, found in the entry at `path`."""
        return cls(error.message, hint=error.hint, place=error.place, path=path, position=position)


def read_equations(
    equations: Mapping[str, str], inputs: Sequence[str], targets: Sequence[str], parameters: Sequence[str]
) -> Graph:
    """The graph of equations in any order, over the given leaves.

    Raises `ProblemError` with the equation at fault.

    >>> graph = read_equations({"y": "sigmoid(z)", "z": "w*x"}, ["x"], [], ["w"])
    >>> [definition.name for definition in graph.definitions]
    ['z', 'y']
    """
    sections = {"inputs": inputs, "targets": targets, "parameters": parameters, "equations": tuple(equations)}
    _require_distinct(sections)
    leaves = (*inputs, *targets, *parameters)
    symbols = {name: symbol(name) for name in (*leaves, *equations)}
    definitions = []
    for name, text in equations.items():
        try:
            definitions.append(Definition(name, parse(text, symbols)))
        except ExpressionError as error:
            raise _unreadable(error, name, equations, symbols) from None
    try:
        ordered = order_definitions(definitions, leaves)
    except DefinitionError as error:
        raise ProblemError.of(error, "equations", error.name) from None
    except LimitError as error:
        raise ProblemError.of(error, "equations") from None
    return Graph(tuple(inputs), tuple(targets), tuple(parameters), ordered)


def _require_distinct(sections: Mapping[str, Sequence[str]]) -> None:
    """Every name of the sections can be a name and stands in one of them, once."""
    home: dict[str, str] = {}
    for section, names in sections.items():
        for name in names:
            try:
                require_names([name])
            except NetworkError as error:
                raise ProblemError.of(error, section, name) from None
            if name in home:
                raise ProblemError(f"{name!r} is defined twice", hint=f"first in {home[name]}", path=(section, name))
            home[name] = section


def _unreadable(
    error: ExpressionError, name: str, equations: Mapping[str, str], symbols: Collection[str]
) -> ProblemError:
    """The fault of the equation `name`; a name that has no value, together with all others that have none."""
    message, hint = error.message, error.hint
    if message.startswith("unknown name"):
        words = dict.fromkeys(word for text in equations.values() for word in _NAME.findall(text))
        unknown = [quoted(word) for word in words if word not in symbols and word not in FUNCTIONS]
        if len(unknown) > 1:
            message = "unknown names " + ", ".join(unknown[:10]) + (", ..." if len(unknown) > 10 else "")
        if len(unknown) > 1 or hint.startswith("accepted"):
            hint = _GIVEN
    place = place_in(equations[name], error.position, file=f"equation {name}")
    return ProblemError(message, hint=hint, place=place, path=("equations", name), position=error.position)


def check_problem(problem: Problem) -> Problem:
    """`problem`, once its numbers, its training and its claims are found to fit its graph; else `ProblemError`."""
    sections = _sections(problem.graph)
    for name, text in problem.values.items():
        if name not in sections:
            hint = did_you_mean(name, sections)
            raise ProblemError(f"{quoted(name)} is no input, target or parameter", hint=hint, path=("values", name))
        _check_number(text, sections[name], name)
    if problem.values:
        require_values(problem.graph, problem.values)
    if problem.decimals is not None:
        _check_range(problem.decimals, DECIMALS, "document", "decimals")
    if problem.training:
        _check_training(problem.training, problem.graph)
    _check_claims(problem)
    return problem


def _sections(graph: Graph) -> dict[str, str]:
    """The section of a network file in which each leaf has its value."""
    kinds = {"inputs": graph.inputs, "targets": graph.targets, "parameters": graph.parameters}
    return {name: section for section, names in kinds.items() for name in names}


def require_values(graph: Graph, values: Mapping[str, str]) -> None:
    """Raises `ProblemError` with the names of all leaves that have no value, at the first of them."""
    missing = [name for name in graph.leaves if name not in values]
    if missing:
        shown = ", ".join(missing[:10]) + (f" and {len(missing) - 10} more" if len(missing) > 10 else "")
        path = (_sections(graph)[missing[0]], missing[0])
        raise ProblemError(f"no value is given for {shown}", path=path)


def _check_training(training: Training, graph: Graph) -> None:
    if training.cost not in graph.by_name:
        hint = did_you_mean(training.cost, graph.by_name)
        path = ("training", "cost")
        raise ProblemError(f"the cost {quoted(training.cost)} is no equation", hint=hint, path=path, position=0)
    if training.learning_rate is not None:
        _check_number(training.learning_rate, "training", "learning_rate")
    parameters = set(graph.parameters)
    for index, name in enumerate(training.frozen):
        if name not in parameters:
            hint, frozen = did_you_mean(name, parameters), ("training", "frozen", index)
            raise ProblemError(f"{quoted(name)} is no parameter", hint=hint, path=frozen, position=0)
    _check_range(training.steps, STEPS, "training", "steps")


def _check_claims(problem: Problem) -> None:
    graph = problem.graph
    known, quantities = set(claimable(problem)), set(graph.names)
    for claim in problem.claims:
        path = ("after", str(claim.after)) if claim.after else ("claims",)
        if claim.after and (problem.training is None or problem.training.learning_rate is None):
            raise ProblemError("without a learning rate there are no updates", hint=_RATE, path=path)
        _check_range(claim.after, STEPS, *path)
        pair = split_partial(claim.name)
        if claim.name not in known and not (pair and pair[0] in graph.by_name and pair[1] in quantities):
            raise ProblemError.of(_no_quantity(claim.name, known, graph), *path, claim.name)
        _check_number(claim.printed, *path, claim.name)


def _no_quantity(name: str, known: Collection[str], graph: Graph) -> NetworkError:
    pair = split_partial(name)
    if pair and pair[0] not in graph.by_name:
        return NetworkError(f"{quoted(pair[0])} is no equation", hint=did_you_mean(pair[0], graph.by_name))
    if pair:
        return NetworkError(f"there is no quantity {quoted(pair[1])}", hint=did_you_mean(pair[1], graph.names))
    return NetworkError(f"there is no quantity {quoted(name)}", hint=did_you_mean(name, known))


def _check_number(text: str, *path: str) -> None:
    try:
        fraction_of(text)
    except SymbackpropError as error:
        raise ProblemError(f"{path[-1]}: {error.message}", hint=error.hint, path=path, position=0) from None


def _check_range(value: int, highest: int, *path: str) -> None:
    if not 0 <= value <= highest:
        hint = f"a whole number from 0 to {highest} is expected"
        raise ProblemError(f"{path[-1]} is out of range", hint=hint, path=path, position=0)


def claimable(problem: Problem) -> tuple[str, ...]:
    """The names, besides partials, for which a document may print a number."""
    graph = problem.graph
    if problem.training is None:
        return graph.names
    return (*graph.names, *node_error_names(graph).values(), *map(updated, problem.trained_parameters()))
