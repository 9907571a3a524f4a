"""Definition and Graph: a network as one ordered list of named scalar expressions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from types import MappingProxyType

import sympy as sp

from symbackprop.errors import LimitError, NetworkError, did_you_mean
from symbackprop.expressions.functions import ACTIVATIONS
from symbackprop.expressions.names import why_no_name
from symbackprop.expressions.tree import substitute, symbols_of, walk

DEFINITIONS = 200_000  # equations of one graph
WHOLE_TREE = 20_000  # nodes of an expression over the leaves


@dataclass(frozen=True, slots=True)
class Definition:
    """name := expression, a tree over leaves and earlier definitions, in the author's order."""

    name: str
    expression: sp.Expr
    uses: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "uses", symbols_of(self.expression))

    @property
    def activation(self) -> str | None:
        """The name of f where the definition is f(net input) of the activations' table, else None."""
        head = self.expression.func.__name__
        return head if head in ACTIVATIONS and self.expression.args[0].is_Symbol else None


@dataclass(frozen=True, slots=True)
class Graph:
    """Definitions in an order in which each uses only leaves and earlier ones.

    The leaves are of three kinds: `inputs`, `targets` and `parameters`, each a tuple of names. Build one with
    `order_definitions` or from layers.
    """

    inputs: tuple[str, ...]
    targets: tuple[str, ...]
    parameters: tuple[str, ...]
    definitions: tuple[Definition, ...]
    by_name: Mapping[str, Definition] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        table = MappingProxyType({definition.name: definition for definition in self.definitions})
        object.__setattr__(self, "by_name", table)

    @property
    def leaves(self) -> tuple[str, ...]:
        """Inputs, targets and parameters."""
        return (*self.inputs, *self.targets, *self.parameters)

    @property
    def names(self) -> tuple[str, ...]:
        """Every quantity, leaves first."""
        return (*self.leaves, *self.by_name)

    def expression(self, name: str, *, keep: Sequence[str] = (), limit: int = WHOLE_TREE) -> sp.Expr:
        """`name` as one whole SymPy tree over the leaves; the definitions in `keep` stay symbols.

        Raises `LimitError` when the tree would have more than `limit` nodes.
        """
        if name not in self.by_name:
            if name in self.leaves:
                return sp.Symbol(name)
            raise NetworkError(f"there is no quantity {name!r}", hint=did_you_mean(name, self.names))
        trees: dict[str, sp.Expr] = {}
        sizes: dict[str, int] = {}
        for definition in self.needed([name], stop=keep):
            size = sum(sizes.get(node.name, 1) if node.is_Symbol else 1 for node in walk(definition.expression))
            if size > limit:
                raise LimitError(
                    f"{name} over the leaves is a tree of more than {limit} nodes",
                    hint="use the definitions one by one, or give a higher limit",
                )
            sizes[definition.name] = size
            trees[definition.name] = substitute(definition.expression, trees)
        return trees[name]

    def needed(self, names: Sequence[str], *, stop: Sequence[str] = ()) -> tuple[Definition, ...]:
        """The definitions that `names` rest on, in order; the search goes no further than the names in `stop`."""
        wanted = set(names)
        found = []
        for definition in reversed(self.definitions):
            if definition.name in wanted and (definition.name not in stop or definition.name in names):
                found.append(definition)
                wanted.update(definition.uses)
        return tuple(reversed(found))

    def dependents(self, names: Sequence[str]) -> frozenset[str]:
        """All definitions that rest on one of `names`, directly or not."""
        reached = set(names)
        for definition in self.definitions:
            if not reached.isdisjoint(definition.uses):
                reached.add(definition.name)
        return frozenset(reached.difference(names))


def order_definitions(definitions: Sequence[Definition], leaves: Sequence[str]) -> tuple[Definition, ...]:
    """`definitions` so that each comes after those that it uses, otherwise in the author's order.

    Raises `NetworkError` for a name that is defined twice, one that nothing defines, and for a cycle, which it shows.
    """
    if len(definitions) > DEFINITIONS:
        raise LimitError(f"{len(definitions)} equations", hint=f"at most {DEFINITIONS} are read")
    table = {definition.name: definition for definition in definitions}
    known = set(leaves)
    placed: dict[str, Definition] = {}
    for definition in definitions:
        _place(definition, table, known, placed)
    return tuple(placed.values())


def _place(first: Definition, table: Mapping[str, Definition], known: set[str], placed: dict[str, Definition]) -> None:
    path: dict[str, int] = {}
    stack = [first]
    while stack:
        definition = stack[-1]
        if definition.name in placed:
            stack.pop()
            continue
        path[definition.name] = len(path)
        waiting = [name for name in definition.uses if name not in known and name not in placed]
        if not waiting:
            placed[stack.pop().name] = definition
            path.pop(definition.name)
            continue
        for name in waiting:
            if name not in table:
                raise NetworkError(f"{definition.name} uses {name!r}, which nothing defines")
            if name in path:
                circle = [*list(path)[path[name] :], name]
                shown = circle if len(circle) < 8 else [*circle[:4], "...", *circle[-3:]]
                raise NetworkError(f"the equation of {name} goes round in a circle: " + " -> ".join(shown))
        stack.append(table[waiting[0]])


def require_names(names: Sequence[str]) -> None:
    """Raises `NetworkError` for the first of `names` that cannot be a name or stands there twice."""
    seen: set[str] = set()
    for name in names:
        if reason := why_no_name(name):
            shown = name if len(name) < 40 else name[:40] + "..."
            raise NetworkError(f"{shown!r} cannot be the name of a quantity", hint=reason)
        if name in seen:
            raise NetworkError(f"{name!r} is defined twice")
        seen.add(name)


def net_inputs(graph: Graph) -> tuple[str, ...]:
    """The weighted sums z: definitions that an activation takes, or that hold parameters and are no function's value.

    Quantities that rest on a target belong to the error and are none.
    """
    error = graph.dependents(graph.targets)
    taken = {definition.uses[0] for definition in graph.definitions if definition.activation}
    parameters = set(graph.parameters)
    return tuple(
        definition.name
        for definition in graph.definitions
        if definition.name not in error
        and (definition.name in taken or (not parameters.isdisjoint(definition.uses) and not _is_function(definition)))
    )


def _is_function(definition: Definition) -> bool:
    return bool(definition.expression.is_Function)


def node_error_names(graph: Graph) -> dict[str, str]:
    """δ for each net input: net_o1 -> delta_o1, z3 -> delta_3, z2_1 -> delta2_1."""
    nets = net_inputs(graph)
    short = {net: _delta(net) for net in nets}
    counts: dict[str, int] = {}
    for name in chain(short.values(), graph.names):
        counts[name] = counts.get(name, 0) + 1
    return {net: name if counts[name] == 1 else f"delta_{net}" for net, name in short.items()}


def _delta(net: str) -> str:
    head, _, index = net.partition("_")
    letters = head.rstrip("0123456789")
    digits = head[len(letters) :]
    if len(letters) > 1 and letters != "net":
        return f"delta_{net}"
    if index:
        return f"delta{digits}_{index}"
    return f"delta_{digits}" if digits else "delta"
