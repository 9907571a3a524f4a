"""Units: net inputs, activations, biases, edges and targets of a network, as its graph shows them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property

import sympy as sp

from symbackprop.auditing.naming.activations import is_function
from symbackprop.auditing.naming.spelling import index_parts, key, trailing_digits
from symbackprop.errors import LimitError
from symbackprop.expressions.layerwise import share
from symbackprop.expressions.tree import add, is_divisor, rebuild, walk
from symbackprop.network.graph import Definition, Graph, net_inputs

WRITTEN_OUT = 2000  # nodes of an activation of a whole layer over its net inputs


@dataclass(frozen=True, slots=True)
class Edge:
    """`weight` leads from the quantity `source` to the unit whose net input is `target`."""

    source: str
    target: str
    weight: str


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: what it sums up, and what it gives out. An input has no net input; a linear unit's activation is it."""

    net: str | None
    activation: str
    biases: tuple[str, ...] = ()

    @property
    def labels(self) -> tuple[str, ...]:
        """The indices by which it may be called, the activation's before the net input's, then their whole names."""
        names = [self.activation, *([self.net] if self.net else [])]
        indices = ["".join(index_parts(name)) for name in names]
        return tuple(dict.fromkeys(label for label in [*indices, *map(key, names)] if label))


class Units:
    """All units of a graph, inputs first, with their edges, targets and errors."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self._error = graph.dependents(graph.targets)
        self.inputs = tuple(Unit(None, name) for name in graph.inputs)
        nets = net_inputs(graph)
        found = [_summed(graph, net) for net in nets]
        self.edges = tuple(edge for edges, _ in found for edge in edges)
        self._layerwise = _layerwise(graph, nets)
        self.units = tuple(
            Unit(net, self._activation(net), biases) for net, (_, biases) in zip(nets, found, strict=True)
        )
        self.by_net = {unit.net: unit for unit in self.units if unit.net}
        self.by_quantity = {unit.activation: unit for unit in (*self.inputs, *self.units)} | self.by_net

    def _activation(self, net: str) -> str:
        if net in self._layerwise:
            return self._layerwise[net]
        for definition in self.graph.definitions:
            if definition.uses == (net,) and definition.name not in self._error and _gives_out(definition):
                return definition.name
        return net

    @cached_property
    def outputs(self) -> tuple[str, ...]:
        """What the targets are compared with."""
        targets = set(self.graph.targets)
        leaves = set(self.graph.leaves)
        compared = [definition for definition in self.graph.definitions if targets.intersection(definition.uses)]
        used = {name for definition in compared for name in definition.uses} - leaves - self._error
        return tuple(name for name in self.graph.by_name if name in used)

    @cached_property
    def hidden(self) -> tuple[Unit, ...]:
        """The units that are no outputs."""
        last = self.graph.needed(self.outputs)
        outputs = set(self.outputs)
        aliases = {d.uses[0] for d in last if d.name in outputs and d.expression.is_Symbol}
        return tuple(unit for unit in self.units if not {unit.activation, unit.net} & (outputs | aliases))

    @cached_property
    def biases(self) -> frozenset[str]:
        """The parameters that are added to net inputs."""
        return frozenset(bias for unit in self.units for bias in unit.biases)

    @cached_property
    def targets(self) -> dict[str, str]:
        """The target of each output: the one it stands alone with in a part of an expression."""
        pairs: dict[str, str] = {}
        targets, outputs = set(self.graph.targets), set(self.outputs)
        for definition in self.graph.definitions:
            if targets.isdisjoint(definition.uses):
                continue
            for node in walk(definition.expression):
                if not node.args:
                    continue
                names = {leaf.name for leaf in node.free_symbols}
                if len(names & targets) == len(names & outputs) == 1:
                    pairs.setdefault(*(names & outputs), *(names & targets))
        return pairs

    @cached_property
    def errors(self) -> dict[str, str]:
        """The error of each output: what rests on its target and on no other."""
        found: dict[str, str] = {}
        for output, target in self.targets.items():
            others = set(self.graph.targets) - {target}
            for definition in self.graph.definitions:
                used = {name for part in self.graph.needed([definition.name]) for name in part.uses}
                if target in used and not used & others:
                    found.setdefault(output, definition.name)
        return found

    def of(self, index: str) -> tuple[Unit, ...]:
        """The units that `index` may mean, the likeliest first: by activation, by net input, by their whole names."""
        found = self._by_label.get(index, ())
        if not found:
            near = {unit for label in self._folded.get(index.casefold(), ()) for unit in self._by_label[label]}
            return tuple(near) if len(near) == 1 else ()
        return tuple(found)

    def output_of(self, unit: Unit) -> str | None:
        """The output that a unit gives, if it is compared with a target."""
        return self._output_of.get(unit.activation) or (self._output_of.get(unit.net) if unit.net else None)

    @cached_property
    def _output_of(self) -> dict[str, str]:
        """The outputs by their own names, and by those that they are other names for."""
        table: dict[str, str] = {}
        for output in self.outputs:
            table[output] = output
            expression = self.graph.by_name[output].expression
            if expression.is_Symbol:
                table.setdefault(expression.name, output)
        return table

    @cached_property
    def _by_label(self) -> dict[str, list[Unit]]:
        ranked: dict[str, list[tuple[int, Unit]]] = {}
        for unit in (*self.units, *self.inputs):
            for rank, label in enumerate(unit.labels):
                ranked.setdefault(label, []).append((rank, unit))
        stems = Counter(_stem(unit) for unit in self.units)
        for unit in self.units:
            if stems[_stem(unit)] == 1:
                ranked.setdefault(_stem(unit), []).append((len(unit.labels), unit))
        return {label: [unit for _, unit in sorted(found, key=lambda pair: pair[0])] for label, found in ranked.items()}

    @cached_property
    def _folded(self) -> dict[str, list[str]]:
        folded: dict[str, list[str]] = {}
        for label in self._by_label:
            folded.setdefault(label.casefold(), []).append(label)
        return folded


def _stem(unit: Unit) -> str:
    """The activation's name without the number at its end: of Y_1, Y."""
    return trailing_digits(key(unit.activation))[0]


