"""Whether a document's δ is the slope of the cost by an activation, ∂C/∂a, and not by a net input, ∂C/∂z."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from symbackprop.auditing.documents.source import Span
from symbackprop.auditing.mathematics.tree import Name, Node, Partial, rebuilt, walk
from symbackprop.auditing.naming.definitions import Definitions, in_names
from symbackprop.auditing.naming.schematic import slot
from symbackprop.auditing.naming.signs import Unrolled
from symbackprop.auditing.naming.spelling import bears, letter_of
from symbackprop.auditing.naming.units import Units
from symbackprop.auditing.naming.vocabulary import Found
from symbackprop.auditing.naming.worth import Worth
from symbackprop.auditing.values import Grid, Value
from symbackprop.expressions.names import partial, split_partial

LOOKED_AT = 48  # equations
WAYS = 4  # to read one for any unit
PLACES = 8  # at which it is tried
TIMES = 2  # as many equations have to speak for a slope by activations as against it, and one more


class Slopes:
    """The letters whose δ are ∂C/∂a: by what a document makes of them, gradients and the δ before, not by one formula.

    A δ that is defined as y - t and then worked with as a node error has lost a factor, and stays a node error. One
    that is defined as ∂C/∂a is that.
    """

    def __init__(
        self,
        definitions: Definitions,
        worth: Worth,
        units: Units,
        node_errors: Callable[[Name], tuple[Found, ...]],
        unrolled: Unrolled,
    ) -> None:
        self.unrolled = unrolled
        self.definitions = definitions
        self.worth = worth
        self.units = units
        self.node_errors = node_errors
        self.looking = False
        self._found: dict[str, bool] = {}

    def by_activation(self, letter: str) -> bool:
        """Whether the δ of this letter are slopes by activations."""
        if letter not in self._found:
            self._found[letter] = False
            self.looking, before = True, self.looking
            self._found[letter] = self._is_found(letter)
            self.looking = before
        return self._found[letter]

    def of(self, found: Found) -> Found:
        """The slopes by the activations of the units of these node errors."""
        return Found(tuple(tuple(map(self._slope, row)) for row in found.rows), found.flat, found.fused)

    def _slope(self, node_error: str) -> str:
        pair = split_partial(node_error)
        assert pair is not None
        unit = self.units.by_net.get(pair[1])  # None where it is a slope by an activation already
        return partial(pair[0], unit.activation) if unit else node_error

    def _is_found(self, letter: str) -> bool:
        equations = tuple(islice(self._equations(letter), LOOKED_AT))
        held = [self._holds(*equation, letter, by_activation=False) for equation in equations]
        others = [equation for equation, holds in zip(equations, held, strict=True) if not holds]
        slopes = [equation for equation in others if self._holds(*equation, letter, by_activation=True)]
        if not any(isinstance(formula, Partial) or bears(formula, letter) for _, formula in slopes):
            return False
        kept = [equation for equation, holds in zip(equations, held, strict=True) if holds]
        against = sum(not self._holds(*equation, letter, by_activation=True) for equation in kept)
        return len(slopes) > TIMES * against

    def _equations(self, letter: str) -> Iterator[tuple[Node, Node]]:
        """(subject, formula) of each chain that speaks of δ."""
        for chain in self.definitions.chains:
            if chain.headless or not isinstance(chain.members[0], Name | Partial):
                continue
            for member in chain.members[1:]:
                if in_names(member) and (bears(member, letter) or bears(chain.members[0], letter)):
                    yield chain.members[0], member

    def _holds(self, subject: Node, formula: Node, letter: str, *, by_activation: bool) -> bool:
        """Whether an equation holds, up to its sign, where its δ are slopes by activations or by net inputs.

        One for any unit has to hold at every place, read in one of a few ways.
        """
        spans = frozenset(
            part.span
            for tree in (subject, formula)
            for part in walk(tree)
            if isinstance(part, Name) and bears(part, letter)
        )
        if not any(_is_schematic(part, letter) for tree in (subject, formula) for part in walk(tree)):
            return self._holds_there((subject, formula), letter, spans, by_activation)
        for places in islice(self.unrolled((subject, formula)), WAYS):
            if all(self._holds_there(place, letter, spans, by_activation) for place in places[:PLACES]):
                return True
        return False

    def _holds_there(self, equation: Sequence[Node], letter: str, spans: frozenset[Span], by_activation: bool) -> bool:
        try:
            trees = [self._put(tree, letter, spans, by_activation) for tree in equation]
        except LookupError:
            return False
        one, other = (self.worth.everywhere(tree) for tree in trees)
        if one is None or other is None:
            return False
        if self.worth.truth.has_kinks:  # beyond a kink the slope that is written as 0 or 1 is another one
            one, other = one[:1], other[:1]
        return _same(one, other) or _same(one, tuple(-value for value in other if not isinstance(value, Grid)))

    def _put(self, node: Node, letter: str, spans: frozenset[Span], by_activation: bool) -> Node:
        """`node` with partials in place of its δ, which stand in `spans`. Raises `LookupError` for one of no unit."""
        match node:
            case Partial(Name(of), Name(by)) if node.span in spans:
                shown = split_partial(self._slope(partial(of, by))) if by_activation else None
                top, bottom = shown or (of, by)
                return Partial(Name(top, node.span), Name(bottom, node.span), node.span)
        if not isinstance(node, Name):
            return rebuilt(node, lambda part: self._put(part, letter, spans, by_activation))
        if letter_of(node) != letter:
            return node
        found = next(iter(self.node_errors(node)), None)
        if found is None or found.scalar is None:
            raise LookupError
        pair = split_partial(self._slope(found.scalar) if by_activation else found.scalar)
        assert pair is not None
        return Partial(Name(pair[0], node.span), Name(pair[1], node.span), node.span)


def _same(one: tuple[Value, ...], other: tuple[Value, ...]) -> bool:
    if len(one) != len(other) or any(isinstance(value, Grid) for value in (*one, *other)):
        return False
    return all(value.overlaps(due) for value, due in zip(one, other, strict=True))


def _is_schematic(node: Node, letter: str) -> bool:
    """Whether a δ stands for that of any unit."""
    found = slot(node) if isinstance(node, Name) and letter_of(node) == letter else None
    return found is not None and bool(found.letters)
