"""Which formula of a document defines what: the first that rests on the network, slips repaired by their numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction

from symbackprop.auditing.inference.analogy import is_weighted_sum, made
from symbackprop.auditing.inference.completion import Completer, Printed
from symbackprop.auditing.inference.evidence import Evidence, aligned, given, slipped
from symbackprop.auditing.inference.forms import keys, names, renamed, replaced, value_of
from symbackprop.auditing.inference.shared import by_name
from symbackprop.auditing.inference.slips import without_slips
from symbackprop.auditing.inference.spelling import ascii_name, key, key_of, numbered
from symbackprop.auditing.inference.words import OUTPUTS, TARGETS, is_parameter, role
from symbackprop.auditing.mathematics.tree import Call, Name, Node, Total, walk
from symbackprop.expressions.functions import FUNCTIONS

WHOLE = frozenset({"softmax", "sum"})  # functions of a vector
HEADS = 4000
_GENERIC = re.compile(r"(?!in$)([ijklmnpqt])([,._]?[ijklmnpqt])*([+-][1-9])?")


@dataclass(slots=True)
class Choice:
    """The definition of each quantity, by key; `supposed` are those by analogy, with what they are like.

    `lost` are errors that the document adds up and does not define.
    """

    formulas: dict[str, Node] = field(default_factory=dict)
    supposed: dict[str, str] = field(default_factory=dict)
    lost: tuple[str, ...] = ()


def choose(evidence: Evidence, activation: str | None) -> Choice:
    """The definitions of the network. `activation` is what a function that is never defined is taken for."""
    chooser = _Chooser(evidence, activation)
    chooser.first()
    chooser.instances()
    completer = Completer(chooser.formulas, chooser.supposed, evidence)
    completer.activations(chooser.known_functions)
    chooser.repair()
    chooser.own_biases()
    without_slips(chooser.formulas, evidence)
    completer.others()
    return Choice(by_name(chooser.formulas, evidence), chooser.supposed)


def is_generic(name: Name) -> bool:
    """Whether a name has a letter for its index: w_ij, h_t-1."""
    return (
        _GENERIC.fullmatch(name.subscript) is not None or _GENERIC.fullmatch(name.superscript.strip("()")) is not None
    )


class _Chooser:
    def __init__(self, evidence: Evidence, activation: str | None) -> None:
        self.evidence = evidence
        self.activation = activation
        self.formulas: dict[str, Node] = {}
        self.supposed: dict[str, str] = {}
        self.generic: dict[str, list[Node]] = {}
        self.worth = {head: number.value for head, number in evidence.printed.items()}
        self.bases = {name.base for name in evidence.spellings.values()}
        self.printed = Printed(evidence, self.formulas)

    def first(self) -> None:
        """For each name the first formula that rests on names which have a formula or a value."""
        evidence = self.evidence
        for head, given_formulas in evidence.formulas.items():
            if len(self.formulas) >= HEADS:
                break
            name = evidence.spellings[head]
            if self._is_differential(name):
                continue
            read = [formula for one in given_formulas if (formula := self.known_functions(one)) is not None]
            if is_generic(name):
                self.generic[head] = read
                continue
            if is_parameter(name.base) and name.base[:1] not in "uv" and evidence.value(head):
                continue
            read = [formula for formula in read if not any(map(self._is_strange, _free_names(formula)))]
            best = next((formula for formula in read if self.grounded(formula)), None)
            if best is None:
                best = next((formula for formula in read if self.grounded(formula, roles=True)), None)
            if best is not None or read:
                self.formulas[head] = best or read[0]

    def _is_differential(self, name: Name) -> bool:
        """Whether a name is that of a gradient as programs write it: dh beside h."""
        return name.base[:1] == "d" and name.base[1:] in self.bases

    def _is_strange(self, name: Name) -> bool:
        return is_generic(name) or self._is_differential(name)

    def grounded(self, formula: Node, *, roles: bool = False) -> bool:
        """Whether every name of a formula is known, or with `roles` says what it is by a word such as target."""
        return all(self.is_known(held) or (roles and self._role(held)) for held in keys(formula))

    def is_known(self, held: str) -> bool:
        """Whether the document gives a formula or a number for a name."""
        evidence = self.evidence
        return bool(
            evidence.formulas.get(held)
            or held in evidence.numeric
            or held in evidence.printed
            or held in evidence.grids
            or held in evidence.results
            or evidence.whole(held) in evidence.grids
            or evidence.value(held)
        )

    def _role(self, held: str) -> bool:
        name = self.evidence.name(held)
        return role(name, OUTPUTS) is not None or role(name, TARGETS) is not None

    def known_functions(self, formula: Node) -> Node | None:
        """`formula` with every function under its name in the table; None where one is not known."""
        unknown = False

        def change(node: Node) -> Node | None:
            nonlocal unknown
            if isinstance(node, Call) and node.function not in FUNCTIONS and node.function not in WHOLE:
                defined = self.evidence.defined.get(node.function)
                if defined is not None and not node.primes and len(node.arguments) == 1:
                    return renamed(defined[1], {defined[0]: replaced(node.arguments[0], change)})
                found = self.evidence.functions.get(node.function, self.activation)
                if found is None or len(node.arguments) != 1:
                    unknown = True
                    return None
                return replaced(Call(found, node.arguments, node.span), change)
            return None

        read = replaced(formula, change)
        return None if unknown else read

    def instances(self) -> None:
        """O_j = sigmoid(I_j) as O_4 = sigmoid(I_4), for each name of the document that it fits."""
        spelt: dict[tuple[str, str], list[str]] = {}
        for other, name in self.evidence.spellings.items():
            if not is_generic(name):
                spelt.setdefault((name.base, name.accent), []).append(other)
        for head, read in self.generic.items():
            pattern = self.evidence.spellings[head]
            letter = pattern.subscript or pattern.superscript.strip("()")
            if not read or len(letter) != 1:
                continue
            for other in spelt.get((pattern.base, pattern.accent), ()):
                name = self.evidence.spellings[other]
                index = name.subscript or name.superscript.strip("()")
                if index and other not in self.formulas and len(self.formulas) < HEADS:
                    formula = instantiated(read[0], letter, index)
                    if formula is not None and self.grounded(formula):
                        self.formulas[other] = formula

    def repair(self) -> None:
        """Puts for a label that is slipped the quantity whose printed value stands in its place."""
        for head, formula in self.formulas.items():
            for written in self.evidence.numeric.get(head, ())[:2]:
                beside = ((one, self._meant(head, one, other)) for one, other in aligned(formula, written))
                slips = {id(one): meant for one, meant in beside if meant is not None}
                if slips:
                    self.formulas[head] = replaced(formula, lambda node: slips.get(id(node)))  # noqa: B023 - used at once
                    break

    def _meant(self, head: str, one: Node, other: Node) -> Node | None:
        """The quantity that is meant by the label `one`, beside which the number `other` stands."""
        value = value_of(other)
        if value is None or not (isinstance(one, Name) or slipped(one)):
            return None
        if isinstance(one, Name):
            own = key(one)
            if is_parameter(ascii_name(one)) and (other_one := self._idle_parameter(own, value)) is not None:
                return made(self.evidence.name(other_one))
            if own in self.worth:
                fits = self.worth[own] == value
            else:
                known = self.evidence.operands.get(own, ())
                fits = own in self.evidence.stated or is_parameter(ascii_name(one)) or len(known) == 1
            if fits:
                return None
        found = self.printed.one(other, head)
        return made(self.evidence.name(found)) if found else None

    def _idle_parameter(self, label: str, value: Fraction) -> str | None:
        """The one parameter that is stated as `value` and stands in no formula, where `label` is stated otherwise."""
        stated = self.evidence.stated
        if label not in stated or stated[label].value == value:
            return None
        used = {held for formula in self.formulas.values() for held in keys(formula)}
        found = [
            held for held, number in stated.items() if number.value == value and is_parameter(self.evidence.name(held))
        ]
        return found[0] if len(found) == 1 and found[0] not in used else None

    def own_biases(self) -> None:
        """A bias that is written without a number, b, as the one of its unit where the document names such."""
        bare: dict[str, list[str]] = {}
        for head, formula in self.formulas.items():
            if is_weighted_sum(formula):
                for held in keys(formula):
                    if is_parameter(held) and numbered(held)[1] is None:
                        bare.setdefault(held, []).append(head)
        stems: dict[str, list[str]] = {}
        for other in self.evidence.spellings:
            stems.setdefault(numbered(other)[0], []).append(other)
        for bias, heads in bare.items():
            worth = {head: self._worth_in(head, bias) for head in heads}
            values = {number for number in worth.values() if number is not None}
            numbers = [other for other in stems.get(bias, ())[:100] if other != bias]
            if len(heads) < 2 or (len(values) < 2 and not numbers):
                continue
            for head in heads:
                own = self._own(bias, head, worth[head], numbers) if numbers else f"{bias}_{numbered(head)[1] or head}"
                if own is not None:
                    self._rename(head, bias, own, worth[head])

    def _worth_in(self, head: str, held: str) -> Fraction | None:
        """The number that stands for a name where the formula of `head` has numbers put in."""
        for written in self.evidence.numeric.get(head, ())[:2]:
            for one, other in aligned(self.formulas[head], written):
                if isinstance(one, Name) and key(one) == held:
                    return value_of(other)
        return None

    def _own(self, bias: str, head: str, worth: Fraction | None, numbers: list[str]) -> str | None:
        same = f"{bias}{numbered(head)[1]}"
        fitting = [
            other for other in numbers if (found := self.evidence.value(other)) and found.value == worth and worth
        ]
        if same in numbers and (same in fitting or not self.evidence.value(same) or worth is None):
            return self.evidence.name(same)
        if same in numbers and not fitting:
            return self.evidence.name(same)
        return self.evidence.name(fitting[0]) if fitting else None

    def _rename(self, head: str, old: str, new: str, worth: Fraction | None) -> None:
        formula = self.formulas[head]
        for written in self.evidence.numeric.get(head, ())[:1]:
            for one, other in aligned(formula, written):
                if isinstance(one, Name) and key(one) == old and worth is not None and (number := given(other)):
                    self.evidence.put_in(key_of(new), number)
        self.formulas[head] = replaced(
            formula, lambda node: made(new) if isinstance(node, Name) and key(node) == old else None
        )


def _free_names(formula: Node) -> Iterable[Name]:
    """The names of a formula that no sum binds: i of w_i in a sum over i is bound."""
    bound = {letter for part in walk(formula) if isinstance(part, Total) for letter in part.index[:1]}
    bound |= {"i", "j", "o", "k"} if any(isinstance(part, Total) for part in walk(formula)) else set()
    return (name for name in names(formula) if not ({*name.subscript, *name.superscript} & bound))


def instantiated(formula: Node, letter: str, index: str) -> Node | None:
    """`formula` with `index` for the letter of its names: h_t-1 with t = 2 is h_1; None where that is no index."""
    failed = False

    def put(text: str) -> str:
        nonlocal failed
        bare = text.strip("()")
        if bare == letter:
            return index
        if bare[:1] == letter and bare[1:2] in ("+", "-") and bare[2:].isdigit():
            if not index.isdigit() or len(index) > 6:
                failed = True
                return text
            return str(int(index) + int(bare[1:]))
        failed = failed or (letter in bare and _GENERIC.fullmatch(bare) is not None)
        return text

    def change(node: Node) -> Node | None:
        if isinstance(node, Name) and is_generic(node):
            return Name(
                node.base, node.span, put(node.subscript), put(node.superscript), node.accent, node.updated, node.old
            )
        return None

    read = replaced(formula, change)
    return None if failed else read
