"""Definition and Graph: a network as one ordered list of named scalar expressions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, count
from types import MappingProxyType

import sympy as sp

from symbackprop.errors import LimitError, NetworkError, Place, did_you_mean
from symbackprop.expressions.functions import ACTIVATIONS, WRITABLE
from symbackprop.expressions.layerwise import Unit, share
from symbackprop.expressions.names import why_no_name
from symbackprop.expressions.tree import substitute, symbols_of

DEFINITIONS = 200_000  # equations of one graph
WHOLE_TREE = 20_000  # nodes of an expression over the leaves
WHOLE_HEIGHT = 128  # operations inside each other in it: SymPy goes down into a tree by recursion
SHOWN = 40  # characters of a name that cannot be used that a message shows


class DefinitionError(NetworkError):
    """A definition cannot have its place in a graph; `name` says which."""

    def __init__(self, message: str, *, hint: str = "", place: Place | None = None, name: str = "") -> None:
        super().__init__(message, hint=hint, place=place)
        self.name = name


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
        """The name of f where the definition is f(net input), or f of its layer's net inputs, of the tables, else None.

        Its own net input is the first that it uses.
        """
        head = self.expression.func.__name__
        if head in ACTIVATIONS:
            return head if self.expression.args[0].is_Symbol else None
        found = share(self.expression)
        return found.entry.name if found else None


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

        Raises `LimitError` when the tree would have more than `limit` nodes, or more than 128 operations inside each
        other.
        """
        if name not in self.by_name:
            if name in self.leaves:
                return sp.Symbol(name)
            raise NetworkError(f"there is no quantity {quoted(name)}", hint=did_you_mean(name, self.names))
        trees: dict[str, sp.Expr] = {}
        extents: dict[str, tuple[int, int]] = {}
        for definition in self.needed([name], stop=keep):
            nodes, height = extents[definition.name] = _extent(definition.expression, extents)
            if nodes > limit or height > WHOLE_HEIGHT:
                size = f"more than {limit} nodes" if nodes > limit else f"more than {WHOLE_HEIGHT} levels"
                raise LimitError(
                    f"{name} over the leaves is a tree of {size}",
                    hint="use the definitions one by one, or keep some of them as symbols",
                )
            trees[definition.name] = substitute(definition.expression, trees)
        return trees[name]

    def needed(self, names: Sequence[str], *, stop: Sequence[str] = ()) -> tuple[Definition, ...]:
        """The definitions that `names` rest on, in order; the search goes no further than the names in `stop`."""
        wanted = set(names)
        ends = set(stop).difference(names)
        found = []
        for definition in reversed(self.definitions):
            if definition.name in wanted and definition.name not in ends:
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


def _extent(tree: sp.Expr, extents: Mapping[str, tuple[int, int]]) -> tuple[int, int]:
    """(nodes, height) of `tree` with trees of the given `extents` in place of names."""
    nodes = height = above = 0
    level = [tree]
    while level:
        for node in level:
            inner = extents.get(node.name, (1, 1)) if node.is_Symbol else (1, 1)
            nodes += inner[0]
            height = max(height, above + inner[1])
        level = [argument for node in level for argument in node.args]
        above += 1
    return nodes, height


def order_definitions(definitions: Sequence[Definition], leaves: Sequence[str]) -> tuple[Definition, ...]:
    """`definitions` so that each comes after those that it uses, otherwise in the author's order.

    Raises `DefinitionError` for a name that is defined twice, one that nothing defines, and for a cycle, which it
    shows.

    >>> from symbackprop.expressions.tree import add, multiply, symbol
    >>> y, z = Definition("y", add([symbol("z"), symbol("b")])), Definition("z", multiply([symbol("w"), symbol("x")]))
    >>> [definition.name for definition in order_definitions([y, z], ["x", "w", "b"])]
    ['z', 'y']
    """
    if len(definitions) > DEFINITIONS:
        raise LimitError(f"{len(definitions)} equations", hint=f"at most {DEFINITIONS} are read")
    table: dict[str, Definition] = {}
    known = set(leaves)
    for definition in definitions:
        if definition.name in table or definition.name in known:
            raise DefinitionError(f"{quoted(definition.name)} is defined twice", name=definition.name)
        table[definition.name] = definition
    placed: dict[str, Definition] = {}
    for definition in definitions:
        if definition.name not in placed:
            _place(definition, table, known, placed)
    return tuple(placed.values())


