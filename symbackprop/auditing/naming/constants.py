"""x̃ = [1, x]: a vector with the constant input of the biases before or behind its entries."""

from __future__ import annotations

from dataclasses import replace

from symbackprop.auditing.mathematics.tree import Entries, Name, Node, Number, Transpose
from symbackprop.auditing.naming.vocabulary import Found
from symbackprop.auditing.naming.worth import Worth


def with_constant(name: Name, printed: Node | None, worth: Worth) -> Node | None:
    """The vector that `name` is, where its letter without the accent is a vector of which it prints the numbers."""
    if isinstance(printed, Transpose):
        printed = printed.operand
    if not name.accent or not isinstance(printed, Entries) or 1 not in (len(printed.rows), len(printed.rows[0])):
        return None
    numbers = [entry for row in printed.rows for entry in row]
    for place in (0, len(numbers) - 1):
        one, others = numbers[place], numbers[:place] + numbers[place + 1 :]
        if not isinstance(one, Number) or one.value != 1:
            continue
        for reading in worth.readings(replace(name, accent="")):
            found = Found(tuple(tuple(quantity.name for quantity in row) for row in reading.rows))
            if reading.flat and worth.agrees(Entries((tuple(others),), printed.span), found):
                entries: list[Node] = [Name(quantity, name.span) for quantity in found.names]
                entries.insert(place, one)
                return Entries((tuple(entries),), printed.span, flat=True)
    return None
