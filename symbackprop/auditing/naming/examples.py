"""Several examples: how many there are, and whether dZ is the derivative of each example's own loss."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

import sympy

from symbackprop.auditing.mathematics.statements import Chain
from symbackprop.auditing.mathematics.tree import Name, Negative, Node, Number, Partial, whole_number
from symbackprop.auditing.naming.definitions import Definitions, is_printed
from symbackprop.auditing.naming.reading import Strength
from symbackprop.auditing.naming.spelling import letter_of
from symbackprop.auditing.naming.surroundings import Meaning
from symbackprop.auditing.naming.vocabulary import Found
from symbackprop.auditing.naming.worth import Worth
from symbackprop.expressions.names import split_partial
from symbackprop.network.problem import Problem

COUNTS = ("m", "N", "n", "M")


class Examples:
    """The examples of a document; `gradient` tells the partials of the cost that a name such as dZ stands for."""

    def __init__(
        self, problem: Problem, definitions: Definitions, worth: Worth, gradient: Callable[[Name], Found | None]
    ) -> None:
        self.problem = problem
        self.definitions = definitions
        self.worth = worth
        self.gradient = gradient
        self.looking = False
        self._scale: Fraction | None = None
        self._of_errors: dict[str, Fraction] = {}

    def count(self, name: Name) -> Iterator[Meaning]:
        """The m of 1/m: what the document says that it is, else what the cost divides a sum by."""
        training = self.problem.training
        if name.text not in COUNTS or training is None:
            return
        for printed in self.definitions.numbers(name):
            if isinstance(printed, Number) and printed.value.denominator == 1:
                yield printed, Strength.DEFINED, Fraction(1)
        if share := _divided_by(self._factors):
            whole = self._terms > 0 and share % self._terms == 0
            number = self._terms if whole else self._of_means or share
            yield whole_number(number, name.span), Strength.GUESSED, Fraction(1)

    @property
    def _of_means(self) -> int:
        """How many terms the means have that the network is defined by, as batch normalisation is; 0 for none."""
        counts = {_terms_of_mean(one.expression) for one in self.problem.graph.definitions} - {0}
        return counts.pop() if len(counts) == 1 else 0

    @property
    def _factors(self) -> tuple[sympy.Basic, ...]:
        training = self.problem.training
        return () if training is None else self.problem.graph.by_name[training.cost].expression.args

    @property
    def _terms(self) -> int:
        """How many terms the sum has that the cost divides; 1 for a square alone, 0 where that is not seen."""
        training = self.problem.training
        factors = [factor for factor in self._factors if not factor.is_number]
        if training is None or len(factors) != 1 or not self.problem.graph.by_name[training.cost].expression.is_Mul:
            return 0
        definition = self.problem.graph.by_name.get(str(factors[0]))
        whole = definition.expression if definition is not None else factors[0]
        return len(whole.args) if whole.is_Add else int(whole.is_Pow)

    def of_node_errors(self, letter: str, candidates: Callable[[Name], tuple[Found, ...]]) -> Fraction:
        """What δ is times ∂C/∂z, but for its sign: with a mean over examples, δ may be that of each one's own loss.

        All formulas for a δ have to say so, and a gradient of a parameter has to be right by the cost.
        """
        if letter not in self._of_errors:
            self._of_errors[letter] = Fraction(1)
            self.looking, before = True, self.looking
            own = [one for one in self.definitions.every() if letter_of(one.subject) == letter]
            pairs = [(one.formula, candidates(one.subject)[:1]) for one in own if one.formula is not None]
            times = {self._times(formula, found[0]) if found else None for formula, found in pairs}
            if times == {self._terms} and any(map(self._prints_gradient, self.definitions.chains)):
                self._of_errors[letter] = Fraction(self._terms)
            self.looking = before
        return self._of_errors[letter]

    def _times(self, formula: Node, found: Found) -> int | None:
        return self.worth.multiple(formula, found) or self.worth.multiple(Negative(formula, formula.span), found)

    def scale(self, gradient: Found) -> Fraction:
        """What dZ is times ∂C/∂Z: with a cost that is a mean over examples, dZ may be that of each example's own loss.

        The gradients of the parameters are always those of the cost; where none is printed right, so is dZ.
        """
        if self._is_of_parameters(gradient):
            return Fraction(1)
        if self._scale is None:
            self._scale, self.looking = Fraction(1), True
            self._scale = Fraction(self._shown())
            self.looking = False
        return self._scale

    def _shown(self) -> int:
        if not any(map(self._prints_gradient, self.definitions.chains)):
            return 1
        for one in self.definitions.every():
            found = self.gradient(one.subject)
            if found is not None and one.formula is not None and not self._is_of_parameters(found):
                count = self.worth.multiple(one.formula, found)
                if count is not None:
                    return count
        return 1

    def _prints_gradient(self, chain: Chain) -> bool:
        """Whether a chain ends with the right number for a gradient of a parameter."""
        first, last = chain.members[0], chain.members[-1]
        if chain.headless or not is_printed(last):
            return False
        found = self.gradient(first) if isinstance(first, Name) else None
        if isinstance(first, Partial) and (readings := self.worth.readings(first)) and readings[0].rows:
            found = Found(tuple(tuple(quantity.name for quantity in row) for row in readings[0].rows))
        return found is not None and self._is_of_parameters(found) and self.worth.agrees(last, found)

    def _is_of_parameters(self, gradient: Found) -> bool:
        by = {pair[1] for name in gradient.names if (pair := split_partial(name)) is not None}
        return by <= set(self.problem.graph.parameters)


def _divided_by(factors: Sequence[sympy.Basic]) -> int:
    """The whole number that a product is divided by; 0 for none, or several."""
    shares = [int(factor.q) for factor in factors if factor.is_Rational and factor.p == 1 < factor.q]
    shares += [int(factor.base) for factor in factors if factor.is_Pow and factor.base.is_Integer and factor.exp == -1]
    return shares[0] if len(shares) == 1 else 0


def _terms_of_mean(expression: sympy.Basic) -> int:
    """How many terms are summed up in an expression and divided by their number; else 0."""
    sums = [factor for factor in expression.args if factor.is_Add] if expression.is_Mul else []
    if len(sums) != 1 or len(expression.args) != 2:  # the sum and the share
        return 0
    count = len(sums[0].args)
    return count if _divided_by(expression.args) == count else 0
