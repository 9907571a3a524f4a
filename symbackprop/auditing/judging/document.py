"""A document's statements in reading order -> what is said of each claim, faults at their roots."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

from symbackprop.auditing.causes.search import Search
from symbackprop.auditing.documents.source import Kind, Source
from symbackprop.auditing.effort import Effort
from symbackprop.auditing.judging.adjoining import adjoined
from symbackprop.auditing.judging.assignments import (
    begun,
    is_increase,
    is_reassigned,
    judge_increase,
    judge_reassigned,
    of_a_term,
)
from symbackprop.auditing.judging.chains import judge_chain, weight
from symbackprop.auditing.judging.claims import claimed
from symbackprop.auditing.judging.context import Context
from symbackprop.auditing.judging.conventions import merged, rescaled, suspected
from symbackprop.auditing.judging.descent import is_descent, judge_descent
from symbackprop.auditing.judging.described import judge_described, listed
from symbackprop.auditing.judging.draft import Draft
from symbackprop.auditing.judging.labels import with_label
from symbackprop.auditing.judging.ledger import Print
from symbackprop.auditing.judging.mentions import Phase, judge_mention, phase_of
from symbackprop.auditing.judging.misfits import Compared, settled
from symbackprop.auditing.judging.nameless import is_formula, judge_nameless
from symbackprop.auditing.judging.numbers import Signed, results
from symbackprop.auditing.judging.own_rules import own_rule
from symbackprop.auditing.judging.rules import by_rule, is_rule, judge_rule, parted, repaired_sums, written_out
from symbackprop.auditing.judging.subject import label
from symbackprop.auditing.mathematics.statements import Chain, Mention, Statement, Statements, Unread
from symbackprop.auditing.mathematics.tree import Name, walk
from symbackprop.auditing.naming.derivatives import has_derivatives, with_derivatives
from symbackprop.auditing.naming.factors import with_factors
from symbackprop.auditing.naming.functions import has_letters, with_functions, with_letters
from symbackprop.auditing.naming.layers import with_layers
from symbackprop.auditing.naming.names import Names
from symbackprop.auditing.naming.own_functions import with_own_functions
from symbackprop.auditing.report import Judged, Verdict
from symbackprop.auditing.truth import Quantity, Truth
from symbackprop.auditing.values import NoValueError
from symbackprop.errors import SymbackpropError
from symbackprop.network.problem import Problem

GOOD = (Verdict.CORRECT, Verdict.CARRIED, Verdict.UNDECIDED)
FEW = 4  # printed results, which say nothing of how a document rounds
PHASES = 3  # updates that a document goes through by hand
_SUPPOSED = re.compile(
    r"\b(?:let'?s say|let’s say|let us say|let say|suppose|imagine|pretend|hypothetical\w*)\b", re.IGNORECASE
)

_LOGGED = re.compile(r"\b(?:epoch|iteration|iter)\s*[#:]?\s*\d+\W*$", re.IGNORECASE)  # counted from 0, or from 1
_PRINTED = re.compile(r"(?:print|log|println)\((?:(?:\"[^\"]*\"|'[^']*'),)?[ ]?$")
_MATRICES = re.compile(r"\b(?:np|torch|self|this)\.|\.T\b|\.dot\(|\w @ \w")
_LOOP = re.compile(r"^[ \t]*(?:for|while)\b.*[:{][ \t]*$", re.MULTILINE)
_REMARKED = re.compile(r"\W*(?:would|could|might)\b", re.IGNORECASE)


def judge(
    source: Source, statements: Statements, problem: Problem | None, effort: Effort, apart: tuple[Name, ...] = ()
) -> tuple[Judged, ...]:
    """What is said of every claim among `statements`, in their order.

    `apart` are names of quantities that the network, being read from the document in part, is without. What is searched
    for is taken from `effort`.
    """
    claims = _once(source, statements, problem, effort, apart)
    if problem is None or problem.training is None or effort.is_spent:
        return claims
    ratio = suspected(problem, claims)
    if ratio is None:
        return claims
    under = merged(problem, claims, _once(source, statements, rescaled(problem, ratio), effort, apart), ratio)
    return tuple(under) if _faults(under) <= _faults(claims) else claims  # a convention explains faults and makes none


def _faults(claims: Sequence[Judged]) -> int:
    return sum(claim.verdict is Verdict.WRONG for claim in claims)


def _once(
    source: Source, statements: Statements, problem: Problem | None, effort: Effort, apart: tuple[Name, ...]
) -> tuple[Judged, ...]:
    truth = Truth(problem, effort) if problem is not None and problem.values else None
    if truth is not None:
        graph = truth.problem.graph
        statements = with_factors(with_functions(statements, graph), graph.names)
        statements = with_own_functions(with_layers(statements, graph.names), truth)
    names = Names(truth, statements, apart) if truth is not None else None
    if names is not None and truth is not None:
        for has, put_in in ((has_letters, with_letters), (has_derivatives, with_derivatives)):
            if has(statements):
                statements = put_in(statements, names.readings, truth.problem.graph)
                names = Names(truth, statements, apart)
    decimals = problem.decimals if problem is not None else None
    return _Reading(source, statements, Context.of(truth, names, decimals), effort).judged()


class _Reading:
    """One passage through a document."""

    def __init__(self, source: Source, statements: Statements, context: Context, effort: Effort) -> None:
        self.source = source
        self.statements = statements
        self.context = context
        self.search = Search(effort)
        self.claims: list[Judged] = []
        self.formulas: list[Compared] = []
        self.phase = Phase(0, said=False)
        chains = tuple(one for one in statements.statements if isinstance(one, Chain))
        self.begun = begun(chains)
        context.own_rule = own_rule(context, chains)
        self.reassigned = frozenset(label(one.members[0]) for one in chains if self._is_reassigned(one))
        self.trains = _LOOP.search(source.text) is not None  # whether a program goes through updates
        self.supposing: dict[int, bool] = {}  # whether a block only supposes numbers

    def _worked_out(self) -> Iterator[Signed]:
        """The printed results that are none of the given numbers."""
        for statement in self.statements.statements:
            printed = results(statement.members[-1]) if isinstance(statement, Chain) else None
            for number in (number for row in printed or () for number in row):
                if number.unit < 1 and (abs(number.value), number.unit) not in self.context.given:
                    yield number

    def judged(self) -> tuple[Judged, ...]:
        """All claims."""
        if self.context.decimals is None:
            self.context.decimals, self.context.significant = _rounded_to(list(self._worked_out()))
        joined = False
        for statement, following in zip_longest(self.statements.statements, self.statements.statements[1:]):
            if joined:
                joined = False
                continue
            drafts = self._drafts(statement)
            if following is not None and _accuses(drafts):
                both = self._with_next(statement, following)
                drafts, joined = both or drafts, both is not None
            self._take(drafts)
        return tuple(settled(self.claims, self.formulas))

    def _with_next(self, statement: Statement, following: Statement) -> list[Draft] | None:
        """The drafts on a chain that goes on in the next one, where that leaves nothing to accuse."""
        between = self.source.text[statement.span.end : following.span.start]
        both = adjoined(statement, following, between)
        drafts = self._drafts(both) if both is not None else []
        return drafts if drafts and not _accuses(drafts) else None

    def _drafts(self, statement: Statement) -> list[Draft]:
        match statement:
            case Unread(span, reason):
                self.context.unread.append(self.source.text[span.start : span.end])
                return [Draft(span, Verdict.UNREAD, reason)]
            case Mention():
                if found := judge_described(self.context, statement):
                    return found
                self.phase = phase_of(self.context, statement, self.phase)
                displayed = self.statements.blocks[statement.block].kind is Kind.DISPLAY
                if displayed and is_formula(statement.value):
                    return [judge_nameless(self.context, statement.value)]
                return judge_mention(self.context, statement, self.phase)
            case Chain():
                try:
                    return self._judged(statement)
                except (SymbackpropError, NoValueError) as error:
                    return [Draft(statement.span, Verdict.UNDECIDED, str(error.args[0]))]

    def _judged(self, chain: Chain) -> list[Draft]:
        if is_increase(self.context, chain):
            return judge_increase(self.context, chain, supposed=self._is_supposed(chain))
        if is_descent(self.context, chain):
            return judge_descent(self.context, chain)
        if self._is_reassigned(chain):
            return judge_reassigned(chain)
        if (mention := listed(chain)) is not None and (found := judge_described(self.context, mention)):
            doubtful = self._is_of_program(chain) or self._is_of_reassigned(chain)
            return [replace(draft, doubtful=draft.doubtful or doubtful) for draft in found]
        if not is_rule(self.context, chain):
            drafts = judge_chain(self.context, chain, supposed=self._is_supposed(chain))
            doubtful = self._is_of_program(chain) or self._is_of_reassigned(chain)
            if chain.span in self.begun:
                return [of_a_term(draft) for draft in drafts]
            if doubtful:
                return [replace(draft, doubtful=True) for draft in drafts]
            return with_label(self.context, chain, drafts)
        supposed = self._is_supposed(chain)
        ways = [judge_chain(self.context, way, supposed=supposed) for way in written_out(self.context, chain)]
        if ways:
            return repaired_sums(self.context, chain, min(ways, key=weight))
        if (both := parted(self.context, chain)) is None:
            return judge_rule(self.context, chain)
        return by_rule(judge_rule(self.context, both[0]), judge_chain(self.context, both[1], supposed=supposed))

    def _is_reassigned(self, chain: Chain) -> bool:
        """Whether a line of a program, which is not typeset, gives a name another value by its own."""
        typeset = "\\" in self.source.text[chain.span.start : chain.span.end]
        return not typeset and is_reassigned(self.context, chain) and not is_rule(self.context, chain)

    def _is_of_program(self, chain: Chain) -> bool:
        """Whether a program prints it or writes it in matrices: what is not seen may say how they lie."""
        text = self.source.text[chain.span.start : chain.span.end]
        return _PRINTED.search(chain.before) is not None or _MATRICES.search(text) is not None

    def _is_of_reassigned(self, chain: Chain) -> bool:
        """Whether a name stands in a chain to which a program gives several values."""
        parts = (part for member in chain.members for part in walk(member))
        return any(isinstance(part, Name) and part.text in self.reassigned for part in parts)

    def _is_supposed(self, chain: Chain) -> bool:
        """Whether the words before a chain say that its numbers are only supposed, or a program prints them."""
        if _LOGGED.search(chain.before) or _REMARKED.match(chain.after):
            return True
        if _PRINTED.search(chain.before) and self.trains:
            return True  # after how many updates, nobody knows
        return any(self._supposes(block) for block in range(max(0, chain.block - 1), chain.block + 1))

    def _supposes(self, block: int) -> bool:
        if block not in self.supposing:
            words = "".join(run.text for run in self.statements.blocks[block].runs)
            self.supposing[block] = _SUPPOSED.search(words) is not None
        return self.supposing[block]

    def _take(self, drafts: Sequence[Draft]) -> None:
        """Puts drafts into the audit, and what they print into the ledger."""
        roots: list[int] = []
        whole = _is_wrong_as_a_whole(drafts)
        for draft in drafts:
            index = len(self.claims)
            claim = claimed(self.source, self.context, self.search, draft, roots[-1] if roots else None)
            same = (root for root in roots if _is_of_one_fault(claim, draft, self.claims[root], whole=whole))
            if (root := next(same, None)) is not None:
                claim = replace(claim, verdict=Verdict.INHERITED, message=f"{claim.message}: the same fault", root=root)
            self.claims.append(claim)
            if draft.names:
                self.formulas.append(Compared(index, draft.names, draft.misfit))
            if claim.verdict is Verdict.WRONG:
                roots.append(index)
                if draft.broken is not None:
                    self.context.broken.append((*draft.broken, index))
            good = claim.verdict in GOOD
            origin = index if claim.root is None else claim.root
            for quantity, value, unit in draft.noted:
                undecided = claim.verdict is Verdict.UNDECIDED and not draft.near
                self.context.note(Print(quantity, value, unit, good, origin, draft.exact, open=undecided))
                if isinstance(quantity, Quantity) and quantity.after <= PHASES:
                    self.context.latest = max(self.context.latest, quantity.after)
                self._stand(quantity, claim)
            if draft.result is None and claim.verdict is Verdict.CORRECT:
                self._stand(draft.quantity, claim)  # net = w' x is of the pass after the update

    def _stand(self, quantity: Quantity | str, claim: Judged) -> None:
        """Notes after how many updates the document now stands, as a right number or formula of a later pass tells."""
        truth = self.context.truth
        if truth is None or not isinstance(quantity, Quantity) or quantity.name in truth.problem.graph.leaves:
            return
        if claim.verdict in (Verdict.CORRECT, Verdict.CARRIED, Verdict.INHERITED) and quantity.after <= PHASES:
            self.context.present = quantity.after


def _accuses(drafts: Sequence[Draft]) -> bool:
    return any(draft.verdict is Verdict.WRONG for draft in drafts)


def _is_wrong_as_a_whole(drafts: Sequence[Draft]) -> bool:
    """Whether no number of a result that is worked out by one formula is right."""
    printed = [draft for draft in drafts if draft.result is not None and not draft.operand and not draft.numbers]
    return all(draft.verdict is Verdict.WRONG and draft.from_printed is not None for draft in printed)


def _is_of_one_fault(claim: Judged, draft: Draft, first: Judged, *, whole: bool) -> bool:
    """Whether an entry of a vector or a matrix is wrong in the same way as an entry before it.

    A cause that both may have links them; where none is known of either, only that they were worked out together.
    """
    if claim.verdict is not Verdict.WRONG or draft.result is None or not first.printed:
        return False
    if claim.quantity == first.quantity or draft.operand:
        return False
    ours, theirs = ({explanation.cause for explanation in one.explanations} for one in (claim, first))
    return bool(ours & theirs) or (whole and not ours and not theirs)


def _rounded_to(printed: Sequence[Signed]) -> tuple[int | None, int | None]:
    """(the decimals that most of the printed numbers have, or else their digits), whichever more have."""
    places, often = _most(number.places for number in printed)
    digits, oftener = _most(number.significant for number in printed if number.value)
    if len(printed) < FEW or 2 * max(often, oftener) < len(printed):
        return None, None
    return (places, None) if often >= oftener else (None, digits)


def _most(counts: Iterable[int]) -> tuple[int, int]:
    """(the commonest of some counts, how often it is met)."""
    return next(iter(Counter(counts).most_common(1)), (0, 0))
