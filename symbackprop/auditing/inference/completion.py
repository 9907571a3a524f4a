"""What a document uses or prints without a formula, from the printed numbers and by analogy with its siblings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from symbackprop.auditing.documents.source import Span
from symbackprop.auditing.inference.agreement import agrees
from symbackprop.auditing.inference.alignment import Pair, pairs
from symbackprop.auditing.inference.analogy import analogous, is_weighted_sum, made
from symbackprop.auditing.inference.evidence import Evidence, Given, figures, given
from symbackprop.auditing.inference.forms import is_number, keys, names, replaced, value_of
from symbackprop.auditing.inference.recognition import recognise
from symbackprop.auditing.inference.spelling import ascii_name, key, key_of
from symbackprop.auditing.inference.vectors import activated, shared_out
from symbackprop.auditing.inference.ways import Ways, base_and_unit
from symbackprop.auditing.inference.words import is_parameter
from symbackprop.auditing.mathematics.tree import Call, Name, Node, Number, Product, Quotient, Total, walk
from symbackprop.expressions.functions import ACTIVATIONS

HEADS = 4000
BEHIND = 100  # quantities that are looked at behind one
_FIGURES = 3  # printed digits by which a number is known again
_LIKELY = ("sigmoid", "tanh", "relu", "identity")


class Printed:
    """Which quantities the document prints a number for."""

    def __init__(self, evidence: Evidence, formulas: Mapping[str, Node]) -> None:
        self.evidence = evidence
        self.formulas = formulas
        self.heads: dict[Fraction, list[str]] = {}
        for head, number in evidence.printed.items():
            self.heads.setdefault(number.value, []).append(head)

    def every(self, value: Fraction | None, head: str) -> list[str]:
        """The quantities, at most 50, that are made from others and printed as `value`; `head` is none of them."""
        found = self.heads.get(value, [])[:50] if value is not None else []
        return [one for one in found if one != head and (one in self.formulas or one in self.evidence.numeric)]

    def one(self, number: Node, head: str) -> str | None:
        """The one quantity for which the document prints `number`, of several that with the number of `head`."""
        printed = given(number)
        if printed is None or figures(printed.text) < _FIGURES:
            return None
        found = self.every(printed.value, head)
        if len(found) > 1:
            found = [other for other in found if self.evidence.unit(other)[1] == self.evidence.unit(head)[1]]
        return found[0] if len(found) == 1 else None


class Completer:
    """Adds to `formulas` what can be told of the quantities that have none; to `supposed` those told by analogy."""

    def __init__(self, formulas: dict[str, Node], supposed: dict[str, str], evidence: Evidence) -> None:
        self.formulas = formulas
        self.supposed = supposed
        self.evidence = evidence
        self.printed = Printed(evidence, formulas)
        self.worth = {head: number.value for head, number in evidence.printed.items()}
        self.idle: set[str] = set()  # parameters that are stated and stand in no formula
        self.own: set[str] = set()  # the patterns of biases of which every unit has its own

    def activations(self, known_functions: Callable[[Node], Node | None]) -> None:
        """Tells activations by the numbers that are put in or printed for them."""
        self.by_number(known_functions)
        self.formulas.update(activated(self.formulas, self.evidence, (*_LIKELY, "softmax")))
        self.by_layer()

    def others(self) -> None:
        """Tells the weighted sums that are worked out in numbers, and what is like its siblings."""
        recognise(self.formulas, self.evidence)
        self.formulas.update(dict(shared_out(self.formulas, self.evidence)))
        self.by_layer()
        self.by_unit()
        self.by_analogy()

    def by_number(self, known_functions: Callable[[Node], Node | None]) -> None:
        """O_4 = sigmoid(-0.7) is the activation of the net input for which -0.7 is printed."""
        for head, written in self.evidence.numeric.items():
            if head in self.formulas or is_parameter(self.evidence.name(head)):
                continue
            for formula in written:
                if not (isinstance(formula, Call) and len(formula.arguments) == 1 and is_number(formula.arguments[0])):
                    if (softmax := self._of_exponentials(formula, head)) is not None:
                        self.formulas[head] = softmax
                        break
                    continue
                found = self._net_input(formula.arguments[0], head)
                name = (made(self.evidence.name(found)),) if found is not None else formula.arguments
                read = known_functions(Call(formula.function, name, formula.span))
                if found is not None and read is not None and self._is_activation(read, formula.function):
                    self.formulas[head] = read
                if read is not None:
                    break

    def _is_activation(self, formula: Node, function: str) -> bool:
        known = isinstance(formula, Call) and formula.function in ACTIVATIONS
        return known or function in self.evidence.defined

    def _of_exponentials(self, formula: Node, head: str) -> Node | None:
        """e^0.3/(e^0.3 + e^0.7) in the names of the only quantities that are printed as 0.3 and 0.7."""
        if not isinstance(formula, Quotient):
            return None

        def named(node: Node) -> Node | None:
            if isinstance(node, Call) and node.function == "exp" and is_number(node.arguments[0]):
                found = self.printed.every(value_of(node.arguments[0]), head)
                if len(found) == 1:
                    return Call("exp", (made(self.evidence.name(found[0])),), node.span)
            return None

        read = replaced(formula, named)
        return read if keys(read) and not any(isinstance(part, Number) for part in walk(read)) else None

    def _net_input(self, number: Node, head: str) -> str | None:
        """The quantity printed as `number`: the one with the number of `head`, else the last before it."""
        found = self.printed.every(value_of(number), head)
        same = [other for other in found if self.evidence.unit(other)[1] == self.evidence.unit(head)[1]]
        return next(iter(same or found[-1:]), None)

    def by_layer(self) -> None:
        """What is printed beside the net input of its unit, as in other layers: out_o1 = sigmoid(net_o1).

        The activation is the one that leads from one number to the other, for layers may differ in it.
        """
        ways = Ways()
        for head, formula in self.formulas.items():
            if isinstance(formula, Call) and formula.function in ACTIVATIONS and isinstance(formula.arguments[0], Name):
                ways.learn(self.evidence.name(head), ascii_name(formula.arguments[0]), formula.function)
        for head, number in self.evidence.printed.items():
            for below, function in ways.of(self.evidence.name(head)):
                net = key_of(below)
                if head not in self.formulas and net in self.worth and net != head:
                    self._activate(head, net, number, function)

    def by_unit(self) -> None:
        """What is printed and is an activation of the one net input of its unit: y_3 beside s_3."""
        nets: dict[str, list[str]] = {}
        for head, formula in self.formulas.items():
            if is_weighted_sum(formula) and head in self.worth:
                nets.setdefault(base_and_unit(self.evidence.name(head))[1], []).append(head)
        for head, number in self.evidence.printed.items():
            found = nets.get(base_and_unit(self.evidence.name(head))[1], ())
            if head not in self.formulas and len(found) == 1 and figures(number.text) >= _FIGURES:
                self._activate(head, found[0], number)

    def _activate(self, head: str, net: str, number: Given, like: str = "") -> None:
        """Gives `head` the activation of `net` that comes to its number: `like` where it does, else the only one."""
        made_net = made(self.evidence.name(net))
        every = [Call(function, (made_net,), Span(0, 0)) for function in _LIKELY]
        fitting = [formula for formula in every if agrees(formula, self.worth, number, Fraction(0))]
        alike = [formula for formula in fitting if formula.function == like]
        if alike or len(fitting) == 1:
            self.formulas[head] = (alike or fitting)[0]

    def by_analogy(self) -> None:
        """What is used or printed without a formula, as the sibling that has one."""
        stems: dict[str, list[str]] = {}
        for head in self.formulas:
            stems.setdefault(self.evidence.unit(head)[0], []).append(head)
        taken = {held for formula in self.formulas.values() for held in keys(formula)}
        stated = (held for held in self.evidence.stated if is_parameter(self.evidence.name(held)))
        self.idle = {held for held in stated if held not in taken}
        waiting = [held for formula in self.formulas.values() for held in keys(formula)]
        waiting = [*waiting, *self.evidence.numeric, *self.evidence.printed]
        waiting = [head for head in dict.fromkeys(waiting) if self.evidence.unit(head)[0] in stems][::-1]
        seen: set[str] = set()
        later: list[str] = []
        while (waiting or later) and len(self.formulas) < HEADS:
            settled = not waiting
            head = waiting.pop() if waiting else later.pop(0)
            models = stems.get(self.evidence.unit(head)[0])
            if head in self.formulas or models is None or (head in seen and not settled):
                continue
            seen.add(head)
            likely = self._like(head, models, taken)
            if len(likely) > 1 and head in self.evidence.numeric and not settled:
                later.append(head)  # a shared bias and one of its own fit alike: its siblings may tell
            elif likely:
                self._take(head, likely, taken)
                waiting += reversed(keys(self.formulas[head]))

    def _like(self, head: str, models: list[str], taken: set[str]) -> list[tuple[str, Node]]:
        """The formulas by analogy that fit the numbers of `head`, with the siblings that they are made after."""
        number = self.evidence.unit(head)[1]
        if number is None or (number == 0 and head in self.evidence.stated):
            return []
        numbers = {model: self.evidence.unit(model)[1] for model in models[:50]}
        near = sorted((abs(other - number), model) for model, other in numbers.items() if other is not None)
        sure = any(self._is_of_a_layer_behind(model) for _, model in near[:2])
        for _, model in near[:2]:
            names_of = self.evidence.name(model), self.evidence.name(head)
            likely = analogous(self.formulas[model], *names_of, taken, self.evidence.spellings)
            fitting = [(model, formula) for formula in likely if self._fits(formula, head, sure=sure)]
            if fitting:
                return fitting
        return []

    def _take(self, head: str, likely: list[tuple[str, Node]], taken: set[str]) -> None:
        fresh = [{pattern for pattern, _ in self._new(formula, taken)} for _, formula in likely]
        own = [one for one, patterns in zip(likely, fresh, strict=True) if patterns & self.own]
        model, formula = (own or likely)[0]
        self.formulas[head] = formula
        if head not in self.evidence.numeric:
            self.supposed[head] = model
        for leaf, other in self._numbers_in(formula, head) or ():
            if isinstance(leaf, Name) and (number := given(other)):
                self.evidence.put_in(key(leaf), number)
        for pattern, name in self._new(formula, taken):
            self.evidence.spellings.setdefault(key(name), name)
            if is_parameter(ascii_name(name)) and not _is_weight(formula, key(name)):
                self.own.add(pattern)
            taken.add(key(name))
            self.idle.discard(key(name))

    def _new(self, formula: Node, taken: set[str]) -> list[tuple[str, Name]]:
        """The names of a formula that stand in no other, with their patterns."""
        return [(self.evidence.unit(key(name))[0], name) for name in names(formula) if key(name) not in taken]

    def _is_of_a_layer_behind(self, model: str) -> bool:
        """Whether a weighted sum rests on another of its pattern: u_2 on u_1, so that u_3 is in a layer of its own."""
        pattern = self.evidence.unit(model)[0]
        waiting, seen = [model] if is_weighted_sum(self.formulas[model]) else [], {model}
        while waiting and len(seen) < BEHIND:
            below = [one for one in keys(self.formulas[waiting.pop()]) if one in self.formulas and one not in seen]
            if any(self.evidence.unit(one)[0] == pattern for one in below):
                return True
            seen.update(below)
            waiting += below
        return False

    def _fits(self, formula: Node, head: str, *, sure: bool) -> bool:
        """Whether the numbers that the document puts in or prints for `head` fit a formula; where `sure`, all of them.

        What is not printed fits any formula, if it need not be sure.
        """
        if self._numbers_in(formula, head) is not None:
            return True
        held = keys(formula)
        strange = [one for one in held if one not in self.evidence.spellings and is_parameter(one)]
        if strange and self.idle:
            return False  # what the document states and does not use is the unit's, in a way that is not told
        known = {one: number.value for one in held if (number := self.evidence.value(one))}
        known |= {one: self.worth[one] for one in held if one in self.worth}
        printed = self.evidence.printed.get(head)
        agreeing = agrees(formula, known, printed) if printed else None
        if sure or head in self.evidence.numeric:  # numbers that fit nothing may be those of a pass after an update
            return agreeing is True
        return agreeing is not False or self._is_summed(head)

    def _is_summed(self, head: str) -> bool:
        """Whether a sum in which `head` stands is declared as one over all outputs: E = Σ (t - y)²/2 = E_o1 + E_o2."""
        return any(
            head in {held for formula in formulas for held in keys(formula)}
            for formulas in self.evidence.formulas.values()
            if any(isinstance(part, Total) for formula in formulas for part in walk(formula))
        )

    def _numbers_in(self, formula: Node, head: str) -> tuple[Pair, ...] | None:
        """The numbers that the document puts in for `head`, beside the names of a formula that they fit."""
        known = {held: number.value for held in keys(formula) if (number := self.evidence.value(held))}
        known |= {held: self.worth[held] for held in keys(formula) if held in self.worth}
        for written in self.evidence.numeric.get(head, ()):
            found = pairs(formula, written, known)
            if found is not None and all(_is_worth(leaf, number, known) for leaf, number in found):
                return found
        return None


def _is_worth(leaf: Node, number: Node, known: Mapping[str, Fraction]) -> bool:
    if isinstance(leaf, Number):
        return leaf.value == value_of(number)
    return not isinstance(leaf, Name) or known.get(key(leaf), value_of(number)) == value_of(number)


def _is_weight(formula: Node, held: str) -> bool:
    """Whether a name stands in a product with another."""
    return any(held in keys(part) and len(keys(part)) > 1 for part in walk(formula) if isinstance(part, Product))
