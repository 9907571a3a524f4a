"""Draft: a verdict on one printed number or one identity, before it has its place in the audit."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from symbackprop.auditing.causes.case import Case
from symbackprop.auditing.documents.source import Span
from symbackprop.auditing.judging.identities import Side
from symbackprop.auditing.judging.numbers import Signed
from symbackprop.auditing.mathematics.tree import Node
from symbackprop.auditing.report import Explanation, Verdict
from symbackprop.auditing.truth import Quantity
from symbackprop.evaluation.enclosure import Ball


@dataclass(frozen=True, slots=True)
class Draft:
    """What is said of a number or an identity.

    `result` is the printed number, None for an identity; `quantity` what it is printed for (a name of the document's
    own where it is none of the network's, "" where nothing is named). `from_printed` holds what the numbers put in may
    make, `literal` what they make as they are printed. `blamed` are the claims whose fault it has.
    `cases` are the ways to look at the fault for whoever searches for its cause, `told` what is already known of it;
    where `doubtful`, it is a fault only if a cause is found. `repairs` are texts that should stand in place of what is
    printed, and where; `needless` is what goes on from there and is left out then. `operand` says that it is a number
    put in, `numbers` an expression of numbers, `broken` that it is a formula which is not equal to a quantity, `near`
    that rounding which is not shown may make the number: a hand may go on with it. `formula` is what is at fault if it
    is a formula; of one of vectors or matrices, `names` are its names, and `misfit` says that their shapes do not fit.
    """

    span: Span
    verdict: Verdict
    message: str
    result: Signed | None = None
    quantity: Quantity | str = ""
    exact: Ball = None
    from_printed: Ball = None
    literal: Ball = None
    blamed: frozenset[int] = frozenset()
    cases: tuple[Case, ...] = ()
    doubtful: bool = False
    guessed: bool = False  # what the claim is about; that another quantity is printed then speaks against the guess
    repairs: tuple[tuple[Span, str], ...] = ()
    needless: Span | None = None
    told: tuple[Explanation, ...] = ()
    operand: bool = False
    numbers: bool = False
    broken: tuple[Quantity | str, Side] | None = None
    near: bool = False
    formula: Node | None = None
    names: frozenset[str] = frozenset()
    misfit: bool = False
    noted: tuple[tuple[Quantity | str, Fraction, Fraction], ...] = field(default=())
