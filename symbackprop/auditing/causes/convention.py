"""The ½ of a loss is dropped or added, a mean is taken for a sum."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from symbackprop.auditing.causes.cause import Candidate, Cause
from symbackprop.auditing.causes.edits import put
from symbackprop.auditing.causes.forms import LEAVES, Place, is_operand
from symbackprop.auditing.causes.ownwork import numeral, times
from symbackprop.auditing.causes.retraining import retrained
from symbackprop.auditing.causes.wording import tree_text
from symbackprop.auditing.mathematics.tree import Negative, Product, Quotient, Sum, walk

if TYPE_CHECKING:
    from symbackprop.auditing.causes.inquiry import Inquiry

UPDATE = 1.1  # changes, as which it counts in an update: the gradient is printed before it


def _search(inquiry: Inquiry) -> Iterator[Candidate]:
    for form in inquiry.forms:
        for place in form.places:
            if place.parent is not None and isinstance(place.parent.node, Product | Quotient | Negative):
                continue
            if not _is_of_loss(inquiry, place):
                continue
            for factor, mistake in _factors(len(inquiry.truth.problem.graph.targets)):
                needed = factor if form.forward else 1 / factor
                if place.firm and place.accepts([value * float(needed) for value in place.values]):
                    tree = put(form.tree, place.path, times(numeral(needed), place.node))
                    yield from inquiry.confirmed(
                        form,
                        tree,
                        mistake.format(tree_text(place.node)),
                        chance=4 * place.looseness,
                        changes=1 if inquiry.quantity is None or not inquiry.quantity.name.endswith("+") else UPDATE,
                    )
    yield from retrained(inquiry, "convention")


def _is_of_loss(inquiry: Inquiry, place: Place) -> bool:
    """Whether what stands at a place changes with the loss: an error, or what it is worked from, or a gradient."""
    names = {told.name for part in walk(place.node) if isinstance(part, LEAVES) and (told := inquiry.quantity_at(part))}
    targets = names & {*inquiry.truth.problem.graph.targets}
    if not is_operand(place.node) and (targets or names & inquiry.known.of_loss):
        return True
    if targets:
        return False
    subject = inquiry.quantity
    if place.parent is None:
        return subject is None or subject.name in inquiry.known.of_loss
    inner = place.node.operand if isinstance(place.node, Negative) else place.node
    step = isinstance(place.parent.node, Sum) and subject is not None and subject.name.endswith("+")
    return bool(names & inquiry.known.of_loss) or (step and not names and isinstance(inner, Product))


def _factors(outputs: int) -> Iterator[tuple[Fraction, str]]:
    """By what a convention changes a value, and how it is said."""
    yield Fraction(2), "{} is taken twice: the ½ of the loss is dropped"
    yield Fraction(1, 2), "{} is halved: a ½ of the loss is added"
    if outputs > 2:
        yield Fraction(1, outputs), f"{{}} is divided by the {outputs} outputs: a mean is taken for a sum"
        yield Fraction(outputs), f"{{}} is {outputs} times as large: a sum is taken for a mean over the outputs"
        yield (
            Fraction(2, outputs),
            f"{{}} is multiplied by 2/{outputs}: the mean of squares is taken for half their sum",
        )
        yield Fraction(outputs, 2), f"{{}} is multiplied by {outputs}/2: half the sum of squares for their mean"


CAUSE = Cause(
    code="convention",
    title="Another convention for the loss",
    what=(
        "The result belongs to a loss that differs by a constant: the ½ is dropped or added, a mean over n outputs"
        " is taken for a sum or a sum for a mean."
    ),
    why=(
        "(t - y)² has the derivative -2(t - y), and ½(t - y)² has -(t - y). Either may be declared, but the loss, "
        "its gradient and the updates have to belong together."
    ),
    example="E = (0.01 - 0.75136507)² = 0.549622167, declared as ½(t - y)²",
    right="E = ½ · (0.01 - 0.75136507)² = 0.274811084",
    search=_search,
)
