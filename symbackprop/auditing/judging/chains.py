"""A chain of equations, judged link by link."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from symbackprop.auditing.judging.compared import Before, as_printed
from symbackprop.auditing.judging.constants import ways
from symbackprop.auditing.judging.context import Context, decimals
from symbackprop.auditing.judging.draft import Draft
from symbackprop.auditing.judging.formulas import compared
from symbackprop.auditing.judging.identities import Holds, Side, free_variables, holds_as_given, identical
from symbackprop.auditing.judging.matrices import makes_transpose
from symbackprop.auditing.judging.nameless import is_formula, judge_nameless
from symbackprop.auditing.judging.numbers import BEYOND, Signed, as_written, is_extreme, results, shortly, signed
from symbackprop.auditing.judging.operands import misplaced, taken_over
from symbackprop.auditing.judging.results import judge_result
from symbackprop.auditing.judging.subject import Line, is_mixed, label, lines
from symbackprop.auditing.judging.view import Used
from symbackprop.auditing.mathematics.alignment import is_numeric
from symbackprop.auditing.mathematics.statements import Chain, Sign
from symbackprop.auditing.mathematics.tree import Name, Node, Omitted, Partial, Sum
from symbackprop.auditing.report import Explanation, Verdict
from symbackprop.auditing.values import Grid, NoValueError, Value


def judge_chain(context: Context, chain: Chain, *, supposed: bool = False) -> list[Draft]:
    """The verdicts on a chain, under the reading of it that leaves the least to accuse."""
    if any(is_extreme(member) for member in chain.members):
        return [Draft(chain.span, Verdict.UNDECIDED, BEYOND)]
    best: tuple[tuple[int, ...], list[Draft]] | None = None
    failed: NoValueError | None = None
    for order, line in enumerate(lines(context, chain, supposed=supposed)):
        try:
            drafts = _Walk(line).drafts()
        except NoValueError as error:
            failed = failed or error
            continue
        wrong, inherited, undecided, carried = weight(drafts)
        untimely = len(line.put_in.untimely) if inherited else 0
        if line.subject.is_computed(context) and line.view.after == context.present and not untimely:
            inherited = sum(draft.verdict is Verdict.INHERITED and not draft.blamed for draft in drafts)
            # what goes on from a fault is not meant of another time
        if best is not None and line.view.choices and undecided > best[0][3]:
            continue  # to read a name otherwise, and then not to know what it is worth, decides nothing
        placed = (wrong, inherited, untimely, undecided, carried, order)
        if best is None or placed < best[0]:
            best = placed, drafts
        if placed[:2] == (0, 0):
            break
    if best is None and failed is not None:
        raise failed
    last = chain.members[-1]
    open_ended = not (is_numeric(last) or chain.headless) and len(chain.members) > 1
    context.stated = (label(chain.members[0]), last) if open_ended else None
    return [_unless_added(draft, chain) for draft in best[1]] if best else []


def _unless_added(draft: Draft, chain: Chain) -> Draft:
    """`draft`, but for an accusation of what is added to a quantity: p -= 1 does not say that p is -1."""
    if draft.verdict is not Verdict.WRONG or Sign.INCREASED not in chain.signs[:1]:
        return draft
    added = chain.members[-1 if chain.headless else 1].span
    if not (added.start <= draft.span.start and draft.span.end <= added.end):
        return draft
    return Draft(
        draft.span, Verdict.UNDECIDED, "what is added to a quantity is not what it is", quantity=draft.quantity
    )


def weight(drafts: Sequence[Draft]) -> tuple[int, int, int, int]:
    """How much is said against a chain, the worst first."""
    order = (Verdict.WRONG, Verdict.INHERITED, Verdict.UNDECIDED, Verdict.CARRIED)
    wrong, inherited, undecided, carried = (sum(draft.verdict is verdict for draft in drafts) for verdict in order)
    return wrong, inherited, undecided, carried


class _Walk:
    """A walk along the members of a chain, under one reading of it."""

    def __init__(self, line: Line) -> None:
        self.line = line
        self.context = line.context
        self.subject = line.subject
        self.stated = self._stated()
        self.formula = self.stated  # the last member in names
        self.expressions: tuple[Node, ...] = ()  # the members with numbers put in that hang together
        self.broken: Node | None = None  # the last formula, where it is not equal to what the chain is about
        self.found: list[Draft] = []

    def drafts(self) -> list[Draft]:
        """The verdicts, in the order of the members."""
        chain = self.line.chain
        named = not chain.headless and isinstance(chain.members[0], Name | Partial)
        for member in chain.members[1:] if named else chain.members:
            self._take(member)
        if self.expressions and not self.found:
            text = "nothing is printed to compare it with"
            self.found.append(Draft(self.expressions[-1].span, Verdict.UNDECIDED, text, quantity=self.subject.quantity))
        return self.found

    def _stated(self) -> Node | None:
        """The formula of the chain before, where that is about the same and ends with it: z = w x, z = 0.2 * 0.5."""
        stated = self.context.stated
        first = self.line.chain.members[0]
        if stated is None or stated[0] != label(first) or not label(first):
            return None
        return None if any(side.tree is stated[1] for _, side, _ in self.context.broken) else stated[1]

    def _take(self, member: Node) -> None:
        printed = results(member)
        if isinstance(member, Omitted):
            self.formula, self.expressions = None, ()
        elif printed is not None:
            self._result(member, printed)
        elif self._is_first() and is_mixed(member) and (found := self._ways(member)):
            self._exact(found)
        elif is_numeric(member) or is_mixed(member):
            self._numbers(member)
        else:
            self._identity(member)

    def _is_first(self) -> bool:
        """Whether nothing stands yet between what the chain is about and the next member."""
        return self.formula is self.stated or self.formula is self.line.chain.members[0]

    def _result(self, member: Node, printed: tuple[tuple[Signed, ...], ...]) -> None:
        if len({len(row) for row in printed}) != 1:
            text = "its rows are of different lengths"
            self.found.append(Draft(member.span, Verdict.UNDECIDED, text, quantity=self.subject.quantity))
            return
        if self.formula is not None and makes_transpose(self.line, self.formula, (len(printed), len(printed[0]))):
            self.found = [self._turned_round(draft) for draft in self.found]
        told = (draft for draft in self.found if draft.operand or draft.numbers)
        accused = tuple(draft for draft in told if draft.verdict is Verdict.WRONG)
        before = Before(self.formula, self.expressions, accused, self.broken)
        drafts = judge_result(self.line, before, printed)
        if any(draft.verdict is Verdict.WRONG and draft.result in _flat(printed) for draft in drafts):
            self.found = [draft for draft in self.found if draft not in accused]  # one fault is told once
        elif any(draft.verdict is Verdict.CORRECT and not _follows(draft) for draft in drafts):
            self.found = [replace(draft, doubtful=False) if draft in accused else draft for draft in self.found]
        self.found += drafts
        if not self.expressions:
            self.expressions = (member,)

    def _turned_round(self, draft: Draft) -> Draft:
        """The draft on the last formula, which makes the transpose of what is printed."""
        if self.formula is None or draft.span != self.formula.span or draft.verdict is not Verdict.CORRECT:
            return draft
        text = "its rows are the columns of what is printed"
        told = Explanation("transposed", 1, "What it makes is the transpose of the matrix that is printed.")
        return replace(draft, verdict=Verdict.WRONG, message=text, told=(told,))

    def _numbers(self, member: Node) -> None:
        """An expression with numbers put in: do they belong there, does it follow from the one before it."""
        trusted = self.formula if self.formula is not self.broken else None  # no number is held against a wrong formula
        faults = misplaced(self.line, trusted, member) if trusted is not None else []
        self.found += faults
        if self.expressions:
            taken_over(self.line, self.expressions[-1], member)
        if not is_numeric(member):
            self.formula = member
        elif faults or not self._breaks(member):
            self.expressions = (*self.expressions, member)

    def _breaks(self, member: Node) -> bool:
        """Judges whether an expression follows from the one before it; whether it is itself at fault."""
        if not self.expressions:
            return False
        last = self.expressions[-1]
        before, now = self._made(last), self._made(member, behind=last)
        if before is None or now is None or isinstance(before, Grid) or isinstance(now, Grid) or before.overlaps(now):
            return False
        one, other = self._made(last, faults=True), self._made(member, faults=True, behind=last)
        if one is not None and other is not None and one.overlaps(other):
            return False
        first_is_right = self._is_true(before) or not self._is_true(now)
        culprit, beside = (member, last) if first_is_right else (last, member)
        self._accuse(culprit, beside, *((now, before) if first_is_right else (before, now)))
        if not first_is_right:
            self.expressions = ()
        return first_is_right

    def _accuse(self, culprit: Node, beside: Node, makes: Value, due: Value) -> None:
        """An expression that does not come to what stands beside it; where one term is at fault, that term."""
        wrong, right = self._term(culprit, beside)
        printed = signed(wrong)
        case = self.line.case(wrong, expression=culprit)
        if printed is not None and right is not None:
            case = replace(case, printed=printed.value, unit=printed.unit, due=right, quantity=None)
        else:
            case = replace(case, due=due)
        known = printed is not None and right is not None
        one, other = as_printed(culprit), as_printed(beside)
        self.found.append(
            Draft(
                wrong.span,
                Verdict.WRONG,
                f"these numbers make {shortly(makes if one is None else one)}, "
                f"and what stands beside them {shortly(due if other is None else other)}",
                result=printed if known else None,
                quantity=self.subject.quantity,
                exact=right if known else due,
                from_printed=makes if not known else None,
                cases=(case,),
                numbers=True,
                repairs=((wrong.span, as_written(right, printed)),) if known and printed is not None else (),
            )
        )

    def _term(self, culprit: Node, beside: Node) -> tuple[Node, Value | None]:
        """(the one term that differs from what stands beside it, its due value); else the whole, and None."""
        match culprit, beside:
            case Sum(ones), Sum(others) if len(ones) == len(others):
                pairs = [
                    (one, self._made(one, behind=beside), self._made(other))
                    for one, other in zip(ones, others, strict=True)
                ]
                apart = [
                    (one, due)
                    for one, made, due in pairs
                    if made is not None and due is not None and not isinstance(due, Grid) and not made.overlaps(due)
                ]
                if len(apart) == 1:
                    return apart[0]
        return culprit, None

    def _made(self, member: Node, *, faults: bool = False, behind: Node | None = None) -> Value | None:
        try:
            return self.line.by_hand(member, Used(), faults=faults, behind=behind)
        except NoValueError:
            return None

    def _is_true(self, value: Value) -> bool:
        """Whether a value may be that of what the chain is about."""
        scalar = self.subject.scalar
        exact = self.context.known(scalar) if scalar is not None else None
        return exact is not None and bool(value.overlaps(exact))

    def _identity(self, member: Node) -> None:
        """A formula: is it equal to what the chain is about."""
        side = self._side()
        if self.subject.defined_here and member is self.subject.tree:
            text = f"taken for what the document means by {self.subject.name}, which the network does not have"
            self.found.append(Draft(member.span, Verdict.UNDECIDED, text, quantity=self.subject.name))
        elif side is not None and side.tree is not member:
            wrong = any(one.verdict is Verdict.WRONG for one in self.found)
            draft = compared(self.line, member, side, self.formula if wrong else None)
            self.found.append(draft)
            told = draft.verdict in (Verdict.WRONG, Verdict.INHERITED) and not draft.doubtful
            self.broken = member if told else None
        elif self.subject.name:
            text = f"{self.subject.name} is no quantity of the network"
            self.found.append(Draft(member.span, Verdict.UNDECIDED, text, quantity=self.subject.name))
        elif self.line.chain.headless and self.formula is None and is_formula(member):
            draft = judge_nameless(self.context, member)
            if draft.verdict is not Verdict.UNDECIDED or len(self.line.chain.members) == 1:
                self.found.append(draft)
        self.formula = member

    def _ways(self, member: Node) -> tuple[Node, ...]:
        """The readings of a formula with decimals that nobody has rounded; () where some may be, for all that is known.

        With rounded ones it would not be equal to what it is said to be, as with the slope 0.01 of a leaky relu it is.
        """
        chain, side = self.line.chain, self._side()
        if chain.headless or is_numeric(member):
            return ()
        if found := ways(self.context, chain.members[0], member):
            return found
        own = self.line.side(member)
        holds = side is not None and identical(self.context, own, side, Used()) is Holds.YES
        return (member,) if holds else ()

    def _exact(self, found: Sequence[Node]) -> None:
        """A formula with decimals that are no rounded numbers, under the first of its readings that holds."""
        before, made = self.found, []
        for way in found:
            self.found, self.formula = [], None
            self._identity(way)
            made.append([replace(draft, doubtful=True) for draft in self.found])
            if not weight(self.found)[0]:
                break
        best = min(made, key=weight)
        side = self._side()
        if weight(best)[0] and side is not None and holds_as_given(self.context, self.line.side(found[-1]), side):
            best = [replace(draft, verdict=Verdict.CORRECT, message="it holds at the given numbers") for draft in best]
        if not weight(best)[0]:
            self.line.put_in.constants.update(decimals(found[-1]))
        self.found = [*before, *best]
        self.formula = found[0]

    def _side(self) -> Side | None:
        """What the formulas of the chain have to equal."""
        if self.subject.rows:
            return Side(quantities=self.subject.rows)
        tree = self.formula if self.subject.defined_here or self.subject.tree is None else self.subject.tree
        if tree is None:
            return None
        return Side(tree=tree, view=replace(self.line.view, free=free_variables(tree)))


def _follows(draft: Draft) -> bool:
    """Whether a result follows from the numbers put in, as far as they are known."""
    made, result = draft.from_printed, draft.result
    return made is None or result is None or bool(made.overlaps(result.ball))


def _flat(printed: tuple[tuple[Signed, ...], ...]) -> list[Signed]:
    return [entry for row in printed for entry in row]
