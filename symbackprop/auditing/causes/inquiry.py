"""Inquiry: a case made ready for the search, with the forms in which mistakes are tried and what is known around it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import cached_property
from typing import Any

import flint

from symbackprop.auditing.causes.case import Case
from symbackprop.auditing.causes.cause import Candidate
from symbackprop.auditing.causes.forms import (
    FAILURES,
    LEAVES,
    SLACK,
    Basis,
    Form,
    Goal,
    agree,
    narrow,
    value_of,
)
from symbackprop.auditing.causes.known import Vector, known_of
from symbackprop.auditing.causes.ownwork import NOWHERE, quantity_of
from symbackprop.auditing.causes.programs import Outcome
from symbackprop.auditing.causes.replacements import Replacement, replacements
from symbackprop.auditing.causes.retraining import outcomes
from symbackprop.auditing.causes.wording import number, quantity_text, significant
from symbackprop.auditing.causes.workings import workings
from symbackprop.auditing.mathematics.tree import Name, Negative, Node, Number, Partial, parts, walk
from symbackprop.auditing.truth import BITS, POINTS, Quantity, Truth
from symbackprop.auditing.values import NoValueError, ball, evaluate
from symbackprop.checking.printed import DOUBLE_ROUNDING, Printed
from symbackprop.errors import SymbackpropError
from symbackprop.evaluation.enclosure import bounds

CUT = 0.25  # of a change: that a number is cut off and not rounded
UNSEEN = 0.25  # that a mistake is made in work that the document does not show, where it shows some


class Inquiry:
    """What the causes search in; everything is found when it is first asked for."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.truth: Truth = case.truth
        self.known = known_of(case.truth)
        self.quantity = None if case.quantity is None else _settled(case.quantity, case.truth)
        self.carried = {_settled(quantity, case.truth): value for quantity, value in case.carried.items()}
        self.operand = self._operand()
        self.identity = case.printed is None and case.formula is not None and self.operand is None
        self.written_wrong = case.expression is not None and case.wrong is case.expression
        value, unit = self.operand or (case.printed or Fraction(0), case.unit or Fraction(0))
        self.printed = Printed(value, unit)
        self.digits = 0 if self.identity or not unit else significant(value, unit)
        self._told: dict[Node, Quantity | None] = {}

    def _operand(self) -> tuple[Fraction, Fraction] | None:
        """The operand at fault with its sign, and its unit, where the fault lies in one."""
        wrong, expression = self.case.wrong, self.case.expression
        inner = wrong.operand if isinstance(wrong, Negative) else wrong
        if not isinstance(inner, Number) or expression is None:
            return None
        if not any(node is inner for node in walk(expression)):
            return None
        negative = isinstance(wrong, Negative) or self.case.printed == -inner.value
        return (-inner.value if negative else inner.value), inner.unit

    # ---- what is wanted

    @property
    def goals(self) -> tuple[Goal, ...]:
        """The numbers that are printed as the one at fault: rounded, or cut off."""
        if self.case.printed is None and self.case.due is not None:
            low, high = map(float, bounds(self.case.due))
            return ((low - SLACK * abs(low), high + SLACK * abs(high)),)
        value, unit = float(self.printed.value), float(self.printed.unit)
        reach = float(DOUBLE_ROUNDING) * unit + SLACK * unit
        low = value - (unit if value < 0 else reach)
        high = value + (unit if value >= 0 else reach)
        return ((low, high),)

    def fits(self, value: Any) -> bool:  # noqa: ANN401 - a ball
        """Whether what `value` encloses is printed as the number at fault."""
        if self.case.printed is None and self.operand is None:
            return bool(value.overlaps(self.case.due))
        low, high = bounds(value)
        return self.printed.follows(low, high) or self.printed.cuts(value) is True

    @cached_property
    def forms(self) -> tuple[Form, ...]:
        """The ways in which the value is worked, the document's own first."""
        return tuple(workings(self))

    @cached_property
    def replacements(self) -> tuple[Replacement, ...]:
        """Every leaf that leads to what is written with another quantity in its place."""
        return tuple(replacements(self))

    @cached_property
    def outcomes(self) -> tuple[Outcome, ...]:
        """What other programs of training make that is printed as the number at fault."""
        return tuple(outcomes(self))

    # ---- what leaves and trees are worth

    def worth(self, leaf: Node, basis: Basis, points: int) -> Vector:
        """What a leaf is worth at the given numbers and at so many points less one. Raises `ValueError`."""
        quantity = quantity_of(leaf)
        if quantity is not None and not (basis is Basis.CARRIED and quantity in self.carried):
            numbers = [self.known.number(quantity, point) for point in range(points)]
            if None in numbers:
                raise ValueError("no value")
            return tuple(found for found in numbers if found is not None)
        try:
            return tuple(float(self.leaf(leaf, basis, point).mid()) for point in range(points))
        except (NoValueError, SymbackpropError, AttributeError):
            raise ValueError("no value") from None

    def leaf(self, leaf: Node, basis: Basis, point: int = 0) -> Any:  # noqa: ANN401 - a ball
        """The enclosure of a leaf."""
        quantity = quantity_of(leaf)
        if basis is Basis.CARRIED and point == 0:
            told = quantity or self.quantity_at(leaf)
            if told is not None and told in self.carried:
                return ball(self.carried[told])
        if quantity is not None:
            return self.truth.value(quantity, point)
        if isinstance(leaf, Number):
            return self._number(leaf, basis)
        if isinstance(leaf, Name | Partial) and self.case.value is not None:
            return self.case.value(leaf, point)
        raise NoValueError("stands for nothing here")

    def _number(self, leaf: Number, basis: Basis) -> Any:  # noqa: ANN401
        quantity = self.case.stands_for.get(leaf.span) if basis in (Basis.EXACT, Basis.MEANT) else None
        if quantity is None and basis is Basis.MEANT:
            quantity = self.printed_for(leaf)
        if quantity is None:
            return ball(leaf.value)
        exact = self.truth.value(quantity)
        return -exact if (exact < 0) != (leaf.value < 0) else exact

    def value(self, tree: Node, basis: Basis, point: int = 0) -> Any:  # noqa: ANN401
        """The enclosure of a tree. Raises `NoValueError` and `SymbackpropError`."""
        return evaluate(tree, lambda leaf: self.leaf(leaf, basis, point))

    def reading(self, form: Form) -> Any:  # noqa: ANN401
        """The enclosure of a form as it stands; None where it has none."""
        try:
            with flint.ctx.workprec(BITS):
                value = self.value(form.tree, form.basis)
                return value if hasattr(value, "mid") else None
        except (NoValueError, SymbackpropError):
            return None

    def floats(self, tree: Node, basis: Basis, points: int) -> Vector:
        """The values of a tree in floating point. Raises one of `FAILURES` where it has none."""
        if isinstance(tree, LEAVES):
            return self.worth(tree, basis, points)
        below = [self.floats(part, basis, points) for part in parts(tree)]
        return tuple(value_of(tree, operands) for operands in zip(*below, strict=True))

    # ---- candidates

    def reached(self, form: Form, tree: Node) -> Any:  # noqa: ANN401
        """The enclosure of `tree` at the given numbers where it comes to what `form` is to come to; else None."""
        try:
            with flint.ctx.workprec(BITS):
                if self.identity:
                    return self._reached_everywhere(form, tree)
                value = self.value(tree, form.basis)
                reached = self._is_due(value) if form.repair else self.fits(value)
                return value if reached else None
        except (NoValueError, SymbackpropError, AttributeError):
            return None

    def _is_due(self, value: Any) -> bool:  # noqa: ANN401
        low, high = bounds(value - self.due)
        return max(abs(low), abs(high)) <= self.printed.unit

    def _reached_everywhere(self, form: Form, tree: Node) -> Any:  # noqa: ANN401
        assert self.quantity is not None
        for point in range(POINTS + 1):
            if form.forward:
                assert self.case.formula is not None
                due = self.value(self.case.formula, form.basis, point)
            else:
                due = self.truth.value(self.quantity, point)
            if not self.value(tree, form.basis, point).overlaps(due):
                return None
        return self.value(tree, form.basis)

    def confirmed(
        self, form: Form, tree: Node, mistake: str, *, chance: float = 0.0, changes: float = 1
    ) -> Iterator[Candidate]:
        """The candidate that `tree` is, a form with a mistake in it (or put right); none where enclosures deny it."""
        value = self.reached(form, tree)
        if value is None:
            return
        if form.repair:
            sentence = f"{mistake}; without that these numbers would make {number(value, self.printed.unit)}."
            yield Candidate(value, sentence, changes, chance)
        else:
            unseen = UNSEEN if form.own and (self.outcomes or not self.forms[0].own) else 0
            yield self.candidate(value, mistake, chance=chance, changes=changes + unseen)

    def candidate(self, value: Any, mistake: str, *, chance: float = 0.0, changes: float = 1) -> Candidate:  # noqa: ANN401
        """A candidate with its sentence: the mistake, what it makes, and what is due."""
        if self.identity:
            assert self.quantity is not None
            name = quantity_text(self.quantity)
            return Candidate(value, f"{mistake}; without that the formula would be that of {name}.", changes, chance)
        if self.written_wrong:
            made = number(value, self.printed.unit or None)
            return Candidate(value, f"{mistake}; without that these numbers would make {made}.", changes, chance)
        cut = self.printed.holds(value) is False
        verb = "is printed as" if cut else "rounds to"
        given = number(value, self.printed.unit)
        which = f"the printed {given}" if given == self.written else f"{given}, which {verb} the printed {self.written}"
        made = f"{mistake}: that gives {which}"
        return Candidate(value, f"{made}{self.due_text}.", changes + CUT * cut, chance)

    @property
    def written(self) -> str:
        """The number at fault."""
        return number(self.printed.value, self.printed.unit)

    @property
    def due_text(self) -> str:
        """What is due, as the end of a sentence; nothing where that is not known."""
        value = self.due
        return "" if value is None else f"; {number(value, self.printed.unit)} is due"

    @cached_property
    def due(self) -> Any:  # noqa: ANN401
        """The enclosure of what should have been printed; None where it is not known."""
        if hasattr(self.case.due, "mid"):
            return self.case.due
        try:
            return None if self.quantity is None else self.truth.value(self.quantity)
        except SymbackpropError:
            return None

    # ---- what leaves stand for

    def quantity_at(self, leaf: Node) -> Quantity | None:
        """The quantity for which a leaf stands: as is known, or as its values tell."""
        quantity = quantity_of(leaf)
        if quantity is not None or leaf.span is NOWHERE:
            return quantity
        if isinstance(leaf, Number):
            return self.case.stands_for.get(leaf.span)
        if isinstance(leaf, Negative):
            return self.quantity_at(leaf.operand)
        if leaf not in self._told:
            self._told[leaf] = None
            self._told[leaf] = self._told_by_values(leaf)
        return self._told[leaf]

    def _told_by_values(self, leaf: Node) -> Quantity | None:
        try:
            values = self.worth(leaf, Basis.EXACT, POINTS + 1)
        except FAILURES:
            return None
        if isinstance(leaf, Partial):
            of, by = (self.quantity_at(part) if isinstance(part, LEAVES) else None for part in (leaf.of, leaf.by))
            name = self.truth.partial(of.name, by.name) if of is not None and by is not None else None
            if name is not None and agree(self.known.vector(Quantity(name)), narrow(values)):
                return Quantity(name)
        return next(self.equal(values, leaf), None)

    def printed_for(self, leaf: Node) -> Quantity | None:
        """The quantity that is given as the number of a leaf, or for which the document has printed it."""
        number = leaf.operand if isinstance(leaf, Negative) else leaf
        return self._by_print.get(number.value) if isinstance(number, Number) else None

    @cached_property
    def _by_print(self) -> dict[Fraction, Quantity]:
        given = {abs(value): Quantity(name) for name, value in self.truth.problem.exact_values().items()}
        return {abs(value): quantity for quantity, value in self.carried.items()} | given

    def equal(self, values: Vector, leaf: Node | None = None) -> Iterator[Quantity]:
        """The quantities that have these values at every point; first those whose name is like the leaf's."""
        (low, high) = narrow(values)[0]
        found = [worth.quantity for worth in self.known.table(self.case.after).between(low, high)]
        text = leaf.text if isinstance(leaf, Name) else ""
        for quantity in sorted(found, key=lambda quantity: (quantity.name != text, len(quantity.name), quantity.name)):
            vector = self.known.vector(quantity)
            if vector is not None and agree(vector, narrow(values)):
                yield quantity


def _settled(quantity: Quantity, truth: Truth) -> Quantity:
    """A quantity after one update by its name in the derivation, w_5+ for w_5, so that its work can be followed."""
    if quantity.after != 1 or f"{quantity.name}+" not in truth.derivation.by_name:
        return quantity
    return Quantity(f"{quantity.name}+", 0, quantity.scale)
