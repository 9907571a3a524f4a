"""Inquiry: a case made ready for the search, with the forms in which mistakes are tried and what is known around it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import Any

import flint

from symbackprop.auditing.causes.case import Case
from symbackprop.auditing.causes.cause import Candidate
from symbackprop.auditing.causes.forms import FAILURES, LEAVES, Basis, Form, Goal, Place, build, value_of
from symbackprop.auditing.causes.known import Relation, Table, Vector, Worth, known_of, printed_table, relation, stage
from symbackprop.auditing.causes.ownwork import NOWHERE, named, numeral, quantity_of, times
from symbackprop.auditing.causes.programs import Outcome, Programs
from symbackprop.auditing.causes.wording import middle, number, quantity_text, significant
from symbackprop.auditing.mathematics.tree import Name, Negative, Node, Number, Partial, parts, walk
from symbackprop.auditing.truth import BITS, POINTS, Quantity, Truth
from symbackprop.auditing.values import NoValueError, ball, evaluate
from symbackprop.checking.printed import DOUBLE_ROUNDING, Printed
from symbackprop.derivation.steps import Kind
from symbackprop.errors import SymbackpropError
from symbackprop.evaluation.enclosure import bounds

PLACES = 1200  # in all forms of a case
SLACK = 1e-9


class Inquiry:
    """What the causes search in; everything is found when it is first asked for."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.truth: Truth = case.truth
        self.known = known_of(case.truth)
        self.quantity = _settled(case.quantity, case.truth)
        self.operand = self._operand()
        self.identity = case.printed is None and case.formula is not None and self.operand is None
        self.written_wrong = case.expression is not None and case.wrong is case.expression
        value, unit = self.operand or (case.printed or Fraction(0), case.unit or Fraction(0))
        self.printed = Printed(value, unit)
        self.digits = 0 if self.identity or not unit else significant(value, unit)

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
    def _goals(self) -> tuple[Goal, ...]:
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

    # ---- the forms

    @cached_property
    def forms(self) -> tuple[Form, ...]:
        """The ways in which the value is worked, the document's own first."""
        found: list[Form] = []
        count = 0
        for form in self._forms():
            count += len(form.places)
            if count > PLACES:
                break
            found.append(form)
        return tuple(found)

    def _forms(self) -> Iterator[Form]:
        case = self.case
        if self.identity:
            yield from self._forms_of_identity()
            return
        if self.written_wrong and case.expression is not None and (case.printed is not None or case.due is not None):
            yield from self._form(case.expression, Basis.WRITTEN, forward=False)
            return
        if case.printed is None and self.operand is None:
            return
        if self.operand is None:
            if case.expression is not None:
                yield from self._form(case.expression, Basis.WRITTEN)
                if case.stands_for:
                    yield from self._form(case.expression, Basis.EXACT)
            if case.formula is not None:
                yield from self._form(case.formula, Basis.EXACT)
                if case.carried:
                    yield from self._form(case.formula, Basis.CARRIED)
        for tree in self._own_trees():
            yield from self._form(tree, Basis.EXACT, own=True)
            if any(quantity_of(leaf) in case.carried for leaf in walk(tree)):
                yield from self._form(tree, Basis.CARRIED, own=True)

    def _forms_of_identity(self) -> Iterator[Form]:
        formula, quantity = self.case.formula, self.quantity
        due = None if quantity is None else self.known.vector(quantity)
        if formula is None or due is None:
            return
        yield from self._form(formula, Basis.EXACT, goals=_narrow(due), forward=False)
        try:
            with flint.ctx.workprec(BITS):
                written = tuple(float(self.value(formula, Basis.EXACT, point).mid()) for point in range(POINTS + 1))
        except (NoValueError, SymbackpropError, AttributeError):
            return
        for tree in self._own_trees():
            yield from self._form(tree, Basis.EXACT, goals=_narrow(written), own=True)

    def _own_trees(self) -> Iterator[Node]:
        if self.quantity is None:
            if self.case.due is not None:
                yield numeral(middle(self.case.due))
            return
        single = Quantity(self.quantity.name, self.quantity.after)
        for tree in (named(single), *self.known.work(single)):
            yield _scaled(tree, self.quantity.scale)

    def _form(
        self,
        tree: Node,
        basis: Basis,
        *,
        goals: tuple[Goal, ...] | None = None,
        forward: bool = True,
        own: bool = False,
    ) -> Iterator[Form]:
        wanted = goals or self._goals
        form = build(tree, lambda leaf: self._worth(leaf, basis, len(wanted)), wanted, basis, forward=forward, own=own)
        if form is not None:
            yield form

    def _worth(self, leaf: Node, basis: Basis, points: int) -> Vector:
        quantity = quantity_of(leaf)
        if quantity is not None and not (basis is Basis.CARRIED and quantity in self.case.carried):
            numbers = [self.known.number(quantity, point) for point in range(points)]
            if None in numbers:
                raise ValueError("no value")
            return tuple(found for found in numbers if found is not None)
        try:
            return tuple(float(self.leaf(leaf, basis, point).mid()) for point in range(points))
        except (NoValueError, SymbackpropError, AttributeError):
            raise ValueError("no value") from None

    # ---- enclosures

    def leaf(self, leaf: Node, basis: Basis, point: int = 0) -> Any:  # noqa: ANN401 - a ball
        """What a leaf is worth."""
        quantity = quantity_of(leaf)
        if basis is Basis.CARRIED and point == 0:
            told = quantity or self.quantity_at(leaf)
            if told is not None and told in self.case.carried:
                return ball(self.case.carried[told])
        if quantity is not None:
            return self.truth.value(quantity, point)
        if isinstance(leaf, Number):
            return self._number(leaf, basis)
        if isinstance(leaf, Name | Partial) and self.case.value is not None:
            return self.case.value(leaf, point)
        raise NoValueError("stands for nothing here")

    def _number(self, leaf: Number, basis: Basis) -> Any:  # noqa: ANN401
        quantity = self.case.stands_for.get(leaf.span) if basis is Basis.EXACT else None
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
            return self._worth(tree, basis, points)
        below = [self.floats(part, basis, points) for part in parts(tree)]
        return tuple(value_of(tree, operands) for operands in zip(*below, strict=True))

    def reached(self, form: Form, tree: Node) -> Any:  # noqa: ANN401
        """The enclosure of `tree` at the given numbers where it comes to what `form` is to come to; else None."""
        try:
            with flint.ctx.workprec(BITS):
                if not self.identity:
                    value = self.value(tree, form.basis)
                    return value if self.fits(value) else None
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
        except (NoValueError, SymbackpropError, AttributeError):
            return None

    def confirmed(
        self, form: Form, tree: Node, mistake: str, *, chance: float = 0.0, changes: int = 1
    ) -> Iterator[Candidate]:
        """The candidate that `tree` is, a form with a mistake in it (or put right); none where enclosures deny it."""
        value = self.reached(form, tree)
        if value is not None:
            yield self.candidate(value, mistake, chance=chance, changes=changes)

    def candidate(self, value: Any, mistake: str, *, chance: float = 0.0, changes: int = 1) -> Candidate:  # noqa: ANN401
        """A candidate with its sentence: the mistake, what it makes, and what is due."""
        if self.identity:
            assert self.quantity is not None
            name = quantity_text(self.quantity)
            return Candidate(value, f"{mistake}; without that the formula would be that of {name}.", changes, chance)
        verb = "is printed as" if self.printed.holds(value) is False else "rounds to"
        if self.written_wrong:
            made = number(value, self.printed.unit or None)
            return Candidate(value, f"{mistake}; without that these numbers would make {made}.", changes, chance)
        given = number(value, self.printed.unit)
        which = f"the printed {given}" if given == self.written else f"{given}, which {verb} the printed {self.written}"
        made = f"{mistake}: that gives {which}"
        return Candidate(value, f"{made}{self.due_text}.", changes, chance)

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
        if self.case.due is not None and self.operand is None and hasattr(self.case.due, "mid"):
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
        return self._told_by_values(leaf)

    @cached_property
    def _told(self) -> dict[Node, Quantity | None]:
        return {}

    def _told_by_values(self, leaf: Node) -> Quantity | None:
        if leaf not in self._told:
            self._told[leaf] = None
            try:
                values = self._worth(leaf, Basis.EXACT, POINTS + 1)
            except FAILURES:
                return None
            self._told[leaf] = next(self.equal(values, leaf), None)
        return self._told[leaf]

    def equal(self, values: Vector, leaf: Node | None = None) -> Iterator[Quantity]:
        """The quantities that have these values at every point; first those whose name is like the leaf's."""
        (low, high) = _narrow(values)[0]
        found = [worth.quantity for worth in self.known.table(self.case.after).between(low, high)]
        text = leaf.text if isinstance(leaf, Name) else ""
        for quantity in sorted(found, key=lambda quantity: (quantity.name != text, len(quantity.name), quantity.name)):
            vector = self.known.vector(quantity)
            if vector is not None and _agree(vector, _narrow(values)):
                yield quantity

    @cached_property
    def replacements(self) -> tuple[Replacement, ...]:
        """Every leaf that leads to what is written with another quantity in its place."""
        return tuple(replacements(self))


def _settled(quantity: Quantity | None, truth: Truth) -> Quantity | None:
    """A quantity after one update by its name in the derivation, w_5+ for w_5, so that its work can be followed."""
    if quantity is None or quantity.after != 1 or f"{quantity.name}+" not in truth.derivation.by_name:
        return quantity
    return Quantity(f"{quantity.name}+", 0, quantity.scale)


def _scaled(tree: Node, scale: Fraction) -> Node:
    if scale == 1:
        return tree
    return Negative(tree, NOWHERE) if scale == -1 else times(numeral(scale), tree)


def _narrow(values: Vector) -> tuple[Goal, ...]:
    return tuple((value - SLACK * abs(value) - 1e-14, value + SLACK * abs(value) + 1e-14) for value in values)


def _agree(values: Vector | None, goals: tuple[Goal, ...]) -> bool:
    return values is not None and all(low <= value <= high for value, (low, high) in zip(values, goals, strict=False))
