"""What a Python program holds: a network, its derivation, one quantity of it; each shows itself in Jupyter."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Any

import sympy as sp

from symbackprop.checking.report import Report
from symbackprop.checking.report import verify as verify_derivation
from symbackprop.derivation.steps import Derivation, Step
from symbackprop.derivation.working import derive, partial_steps
from symbackprop.errors import NetworkError, SymbackpropError, did_you_mean
from symbackprop.evaluation.arithmetic import Arithmetic
from symbackprop.evaluation.program import Program, compile_program
from symbackprop.evaluation.training import Record, train
from symbackprop.evaluation.worked import WorkedStep, Working, work
from symbackprop.expressions.names import partial, resolve
from symbackprop.network.file import load_problem, read_problem
from symbackprop.network.graph import Graph
from symbackprop.network.layers import Dense, dense_graph
from symbackprop.network.losses import LOSSES
from symbackprop.network.notation import NOTATIONS
from symbackprop.network.problem import Order, Problem, Training, check_problem, read_equations
from symbackprop.rendering.formats import render
from symbackprop.rendering.mathematics import step_latex

Number = str | int | float | Decimal
Numbers = Mapping[str, Number] | Sequence[Number]


class Network:
    """A network with the numbers that belong to it: inputs, targets, parameters, learning rate.

    Arguments: `inputs` is how many there are, or their values, in order or by name; `targets` and `parameters` are
    values likewise, in the order of `network.graph.targets` and `.parameters`. Numbers are kept exactly as written:
    give a string or a Decimal where the digits matter. Without any values the network is derived in symbols alone.
    `loss` and `notation` name a table entry; the other arguments are those of a network file.

    Raises `SymbackpropError` for what is unknown, missing or no number, with the nearest name.

    >>> net = Network(
    ...     inputs=["0.05", "0.10"],
    ...     targets=["0.01", "0.99"],
    ...     layers=[Dense(2, "sigmoid", bias="shared"), Dense(2, "sigmoid", bias="shared")],
    ...     parameters={"w_1": "0.15", "w_2": "0.20", "w_3": "0.25", "w_4": "0.30", "b_1": "0.35",
    ...                 "w_5": "0.40", "w_6": "0.45", "w_7": "0.50", "w_8": "0.55", "b_2": "0.60"},
    ...     learning_rate="0.5",
    ... )
    >>> print(net.derive()["w_5"].value)
    0.0821670405642307788464190335541
    """

    def __init__(
        self,
        inputs: int | Numbers,
        layers: Sequence[Dense],
        loss: str = "half_squared_error",
        *,
        targets: Numbers = (),
        parameters: Numbers = (),
        notation: str = "mazur",
        learning_rate: Number | None = None,
        frozen: Sequence[str] = (),
        order: str = "simultaneous",
        decimals: int | None = None,
        title: str = "",
    ) -> None:
        count = inputs if isinstance(inputs, int) else len(inputs)
        named = tuple(inputs) if isinstance(inputs, Mapping) else count
        graph = dense_graph(named, layers, _entry(LOSSES, loss, "loss"), _entry(NOTATIONS, notation, "notation"))
        values: dict[str, str] = {}
        given_inputs: Numbers = () if isinstance(inputs, int) else inputs
        for kind, names, numbers in (
            ("inputs", graph.inputs, given_inputs),
            ("targets", graph.targets, targets),
            ("parameters", graph.parameters, parameters),
        ):
            values |= _values(kind, names, numbers)
        rate = None if learning_rate is None else _numeral(learning_rate)
        training = Training(graph.definitions[-1].name, rate, tuple(frozen), _order(order))
        self.problem = check_problem(Problem(graph, MappingProxyType(values), training, decimals=decimals, title=title))

    @classmethod
    def of(cls, problem: Problem) -> Network:
        """The network of a problem that was read or built elsewhere."""
        network = cls.__new__(cls)
        network.problem = problem
        return network

    @classmethod
    def from_file(cls, path: str | Path) -> Network:
        """The network of a network file; "-" is standard input. Raises `SymbackpropError` with file and line."""
        return cls.of(load_problem(path))

    @classmethod
    def from_toml(cls, text: str) -> Network:
        """The network of a network file's text."""
        return cls.of(read_problem(text))

    @classmethod
    def from_equations(
        cls,
        equations: Mapping[str, str],
        *,
        inputs: Mapping[str, Number],
        targets: Mapping[str, Number] = MappingProxyType({}),
        parameters: Mapping[str, Number] = MappingProxyType({}),
        cost: str | None = None,
        learning_rate: Number | None = None,
        frozen: Sequence[str] = (),
        order: str = "simultaneous",
        decimals: int | None = None,
        title: str = "",
    ) -> Network:
        """The network of equations in any order, in the author's own names: any acyclic graph of scalars.

        >>> net = Network.from_equations(
        ...     {"z": "w*x + b", "y": "tanh(z)", "C": "(t - y)**2"},
        ...     inputs={"x": 2}, targets={"t": 1}, parameters={"w": "0.5", "b": "-0.5"}, cost="C",
        ... )
        >>> net.derive()["w"].uses
        ('dC/dz', 'dz/dw')
        """
        graph = read_equations(equations, tuple(inputs), tuple(targets), tuple(parameters))
        values = {name: _numeral(number) for name, number in {**inputs, **targets, **parameters}.items()}
        rate = None if learning_rate is None else _numeral(learning_rate)
        training = None if cost is None else Training(cost, rate, tuple(frozen), _order(order))
        return cls.of(check_problem(Problem(graph, MappingProxyType(values), training, decimals=decimals, title=title)))

    @property
    def graph(self) -> Graph:
        """The ordered list of definitions; `graph.expression(name)` is one whole SymPy tree over the leaves."""
        return self.problem.graph

    def derive(self) -> DerivedNetwork:
        """The whole derivation: forward pass, error, every partial, updates, and the pass after them."""
        return DerivedNetwork(derive(self.problem))

    def train(
        self, steps: int, *, order: str | None = None, every: int = 1, progress: Callable[[int], None] | None = None
    ) -> Iterator[Record]:
        """The cost and the parameters before the first update, after every `every`-th of `steps`, and at the end.

        Arguments: `order` is "simultaneous" or "output-first", by default the network's own; `progress` is called with
        the number of updates made.
        """
        return train(derive(_ordered(self.problem, order)), steps, every=every, progress=progress)

    def __repr__(self) -> str:
        graph = self.graph
        title = self.problem.title or "a network"
        return f"<{title}: {len(graph.definitions)} definitions, {len(graph.parameters)} parameters>"

    def _repr_latex_(self) -> str:
        return self.derive().definitions_latex()


