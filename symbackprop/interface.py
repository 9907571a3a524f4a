"""What a Python program builds: a network, of layers, of equations or of a file, and the verdict on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Any

from symbackprop.audited import AuditedDocument
from symbackprop.auditing.auditor import audit as audit_document
from symbackprop.auditing.documents.formats import read_document, read_text
from symbackprop.auditing.documents.source import Block, Source
from symbackprop.auditing.report import Audit
from symbackprop.checking.report import Report
from symbackprop.checking.report import verify as verify_derivation
from symbackprop.derivation.working import derive
from symbackprop.derived import DerivedNetwork
from symbackprop.errors import NetworkError, did_you_mean
from symbackprop.evaluation.training import Record, train
from symbackprop.network.file import load_problem, read_problem
from symbackprop.network.graph import Graph
from symbackprop.network.layers import Dense, dense_graph
from symbackprop.network.losses import LOSSES
from symbackprop.network.notation import NOTATIONS
from symbackprop.network.problem import Order, Problem, Training, check_problem, read_equations
from symbackprop.rendering.drawing.svg import standalone
from symbackprop.rendering.page.notebook import image

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

    def draw(self, *, backward: bool = False) -> str:
        """The network as a graph of layers, in SVG, with values and weights, or with node errors and gradients."""
        return standalone(self.derive().picture(backward=backward))

    def _repr_html_(self) -> str:
        return image(self.derive().picture())

    def _repr_svg_(self) -> str:
        return self.draw()

    def _repr_latex_(self) -> str:
        return self.derive().definitions_latex()


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


def audit(document: str | Path, network: Network | str | Path | None = None) -> AuditedDocument:
    """What is said of every claim of a document: `document` is the path of its file.

    Arguments: `network` is what it is judged by, a network or the path of its file; without it the network is read
    from the document. Raises `SymbackpropError` for a file that cannot be read, `LimitError` for one too large.
    """
    return AuditedDocument.of(_audited(read_document(document), network))


def audit_text(text: str, network: Network | str | Path | None = None, *, name: str = "document.md") -> AuditedDocument:
    """The same of a document that is given as text; the suffix of `name` says in which format it is written.

    >>> audit = audit_text("With x = 2 and w = 0.5 the neuron has $z = w x = 0.5 * 2 = 1.5$.")
    >>> [(claim.printed, claim.verdict.value) for claim in audit.faults]
    [('1.5', 'wrong')]
    """
    return AuditedDocument.of(_audited(read_text(text, name=name), network))


def _audited(document: tuple[Source, tuple[Block, ...]], network: Network | str | Path | None) -> Audit:
    match network:
        case Network():
            return audit_document(*document, network.problem)
        case str() | Path():
            return audit_document(*document, load_problem(network))
        case None:
            return audit_document(*document)
    raise NetworkError(f"{type(network).__name__} is no network", hint="give a Network, or the path of a network file")


def _ordered(problem: Problem, order: str | None) -> Problem:
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