def _place(first: Definition, table: Mapping[str, Definition], known: set[str], placed: dict[str, Definition]) -> None:
    """Adds `first` to `placed`, after all that it rests on."""
    path: dict[str, Iterator[str]] = {first.name: iter(first.uses)}
    while path:
        last = next(reversed(path))
        name = next((use for use in path[last] if use not in known and use not in placed), None)
        if name is None:
            path.popitem()
            placed[last] = table[last]
        elif name not in table:
            raise DefinitionError(f"{last} uses {quoted(name)}, which nothing defines", name=last)
        elif name in path:
            raise DefinitionError(_circle(name, list(path)), name=name)
        else:
            path[name] = iter(table[name].uses)


def _circle(name: str, path: list[str]) -> str:
    circle = [*path[path.index(name) :], name]
    shown = circle if len(circle) < 8 else [*circle[:4], "...", *circle[-3:]]
    return f"the equation of {name} goes round in a circle: " + " -> ".join(shown)


def require_names(names: Sequence[str]) -> None:
    """Raises `NetworkError` for the first of `names` that cannot be a name or stands there twice."""
    seen: set[str] = set()
    for name in names:
        if reason := why_no_name(name):
            raise NetworkError(f"{quoted(name)} cannot be the name of a quantity", hint=reason)
        if name in WRITABLE:
            raise NetworkError(f"{name!r} is the name of a function", hint=f"name the quantity {name}_1, say")
        if name in seen:
            raise NetworkError(f"{name!r} is defined twice")
        seen.add(name)


def quoted(text: str) -> str:
    """`text` in quotes, for a message; what is too long for a name is cut.

    >>> quoted("w_5")
    "'w_5'"
    """
    return repr(text if len(text) <= SHOWN else text[:SHOWN] + "...")


def net_inputs(graph: Graph) -> tuple[str, ...]:
    """The weighted sums z: sums in which parameters stand with weight one, and whatever an activation takes.

    Quantities that rest on a target belong to the error and are none.
    """
    error = graph.dependents(graph.targets)
    taken = {name for definition in graph.definitions if definition.activation for name in definition.uses}
    parameters = set(graph.parameters)
    return tuple(
        definition.name
        for definition in graph.definitions
        if definition.name not in error
        and (definition.name in taken or _is_weighted_sum(definition.expression, parameters))
    )


def _is_weighted_sum(expression: sp.Expr, parameters: set[str]) -> bool:
    """Whether every term is a product of names and numbers, and some term holds a parameter, none of them two."""
    held = 0
    for term in sp.Add.make_args(expression):
        factors = sp.Mul.make_args(term)
        if not all(factor.is_Symbol or factor.is_Rational for factor in factors):
            return False
        weights = sum(1 for factor in factors if factor.is_Symbol and factor.name in parameters)
        if weights > 1:
            return False
        held += weights
    return held > 0


def layer_units(graph: Graph) -> dict[Unit, str]:
    """The definitions that are activations of a whole layer, by the unit that they are of; see `Share.unit`."""
    found = ((share(definition.expression), definition.name) for definition in graph.definitions)
    return {whole.unit(whole.own): name for whole, name in found if whole}


def node_error_names(graph: Graph) -> dict[str, str]:
    """δ for each net input: net_o1 -> delta_o1, z3 -> delta_3, z2_1 -> delta2_1; a name that is taken is lengthened."""
    short = {net: _delta(net) for net in net_inputs(graph)}
    counts = Counter(short.values())
    taken = set(graph.names)
    names: dict[str, str] = {}
    for net, name in short.items():
        longer = chain([f"delta_{net}"], (f"delta_{net}_{number}" for number in count(1)))
        choices = chain([name] if counts[name] == 1 else [], longer)
        names[net] = next(choice for choice in choices if choice not in taken)
        taken.add(names[net])
    return names


def _delta(net: str) -> str:
    head, _, index = net.partition("_")
    letters = head.rstrip("0123456789")
    digits = head[len(letters) :]
    if len(letters) > 1 and letters != "net":
        return f"delta_{net}"
    if index:
        return f"delta{digits}_{index}"
    return f"delta_{digits}" if digits else "delta"
