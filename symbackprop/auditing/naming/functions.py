"""What a letter stands for that a document uses as a function: f, g, φ; σ where it is not the logistic function."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from symbackprop.auditing.mathematics.statements import Chain, Mention, Statement, Statements
from symbackprop.auditing.mathematics.tree import Call, Name, Node, Number, Partial, rebuilt, walk
from symbackprop.auditing.naming.activations import LEAKY, TABLE, Activation, activations
from symbackprop.auditing.values import Leaf, NoValueError, Value, ball, evaluate
from symbackprop.expressions.functions import FUNCTIONS
from symbackprop.network.graph import Graph

PLACES = (Fraction(37, 100), Fraction(-81, 100), Fraction(13, 10))  # at which two functions are compared


def with_functions(statements: Statements, graph: Graph) -> Statements:
    """The same statements with the network's functions in place of letters, as far as these are known.

    A letter is known by an equation that defines it or its derivative, f(x) = tanh(x), ∂g(x)/∂x = 1 - tanh²(x), or
    because the network has one activation that the document does not call by its own name. A leaky ReLU has the slope
    below zero that the network's own has: 0.01 by custom, 0.1 or 0.2 where it is so.
    """
    called = {call.function: None for tree in _trees(statements) for call in walk(tree) if isinstance(call, Call)}
    letters = tuple(filter(_is_letter, called))
    if not letters and LEAKY not in called:
        return statements
    used = activations(graph)
    meanings = dict(_defined(statements, (*used, *TABLE)))
    leaky = [one for one in used if one.name == LEAKY]
    if len(leaky) == 1:
        meanings[LEAKY] = leaky[0]
    named = {*called, *(one.name for one in meanings.values())}
    left = [one for one in used if one.name not in named] or used
    if len(left) == 1:
        several = _several(statements)
        for letter in letters:
            if letter not in several:
                meanings.setdefault(letter, left[0])
    return Statements(statements.blocks, tuple(_with(one, meanings) for one in statements.statements))


def _is_letter(function: str) -> bool:
    return function not in FUNCTIONS and len(function) == 1


def _trees(statements: Statements) -> Iterator[Node]:
    for statement in statements.statements:
        match statement:
            case Chain(members):
                yield from members
            case Mention(value):
                yield value


def _several(statements: Statements) -> frozenset[str]:
    """The letters by which a document calls several functions: f(x) = 1/x, f(x) = exp(x)."""
    found: dict[str, list[tuple[Node, Name]]] = {}
    for statement in statements.statements:
        match statement:
            case Chain((Call(letter, (Name() as argument,), _, 0), formula, *_)) if _is_letter(letter):
                found.setdefault(letter, []).append((formula, argument))
    return frozenset(
        letter
        for letter, read in found.items()
        if any(
            one[1].text == other[1].text and not agree(one[0], other[0], one[1].text)
            for one, other in pairwise(read)
            if agree(one[0], one[0], one[1].text) and agree(other[0], other[0], other[1].text)
        )
    )


def _defined(statements: Statements, known: tuple[Activation, ...]) -> Iterator[tuple[str, Activation]]:
    """(letter, function) for each letter that an equation defines."""
    for statement in statements.statements:
        if not isinstance(statement, Chain):
            continue
        match statement.members[0]:
            case Call(letter, (Name() as argument,), _, primes) if _is_letter(letter) and primes <= 1:
                yield from _matching(letter, argument, primes, statement.members[1:], known)
            case Partial(Call(letter, (Name() as argument,), _, 0), Name()) if _is_letter(letter):
                yield from _matching(letter, argument, 1, statement.members[1:], known)


def _matching(
    letter: str, argument: Name, primes: int, formulas: tuple[Node, ...], known: tuple[Activation, ...]
) -> Iterator[tuple[str, Activation]]:
    for formula in formulas:
        for activation in known:
            claimed = activation.of(argument, argument.span, primes)
            if agree(_renamed(formula, {letter: activation}), claimed, argument.text):
                yield letter, activation
                return


def agree(one: Node, other: Node, variable: str) -> bool:
    """Whether two functions of a variable are worth the same at some places."""
    try:
        return all(evaluate(one, _at(x, variable)).overlaps(evaluate(other, _at(x, variable))) for x in PLACES)
    except (NoValueError, AttributeError):
        return False


def _at(place: Fraction, variable: str) -> Leaf:
    def stands(node: Number | Name | Partial) -> Value:
        match node:
            case Number():
                return ball(node.value)
            case Name() if node.text == variable:
                return ball(place)
        raise NoValueError("another name")

    return stands


def _with(statement: Statement, meanings: Mapping[str, Activation]) -> Statement:
    match statement:
        case Chain():
            return replace(statement, members=tuple(_renamed(member, meanings) for member in statement.members))
        case Mention():
            return replace(statement, value=_renamed(statement.value, meanings))
    return statement


def _renamed(tree: Node, meanings: Mapping[str, Activation]) -> Node:
    changed = rebuilt(tree, lambda part: _renamed(part, meanings))
    if isinstance(changed, Call) and len(changed.arguments) == 1 and changed.function in meanings:
        return meanings[changed.function].of(changed.arguments[0], changed.span, changed.primes)
    return changed
