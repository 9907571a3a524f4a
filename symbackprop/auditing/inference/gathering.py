"""Statements -> evidence: line by line, first what is stated, then what stands in the place of what."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import pairwise

from symbackprop.auditing.inference.agreement import agrees
from symbackprop.auditing.inference.alignment import pairs
from symbackprop.auditing.inference.evidence import Evidence, Given, agree, figures, given, is_slope
from symbackprop.auditing.inference.forms import (
    is_number,
    is_numeric,
    keys,
    names,
    value_of,
)
from symbackprop.auditing.inference.lines import Line, lines_of
from symbackprop.auditing.inference.spelling import ascii_name, key
from symbackprop.auditing.inference.words import is_backward, is_parameter, is_rate
from symbackprop.auditing.mathematics.statements import Sign, Statement
from symbackprop.auditing.mathematics.tree import (
    Call,
    Entries,
    Name,
    Negative,
    Node,
    Number,
    Omitted,
    Partial,
    Product,
    Sum,
    factors_of,
    walk,
)
from symbackprop.expressions.functions import FUNCTIONS

KEPT = 4  # formulas of one name that numbers are held against
_NEW = re.compile(r"\b(new|updated|after|baru|neue?n?|nouve\w+|nuev\w+|nov[ao]s?|atualizad\w+)\b|[新更]", re.I)
LARGEST_RATE = 100


def gather(
    statements: Iterable[Statement], assigned: Iterable[Statement] = (), shown: Iterable[Statement] = ()
) -> Evidence:
    """All that `statements` say of a network, and what programs have `shown`.

    What programs have `assigned` stands for what nothing else says.
    """
    evidence = Evidence()
    chains = [line for statement in statements for line in lines_of(statement)]
    reader = _Reader(evidence)
    for line in chains:
        reader.state(line)
    for line in chains:
        reader.hold_together(line)
    for statement in shown:
        for line in lines_of(statement):
            reader.show(line)
    for statement in assigned:
        for line in lines_of(statement):
            reader.assign(line)
    return evidence


class _Reader:
    """Goes over the lines twice: for what is stated, then for what stands in the place of what."""

    def __init__(self, evidence: Evidence) -> None:
        self.evidence = evidence
        self.known: dict[str, Fraction] = {}
        self.written: dict[object, list[Node]] = {}
        self.last: list[Node] = []

    def state(self, line: Line) -> None:
        """Takes in what a line says by itself."""
        self._mention(line)
        self._functions(line)
        self._digits(line)
        evidence, head = self.evidence, line.head
        if not isinstance(head, Name):
            return
        own = key(head)
        if line.sign is Sign.INCREASED:
            self._increase(line, own)
            return
        if line.marked or line.updates or head.old:
            self._update(line, own)
            return
        if line.members and self._is_step_of(own, line.members[0]):
            self._update(line, own)
            return
        formulas = [member for member in line.members if not is_numeric(member)]
        if is_backward(evidence.name(own)):
            evidence.backward += [(head, formula) for formula in formulas]
            for member in line.members:
                change = evidence.name(own).startswith("Delta")
                if change and is_numeric(member) and isinstance(member, Product) and len(member.factors) > 2:
                    self._rate(member.factors[0], 3)
            return
        evidence.formulas.setdefault(own, []).extend(formula for formula in formulas if _forward(formula, own))
        evidence.backward += [(head, formula) for formula in formulas if is_slope(factors_of(formula))]
        for index, other in enumerate(formulas):
            named = isinstance(other, Name) and (other.base[:1] in "uv" or not is_parameter(ascii_name(other)))
            if isinstance(other, Name) and named:  # a = y = sigmoid(z)
                later = (formula for formula in formulas[index + 1 :] if _forward(formula, key(other)))
                evidence.formulas.setdefault(key(other), []).extend(later)
                calls = (one for one in line.members if isinstance(one, Call) and is_numeric(one))
                evidence.numeric.setdefault(key(other), []).extend(calls)
                self._numbers(line, key(other), [member for member in line.members if is_numeric(member)])
        numeric = [member for member in line.members if is_numeric(member)]
        for member in numeric:
            if isinstance(member, Entries):
                self._entries(own, member, evidence.grids if len(line.members) == 1 else evidence.results)
            elif not is_number(member):
                evidence.numeric.setdefault(own, []).append(member)
        self._numbers(line, own, numeric)

    def _entries(self, own: str, entries: Entries, into: dict[str, Entries]) -> None:
        """Takes in a vector or matrix: the first, and of a chain the first that is worked out."""
        worked = own in into and all(is_number(node) for row in into[own].rows for node in row)
        if own not in into or (into is self.evidence.results and not worked):
            into[own] = entries

    def _is_step_of(self, own: str, first: Node) -> bool:
        """Whether what a name is said to equal is where it stood and a step: of a parameter, or from what is stated."""
        stated = self.evidence.stated.get(own)
        if is_parameter(self.evidence.name(own)):
            return _is_step(first) or _goes_on_from(stated, first)
        if not (stated is not None and isinstance(first, Sum) and _is_step(first)):
            return False
        return value_of(first.terms[0]) == stated.value

    def _numbers(self, line: Line, own: str, numeric: list[Node]) -> None:
        """What is printed for a name, and what is assigned to it."""
        evidence = self.evidence
        number = given(numeric[-1]) if numeric and numeric[-1] is line.members[-1] else None
        if number is None:
            return
        evidence.printed.setdefault(own, number)
        if len(line.members) == 1 and is_parameter(evidence.name(own)):
            evidence.restated |= {own} if evidence.stated.get(own, number).value != number.value else set()
        if len(line.members) == 1 and own not in evidence.trained and not _NEW.search(line.words[-60:]):
            evidence.stated.setdefault(own, number)
            self.known.setdefault(own, number.value)

    def _mention(self, line: Line) -> None:
        evidence = self.evidence
        for member in (*([line.head] if line.head else []), *line.members):
            for node in walk(member):
                if isinstance(node, Name):
                    evidence.spellings.setdefault(key(node), node)
                    evidence.count[key(node)] += 1
                    if is_rate(node):
                        evidence.rate_names.add(key(node))
                elif isinstance(node, Partial):
                    if isinstance(node.of, Name):
                        evidence.differentiated[key(node.of)] += 1
                    if isinstance(node.by, Name):
                        evidence.by.add(key(node.by))

    def _digits(self, line: Line) -> None:
        """Counts the printed decimals of results, and the numbers that a nameless update goes by."""
        evidence = self.evidence
        last = given(line.members[-1]) if line.members else None
        places = last.text.partition(".")[2] if last else ""
        if last and places and (len(line.members) > 1 or not isinstance(line.head, Name)):
            evidence.decimals[len(places)] += 1
            evidence.figures[figures(last.text)] += 1
        if isinstance(line.head, Partial):
            evidence.backward += [(line.head, member) for member in line.members if not is_numeric(member)]
        if isinstance(line.head, Sum) and _is_step(line.head):
            self._rate(_first_factor(line.head.terms[1]), 3)

    def _functions(self, line: Line) -> None:
        """F of F(z) = 1/(1 + exp(-z)) is the sigmoid, f of f(x) = 2/(1 + exp(-x)) - 1 is what it says."""
        match line.head:
            case Call(function, (Name() as argument,), _, 0) if function not in FUNCTIONS and line.members:
                if keys(line.members[0]) == (key(argument),) and not isinstance(line.members[0], Call):
                    self.evidence.defined.setdefault(function, (key(argument), line.members[0]))
        for one, other in pairwise((line.head, *line.members)):
            if (
                isinstance(one, Call)
                and isinstance(other, Call)
                and one.function not in FUNCTIONS
                and other.function in FUNCTIONS
                and not one.primes
                and len(one.arguments) == len(other.arguments)
            ):
                self.evidence.functions.setdefault(one.function, other.function)

    def _update(self, line: Line, own: str) -> None:
        """What an update starts from, and its learning rate: w - eta * ..., 0.4 - 0.5 * ..."""
        evidence = self.evidence
        evidence.trained.add(own)
        for member in line.members:
            if not isinstance(member, Sum) or len(member.terms) != 2:
                continue
            start, change = member.terms
            numeric = is_number(start)
            if not numeric and not (isinstance(start, Name) and key(start) == own):
                continue
            rate = _first_factor(change)
            if isinstance(rate, Name) and (is_rate(rate) or rate.text.isalpha()):
                evidence.rate_names.add(key(rate))
            else:
                self._rate(rate, 2 if numeric else 0)
            if numeric and rate is not None and (number := given(start)):
                evidence.earlier.setdefault(own, number)

    def _increase(self, line: Line, own: str) -> None:
        """The learning rate of w -= eta*g."""
        if is_parameter(self.evidence.name(own)):
            self.evidence.trained.add(own)
            rate = _first_factor(line.members[0])
            if isinstance(rate, Name) and is_rate(rate):
                self.evidence.rate_names.add(key(rate))
            else:
                self._rate(rate, 2)

    def _rate(self, factor: Node | None, strength: int) -> None:
        """Takes a number for the learning rate, if it may be one; the lower `strength` the surer."""
        if isinstance(factor, Number) and 0 < factor.value <= LARGEST_RATE and (number := given(factor)):
            self.evidence.rates.setdefault(strength, []).append(number)

    def hold_together(self, line: Line) -> None:
        """Holds the numeric members of a line against its formulas, and those of earlier lines of the same name."""
        formulas = [member for member in line.members if not is_numeric(member)]
        if line.head is not None and not isinstance(line.head, Name | Partial):
            formulas.insert(0, line.head)
        if line.marked and not line.updates and not any(name.updated for name in names_of(formulas)):
            return
        where: object = None
        if isinstance(line.head, Name):
            where = (key(line.head), line.marked or line.updates)
        elif isinstance(line.head, Partial):
            where = (tuple(keys(line.head)), "partial")
        known = self.written.setdefault(where, []) if where else self.last
        candidates = [*formulas, *reversed(known[-KEPT:])]
        result = given(line.members[-1]) if line.members else None
        for member in line.members:
            if any(isinstance(part, Number) for part in walk(member)):
                holds = result is None or agrees(member, {}, result) is not False
                into = self.evidence.operands if holds else self.evidence.doubtful
                for formula in candidates:
                    if formula is not member and self._bind(formula, member, into):
                        break
        known += formulas
        self.last = formulas or self.last

    def show(self, line: Line) -> None:
        """Takes in a result that a program has shown, which is given nowhere."""
        self._digits(line)
        if isinstance(line.head, Name) and line.members:
            own, value = key(line.head), line.members[-1]
            if isinstance(value, Entries):
                self.evidence.results.setdefault(own, value)
            elif (number := given(value)) is not None:
                self.evidence.printed.setdefault(own, number)

    def assign(self, line: Line) -> None:
        """Takes in the numbers that a program assigns: to a name, or to as many names as there are numbers."""
        value = line.members[-1]
        heads = [one for one in (line.head, *line.members[:-1]) if one is not None]
        for head in heads:
            if isinstance(head, Name):
                self._assigned(head, value)
            elif isinstance(head, Entries) and isinstance(value, Entries) and len(head.rows) == len(value.rows) == 1:
                for name, entry in zip(head.rows[0], value.rows[0], strict=False):
                    if isinstance(name, Name):
                        self._assigned(name, entry)

    def _assigned(self, name: Name, value: Node) -> None:
        evidence, own = self.evidence, key(name)
        evidence.spellings.setdefault(own, name)
        if is_rate(name):
            evidence.rate_names.add(own)
        if isinstance(value, Entries):
            evidence.grids.setdefault(own, value)
        elif (number := given(value)) is not None and evidence.assigned.setdefault(own, number) != number:
            evidence.varying.add(own)

    def _bind(self, formula: Node, member: Node, into: dict[str, list[Given]]) -> bool:
        found = pairs(formula, member, self.known)
        if found is None or not all(agree(one, other) for one, other in found):
            return False
        for one, other in found:
            number = given(other)
            if isinstance(one, Name) and not one.updated and number is not None:
                self.evidence.put_in(key(one), number, into)
        return True


def _first_factor(node: Node) -> Node | None:
    """The first factor of a product, without its sign."""
    step = node.operand if isinstance(node, Negative) else node
    first = step.factors[0] if isinstance(step, Product) else None
    return first.operand if isinstance(first, Negative) else first


def _is_step(node: Node) -> bool:
    """Whether `node` is a number that a product of numbers is added to or taken from: 0.4 - 0.5 * 0.08."""
    return (
        isinstance(node, Sum)
        and len(node.terms) == 2
        and is_numeric(node)
        and is_number(node.terms[0])
        and _first_factor(node.terms[1]) is not None
    )


def _goes_on_from(stated: Given | None, node: Node) -> bool:
    """Whether `node` is what is stated with a number added to it or taken from it: 0.3 + 0.0305."""
    if stated is None or not (isinstance(node, Sum) and len(node.terms) == 2 and all(map(is_number, node.terms))):
        return False
    start = given(node.terms[0])
    return start is not None and start.value == stated.value


def names_of(formulas: Iterable[Node]) -> Iterator[Name]:
    """The names in several trees."""
    return (name for formula in formulas for name in names(formula))


def _forward(formula: Node, own: str) -> bool:
    """Whether a formula may be a definition of the network: no gradients, nothing left out, no mark of an update."""
    held = keys(formula)
    if not held or own in held:
        return False
    for node in walk(formula):
        match node:
            case Partial() | Omitted():
                return False
            case Call(_, _, _, primes) if primes:
                return False
            case Name() if node.updated or node.old or is_backward(ascii_name(node)):
                return False
            case Product(factors) if is_slope(factors):
                return False
    return True
