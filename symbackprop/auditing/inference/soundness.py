"""Whether what a document prints bears out the network that was read from it."""

from __future__ import annotations

import flint

from symbackprop.auditing.inference.evidence import Evidence, Given, given
from symbackprop.auditing.inference.indices import Indices
from symbackprop.auditing.inference.spelling import key_of
from symbackprop.checking.balls import Balls
from symbackprop.checking.interpretation import Interpretation
from symbackprop.errors import SymbackpropError
from symbackprop.expressions.numerals import last_place
from symbackprop.network.problem import Problem

UNITS = 5  # of the last printed place by which a value may be off, rounded as its operands are
RELATIVE = 500  # or the part of the value


def bears_out(evidence: Evidence, problem: Problem) -> bool:
    """Whether at least half the printed values that can be held against their own equations agree with them.

    Each is worked out from the values that are printed for what it rests on, so that one error of the document counts
    once. A network that was misread contradicts most of what is printed; an honest one with errors does not.
    """
    domain = Balls()
    everything = _printed(evidence)
    worth = {name: domain.number(value) for name, value in problem.exact_values().items()}
    agreeing = contradicted = 0
    with flint.ctx.workprec(128):
        for definition in problem.graph.definitions:
            printed = everything.get(key_of(definition.name))
            try:
                value = Interpretation(domain, worth).value(definition.expression)
            except (SymbackpropError, ArithmeticError, KeyError, ValueError):
                if printed is not None:
                    worth[definition.name] = domain.number(printed.value)
                continue
            if printed is None:
                worth[definition.name] = value
                continue
            worth[definition.name] = domain.number(printed.value)
            if _is_near(value, printed):
                agreeing += 1
            else:
                contradicted += 1
    return agreeing >= contradicted


def _printed(evidence: Evidence) -> dict[str, Given]:
    """What is printed, by the keys of names; of vectors and matrices, entry by entry."""
    found = {}
    indices = Indices(evidence)
    for head, entries in evidence.results.items():
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
