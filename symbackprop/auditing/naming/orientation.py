"""Which way matrices lie: the weight from i to j in row j, or in row i; an example as a column, or as a row."""

from __future__ import annotations

from symbackprop.auditing.mathematics.tree import Entries, Node, Transpose
from symbackprop.auditing.naming.definitions import Definitions
from symbackprop.auditing.naming.spellings import Spellings
from symbackprop.auditing.naming.vocabulary import Found
from symbackprop.auditing.naming.worth import Worth
from symbackprop.network.graph import Graph


def turned_names(graph: Graph, spellings: Spellings, definitions: Definitions, worth: Worth) -> frozenset[str]:
    """The quantities whose matrices lie the other way than their indices say.

    A document shows it by the given matrices that it prints, the weights for themselves, the inputs for all that there
    is of every example. One that lies the other way beside one that does not is a slip.
    """
    parameters, inputs = frozenset(graph.parameters), frozenset(graph.inputs)
    met: dict[frozenset[str], set[bool]] = {parameters: set(), inputs: set()}
    for definition in definitions.every():
        match = spellings.of(definition.subject)
        if match is None or definition.printed is None or not is_matrix(match.found):
            continue
        for kind, votes in met.items():
            if kind.issuperset(match.found.names):
                ways = [_prints(definition.printed, found, worth) for found in (match.found, turned(match.found))]
                votes.update([ways[1]] if any(ways) and not all(ways) else [])
    found = parameters if met[parameters] == {True} else frozenset()
    return found | frozenset(set(graph.names) - parameters) if met[inputs] == {True} else found


def is_matrix(found: Found) -> bool:
    """Whether there are several rows and several columns."""
    return len(found.rows) > 1 and len(found.rows[0]) > 1


def turned(found: Found) -> Found:
    """The transpose."""
    return Found(tuple(zip(*found.rows, strict=True)))


def _prints(printed: Node, found: Found, worth: Worth) -> bool:
    match printed:
        case Entries(rows):
            shape = len(rows), len(rows[0])
        case Transpose(Entries(rows)):
            shape = len(rows[0]), len(rows)
        case _:
            return False
    return shape == found.shape and worth.agrees(printed, found)