@dataclass(frozen=True, slots=True, repr=False)
class DerivedNetwork:
    """A derivation; `derived["w_5"]` is the gradient of a parameter, `derived["net_h1"]` a quantity of the network."""

    derivation: Derivation
    _working: list[Working] = field(default_factory=list, repr=False, compare=False)

    def __getitem__(self, name: str) -> Quantity:
        """The quantity of a name in any spelling; of an input or a parameter, the partial of the cost by it."""
        step = self.derivation.find(name)
        return Quantity(self, self._worked(step))

    def partial(self, of: str, by: str) -> Quantity:
        """∂of/∂by for any two quantities, per-output errors too."""
        graph = self.derivation.problem.graph
        name = partial(resolve(of, graph.by_name), resolve(by, graph.names))
        if name not in self.derivation.by_name:
            steps = partial_steps(self.derivation, *(resolve(of, graph.by_name), resolve(by, graph.names)))
            known = self.derivation.by_name
            longer = (*self.derivation.sequence, *(step for step in steps if step.name not in known))
            return DerivedNetwork(Derivation(self.derivation.problem, longer))[name]
        return self[name]

    def __contains__(self, name: str) -> bool:
        try:
            self.derivation.find(name)
        except SymbackpropError:
            return False
        return True

    def __repr__(self) -> str:
        return (
            f"<the derivation of {self.derivation.problem.title or 'a network'}: {len(self.derivation.sequence)} steps>"
        )

    def __iter__(self) -> Iterator[Quantity]:
        return (Quantity(self, worked) for worked in self.working().steps)

    def working(self, *, wrt: Sequence[str] = (), decimals: int | None = None, hand: bool = False) -> Working:
        """The working in sections with its numbers; see `symbackprop derive --help` for the arguments."""
        return work(self.derivation, wrt=wrt, decimals=decimals, hand=hand)

    def render(
        self,
        format: str = "text",  # noqa: A002 - the word of the command line
        *,
        fragment: bool = False,
        wrt: Sequence[str] = (),
        decimals: int | None = None,
        hand: bool = False,
    ) -> str:
        """The working as "text", "markdown", "latex" or "json"."""
        return render(self.working(wrt=wrt, decimals=decimals, hand=hand), format, fragment=fragment)

    def compile(self, outputs: Sequence[str], arithmetic: Arithmetic = Arithmetic.FLOAT) -> Program:
        """The list as one function of its leaves, over floats, arrays (a batch in one call), mpmath or balls.

        >>> net = Network.from_equations({"y": "w*x"}, inputs={"x": 2}, parameters={"w": 3})
        >>> net.derive().compile(["y"])({"x": 2.0, "w": 4.0})
        {'y': 8.0}
        """
        problem = self.derivation.problem
        names = [self.derivation.find(name).name for name in outputs]
        rate = problem.learning_rate_name
        used = any(rate in step.uses for step in self.derivation.needed(names))
        inputs = (*problem.graph.leaves, *((rate,) if used else ()))
        return compile_program(self.derivation.sequence, inputs, names, arithmetic)

    def definitions_latex(self) -> str:
        """The definitions of the network as one LaTeX display."""
        rows = [
            step_latex(step).replace(" = ", " &= ", 1)
            for step in self.working().steps
            if step.step.kind == "definition"
        ]
        return "$$\\begin{aligned}\n" + " \\\\\n".join(rows) + "\n\\end{aligned}$$"

    def _worked(self, step: Step) -> WorkedStep:
        if not self._working:
            self._working.append(self.working())
        return next(worked for worked in self._working[0].steps if worked.step.name == step.name)

    def _repr_markdown_(self) -> str:
        return self.render("markdown")


