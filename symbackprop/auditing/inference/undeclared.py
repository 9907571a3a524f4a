"""The cost where a document declares none: the one with the printed error, or the one whose derivative it uses."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import prod

from symbackprop.auditing.documents.source import Span
from symbackprop.auditing.inference.agreement import agrees
from symbackprop.auditing.inference.analogy import is_weighted_sum, made
from symbackprop.auditing.inference.choice import Choice
from symbackprop.auditing.inference.evidence import Evidence, figures, is_slope
from symbackprop.auditing.inference.forms import keys, renamed, value_of
from symbackprop.auditing.inference.spelling import key, key_of, numbered
from symbackprop.auditing.inference.words import OUTPUTS, TARGETS, is_cost, is_error, role
from symbackprop.auditing.mathematics.tree import (
    Call,
    Name,
    Negative,
    Node,
    Number,
    Partial,
    Power,
    Product,
    Quotient,
    Sum,
    factors_of,
    walk,
    whole_number,
)
from symbackprop.auditing.values import NoValueError, ball, evaluate, literal

_SPAN = Span(0, 0)
_FIGURES = 3
HALF, WHOLE, ENTROPY = "half", "whole", "entropy"


class Undeclared:
    """Finds errors that have no formula. `outputs` are keys, `target` gives the name of an output's target."""

    def __init__(
        self, choice: Choice, evidence: Evidence, outputs: tuple[str, ...], target: Callable[[str], Name]
    ) -> None:
        self.formulas = choice.formulas
        self.supposed = choice.supposed
        self.evidence = evidence
        self.outputs = outputs
        self.target = target

    def printed(self) -> None:
        """Gives an error of which a number is printed the one ordinary formula that comes to it."""
        values = {head: number.value for head, number in self.evidence.printed.items()}
        for output in self.outputs:
            target = key(self.target(output))
            if found := self.evidence.value(target):
                values[target] = found.value
        for head, number in self.evidence.printed.items():
            declared = head in self.formulas or head in self.outputs or self.evidence.formulas.get(head)
            if declared or figures(number.text) < _FIGURES:
                continue
            fitting = [formula for formula in self._ordinary(head) if agrees(formula, values, number)]
            if len(fitting) == 1:
                self._suppose(head, fitting[0])

    def _ordinary(self, head: str) -> list[Node]:
        """The formulas that the error `head` may have."""
        name = self.evidence.name(head)
        of_one = is_error(name) and [one for one in self.outputs if self._is_of(name, one)]
        outputs = self.outputs if is_cost(name) else tuple(of_one or ())
        if not outputs:
            return []
        return [self._error(kind, outputs) for kind in (HALF, WHOLE, ENTROPY)]

    def _is_of(self, name: str, output: str) -> bool:
        """Whether an error is that of one output: E_o1 of out_o1."""
        tail = self.evidence.name(output).rpartition("_")[2]
        unit, number = numbered(tail)
        return number is not None and len(unit) <= 1 and name.endswith(("_" + tail, tail))

    def _error(self, kind: str, outputs: tuple[str, ...]) -> Node:
        terms = [self._term(kind, output) for output in outputs]
        total = Sum(tuple(terms), _SPAN) if len(terms) > 1 else terms[0]
        match kind:
            case "half":
                return Quotient(total, whole_number(2, _SPAN), _SPAN)
            case "entropy":
                return Negative(total, _SPAN)
            case _:
                return total

    def _term(self, kind: str, output: str) -> Node:
        target, made_output = self.target(output), made(self.evidence.name(output))
        self.evidence.spellings.setdefault(key(target), target)
        if kind != ENTROPY:
            difference = Sum((target, Negative(made_output, _SPAN)), _SPAN)
            return Power(difference, whole_number(2, _SPAN), _SPAN)
        ones = [Sum((whole_number(1, _SPAN), Negative(name, _SPAN)), _SPAN) for name in (target, made_output)]
        first = Product((target, Call("log", (made_output,), _SPAN)), _SPAN)
        return Sum((first, Product((ones[0], Call("log", (ones[1],), _SPAN)), _SPAN)), _SPAN)

    def differentiated(self) -> str | None:
        """The error whose derivative stands in the gradients, under the name in them; None where none is told."""
        if not self.outputs or any(self.evidence.value(key(self.target(output))) is None for output in self.outputs):
            return None
        kind = self._used()
        counts = self.evidence.differentiated
        named = [held for held in counts if held not in self.formulas]
        head = max(named, key=lambda held: counts[held], default="E")
        if kind is None or head in self.formulas or self.evidence.formulas.get(head) or head in self.evidence.printed:
            return None
        self._suppose(head, self._error(kind, self.outputs))
        return head

    def multiple(self, cost: str) -> str | None:
        """The half or the double of a declared cost whose node errors the document uses, as δ = (t - y)y(1 - y).

        The learning rate takes up the factor; None where the cost is differentiated by name, which is a fault then.
        """
        kind = self._used() if self.outputs and not self.evidence.differentiated[cost] else None
        if kind not in (HALF, WHOLE) or self._times_half(cost) != {HALF: 2, WHOLE: 1}[kind]:
            return None
        head = key_of(f"{'half' if kind == HALF else 'double'}_{self.evidence.name(cost)}")
        if head in self.evidence.spellings:
            return None
        self._suppose(head, self._error(kind, self.outputs))
        return head

    def _used(self) -> str | None:
        """Which error has the gradients of the document; None where they do not tell."""
        kinds = (self._kind(head, formula) for head, formula in self.evidence.backward)
        return next((kind for kind in kinds if kind is not None), None)

    def _times_half(self, cost: str) -> int | None:
        """How often an error is half the squared one: 2 for (t - y)^2; None where it is no such multiple."""
        half, own = self._error(HALF, self.outputs), self.formulas[cost]
        parts = {held: self.formulas[held] for held in keys(own) if held in self.formulas and held not in self.outputs}
        own = renamed(own, parts)
        worth = {held: ball(Fraction(3 + 2 * n, 7 + 3 * n)) for n, held in enumerate((*keys(half), *keys(own)))}

        def leaf(node: Number | Name | Partial) -> object:
            return worth[key(node)] if isinstance(node, Name) else literal(node)

        try:
            one, other = evaluate(half, leaf), evaluate(own, leaf)
            return next((times for times in (1, 2) if (one * times).overlaps(other)), None)
        except (NoValueError, AttributeError):
            return None

    def _suppose(self, head: str, formula: Node) -> None:
        self.formulas[head] = formula
        self.supposed[head] = ""

    def _kind(self, head: Node, formula: Node) -> str | None:
        """Which error has `formula` for its derivative by `head`; None where the formula tells nothing."""
        for part in walk(formula):
            inner = part.operand if isinstance(part, Negative) else part
            factors = factors_of(inner)
            if isinstance(part, Negative | Product | Sum) and any(map(self._is_difference, factors)):
                numbers = [abs(value) for factor in factors if (value := value_of(factor)) is not None]
                scale = prod(numbers, start=Fraction(1))
                by_output = isinstance(head, Partial) and isinstance(head.by, Name) and key(head.by) in self.outputs
                if by_output or is_slope(factors):
                    return {Fraction(1): HALF, Fraction(2): WHOLE}.get(scale)
                return self._at_net_input(scale)
        return None

    def _at_net_input(self, scale: Fraction) -> str | None:
        """Which error has the difference itself for the node error of its output."""
        formulas = [self.formulas[output] for output in self.outputs]
        if all(map(is_weighted_sum, formulas)):
            return {Fraction(1): HALF, Fraction(2): WHOLE}.get(scale)
        sigmoid = all(isinstance(formula, Call) and formula.function == "sigmoid" for formula in formulas)
        return ENTROPY if sigmoid and scale == 1 else None

    def _is_difference(self, node: Node) -> bool:
        """Whether `node` is an output less its target, or the other way round, or the name of such."""
        if isinstance(node, Name) and key(node) in self.formulas:
            node = self.formulas[key(node)]
        if not isinstance(node, Sum) or len(node.terms) != 2:
            return False
        bare = [term.operand if isinstance(term, Negative) else term for term in node.terms]
        held = [key(term) for term in bare if isinstance(term, Name)]
        if len(held) != 2 or sum(isinstance(term, Negative) for term in node.terms) != 1:
            return False
        output = [one in self.outputs or self._has_role(one, OUTPUTS) for one in held]
        target = [one not in self.formulas and self._has_role(one, TARGETS) for one in held]
        return (output[0] and target[1]) or (output[1] and target[0])

    def _has_role(self, held: str, words: frozenset[str]) -> bool:
        return role(self.evidence.name(held), words) is not None