def _gives_out(definition: Definition) -> bool:
    """Whether it is a function of its one name, or another name for it."""
    return definition.expression.is_Symbol or is_function(definition)


def _layerwise(graph: Graph, nets: Sequence[str]) -> dict[str, str]:
    """The activations of a whole layer by their own net inputs, as softmax is; be they worked out in parts.

    In parts: e = exp(z - m) for each unit, s their sum, e/s.
    """
    found: dict[str, str] = {}
    for definition in graph.definitions:
        tree = definition.expression
        if tree.is_Mul and len(tree.args) == 2 and is_divisor(tree.args[1]):
            with suppress(LimitError):
                whole = share(_unshifted(graph.expression(definition.name, keep=nets, limit=WRITTEN_OUT)))
                if whole is not None and whole.own in nets:
                    found.setdefault(whole.own, definition.name)
    return found


def _unshifted(tree: sp.Expr) -> sp.Expr:
    """`tree` with exp(z) for every exp(z + c), where c is the same in all of them: a quotient of such stays."""
    powers = {node for node in walk(tree) if node.func.__name__ == "exp" and node.args[0].is_Add}
    shifts = {add(node.args[0].args[1:]) for node in powers}
    if len(shifts) != 1 or not all(node.args[0].args[0].is_Symbol for node in powers):
        return tree
    return _replaced(tree, {node: node.func(node.args[0].args[0], evaluate=False) for node in powers})


def _replaced(tree: sp.Expr, new: Mapping[sp.Expr, sp.Expr]) -> sp.Expr:
    if tree in new or not tree.args:
        return new.get(tree, tree)
    return rebuild(tree, [_replaced(argument, new) for argument in tree.args])


def _terms(expression: sp.Expr) -> Iterator[sp.Expr]:
    if expression.is_Add:
        for term in expression.args:
            yield from _terms(term)
    else:
        yield expression


def _summed(graph: Graph, net: str) -> tuple[tuple[Edge, ...], tuple[str, ...]]:
    """The edges that lead to a net input, and the parameters that stand alone in it."""
    parameters = set(graph.parameters)
    edges: list[Edge] = []
    biases: list[str] = []
    for term in _terms(graph.by_name[net].expression):
        names = [node.name for node in walk(term) if node.is_Symbol]
        weights = [name for name in names if name in parameters]
        sources = [name for name in names if name not in parameters]
        if len(weights) == 1 and len(sources) == 1:
            edges.append(Edge(sources[0], net, weights[0]))
        elif len(weights) == 1 and not sources:
            biases.append(weights[0])
    return tuple(edges), tuple(biases)