@dataclass(frozen=True, slots=True)
class Quantity:
    """One step of a derivation: its name, expression, value and LaTeX, and the quantities that it rests on."""

    derived: DerivedNetwork = field(repr=False)
    worked: WorkedStep = field(repr=False)

    @property
    def name(self) -> str:
        """The ASCII name, dE_total/dw_5."""
        return self.worked.step.name

    @property
    def expression(self) -> sp.Expr:
        """Its SymPy tree over the quantities that it rests on."""
        return self.worked.step.expression

    @property
    def value(self) -> Decimal | None:
        """Its value to 30 significant digits; None in a network without numbers."""
        return Decimal(self.worked.digits) if self.worked.digits else None

    @property
    def latex(self) -> str:
        """Name = formula = the formula with its numbers in = value, in LaTeX."""
        return step_latex(self.worked)

    @property
    def reason(self) -> str:
        """Why it holds, in one sentence."""
        return self.worked.step.reason.replace("`", "")

    @property
    def uses(self) -> tuple[str, ...]:
        """The names of the quantities that it rests on."""
        return self.worked.step.uses

    def __float__(self) -> float:
        if self.value is None:
            raise NetworkError(f"{self.name} has no value: this network has no numbers")
        return float(self.value)

    def __repr__(self) -> str:
        return f"<{self.name} = {self.value}>" if self.value is not None else f"<{self.name}>"

    def _repr_latex_(self) -> str:
        return f"$\\displaystyle {self.latex}$"


def verify(network: Network | DerivedNetwork) -> Report:
    """Every step of the derivation and every claim of the network confirmed by independent routes.

    >>> net = Network.from_equations(
    ...     {"y": "w*x", "C": "(t - y)**2"}, inputs={"x": 2}, targets={"t": 1}, parameters={"w": 3}, cost="C"
    ... )
    >>> verify(net).ok
    True
    """
    derived = network.derive() if isinstance(network, Network) else network
    return verify_derivation(derived.derivation)


def _ordered(problem: Problem, order: str | None) -> Problem:
    from dataclasses import replace

    if order is None or problem.training is None:
        return problem
    return replace(problem, training=replace(problem.training, order=_order(order)))


def _order(order: str) -> Order:
    if order not in tuple(Order):
        raise NetworkError(f"unknown order {order!r}", hint="accepted: " + ", ".join(Order))
    return Order(order)


def _entry(table: Mapping[str, Any], name: str, kind: str) -> Any:  # noqa: ANN401 - an entry of any table
    if name not in table:
        raise NetworkError(f"unknown {kind} {name!r}", hint=did_you_mean(str(name), table))
    return table[name]


def _values(kind: str, names: Sequence[str], numbers: Numbers) -> dict[str, str]:
    if isinstance(numbers, Mapping):
        for name in numbers:
            if name not in names:
                raise NetworkError(f"{name!r} is none of the {kind}", hint=did_you_mean(str(name), names))
        return {name: _numeral(number) for name, number in numbers.items()}
    if len(numbers) not in (0, len(names)):
        shown = ", ".join(names[:8]) + (", ..." if len(names) > 8 else "")
        raise NetworkError(f"{len(numbers)} values for {len(names)} {kind}", hint=f"in this order: {shown}")
    return dict(zip(names, map(_numeral, numbers), strict=False))


def _numeral(number: Number) -> str:
    if isinstance(number, bool) or not isinstance(number, str | int | float | Decimal):
        raise NetworkError(f"{number!r} is not a number", hint="give a string, an int, a float or a Decimal")
    return str(number).replace("E", "e")
