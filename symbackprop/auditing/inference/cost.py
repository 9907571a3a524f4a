"""The cost of a network: which quantity it is, and what target and output are in it."""

from __future__ import annotations

from itertools import islice

from symbackprop.auditing.inference.analogy import is_weighted_sum, made
from symbackprop.auditing.inference.choice import Choice, instantiated, is_generic
from symbackprop.auditing.inference.evidence import Evidence, Given, figures, given, is_slope
from symbackprop.auditing.inference.forms import (
    is_numeric,
    keys,
    names,
    renamed,
    replaced,
    terms_of,
    value_of,
)
from symbackprop.auditing.inference.pairing import Pairing
from symbackprop.auditing.inference.spelling import ascii_name, key
from symbackprop.auditing.inference.undeclared import Undeclared
from symbackprop.auditing.inference.words import OUTPUTS, TARGETS, is_cost, is_error, is_parameter, role
from symbackprop.auditing.mathematics.tree import (
    Call,
    Name,
    Negative,
    Node,
    Number,
    Power,
    Sum,
    Total,
    factors_of,
    negated,
    rebuilt,
    walk,
)
from symbackprop.expressions.functions import ACTIVATIONS

OUTPUT_UNITS = 50
_FIGURES = 3


def find_cost(choice: Choice, evidence: Evidence) -> tuple[str | None, tuple[str, ...]]:
    """(the cost, the outputs) by key; in the errors of `choice` the words of a role give way to what plays it.

    The cost is what the document differentiates most, of the errors that no other error is made from; where it
    declares none, or node errors that are a multiple of those of the one that it declares and never differentiates, the
    error whose derivative stands in its gradients. Where one part of a sum of errors is not known, none is.
    """
    finder = _Finder(choice, evidence)
    finder.from_numbers()
    finder.cast()
    undeclared = Undeclared(choice, evidence, finder.outputs, finder.pairing.target)
    undeclared.printed()
    finder.errors = finder.find_errors()
    if lost := finder.lost():
        choice.lost += lost
        finder.forget()
        return None, finder.outputs
    cost = finder.cost()
    if cost is None:
        return undeclared.differentiated(), finder.outputs
    return undeclared.multiple(cost) or cost, finder.outputs


