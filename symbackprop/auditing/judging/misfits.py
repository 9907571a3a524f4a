"""Formulas of vectors and matrices whose shapes do not fit: a slip in them, or names that are not what they seem.

A document that counts its layers otherwise than the network makes one formula after another that does not fit. So a
name is known by the formulas that hold with it, and doubted where it stands in one that does not fit, and in none that
holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from symbackprop.auditing.mathematics.tree import Name, Node, walk
from symbackprop.auditing.report import Judged, Verdict

DOUBT = "but it is not sure that its names are what they seem to be"


@dataclass(frozen=True, slots=True)
class Compared:
    """A formula of vectors or matrices: its claim, its names, and whether its shapes did not fit."""

    claim: int
    names: frozenset[str]
    misfit: bool


def names_of(*nodes: Node) -> frozenset[str]:
    """The names in trees."""
    return frozenset(part.text for node in nodes for part in walk(node) if isinstance(part, Name))


def settled(claims: Sequence[Judged], formulas: Iterable[Compared]) -> list[Judged]:
    """The claims, those of formulas in doubt, and what is told to inherit from them, undecided."""
    kept = tuple(formulas)
    good = [one.names for one in kept if claims[one.claim].verdict is Verdict.CORRECT]
    known = frozenset[str]().union(*good)
    refuted = frozenset[str]().union(*(one.names for one in kept if one.misfit)) - known
    doubted = {one.claim for one in kept if _is_doubted(claims[one.claim], one, known, refuted)}
    return [_undecided(claim) if at in doubted or claim.root in doubted else claim for at, claim in enumerate(claims)]


def _is_doubted(claim: Judged, formula: Compared, known: frozenset[str], refuted: frozenset[str]) -> bool:
    if claim.verdict is not Verdict.WRONG:
        return False
    if not formula.misfit:
        return not refuted.isdisjoint(formula.names)
    right = claim.explanations[0].right if claim.explanations else None
    return not formula.names <= known or (right is not None and not names_of(right) <= known)


def _undecided(claim: Judged) -> Judged:
    text = f"{claim.message}; {DOUBT}"
    return replace(claim, verdict=Verdict.UNDECIDED, message=text, explanations=(), corrected="", root=None)
