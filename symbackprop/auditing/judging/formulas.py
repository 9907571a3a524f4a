"""A formula that is said to be equal to something: whether it is, and if not, what is wrong with it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace

from symbackprop.auditing.causes.case import Case
from symbackprop.auditing.causes.relations import family
from symbackprop.auditing.judging.context import Context
from symbackprop.auditing.judging.draft import Draft
from symbackprop.auditing.judging.elided import is_turned
from symbackprop.auditing.judging.identities import Holds, Side, identical
from symbackprop.auditing.judging.known import free_value
from symbackprop.auditing.judging.matrices import changes
from symbackprop.auditing.judging.misfits import names_of
from symbackprop.auditing.judging.nameless import judge_nameless
from symbackprop.auditing.judging.numbers import shortly
from symbackprop.auditing.judging.repairs import relabelled, repaired
from symbackprop.auditing.judging.strays import without_strays
from symbackprop.auditing.judging.subject import Line
from symbackprop.auditing.judging.view import Used
from symbackprop.auditing.mathematics.tree import Name, Node, Product, negated, walk
from symbackprop.auditing.naming.reading import Strength
from symbackprop.auditing.report import Explanation, Verdict
from symbackprop.auditing.truth import Quantity
from symbackprop.auditing.values import Grid, NoValueError

NAMES = ("wrong-index", "wrong-quantity")  # slips by which shapes do not fit, whichever way matrices lie


def compared(line: Line, member: Node, side: Side, wrong: Node | None) -> Draft:
    """The verdict on a member of a chain that has to equal `side`; `wrong` is the formula before it, if at fault."""
    if not names_of(member) <= side.view.free:  # σ'(z) = a(1 - a) is said of this z
        side = replace(side, view=replace(side.view, free=frozenset()))
    own = Side(tree=member, view=replace(line.view, free=side.view.free))
    used = Used(strength=line.subject.strength)
    return _Comparison(line, member, own, side, used, wrong).draft()


@dataclass(frozen=True, slots=True)
class _Comparison:
    """A member as one `side` of an identity beside the other, and what finding out made use of."""

    line: Line
    member: Node
    own: Side
    side: Side
    used: Used
    wrong: Node | None

    @property
    def context(self) -> Context:
        """What is known."""
        return self.line.context

    def draft(self) -> Draft:
        """The verdict; what a later block begins with may belong to something else than the chain's head."""
        draft, chain = self._verdict(), self.line.chain
        if draft.verdict not in (Verdict.WRONG, Verdict.UNDECIDED) or not chain.joined:
            return draft
        if not any(self.member is one for one in chain.members[chain.joined :]):
            return draft
        alone = judge_nameless(self.context, self.member)
        return replace(draft, doubtful=True) if alone.verdict is Verdict.UNDECIDED else alone

    def _verdict(self) -> Draft:
        draft = Draft(self.member.span, Verdict.UNDECIDED, "", quantity=self.line.subject.quantity, formula=self.member)
        held = identical(self.context, self.own, self.side, self.used)
        if self.used.vectors or self.side.is_vector:
            names = names_of(self.line.chain.members[0], self.member)
            draft = replace(draft, names=names, misfit=held is Holds.UNKNOWN and self.used.misfit)
        match held:
            case Holds.YES:
                return replace(draft, verdict=Verdict.CORRECT, message="the identity holds")
            case Holds.UNKNOWN:
                return self._unknown(draft)
            case Holds.NO if self._repeats():
                text = "it is equal to the formula before it, which is wrong"
                return replace(draft, verdict=Verdict.INHERITED, message=text)
            case Holds.NO if (root := self._met_before()) is not None:
                text = "it repeats a formula that was found wrong"
                return replace(draft, verdict=Verdict.INHERITED, message=text, blamed=frozenset({root}))
        case = self._case()
        return replace(
            draft,
            verdict=Verdict.WRONG,
            message="it is not equal to what it is said to be",
            cases=(case,),
            doubtful=self.used.strength is Strength.GUESSED and not self.side.view.free,
            broken=(self.line.subject.quantity, self.own),
            told=self._repaired() or self._of_another(),
        )

    def _case(self) -> Case:
        """The fault, for whoever searches for its cause: at other numbers where not all of them are stated."""
        case, truth = self.line.case(self.member, formula=self.member), self.context.truth
        if truth is None or not truth.open:
            return case
        worth = self.line.worth
        value = lambda node, point: worth(node, point + 1)  # noqa: E731
        return replace(case, truth=truth.elsewhere, due=None, carried={}, value=value)

    def _unknown(self, draft: Draft) -> Draft:
        """The draft on what has no value; it may be known all the same that it is wrong."""
        rows, view = self.line.subject.rows, self.side.view
        if self.used.strength is not Strength.GUESSED and is_turned(self.context, self.member, rows, view):
            turned = Explanation(
                "sign", 1, "What is shown of it begins the chain rule with the other sign.", negated(self.member)
            )
            text = "whatever is left out, it is not equal to what it is said to be"
            return replace(draft, verdict=Verdict.WRONG, message=text, told=(turned,))
        if draft.misfit and (told := self._misspelt()):
            return replace(draft, verdict=Verdict.WRONG, message="its shapes do not fit each other", told=told)
        if label := self._relabelled():
            known = replace(draft, names=frozenset())  # the formula proves its names by what it is
            return replace(known, verdict=Verdict.WRONG, message="it is not what it is said to be", told=label)
        other, text = without_strays(self.context, self.member)
        if text and self._agree(replace(self.own, tree=other), self.side):
            typo = Explanation("typo", 1, text, other)
            return replace(draft, verdict=Verdict.WRONG, message="a letter is stuck to a name", told=(typo,))
        return replace(draft, message=self._why_unknown())

    @property
    def _is_of_vectors(self) -> bool:
        """Whether vectors or matrices are compared of which it is sure what they are."""
        return self.used.vectors and not self.used.unknown and self.used.strength is not Strength.GUESSED

    def _repaired(self) -> tuple[Explanation, ...]:
        """What is wrong with a formula for what is no one quantity: a vector, a matrix, the change of a parameter."""
        if self.used.unknown or self.used.strength is Strength.GUESSED:
            return ()
        if not (self.used.vectors or self.side.is_vector or self.line.subject.scalar is None):
            return ()
        more = changes(self.context, self.member, self.side.quantities) if self.side.is_vector else ()
        kin = self._kin() if self.line.subject.scalar is None else ()
        found = repaired(self.line.chain.members[0], self.member, self._holds, kin=kin, more=more)
        shown = (one if one.cause != "missing-paths" else replace(one, right=None) for one in found)
        return tuple(shown) or self._relabelled()  # a path that is left out is told in words alone

    def _kin(self) -> tuple[str, ...]:
        """The names of the network, as the document writes them, of the kinds of quantities in the formula."""
        names, truth = self.context.names, self.context.truth
        if names is None or truth is None:
            return ()
        kinds = {family(part.text) for part in walk(self.member) if isinstance(part, Name)}
        found = (names.spelt(Quantity(name)) or name for name in truth.problem.graph.names)
        return tuple(name for name in found if family(name) in kinds)

    def _misspelt(self) -> tuple[Explanation, ...]:
        """Which other name makes shapes fit, or which transpose, and the formula equal to what it is said to be.

        A `*` says nothing of how matrices are meant to be multiplied.
        """
        if not self._is_of_vectors:
            return ()
        more = changes(self.context, self.member, self.side.quantities) if self.side.is_vector else ()
        told = repaired(self.line.chain.members[0], self.member, self._holds, more=more)
        starred = any(isinstance(part, Product) and part.starred for part in walk(self.member))
        causes = NAMES if starred else (*NAMES, "transposed")
        return tuple(one for one in told if one.cause in causes)

    def _relabelled(self) -> tuple[Explanation, ...]:
        """That a formula for a vector or a matrix is that of another derivative than is said."""
        if not self._is_of_vectors:
            return ()
        first = self.line.chain.members[0]
        return relabelled(self.context, first, lambda other: self._agree(self.own, self.line.side(other)))

    def _holds(self, other: Node) -> bool:
        """Whether another formula in the place of the member is equal to what that is said to be."""
        return self._agree(replace(self.own, tree=other), self.side)

    def _agree(self, one: Side, other: Side) -> bool:
        return identical(self.context, one, other, Used()) is Holds.YES

    def _of_another(self) -> tuple[Explanation, ...]:
        """That a formula of a free variable is that of another function: what both are worth somewhere."""
        free = self.side.view.free
        if not free:
            return ()
        with suppress(NoValueError):
            made, due = (one.value(self.context, Used(), 0) for one in (self.own, self.side))
            if not isinstance(made, Grid) and not isinstance(due, Grid):
                at = ", ".join(f"{name} = {shortly(free_value(name, self.side.view, 0))}" for name in sorted(free))
                text = f"At {at} it makes {shortly(made)}, and should make {shortly(due)}."
                return (Explanation("wrong-formula", 1, text),)
        return ()

    def _repeats(self) -> bool:
        """Whether a formula is equal to the one before it, which was found wrong."""
        return self.wrong is not None and self._agree(self.own, self.line.side(self.wrong))

    def _met_before(self) -> int | None:
        """The claim in which the same formula was found wrong for the same quantity."""
        for quantity, side, claim in self.context.broken:
            if quantity == self.line.subject.quantity and self._agree(self.own, side):
                return claim
        return None

    def _why_unknown(self) -> str:
        if not self.used.unknown:
            return f"it cannot be compared: {self.used.reason}" if self.used.reason else "it cannot be compared"
        node = self.used.unknown[0]
        shown = node.text if isinstance(node, Name) else "a partial derivative"
        near = self.context.names.nearest(node) if self.context.names is not None else ()
        return f"{shown} is no quantity of the network" + (f"; the nearest: {', '.join(near)}" if near else "")
