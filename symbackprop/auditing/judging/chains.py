"""A chain of equations, judged link by link: what follows from what is put in, and what is true of the network."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

from symbackprop.auditing.causes.case import Case
from symbackprop.auditing.documents.source import Span
from symbackprop.auditing.judging.alignment import Pair, align, is_numeric
from symbackprop.auditing.judging.context import Context, Used
from symbackprop.auditing.judging.draft import Draft
from symbackprop.auditing.judging.identities import Holds, Side, identical, spread
from symbackprop.auditing.judging.numbers import Signed, as_written, results, signed
from symbackprop.auditing.mathematics.statements import Chain
from symbackprop.auditing.mathematics.tree import Name, Node, Number, Omitted, Partial, walk
from symbackprop.auditing.naming.reading import Reading, Strength
from symbackprop.auditing.report import Verdict
from symbackprop.auditing.truth import Quantity
from symbackprop.auditing.values import Grid, NoValueError, Value, ball, evaluate

SUBJECTS = 4  # readings of what a chain is about that are tried
WIDEST = 5  # units of the last place: where rounding alone moves a number further, that it fits says little


@dataclass(frozen=True, slots=True)
class Subject:
    """What a chain is about: quantities row by row, or a tree; `rows` and `tree` may both be empty."""

    rows: tuple[tuple[Quantity, ...], ...] = ()
    tree: Node | None = None
    name: str = ""
    strength: Strength = Strength.SPELT
    defined_here: bool = False

    @property
    def scalar(self) -> Quantity | None:
        """The one quantity, where it is one."""
        return self.rows[0][0] if len(self.rows) == 1 and len(self.rows[0]) == 1 else None


def judge_chain(context: Context, chain: Chain, *, hypothetical: bool = False) -> list[Draft]:
    """The verdicts on a chain, under the reading of it that leaves the least to accuse."""
    best: tuple[tuple[int, ...], list[Draft]] | None = None
    for order, (phase, subject) in enumerate(_readings(context, chain, hypothetical=hypothetical)):
        drafts = _Link(context, chain, phase, subject).drafts()
        cost = (*_weight(drafts), order)
        if best is None or cost < best[0]:
            best = cost, drafts
        if best[0][0] == 0 and best[0][1] == 0:
            break
    return best[1] if best else []


def _weight(drafts: Sequence[Draft]) -> tuple[int, int, int, int]:
    counts = [sum(1 for draft in drafts if draft.verdict is verdict) for verdict in Verdict]
    table = dict(zip(Verdict, counts, strict=True))
    return table[Verdict.WRONG], table[Verdict.INHERITED], table[Verdict.UNDECIDED], table[Verdict.CARRIED]


def _readings(context: Context, chain: Chain, *, hypothetical: bool) -> Iterator[tuple[int, Subject]]:
    """(phase, subject): the ways to read what a chain is about, the likeliest first."""
    first = chain.members[0]
    if hypothetical or chain.headless or context.truth is None:
        name = first.text if isinstance(first, Name) else ""
        yield 0, Subject(name=name)
        return
    for phase in (0, 1) if context.renewed else (0,):
        if isinstance(first, Name | Partial):
            name = first.text if isinstance(first, Name) else "a partial"
            found = context.readings(first, phase)
            for reading in found[:SUBJECTS]:
                yield phase, _subject(reading, name, chain)
            if not found:
                yield phase, Subject(name=name)
        else:
            yield phase, Subject(tree=None if is_numeric(first) else first)


def _subject(reading: Reading, name: str, chain: Chain) -> Subject:
    here = reading.body is not None and any(member is reading.body for member in chain.members)
    return Subject(reading.rows, reading.body, name, reading.strength, here)


class _Link:
    """One reading of a chain, and what is found in it member by member."""

    def __init__(self, context: Context, chain: Chain, phase: int, subject: Subject) -> None:
        self.context = context
        self.chain = chain
        self.subject = subject
        self.phase = self._phase(phase)
        self.formula: Node | None = None  # the last member in names
        self.expression: Node | None = None  # the last member with numbers put in
        self.checked: set[int] = set()  # expressions whose operands were looked at
        self.found: list[Draft] = []
        self.stands_for: dict[Span, Quantity] = {}

    def _phase(self, phase: int) -> int:
        """The phase of the names on the right: that of what is computed, unless it is a parameter made anew."""
        first = self.chain.members[0]
        scalar = self.subject.rows[0][0] if self.subject.rows else None
        if isinstance(first, Name) and first.updated and scalar is not None and self.context.truth is not None:
            trained = self.context.truth.problem.trained_parameters()
            return max(phase, scalar.after - 1) if scalar.name in trained else max(phase, scalar.after)
        return phase

    def drafts(self) -> list[Draft]:
        """The verdicts, in the order of the members."""
        members = self.chain.members
        start = 0 if self.chain.headless or not self._is_subject(members[0]) else 1
        for member in members[start:]:
            if isinstance(member, Omitted):
                self.formula = self.expression = None
                continue
            printed = results(member)
            if printed is not None:
                self._result(member, printed)
            elif is_numeric(member):
                self._numbers(member)
            elif self._is_mixed(member):
                self._mixed(member)
            else:
                self._formula(member, first=start == 0 and member is members[0])
        if start == 0 and self.expression is not None and not self.found and len(members) > 1:
            self._add(Draft(self.expression_span(), Verdict.UNDECIDED, "nothing is printed to compare it with"))
        return self.found

    def expression_span(self) -> Span:
        """Where the last expression stands."""
        return self.expression.span if self.expression is not None else self.chain.span

    def _is_subject(self, member: Node) -> bool:
        return isinstance(member, Name | Partial) or not is_numeric(member)

    def _is_mixed(self, member: Node) -> bool:
        return any(isinstance(part, Number) and part.unit < 1 for part in walk(member))

    def _add(self, draft: Draft) -> None:
        self.found.append(draft)

    # formulas

    def _side(self) -> Side | None:
        """What the formulas of the chain have to equal."""
        if self.subject.rows:
            return Side(quantities=self.subject.rows)
        if self.subject.tree is not None and not self.subject.defined_here:
            return Side(tree=self.subject.tree, after=self.phase)
        return Side(tree=self.formula, after=self.phase) if self.formula is not None else None

    def _formula(self, member: Node, *, first: bool) -> None:
        side = self._side()
        if first or (side is not None and side.tree is member):
            self.formula = member
            return
        if side is None:
            own = self.subject.defined_here or (self.subject.name and not self.subject.rows)
            text = "taken as what the document means by the name" if own else "what it stands for is not known"
            verdict = Verdict.CORRECT if self.subject.defined_here else Verdict.UNDECIDED
            self._add(Draft(member.span, verdict, text, quantity=self.subject.name))
            self.formula = member
            return
        self._compare(member, side)
        self.formula = member

    def _compare(self, member: Node, side: Side) -> None:
        used = Used(strength=self.subject.strength)
        holds = identical(self.context, Side(tree=member, after=self.phase), side, used)
        quantity: Quantity | str = self.subject.scalar or self.subject.name
        if holds is Holds.YES:
            self._add(Draft(member.span, Verdict.CORRECT, "the identity holds", quantity=quantity))
            return
        if holds is Holds.UNKNOWN:
            self._add(Draft(member.span, Verdict.UNDECIDED, self._why_unknown(used), quantity=quantity))
            return
        if self.formula is not None:
            before = Side(tree=self.formula, after=self.phase)
            if identical(self.context, Side(tree=member, after=self.phase), before, Used()) is Holds.YES:
                blamed = frozenset({-1 - len(self.found)})
                self._add(
                    Draft(
                        member.span,
                        Verdict.INHERITED,
                        "it follows from the formula before it, which is wrong",
                        quantity=quantity,
                        blamed=blamed,
                    )
                )
                return
        case = self._case(member, formula=member)
        self._add(
            Draft(
                member.span,
                Verdict.WRONG,
                "it is not equal to what it is said to be",
                quantity=quantity,
                cases=(case,),
                doubtful=used.strength is Strength.GUESSED,
            )
        )

    def _why_unknown(self, used: Used) -> str:
        if not used.unknown:
            return "its value could not be had"
        node = used.unknown[0]
        shown = node.text if isinstance(node, Name) else "a partial"
        near = self.context.names.nearest(node) if self.context.names is not None else ()
        return f"{shown} is no quantity of the network" + (f"; the nearest: {', '.join(near)}" if near else "")

    # numbers put in

    def _numbers(self, member: Node) -> None:
        if self.formula is not None or self.subject.rows:
            self._operands(member)
        self._follows(member)
        self.expression = member

    def _mixed(self, member: Node) -> None:
        if self.formula is not None:
            self._operands(member)
        self.expression = member
        if self.formula is None:
            self.formula = member

    def _follows(self, member: Node) -> None:
        """Whether an expression follows from the one before it."""
        if self.expression is None:
            return
        try:
            used, other = Used(), Used()
            before = self.context.by_hand(self.expression, self.phase, used)
            now = self.context.by_hand(member, self.phase, other)
        except NoValueError:
            return
        if isinstance(before, Grid) or isinstance(now, Grid) or before.overlaps(now):
            return
        if self._faulty(member, used, other):
            return
        case = self._case(member, expression=self.expression)
        self._add(
            Draft(
                member.span,
                Verdict.WRONG,
                f"it makes {_short(now)}, and what stands before it {_short(before)}",
                quantity=self.subject.scalar or self.subject.name,
                exact=before,
                cases=(replace(case, due=before),),
            )
        )

    def _faulty(self, member: Node, used: Used, other: Used) -> bool:
        """Whether two expressions meet once what was printed wrongly may be what it should be."""
        if not (used.suspects or other.suspects) or self.expression is None:
            return False
        try:
            before = self.context.by_hand(self.expression, self.phase, Used(), faults=True)
            return bool(before.overlaps(self.context.by_hand(member, self.phase, Used(), faults=True)))
        except (NoValueError, AttributeError):
            return False

    def _operands(self, member: Node) -> None:
        """Whether each number that is put in belongs to the name in whose place it stands."""
        formula = self.formula
        if formula is None or id(member) in self.checked:
            return
        self.checked.add(id(member))
        pairs = align(formula, member)
        if pairs is None:
            return
        faults = [fault for fault in map(self._misplaced, pairs) if fault is not None]
        if len(faults) > 1 and self._only_swapped(faults):
            return
        for pair, quantity, printed in faults:
            case = Case(
                truth=self.context.truth, wrong=pair.numbers, printed=printed.value, unit=printed.unit, quantity=quantity,  # type: ignore[arg-type]
                due=self.context.exact(quantity), expression=member, formula=formula, stands_for=dict(self.stands_for),
                value=self._worth, carried=dict(self.context.ledger.last()), after=self.phase,
            )  # fmt: skip
            right = as_written(self.context.exact(quantity), printed)
            text = f"{_plain(printed)} is put in for {quantity.name}, which is {right}"
            self._add(
                Draft(
                    printed.span,
                    Verdict.WRONG,
                    text,
                    result=printed,
                    quantity=quantity,
                    exact=case.due,
                    cases=(case,),
                    doubtful=True,
                    right=right,
                    place=pair.numbers.span,
                )
            )

    def _only_swapped(self, faults: Sequence[tuple[Pair, Quantity, Signed]]) -> bool:
        """Whether the numbers of several names only stand in another order."""
        left = [printed for _, _, printed in faults]
        for _, quantity, _ in faults:
            exact = self.context.exact(quantity)
            found = next((printed for printed in left if printed.ball.overlaps(exact)), None)
            if found is None:
                return False
            left.remove(found)
        return True

    def _misplaced(self, pair: Pair) -> tuple[Pair, Quantity, Signed] | None:
        printed = signed(pair.numbers)
        readings = self.context.readings(pair.name, self.phase)
        quantities = [reading.scalar for reading in readings if reading.strength is not Strength.GUESSED]
        if printed is None or not quantities or None in quantities:
            return None
        for quantity in quantities:
            assert quantity is not None
            if self._belongs(printed, quantity):
                self.stands_for[printed.number.span] = quantity
                return None
        first = quantities[0]
        assert first is not None
        self.stands_for[printed.number.span] = first
        return pair, first, printed

    def _belongs(self, printed: Signed, quantity: Quantity) -> bool:
        """Whether a number may stand for a quantity: as its value now or after another update, or as it was printed."""
        for after in {quantity.after, self.phase, self.phase + 1 if self.context.renewed else self.phase}:
            other = replace(quantity, after=after)
            try:
                if printed.ball.overlaps(self.context.exact(other)):
                    return True
                if printed.ball.overlaps(self.context.carried(other)[0]):
                    return True
            except NoValueError:
                continue
            for one in self.context.ledger.of(other):
                low, high = printed.stands
                if low <= one.value <= high:
                    return True
        return False

    # printed results

    def _result(self, member: Node, printed: tuple[tuple[Signed, ...], ...]) -> None:
        shape = len(printed), len(printed[0])
        if len({len(row) for row in printed}) != 1:
            self._add(Draft(member.span, Verdict.UNDECIDED, "its rows are of different lengths"))
            return
        entries = [entry for row in printed for entry in row]
        quantities = self._quantities(shape)
        exacts = self._exacts(shape, quantities)
        made = self._made(shape)
        for index, entry in enumerate(entries):
            quantity = quantities[index] if quantities else None
            exact = exacts[index] if exacts is not None else None
            draft = self._judged(entry, index, shape, quantity, exact, made)
            key: Quantity | str = quantity or (
                self.subject.name if len(entries) == 1 else f"{self.subject.name}[{index}]"
            )
            self._add(replace(draft, noted=((key, entry.value, entry.unit),) if key else ()))
        self.expression = member if self.expression is None else self.expression

    def _quantities(self, shape: tuple[int, int]) -> Sequence[Quantity] | None:
        rows = self.subject.rows
        if not rows:
            return None
        own = len(rows), len(rows[0])
        flat = [quantity for row in rows for quantity in row]
        if own == shape or (1 in own and 1 in shape and len(flat) == shape[0] * shape[1]):
            return flat
        if own == shape[::-1]:
            return [quantity for column in zip(*rows, strict=True) for quantity in column]
        if shape == (1, 1):
            values = [self.context.exact(quantity) for quantity in flat]
            if all(value.overlaps(values[0]) for value in values):
                return flat[:1]
        return None

    def _exacts(self, shape: tuple[int, int], quantities: Sequence[Quantity] | None) -> Sequence[Any] | None:
        """The exact values of what is printed: of the quantities, or else of the formula."""
        if quantities is not None:
            try:
                return [self.context.exact(quantity) for quantity in quantities]
            except NoValueError:
                return None
        if self.subject.rows:
            return None
        for tree in (self.subject.tree, self.formula):
            if tree is not None and not self._is_mixed(tree):
                try:
                    return spread(self.context.exactly(tree, self.phase, Used()), shape)  # type: ignore[no-any-return]
                except NoValueError:
                    continue
        return None

    def _made(self, shape: tuple[int, int], *, faults: bool = False) -> tuple[Sequence[Any], Used] | None:
        """(what the numbers put in make, entry by entry, with what was made use of)."""
        for tree in (self.expression, self.formula):
            if tree is not None:
                used = Used()
                try:
                    entries = spread(self.context.by_hand(tree, self.phase, used, faults=faults), shape)
                except NoValueError:
                    continue
                if entries is not None:
                    return entries, used
        return None

    def _judged(
        self,
        entry: Signed,
        index: int,
        shape: tuple[int, int],
        quantity: Quantity | None,
        exact: Any,
        made: tuple[Sequence[Any], Used] | None,
    ) -> Draft:
        value = made[0][index] if made else None
        follows = value is not None and bool(value.overlaps(entry.ball))
        base = Draft(
            entry.span,
            Verdict.UNDECIDED,
            "",
            result=entry,
            quantity=quantity or self.subject.name,
            exact=exact,
            from_printed=value,
        )
        if exact is None:
            return self._without_truth(base, entry, value, follows, index, shape)
        if entry.holds(exact) is not False:
            return self._true(base, entry, value, follows, index, shape)
        if made is not None and self.expression is not None:
            return self._put_in(base, entry, exact, value, follows, index, shape)
        return self._alone(base, entry, exact, quantity, value, index, shape)

    def _without_truth(
        self, base: Draft, entry: Signed, value: Any, follows: bool, index: int, shape: tuple[int, int]
    ) -> Draft:
        if value is None:
            return replace(base, message="what it is to be compared with is not known")
        if follows:
            named = bool(self.subject.name)
            text = "the arithmetic holds" + ("; what it is printed for is no quantity of the network" if named else "")
            return replace(base, verdict=Verdict.UNDECIDED if named else Verdict.CORRECT, message=text)
        if self._met_with_faults(entry, index, shape):
            return replace(
                base,
                verdict=Verdict.INHERITED,
                message="it follows from what is wrong before it",
                blamed=self._suspects(),
            )
        return self._wrong(base, entry, value, f"the numbers put in make {_short(value)}")

    def _true(self, base: Draft, entry: Signed, value: Any, follows: bool, index: int, shape: tuple[int, int]) -> Draft:  # noqa: ANN401
        right = replace(base, verdict=Verdict.CORRECT, message="the exact value rounds to it")
        accused = any(draft.verdict is Verdict.WRONG and draft.result is not None for draft in self.found)
        if value is None or follows or accused or self.expression is None or is_result(self.expression):
            return right
        if self._met_with_faults(entry, index, shape):
            return right
        expression = self.expression
        case = replace(
            self._case(expression, expression=expression), printed=entry.value, unit=entry.unit, due=base.exact
        )
        self._add(
            Draft(
                expression.span,
                Verdict.WRONG,
                f"these numbers make {_short(value)}, not {_plain(entry)}, which is right",
                quantity=base.quantity,
                exact=base.exact,
                from_printed=value,
                cases=(case,),
            )
        )
        return right

    def _put_in(
        self,
        base: Draft,
        entry: Signed,
        exact: Any,
        value: Any,
        follows: bool,
        index: int,
        shape: tuple[int, int],
    ) -> Draft:
        if follows and value.overlaps(exact):
            return replace(base, verdict=Verdict.CARRIED, message="it follows from the rounded numbers before it")
        if entry.cuts(exact):
            return replace(base, verdict=Verdict.CARRIED, message="it is the exact value, cut off after the last place")
        accused = [
            place
            for place, draft in enumerate(self.found)
            if draft.verdict is Verdict.WRONG and draft.result is not None and draft.result is not entry
        ]
        faulty = self._made(shape, faults=True)
        if follows and faulty is not None and faulty[1].blamed and faulty[0][index].overlaps(exact):
            return replace(
                base,
                verdict=Verdict.INHERITED,
                message="it follows from what is wrong before it",
                blamed=frozenset(faulty[1].blamed),
            )
        if accused and follows:
            cases = tuple(case for place in accused for case in self.found[place].cases)
            reason = self.found[accused[0]].message
            self.found = [draft for place, draft in enumerate(self.found) if place not in accused]
            return self._wrong(base, entry, exact, f"{reason}; due is {as_written(exact, entry)}", cases)
        if follows:
            return self._wrong(
                base,
                entry,
                exact,
                f"it follows from the numbers put in, but {self._what()} is {as_written(exact, entry)}",
                doubtful=not self._related(),
            )
        if self._met_with_faults(entry, index, shape):
            return replace(
                base,
                verdict=Verdict.INHERITED,
                message="it follows from what is wrong before it",
                blamed=self._suspects(),
            )
        return self._wrong(
            base,
            entry,
            exact,
            f"the numbers put in make {_short(value)}, and {self._what()} is {as_written(exact, entry)}",
        )

    def _alone(
        self,
        base: Draft,
        entry: Signed,
        exact: Any,
        quantity: Quantity | None,
        value: Any,
        index: int,
        shape: tuple[int, int],
    ) -> Draft:
        """A number without the numbers that it comes of."""
        if entry.cuts(exact):
            return replace(base, verdict=Verdict.CARRIED, message="it is the exact value, cut off after the last place")
        made, _ = self.context.made(quantity) if quantity is not None and quantity.after <= 1 else (None, None)
        for comes_to in (value, made):
            if comes_to is not None and comes_to.overlaps(entry.ball):
                if 2 * comes_to.rad() <= 2 * WIDEST * ball(entry.unit):
                    return replace(
                        base,
                        verdict=Verdict.CARRIED,
                        message="it follows from the rounded numbers before it",
                        from_printed=comes_to,
                    )
                return replace(base, message="the rounding of what is not printed may make as much of a difference")
        faulty = self._made(shape, faults=True)
        if faulty is not None and faulty[1].blamed and faulty[0][index].overlaps(entry.ball):
            return replace(
                base,
                verdict=Verdict.INHERITED,
                message="it follows from what is wrong before it",
                blamed=frozenset(faulty[1].blamed),
            )
        if quantity is not None and quantity.after <= 1:
            inherited, blamed = self.context.made(quantity, faults=True)
            if inherited is not None and blamed and inherited.overlaps(entry.ball):
                return replace(
                    base,
                    verdict=Verdict.INHERITED,
                    message="it follows from what is wrong before it",
                    blamed=blamed,
                    from_printed=inherited,
                )
        return self._wrong(base, entry, exact, f"{self._what()} is {as_written(exact, entry)}")

    def _wrong(
        self, base: Draft, entry: Signed, due: Any, text: str, cases: tuple[Case, ...] = (), *, doubtful: bool = False
    ) -> Draft:
        case = replace(
            self._case(entry.number, expression=self.expression, formula=self.formula),
            printed=entry.value,
            unit=entry.unit,
            due=due,
        )
        if isinstance(base.quantity, Quantity):
            case = replace(case, quantity=base.quantity)
        guessed = self.subject.strength is Strength.GUESSED
        return replace(
            base,
            verdict=Verdict.WRONG,
            message=text,
            cases=(*cases, case),
            doubtful=doubtful or guessed,
            right=as_written(due, entry),
            place=entry.span,
        )

    def _what(self) -> str:
        return self.subject.name or "the exact value"

    def _related(self) -> bool:
        """Whether some number that is put in is one of the network's or was printed before."""
        if self.expression is None:
            return True
        numbers = [part for part in walk(self.expression) if isinstance(part, Number)]
        return any(
            (part.value in self.context.leaves and part.unit < 1) or self.context.ledger.worth(part.value)
            for part in numbers
        )

    def _suspects(self) -> frozenset[int]:
        used = Used()
        try:
            if self.expression is not None:
                self.context.by_hand(self.expression, self.phase, used, faults=True)
        except NoValueError:
            return frozenset()
        return frozenset(used.blamed)

    def _met_with_faults(self, entry: Signed, index: int, shape: tuple[int, int]) -> bool:
        faulty = self._made(shape, faults=True)
        return faulty is not None and bool(faulty[1].blamed) and bool(faulty[0][index].overlaps(entry.ball))

    # causes

    def _worth(self, node: Name | Partial, point: int) -> Any:  # noqa: ANN401
        return evaluate(node, self.context.leaf(self.phase, lambda q: self.context.exact(q, point), _no_number, Used()))

    def _case(self, wrong: Node, *, expression: Node | None = None, formula: Node | None = None) -> Case:
        scalar = self.subject.scalar
        return Case(
            truth=self.context.truth,  # type: ignore[arg-type]
            wrong=wrong,
            quantity=scalar,
            due=self.context.exact(scalar) if scalar is not None else None,
            expression=expression,
            formula=formula,
            stands_for=dict(self.stands_for),
            value=self._worth,
            carried=dict(self.context.ledger.last()),
            after=max(self.phase, scalar.after if scalar is not None else 0),
        )


def is_result(node: Node) -> bool:
    """Whether a member is a printed number or a list of them."""
    return results(node) is not None


def _no_number(node: Number) -> Value:
    return ball(node.value)


def _short(value: Value) -> str:
    return "a matrix" if isinstance(value, Grid) else str(float(value.mid()))[:14]


def _plain(entry: Signed) -> str:
    return ("-" if entry.value < 0 else "") + entry.number.text


__all__ = ["Subject", "judge_chain", "product"]
