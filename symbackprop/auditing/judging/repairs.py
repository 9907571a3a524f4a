"""One change after which a formula holds: what proves that its names are read aright, and that it is wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, islice, pairwise, product

from symbackprop.auditing.judging.context import Context
from symbackprop.auditing.mathematics.tree import (
    Call,
    Name,
    Negative,
    Node,
    Number,
    Partial,
    Power,
    Product,
    Sum,
    Total,
    Transpose,
    complement,
    negated,
    parts,
    rebuilt,
    walk,
    whole_number,
)
from symbackprop.auditing.naming.schematic import LETTER
from symbackprop.auditing.report import Explanation
from symbackprop.expressions.functions import ACTIVATIONS

CHANGES = 400  # of a formula, to see what is wrong with it
NO_FACTOR = "A factor does not belong there."
CAUSES = 3  # that are told
NUMBER = re.compile(r"(?<![0-9])[0-9](?![0-9])", re.ASCII)  # of a layer or a unit
_DIGITS = re.compile(r"[0-9]")
LETTERS = frozenset("ijklmno")  # that stand for any unit in an index

Change = tuple[Node, str, str]
"""(the formula with one change, the cause that this change would be, in words)."""


def repaired(
    first: Node, member: Node, holds: Callable[[Node], bool], *, kin: Sequence[str] = (), more: Iterable[Change] = ()
) -> tuple[Explanation, ...]:
    """The changes after which `member` is equal to `first`, the simplest of each cause, as far as `holds` tells.

    `kin` are names that may be taken for one another, `more` are changes that are tried last. What makes a formula
    hold everywhere, at numbers that have nothing to do with each other, is no coincidence.
    """
    found: dict[str, Explanation] = {}
    for other, cause, text in chain(islice(_changed(first, member, kin), CHANGES), more):
        if cause not in found and holds(other):
            found[cause] = Explanation(cause, 1, text, other)
            if len(found) == CAUSES:
                break
    return tuple(found.values())


def relabelled(context: Context, first: Node, holds: Callable[[Node], bool]) -> tuple[Explanation, ...]:
    """Whether a formula that is said to be a derivative by one parameter is that by another."""
    if not isinstance(first, Partial) or context.names is None:
        return ()
    for stem in context.names.stems_of_parameters:
        if holds(replace(first, by=Name(stem, first.by.span))):
            return (Explanation("wrong-index", 1, f"This is the derivative by {stem}: the label is what is wrong."),)
    return ()


def slips(formula: Node) -> Iterator[Change]:
    """A formula with one operator, one sign of a term, one prime or one index changed."""
    letters = sorted({letter for part in walk(formula) if isinstance(part, Name) for letter in _units(part)})
    for part, within in occurrences(formula):
        for other, cause, text in _slipped(part, letters):
            yield within(other), cause, text


def _slipped(part: Node, letters: Sequence[str]) -> Iterator[Change]:
    match part:
        case Name():
            yield from _indexed_otherwise(part, letters)
        case Sum(terms):
            yield from _term_signs(part, terms)
            yield from _multiplied(part, terms)
        case Product(factors):
            yield from _added(part, factors)
        case Call(function, _, _, primes) if function in ACTIVATIONS and primes <= 1:
            yield _primed(part)


def _changed(first: Node, member: Node, kin: Sequence[str]) -> Iterator[Change]:
    parts_of_both = (part for node in (first, member) for part in walk(node))
    letters = sorted({letter for part in parts_of_both if isinstance(part, Name) for letter in _units(part)})
    yield negated(member), "sign", "The sign is the wrong one."
    for part, within in occurrences(member):
        for other, cause, text in _instead(part, letters, kin):
            yield within(other), cause, text
    yield from _shorter(member)
    yield from _longer(member)


def _shorter(member: Node) -> Iterator[Change]:
    """Every product without one of its factors."""
    for part, within in occurrences(member):
        if isinstance(part, Product) and len(part.factors) > 1:
            for index in range(len(part.factors)):
                shorter = _product(part, part.factors[:index] + part.factors[index + 1 :])
                yield within(shorter), "extra-factor", NO_FACTOR


def _instead(part: Node, letters: Sequence[str], kin: Sequence[str]) -> Iterator[Change]:
    """What may be meant in place of one part of a formula."""
    match part:
        case Name():
            yield from _indexed_otherwise(part, letters)
            yield Transpose(part, part.span), "transposed", f"{part.text} has to be transposed."
            for name in kin:
                if name != part.text and part.text in kin:
                    cause = "wrong-index" if _DIGITS.sub("", name) == _DIGITS.sub("", part.text) else "wrong-quantity"
                    yield Name(name, part.span), cause, f"{part.text} stands where {name} belongs."
        case Transpose(operand):
            yield operand, "transposed", "What is transposed is not to be."
        case Total(_, Sum(terms)):
            for index, term in enumerate(terms):
                left = Sum(terms[:index] + terms[index + 1 :], part.span)
                apart = Sum((replace(part, body=left), term), part.span)
                yield apart, "wrong-formula", "A term stands inside the sum, and is added once."
        case Sum(terms):
            yield from _term_signs(part, terms)
            yield from _multiplied(part, terms)
            yield from _slopes(part)
        case Call("sum_0" | "sum_1" | "mean_0" | "mean_1" as function):
            along = function[:-1] + ("0" if function.endswith("1") else "1")
            yield replace(part, function=along), "wrong-formula", "The sum runs along the other axis."
        case Call("exp", (power,)):
            yield replace(part, arguments=(negated(power),)), "sign", "The sign of the exponent is the wrong one."
        case Call(function, arguments, _, primes) if function in ACTIVATIONS and primes <= 1:
            yield _primed(part)
            turned = replace(part, arguments=(negated(arguments[0]), *arguments[1:]))
            yield turned, "sign", f"The sign of what the {function} is taken of is the wrong one."
        case Product(factors) if len(factors) > 1:
            yield from _added(part, factors)
            yield from _slopes(part)


def _primed(part: Call) -> Change:
    shown = ("derivative", "function") if part.primes else ("function", "derivative")
    text = f"The {shown[0]} of an activation stands where the {shown[1]} belongs."
    return replace(part, primes=1 - part.primes), "wrong-formula", text


def _term_signs(part: Sum, terms: Sequence[Node]) -> Iterator[Change]:
    for index in sorted(range(len(terms)), key=lambda index: not isinstance(terms[index], Negative)):
        other = (*terms[:index], negated(terms[index]), *terms[index + 1 :])
        yield replace(part, terms=other), "sign", "The sign of a term is the wrong one."


def _multiplied(part: Sum, terms: Sequence[Node]) -> Iterator[Change]:
    """A sum with the factors of a product where it has two terms."""
    text = "A sum stands where a product belongs."
    yield Product(tuple(terms), part.span), "wrong-formula", text
    if len(terms) > 2:
        for index, pair in enumerate(pairwise(terms)):
            both = Product(pair, pair[0].span.to(pair[1].span))
            yield replace(part, terms=(*terms[:index], both, *terms[index + 2 :])), "wrong-formula", text


def _added(part: Product, factors: Sequence[Node]) -> Iterator[Change]:
    """A product with two terms of a sum where it has factors."""
    text = "A product stands where a sum belongs."
    yield Sum(tuple(factors), part.span), "wrong-formula", text
    if len(factors) > 2:
        for place in range(1, len(factors)):
            ends = tuple(factors[:place]), tuple(factors[place:])
            terms = tuple(_product(replace(part, starred=()), end) for end in ends)
            yield Sum(terms, part.span), "wrong-formula", text


def _indexed_otherwise(name: Name, letters: Sequence[str]) -> Iterator[Change]:
    """A name with another letter, or a letter one more or less: the unit, the layer, the step of another place."""
    changed: list[Name] = []
    for old, new in product(dict.fromkeys(_units(name)), letters):
        if new != old:
            changed.append(replace(name, subscript=name.subscript.replace(old, new)))
    for field in ("superscript", "subscript"):
        index = getattr(name, field)
        for match in LETTER.finditer(index):
            for shift in (-1, 0, 1):
                shown = f"{match[1]}{shift:+d}" if shift else match[1]
                if shown != match[0]:
                    changed.append(replace(name, **{field: index[: match.start()] + shown + index[match.end() :]}))
        changed += [_with_index(name, field, other) for other in _counted_otherwise(index)]
        if len(index) == 2 and index.isalpha() and index[0] != index[1]:
            changed.append(replace(name, **{field: index[::-1]}))
    for other in changed:
        yield other, "wrong-index", f"{name.text} stands where {other.text} belongs."


def _counted_otherwise(index: str) -> Iterator[str]:
    """An index with a number one more or less."""
    for match in NUMBER.finditer(index):
        for number in (int(match[0]) + 1, int(match[0]) - 1):
            if number >= 0:
                yield f"{index[: match.start()]}{number}{index[match.end() :]}"


def _with_index(name: Name, field: str, index: str) -> Name:
    return replace(name, superscript=index) if field == "superscript" else replace(name, subscript=index)


def _units(name: Name) -> list[str]:
    return [letter for letter in name.subscript if letter in LETTERS]


def _slopes(part: Node) -> Iterator[Change]:
    """The slopes of tanh and of the logistic function, written with what they give, taken for one another."""
    text = "This is the derivative of another activation."
    match part:
        case Sum((Number(_, one), Negative(Power(base, Number(_, two))))) if one == 1 and two == 2:
            yield Product((base, _less(base)), part.span), "wrong-formula", text
        case Sum((Number(_, one), Negative(Name() as base))) if one == 1:
            shown = f"1 - {base.text}"
            yield _less(_squared(base)), "wrong-formula", f"{shown} stands where {shown}² belongs."
        case Product(factors):
            for factor in factors:
                less = complement(factor)
                twin = next((other for other in factors if less is not None and _alike(other, less)), None)
                if less is not None and twin is not None:
                    rest = tuple(other for other in factors if other is not factor and other is not twin)
                    yield _product(part, (*rest, _less(_squared(less)))), "wrong-formula", text


def _longer(member: Node) -> Iterator[Change]:
    """A factor more: a name of the formula, one less a name, or the slope of what gave it."""
    leaves: dict[str, Name] = {}
    for part in walk(member):
        if isinstance(part, Name):
            leaves.setdefault(part.text, part)
    factors = member.factors if isinstance(member, Product) else ()
    for text, leaf in leaves.items():
        slopes = Product((leaf, _less(leaf)), leaf.span, elementwise=True), _less(_squared(leaf))
        shown = text, f"1 - {text}", f"{text}(1 - {text})", f"1 - {text}²"
        for factor, words in zip((leaf, _less(leaf), *slopes), shown, strict=True):
            told = "missing-factor", f"The factor {words} is missing."
            yield Product((member, factor), member.span), *told
            for index, part in enumerate(factors):
                more = Product((part, factor), part.span, elementwise=True)
                yield _put(member, index, more), *told


def occurrences(tree: Node) -> Iterator[tuple[Node, Callable[[Node], Node]]]:
    """Every part of a tree, by its place in it, with what the whole is with another in that place."""
    yield tree, lambda other: other
    if isinstance(tree, Partial):
        return
    for index, below in enumerate(parts(tree)):
        for part, within in occurrences(below):
            yield part, _inside(tree, index, within)


def _inside(tree: Node, index: int, within: Callable[[Node], Node]) -> Callable[[Node], Node]:
    return lambda other: _put(tree, index, within(other))


def _put(tree: Node, index: int, other: Node) -> Node:
    places = iter(range(len(parts(tree))))
    return rebuilt(tree, lambda below: other if next(places) == index else below)


def _product(part: Product, factors: tuple[Node, ...]) -> Node:
    return replace(part, factors=factors) if len(factors) > 1 else factors[0]


def _squared(node: Node) -> Power:
    return Power(node, whole_number(2, node.span), node.span)


def _less(node: Node) -> Node:
    return Sum((whole_number(1, node.span), Negative(node, node.span)), node.span)


def _alike(one: Node, other: Node) -> bool:
    return isinstance(one, Name) and isinstance(other, Name) and one.text == other.text
