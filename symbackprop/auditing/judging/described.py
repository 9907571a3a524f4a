"""Lists of numbers that words describe: which quantities they hold, how these lie, and after how many updates."""

from __future__ import annotations

from dataclasses import replace

from symbackprop.auditing.judging.chains import weight
from symbackprop.auditing.judging.compared import Before
from symbackprop.auditing.judging.context import Context
from symbackprop.auditing.judging.draft import Draft
from symbackprop.auditing.judging.mentions import said
from symbackprop.auditing.judging.numbers import Signed, results
from symbackprop.auditing.judging.results import judge_result
from symbackprop.auditing.judging.subject import Line, Subject
from symbackprop.auditing.judging.view import View
from symbackprop.auditing.mathematics.statements import Chain, Description, Mention, Noun, Sign, When
from symbackprop.auditing.mathematics.tree import Entries, Name, Partial
from symbackprop.auditing.naming.described import arranged
from symbackprop.auditing.naming.reading import Reading, Strength
from symbackprop.auditing.report import Verdict
from symbackprop.auditing.truth import Quantity

GOOD = (Verdict.CORRECT, Verdict.CARRIED)
TELLING = 4  # significant digits of a list none of whose numbers is right, to say that it is meant to be this one
UNSURE = "it is not sure that this is what is meant"


def judge_described(context: Context, mention: Mention) -> list[Draft]:
    """The verdicts on a list under the meaning of its words that leaves least to accuse; [] where they have none."""
    description, printed = mention.described, results(mention.value)
    if description is None or printed is None or context.names is None or len({*map(len, printed)}) != 1:
        return []
    best: list[Draft] = []
    for after in _times(context, description):
        for reading in context.names.described(description, after):
            drafts = _least(context, mention, reading, printed, after)
            if drafts and (not best or weight(drafts) < weight(best)):
                best = _with_doubt(context, mention, reading, drafts, after)
    return [] if _is_given(context, best) else best


def _is_given(context: Context, drafts: list[Draft]) -> bool:
    """Whether none of the numbers is what it is said to be, and all are given numbers: outputs that are the targets."""
    entries = [draft.result for draft in drafts if draft.result is not None]
    return not any(draft.verdict in GOOD for draft in drafts) and all(one.value in context.leaves for one in entries)


def listed(chain: Chain) -> Mention | None:
    """A chain that gives several names as many numbers, w_5, w_6 = 0.17, 0.16, as a list of what they stand for."""
    if len(chain.members) != 2 or chain.headless:
        return None
    names, value = chain.members
    if not isinstance(names, Entries) or results(value) is None:
        return None
    nodes = [node for row in names.rows for node in row]
    if len(nodes) < 2 or not all(isinstance(node, Name | Partial) for node in nodes):
        return None
    after = said(chain.before, chain.after)
    new = any(isinstance(node, Name) and node.updated for node in nodes)
    when = When.COUNTED if after is not None else When.LATER if new else When.UNSAID
    rows = tuple(
        tuple(replace(node, updated=False) if isinstance(node, Name) else node for node in r) for r in names.rows
    )
    described = Description(names.span, replace(names, rows=rows), when=when, after=after or 0)
    return Mention(value, chain.span, chain.block, chain.before, chain.after, chain.cells, described)


def _times(context: Context, description: Description) -> list[int]:
    """The numbers of updates after which a description may be meant, the likeliest first."""
    known = [context.present, *range(context.latest + 2)]
    match description.when:
        case When.COUNTED:
            return [description.after]
        case When.FIRST:
            return [0]
        case When.LATER:
            return [after for after in dict.fromkeys([context.present, context.present + 1, *known]) if after]
    return list(dict.fromkeys(known))


def _least(
    context: Context, mention: Mention, reading: Reading, printed: tuple[tuple[Signed, ...], ...], after: int
) -> list[Draft]:
    """The drafts under the layout that leaves the least to accuse."""
    ways = [
        judge_result(_line(context, mention, rows, reading.strength, after), Before(None), printed)
        for rows in arranged(reading, len(printed), len(printed[0]))
    ]
    return min(ways, key=weight, default=[])


def _line(
    context: Context, mention: Mention, rows: tuple[tuple[Quantity, ...], ...], strength: Strength, after: int
) -> Line:
    assert mention.described is not None
    names = mention.described.names or Name("", mention.described.span)
    chain = Chain((names, mention.value), (Sign.EQUAL,), mention.span, mention.block, mention.before, mention.after)
    return Line(context, chain, Subject(rows, strength=strength), View(after))


def _with_doubt(context: Context, mention: Mention, reading: Reading, drafts: list[Draft], after: int) -> list[Draft]:
    """The drafts, nothing accused where the words may mean something else."""
    description = mention.described
    assert description is not None
    if not any(draft.verdict is Verdict.WRONG for draft in drafts):
        return drafts
    good = sum(draft.verdict in GOOD for draft in drafts)
    rough = all(draft.result is None or draft.result.significant < TELLING for draft in drafts)
    far = not good and (rough or (description.names is not None and reading.strength is Strength.GUESSED))
    if not description.sure or far or _is_turned(context, mention, reading, after):
        return [_undecided(draft) for draft in drafts]
    guessed = description.when is When.UNSAID or reading.strength is Strength.GUESSED
    doubtful = guessed and 2 * good < len(drafts)
    return [replace(draft, doubtful=draft.doubtful or doubtful) for draft in drafts]


def _is_turned(context: Context, mention: Mention, reading: Reading, after: int) -> bool:
    """Whether gradients are printed with the other sign, as what is added in an update."""
    assert mention.described is not None
    printed = results(mention.value)
    if Noun.GRADIENT not in mention.described.nouns or printed is None:
        return False
    turned = replace(reading, rows=tuple(tuple(-quantity for quantity in row) for row in reading.rows))
    drafts = _least(context, mention, turned, printed, after)
    return not any(draft.verdict is Verdict.WRONG for draft in drafts)


def _undecided(draft: Draft) -> Draft:
    if draft.verdict is not Verdict.WRONG:
        return draft
    return replace(draft, verdict=Verdict.UNDECIDED, message=f"{draft.message}; but {UNSURE}")
