"""A vector that is printed without a formula, as the activation of another: ŷ = softmax(z) by its numbers."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from fractions import Fraction
from itertools import islice

from symbackprop.auditing.documents.source import Span
from symbackprop.auditing.inference.agreement import agrees
from symbackprop.auditing.inference.analogy import made
from symbackprop.auditing.inference.evidence import Evidence, Given, figures, given
from symbackprop.auditing.inference.forms import keys
from symbackprop.auditing.inference.words import is_backward, is_parameter
from symbackprop.auditing.mathematics.tree import Call, Entries, Name, Node, Quotient, Sum

SIZE = 50  # entries
BEFORE = 20  # vectors that are tried for one
_FIGURES = 2  # digits by which a share is known
_HERE = Span(0, 0)


def activated(
    formulas: Mapping[str, Node], evidence: Evidence, functions: Collection[str]
) -> Iterator[tuple[str, Node]]:
    """(vector, formula) for each printed vector that one function of one vector before it comes to, entry by entry."""
    before: list[tuple[str, list[Given]]] = []
    for head, entries in evidence.results.items():
        numbers = _numbers(entries)
        name = evidence.name(head)
        if numbers is None or is_backward(name) or is_parameter(name):
            continue
        if head in formulas:
            before.append((head, numbers))
            continue
        used = {held for formula in formulas.values() if isinstance(formula, Call) for held in keys(formula)}
        fitting = [
            Call(function, (made(evidence.name(net)),), _HERE)
            for net, below in before[-BEFORE:]
            if len(below) == len(numbers) and net not in used
            for function in functions
            if _leads(function, below, numbers)
        ]
        if len(fitting) == 1:
            yield head, fitting[0]


def shared_out(formulas: Mapping[str, Node], evidence: Evidence) -> Iterator[tuple[str, Node]]:
    """(quantity, formula) for each of p_1, p_2, ... whose numbers are the softmax of those of z_1, z_2, ..."""
    groups: dict[str, dict[int, str]] = {}
    for head in evidence.printed:
        stem, number = evidence.unit(head)
        if number is not None and not is_backward(evidence.name(head)) and not is_parameter(evidence.name(head)):
            groups.setdefault(stem, {}).setdefault(number, head)
    below = {stem: group for stem, group in groups.items() if all(head in formulas for head in group.values())}
    for stem, group in groups.items():
        if stem in below or not 1 < len(group) <= SIZE:
            continue
        above = [evidence.printed[head] for head in group.values()]
        if any(figures(number.text) < _FIGURES for number in above):
            continue
        fitting = [
            [nets[number] for number in group]
            for nets in islice(below.values(), BEFORE)
            if nets.keys() == group.keys()
            and _leads("softmax", [evidence.printed[nets[number]] for number in group], above)
        ]
        if len(fitting) == 1:
            exponentials = [Call("exp", (made(evidence.name(net)),), _HERE) for net in fitting[0]]
            for head, one in zip(group.values(), exponentials, strict=True):
                yield head, Quotient(one, Sum(tuple(exponentials), _HERE), _HERE)


def _numbers(entries: Entries) -> list[Given] | None:
    """The numbers of a vector; None where it has other entries or is a matrix."""
    nodes = [node for row in entries.rows for node in row]
    numbers = [number for node in nodes if (number := given(node)) is not None]
    vector = len(entries.rows) == 1 or all(len(row) == 1 for row in entries.rows)
    return numbers if vector and 1 < len(numbers) == len(nodes) <= SIZE else None


def _leads(function: str, below: list[Given], above: list[Given]) -> bool:
    """Whether a function of numbers makes others, to the printed places."""
    names = [Name(f"v{index}", _HERE) for index in range(len(below))]
    values = {name.base: number.value for name, number in zip(names, below, strict=True)}
    exponentials = tuple(Call("exp", (name,), _HERE) for name in names)
    for name, number in zip(names, above, strict=True):
        formula: Node = Call(function, (name,), _HERE)
        if function == "softmax":
            formula = Quotient(Call("exp", (name,), _HERE), Sum(exponentials, _HERE), _HERE)
        if not agrees(formula, values, number, Fraction(0)):
            return False
    return True