class _Finder:
    def __init__(self, choice: Choice, evidence: Evidence) -> None:
        self.formulas = choice.formulas
        self.supposed = choice.supposed
        self.evidence = evidence
        self.split = {evidence.whole(head) for head in self.formulas if evidence.unit(head)[1] is not None}
        self.errors = self.find_errors()
        used = {held for head, formula in self.formulas.items() if head not in self.errors for held in keys(formula)}
        ends = (head for head in self.formulas if head not in self.errors and self._is_output(head, used))
        self.outputs = tuple(islice(ends, OUTPUT_UNITS))
        self.pairing = Pairing(self.outputs, evidence, self.formulas)

    def _is_output(self, head: str, used: set[str]) -> bool:
        formula = self.formulas[head]
        return head not in used and (
            is_weighted_sum(formula) or any(held in self.formulas for held in keys(formula)) or _holds_call(formula)
        )

    def find_errors(self) -> dict[str, None]:
        """What is made from targets: squares and logarithms of differences, and sums of such."""
        found = {head: None for head, formula in self.formulas.items() if self._is_error(formula)}
        for _ in range(3):
            for head, formula in self.formulas.items():
                held = keys(formula)
                if head not in found and held and all(one in found for one in held):
                    found[head] = None
        return found

    def _is_error(self, formula: Node) -> bool:
        if is_weighted_sum(formula) or (isinstance(formula, Call) and formula.function in ACTIVATIONS):
            return False
        for part in walk(formula):
            match part:
                case Power(Sum() | Name() | Call(), exponent) if value_of(exponent) == 2:
                    return True
                case Call("log" | "abs"):
                    return True
                case Sum(terms) if len(terms) == 2 and any(isinstance(term, Negative) for term in terms):
                    if any(
                        self._role_of(held, TARGETS) is not None for held in keys(part) if held not in self.formulas
                    ):
                        return True
        return False

    def from_numbers(self) -> None:
        """(0.01 - 0.7514)^2/2 as an error, where 0.7514 is printed for an output."""
        worth: dict[object, str] = {}
        for output in self.outputs:
            if number := self.evidence.printed.get(output):
                worth.setdefault(number.value, output)
        for head, written in self.evidence.numeric.items():
            name = self.evidence.name(head)
            if head not in self.formulas and is_error(name):
                for formula in written[:1]:
                    if is_slope(factors_of(formula)):
                        continue  # a node error
                    read = self._with_names(formula, worth)
                    if not is_numeric(read) and self._is_error(read):
                        self.formulas[head] = read
        self.errors = self.find_errors()
        self._add_up()

    def _add_up(self) -> None:
        """0.2748 + 0.0236 as the sum of the errors for which these are printed."""
        worth = {self.evidence.printed[head].value: head for head in self.errors if head in self.evidence.printed}
        for head, written in self.evidence.numeric.items():
            if not written or head in self.formulas or not is_error(self.evidence.name(head)):
                continue
            found = [worth.get(value) for term in terms_of(written[0]) if (value := value_of(term)) is not None]
            parts = [one for one in dict.fromkeys(found) if one is not None and self._has_digits(one)]
            if len(parts) > 1 and len(parts) == len(terms_of(written[0])):
                self.formulas[head] = Sum(tuple(made(self.evidence.name(one)) for one in parts), written[0].span)
        self.errors = self.find_errors()

    def _with_names(self, formula: Node, worth: dict[object, str]) -> Node:
        def output_of(node: Node) -> Node | None:
            if isinstance(node, Number) and node.value in worth and self._has_digits(worth[node.value]):
                return made(self.evidence.name(worth[node.value]))
            return None

        def change(node: Node) -> Node | None:
            if isinstance(node, Call) and node.function == "log":
                return rebuilt(node, lambda part: replaced(part, output_of))  # log(1 - 0.7514) holds no target
            if isinstance(node, Sum) and len(node.terms) == 2:
                one, other = node.terms
                for output, target, swapped in ((other, one, False), (one, other, True)):
                    found = worth.get(value_of(negated(output) if not swapped else output))
                    number = given(target if not swapped else negated(target))
                    if found is not None and number is not None and self._is_told(found, number):
                        name = self.pairing.target(found)
                        self.evidence.put_in(key(name), number)
                        self.evidence.spellings.setdefault(key(name), name)
                        made_output = made(self.evidence.name(found))
                        terms = (made_output, Negative(name, node.span)) if swapped else (name, negated(made_output))
                        return Sum(terms, node.span)
            return output_of(node)

        return replaced(formula, change)

    def _is_told(self, output: str, target: Given) -> bool:
        """Whether a number is known for that of an output: by its digits, or by the target that stands beside it."""
        known = self.evidence.value(key(self.pairing.target(output)))
        return (known is not None and known.value == target.value) or self._has_digits(output)

    def _has_digits(self, output: str) -> bool:
        return figures(self.evidence.printed[output].text) >= _FIGURES

    def _role_of(self, held: str, words: frozenset[str]) -> str | None:
        return role(self.evidence.name(held), words)

    def cast(self) -> None:
        """Puts the outputs and their targets for the words of a role: y_predicted, target."""
        for head in [*self.errors]:
            if head not in self.formulas:
                continue
            formula = self._expanded(self.formulas[head])
            formula = self._cast(formula) if formula is not None else None
            if formula is None:
                del self.formulas[head], self.errors[head]
            else:
                self.formulas[head] = formula

    def _cast(self, formula: Node) -> Node | None:
        scalars = dict.fromkeys(
            key(name) for name in names(formula) if not is_generic(name) and not self._is_vector(name)
        )
        loose = [held for held in scalars if held not in self.formulas]
        outputs = {held: unit for held in loose if (unit := self._role_of(held, OUTPUTS)) is not None}
        targets = {held: unit for held in loose if (unit := self._role_of(held, TARGETS)) is not None}
        if not outputs and len(targets) > 1 and not any(held in self.formulas for held in keys(formula)):
            last = next((held for held in targets if held.lower().startswith("y")), [*targets][-1])
            outputs[last] = targets[last]
        new: dict[str, Node] = {}
        for held in targets:
            if held not in outputs and self.evidence.value(held) is None and len(self.outputs) == 1:
                new[held] = self.pairing.target(self.outputs[0])
        for held, unit in outputs.items():
            found = self._output(unit)
            if found is not None and self._differ(held, found):
                return None
            if found is not None:
                new[held] = made(self.evidence.name(found))
            elif self.evidence.value(held) is None:
                return None
        return renamed(formula, new)

    def _differ(self, one: str, other: str) -> bool:
        """Whether the document prints different numbers for two names: then they are not the same quantity."""
        printed = self.evidence.printed
        return one in printed and other in printed and printed[one].value != printed[other].value

    def _output(self, unit: str) -> str | None:
        """The output of a unit; of "" the only one."""
        if not unit:
            return self.outputs[0] if len(self.outputs) == 1 else None
        if unit in self.pairing.by_tag:
            return self.pairing.by_tag[unit]
        return next((output for output in self.outputs if output.lower() == unit), None)

    def _expanded(self, formula: Node) -> Node | None:
        """Sums over the outputs written out; None where it cannot be told over what a sum goes."""
        failed = False

        def change(node: Node) -> Node | None:
            nonlocal failed
            if not isinstance(node, Total) or any(map(self._is_vector, names(node.body))):
                return None
            terms = [term for output in self.outputs if (term := self._term(node, output)) is not None]
            if len(terms) != len(self.outputs) or not terms:
                failed = True
                return None
            return Sum(tuple(terms), node.span) if len(terms) > 1 else terms[0]

        read = replaced(formula, change)
        return None if failed else read

    def _is_vector(self, name: Name) -> bool:
        """Whether a name, or what it names an entry of, is a vector."""
        whole = key(Name(name.base, name.span, "", name.superscript, name.accent))
        grids, results = self.evidence.grids, self.evidence.results
        return any(one in grids or one in results for one in (key(name), whole)) and whole not in self.split

    def _term(self, node: Total, output: str) -> Node | None:
        """The body of a sum for one output."""
        letter = node.index[:1] or next((name.subscript for name in names(node.body) if len(name.subscript) == 1), "")
        body: Node | None = node.body
        if letter.isalpha():
            body = instantiated(node.body, letter, self.pairing.tag(output))
        if body is None:
            return None
        new: dict[str, Node] = {}
        for name in names(body):
            held = key(name)
            if held in self.formulas or self.evidence.value(held) or self.evidence.whole(held) in self.evidence.grids:
                continue
            if self._is_role(name, OUTPUTS, output):
                new[held] = made(self.evidence.name(output))
            elif self._is_role(name, TARGETS, output):
                new[held] = self.pairing.target(output)
                self.evidence.spellings.setdefault(key(self.pairing.target(output)), self.pairing.target(output))
        return renamed(body, new)

    def _is_role(self, name: Name, words: frozenset[str], output: str) -> bool:
        unit = role(ascii_name(name), words)
        return unit is not None and unit in ("", self.pairing.tag(output))

    def cost(self) -> str | None:
        """The error that the document differentiates most, of those that no other error is made from."""
        within = {held for error in self.errors for held in keys(self.formulas[error])}
        final = [error for error in self.errors if error not in within and self._is_curved(error)]
        return max(final, key=self._rank, default=None)

    def lost(self) -> tuple[str, ...]:
        """The parts without a formula of sums of errors: E_o2 of E_o1 + E_o2."""
        totals = (keys(formula) for head, formula in self.formulas.items() if head not in self.errors)
        mixed = (held for held in totals if not self.errors.keys().isdisjoint(held))
        return tuple(one for held in mixed for one in held if one not in self.formulas and not is_parameter(one))

    def forget(self) -> None:
        """Leaves out all errors, and what rests on them, for none of them is the cost."""
        gone = set(self.errors)
        for head, formula in [*self.formulas.items()]:
            if head in gone or not gone.isdisjoint(keys(formula)):
                gone.add(head)
                del self.formulas[head]

    def _is_curved(self, error: str) -> bool:
        """Whether an error is more than a difference: y - t by itself is no cost."""
        waiting, seen = [error], set()
        while waiting:
            head = waiting.pop()
            if head not in self.errors or head in seen:
                continue
            seen.add(head)
            if any(isinstance(part, Power | Call) for part in walk(self.formulas[head])):
                return True
            waiting += keys(self.formulas[head])
        return False

    def _rank(self, head: str) -> tuple[int, bool, bool]:
        evidence = self.evidence
        return evidence.differentiated[head], is_cost(evidence.name(head)), head in evidence.printed


def _holds_call(formula: Node) -> bool:
    return any(isinstance(part, Call) for part in walk(formula))
