"""Inquiry: a case made ready for the search, with the forms in which mistakes are tried and what is known around it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from functools import cached_property
from typing import Any

import flint

from symbackprop.auditing.causes.case import Case
from symbackprop.auditing.causes.cause import Candidate
from symbackprop.auditing.causes.digits import targets
from symbackprop.auditing.causes.forms import SLACK, Basis, Form, Goal
from symbackprop.auditing.causes.known import Known
from symbackprop.auditing.causes.leaves import Leaves, settled
from symbackprop.auditing.causes.programs import Outcome, Programs
from symbackprop.auditing.causes.replacements import Replacement, replacements
from symbackprop.auditing.causes.retraining import outcomes
from symbackprop.auditing.causes.wording import number, quantity_text, significant
from symbackprop.auditing.causes.workings import workings
from symbackprop.auditing.mathematics.tree import Negative, Node, Number, walk
from symbackprop.auditing.truth import BITS, POINTS
from symbackprop.auditing.values import NoValueError, ball, between, evaluate
from symbackprop.checking.printed import DOUBLE_ROUNDING, Printed
from symbackprop.errors import SymbackpropError
from symbackprop.evaluation.enclosure import bounds

CUT = 0.25  # of a change: that a number is cut off and not rounded
UNSEEN = 0.25  # that a mistake is made in work that the document does not show, where it shows some


class Inquiry(Leaves):
    """What the causes search in; everything is found when it is first asked for."""

    def __init__(self, case: Case, known: Known, programs: Programs) -> None:
        super().__init__(case, known)
        self.programs = programs
        self.quantity = None if case.quantity is None else settled(case.quantity, known.truth)
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
    def goals(self) -> tuple[Goal, ...]:
        """The numbers that are printed as the one at fault: rounded, or cut off."""
        if self.case.printed is None and self.case.due is not None:
            low, high = map(float, bounds(self.case.due))
            return ((low - SLACK * abs(low), high + SLACK * abs(high)),)
        value, unit = float(self.printed.value), float(self.printed.unit)
        reach = float(DOUBLE_ROUNDING) * unit + SLACK * unit
        cut = unit - SLACK * unit  # short of the next number, which is not cut off to this one
        low = value - (cut if value < 0 else reach)
        high = value + (cut if value >= 0 else reach)
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

    @cached_property
    def targets(self) -> tuple[tuple[Any, Fraction], ...]:
        """What the number may have been meant to be, with its middle."""
        return tuple(targets(self))

    def reading(self, form: Form) -> Any:  # noqa: ANN401
        """The enclosure of a form as it stands; None where it has none."""
        try:
            with flint.ctx.workprec(BITS):
                value = self.value(form.tree, form.basis)
                return value if hasattr(value, "mid") else None
        except (NoValueError, SymbackpropError):
            return None

    @cached_property
    def made(self) -> Any:  # noqa: ANN401
        """The enclosure of what the numbers put in make as they stand; None where there are none."""
        if self.case.expression is None or self.operand is not None:
            return None
        try:
            with flint.ctx.workprec(BITS):
                value = self.value(self.case.expression, Basis.WRITTEN)
                return value if hasattr(value, "mid") else None
        except (NoValueError, SymbackpropError):
            return None

    @cached_property
    def follows(self) -> bool:
        """Whether the printed result may follow from the numbers put in, as far as these are rounded."""
        expression, unit = self.case.expression, self.printed.unit
        if expression is None or self.case.printed is None or self.operand is not None:
            return False
        try:
            made = evaluate(expression, self._rounded)
        except NoValueError:
            return False
        return bool(hasattr(made, "mid") and made.overlaps(self._around(self.printed.value, unit)))

    def _rounded(self, leaf: Node) -> Any:  # noqa: ANN401
        if not isinstance(leaf, Number):
            raise NoValueError("no number")
        rounded = self.is_printed(leaf.value) and not self.is_given(leaf.value)
        return self._around(leaf.value, leaf.unit) if rounded else ball(leaf.value)

    @staticmethod
    def _around(value: Fraction, unit: Fraction) -> Any:  # noqa: ANN401
        return between(value - unit / 2, value + unit / 2)

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
        self,
        form: Form,
        tree: Node,
        mistake: str,
        *,
        chance: float = 0.0,
        changes: float = 1,
        right: Node | None = None,
    ) -> Iterator[Candidate]:
        """The candidate that `tree` is, a form with a mistake in it (or put right); none where enclosures deny it.

        `right` is the document's formula put right, where the form is not that.
        """
        value = self.reached(form, tree)
        if value is None:
            return
        if form.repair:
            sentence = f"{mistake}; put right, these numbers would make {number(value, self.printed.unit)}."
            yield Candidate(value, sentence, changes, chance)
        else:
            unseen = UNSEEN if form.own and (self.outcomes or not self.forms[0].own) else 0
            found = self.candidate(value, mistake, chance=chance, changes=changes + unseen)
            yield replace(found, right=right if form.forward else tree) if self.identity else found

    def candidate(self, value: Any, mistake: str, *, chance: float = 0.0, changes: float = 1) -> Candidate:  # noqa: ANN401
        """A candidate with its sentence: the mistake, what it makes, and what is due."""
        if self.identity:
            assert self.quantity is not None
            name = quantity_text(self.quantity)
            return Candidate(value, f"{mistake}; put right, the formula would be that of {name}.", changes, chance)
        if self.written_wrong:
            made = number(value, self.printed.unit or None)
            return Candidate(value, f"{mistake}; put right, these numbers would make {made}.", changes, chance)
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
