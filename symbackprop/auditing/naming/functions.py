"""What a letter stands for that a document uses as a function: f, g, φ; σ where it is not the logistic function."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from symbackprop.auditing.mathematics.statements import Chain, Mention, Statement, Statements
from symbackprop.auditing.mathematics.tree import Call, Name, Node, Number, Partial, rebuilt, walk
from symbackprop.auditing.naming.activations import LEAKY, TABLE, Activation, activations, activations_by_net
from symbackprop.auditing.naming.reading import Reading
from symbackprop.auditing.values import Leaf, NoValueError, Value, ball, evaluate
from symbackprop.expressions.functions import FUNCTIONS
from symbackprop.network.graph import Graph

Readings = Callable[[Name | Partial], tuple[Reading, ...]]

PLACES = (Fraction(37, 100), Fraction(-81, 100), Fraction(13, 10))  # at which two functions are compared


def with_functions(statements: Statements, graph: Graph) -> Statements:
    """The same statements with the functions in place of the letters that equations of the document define.

    As f(x) = tanh(x) does, or ∂g(x)/∂x = 1 - tanh²(x). A leaky ReLU has the slope below zero that the network's own
    has: 0.01 by custom, 0.1 or 0.2 where it is so.
    """
    used = activations(graph)
    meanings = dict(_defined(statements, (*used, *TABLE)))
    leaky = [one for one in used if one.name == LEAKY]
    if len(leaky) == 1:
        meanings[LEAKY] = leaky[0]

    def changed(node: Node) -> Node:
        return _renamed(node, meanings)

    return _with(statements, changed) if meanings else statements


def has_letters(statements: Statements) -> bool:
    """Whether a letter is left that a document uses as a function."""
    return any(map(_is_letter, _called(statements)))


def with_letters(statements: Statements, readings: Readings, graph: Graph) -> Statements:
    """The statements with the activations of units in place of such letters.

    Of f(z_1) it is that of the unit whose net input z_1 is, of a vector the one that all its units have. Where that
    does not say it, it is the one activation of the network that the document does not call by its own name.
    """
    by_net = activations_by_net(graph)
    used, called, several = activations(graph), _called(statements), _several(statements)
    left = [one for one in used if one.name not in called] or used

    def meant(argument: Node) -> Activation | None:
        reading = next(iter(readings(argument)), None) if isinstance(argument, Name) else None
        found = {by_net.get(quantity.name) for quantity in reading.entries} if reading is not None else set()
        activation = found.pop() if len(found) == 1 else None
        return activation or (left[0] if len(left) == 1 else None)

    def changed(node: Node) -> Node:
        node = rebuilt(node, changed)
        match node:
            case Call(letter, (argument,), span, primes) if _is_letter(letter) and letter not in several:
                if isinstance(argument, Number) and letter in graph.names:
                    return node  # the error of the second pass, E(2)
                activation = meant(argument)
                return activation.of(argument, span, primes) if activation is not None else node
        return node

    return _with(statements, changed)


def _called(statements: Statements) -> Mapping[str, None]:
    """The functions that a document calls by name or by letter, in reading order."""
    calls = (call for tree in _trees(statements) for call in walk(tree) if isinstance(call, Call))
    return {call.function: None for call in calls}


def _is_letter(function: str) -> bool:
    return function not in FUNCTIONS and len(function.partition("_")[0]) == 1


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


def _with(statements: Statements, change: Callable[[Node], Node]) -> Statements:
    changed: list[Statement] = []
    for statement in statements.statements:
        match statement:
            case Chain():
                changed.append(replace(statement, members=tuple(map(change, statement.members))))
            case Mention():
                changed.append(replace(statement, value=change(statement.value)))
            case _:
                changed.append(statement)
    return Statements(statements.blocks, tuple(changed))


def _renamed(tree: Node, meanings: Mapping[str, Activation]) -> Node:
    changed = rebuilt(tree, lambda part: _renamed(part, meanings))
    if isinstance(changed, Call) and len(changed.arguments) == 1 and changed.function in meanings:
        return meanings[changed.function].of(changed.arguments[0], changed.span, changed.primes)
    return changed
