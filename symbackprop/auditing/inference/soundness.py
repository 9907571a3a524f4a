"""Whether what a document prints bears out the network that was read from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import flint

from symbackprop.auditing.inference.evidence import Evidence, Given, given
from symbackprop.auditing.inference.indices import Indices
from symbackprop.auditing.inference.spelling import key_of
from symbackprop.checking.balls import Balls
from symbackprop.checking.interpretation import Interpretation
from symbackprop.errors import SymbackpropError
from symbackprop.expressions.numerals import last_place
from symbackprop.network.graph import Definition
from symbackprop.network.problem import Problem

UNITS = 5  # of the last printed place by which a value may be off, rounded as its operands are
RELATIVE = 500  # or the part of the value


def bears_out(evidence: Evidence, problem: Problem) -> bool:
    """Whether at least half the printed values that can be held against their own equations agree with them.

    The same holds of those alone that are made with parameters, if two or more of them do not: activations and sums of
    errors agree with what is printed before them whatever the weights are.
    Each is worked out from the values that are printed for what it rests on, or else from what these should be, so that
    one error of the document counts once. A network that was misread contradicts most of what is printed; an honest one
    with errors does not.
    """
    domain = Balls()
    everything = _printed(evidence)
    given = {name: domain.number(value) for name, value in problem.exact_values().items()}
    as_printed, as_due = dict(given), dict(given)
    agreeing, contradicted = Counter[bool](), Counter[bool]()  # by whether they are made with parameters
    parameters = set(problem.graph.parameters)
    with flint.ctx.workprec(128):
        for definition in problem.graph.definitions:
            printed = everything.get(key_of(definition.name))
            values = [_value(definition, domain, worth) for worth in (as_printed, as_due)]
            for worth, value in zip((as_printed, as_due), values, strict=True):
                if value is not None:
                    worth[definition.name] = value
            if printed is None:
                continue
            as_printed[definition.name] = domain.number(printed.value)
            as_due.setdefault(definition.name, as_printed[definition.name])
            known = [value for value in values if value is not None]
            weighted = not parameters.isdisjoint(definition.uses)
            if any(_is_near(value, printed) for value in known):
                agreeing[weighted] += 1
            elif known:
                contradicted[weighted] += 1
    misread = contradicted[True] > max(1, agreeing[True])
    return agreeing.total() >= contradicted.total() and not misread


def _value(definition: Definition, domain: Balls, worth: Mapping[str, flint.arb]) -> flint.arb | None:
    """What a definition makes; None where it cannot be told."""
    try:
        return Interpretation(domain, worth).value(definition.expression)
    except (SymbackpropError, ArithmeticError, KeyError, ValueError):
        return None


def _printed(evidence: Evidence) -> dict[str, Given]:
    """What is printed, by the keys of names; of vectors and matrices, entry by entry."""
    found = {}
    indices = Indices(evidence)
    for head, entries in (*evidence.grids.items(), *evidence.results.items()):
        names = indices.names(head, (len(entries.rows), min(map(len, entries.rows))))
        for row, numbers in zip(names, entries.rows, strict=True):
            found.update(
                {key_of(name): number for name, node in zip(row, numbers, strict=False) if (number := given(node))}
            )
    return found | evidence.printed


def _is_near(value: flint.arb, printed: Given) -> bool:
    slack = max(UNITS * last_place(printed.text), abs(printed.value) / RELATIVE)
    wanted = Balls().number(printed.value)
    return bool(abs(value - wanted) < Balls().number(slack))
