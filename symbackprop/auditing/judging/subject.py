"""Subject and Line: what a chain is about, and the ways to read it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from symbackprop.auditing.causes.case import Case
from symbackprop.auditing.judging.context import Context
from symbackprop.auditing.judging.identities import Side, free_variables
from symbackprop.auditing.judging.mentions import said
from symbackprop.auditing.judging.numbers import is_result, signed
from symbackprop.auditing.judging.view import NOW, PutIn, Used, View, is_marked
from symbackprop.auditing.mathematics.alignment import is_numeric
from symbackprop.auditing.mathematics.statements import Chain, Sign
from symbackprop.auditing.mathematics.tree import Entries, Name, Negative, Node, Number, Partial, Sum, walk
from symbackprop.auditing.naming.reading import Reading, Strength
from symbackprop.auditing.truth import Quantity, without_network
from symbackprop.auditing.values import Value

SUBJECTS = 4  # readings of what a chain is about that are tried


@dataclass(frozen=True, slots=True)
class Subject:
    """What a chain is about: quantities row by row, or a tree; both are empty where it is not known."""

    rows: tuple[tuple[Quantity, ...], ...] = ()
    tree: Node | None = None
    name: str = ""
    strength: Strength = Strength.SPELT
    defined_here: bool = False

    @property
    def scalar(self) -> Quantity | None:
        """The one quantity, where it is one."""
        return self.rows[0][0] if len(self.rows) == 1 and len(self.rows[0]) == 1 else None

    def is_computed(self, context: Context) -> bool:
        """Whether it is one quantity that is neither given nor a parameter."""
        scalar = self.scalar
        return (
            scalar is not None and context.truth is not None and scalar.name not in context.truth.problem.graph.leaves
        )

    @property
    def quantity(self) -> Quantity | str:
        """The quantity, or else the name that the document gives it."""
        return self.scalar or self.name


@dataclass(frozen=True, slots=True)
class Line:
    """One reading of a chain: what it is about, and after how many updates the names on the right are meant."""

    context: Context
    chain: Chain
    subject: Subject
    view: View
    put_in: PutIn = field(default_factory=PutIn)

    def side(self, tree: Node) -> Side:
        """A formula of the line as one side of an identity."""
        return Side(tree=tree, view=self.view)

    def by_hand(
        self, node: Node, used: Used, *, faults: bool = False, righted: bool = False, behind: Node | None = None
    ) -> Value:
        """What a hand may make of a formula or of numbers in this line. Raises `NoValueError`."""
        return self.context.by_hand(
            node, self.view, used, faults=faults, righted=righted, put_in=self.put_in, behind=behind
        )

    def worth(self, node: Name | Partial, point: int) -> Value:
        """What a name is worth at a point. Raises `NoValueError`."""
        return self.context.exactly(node, self.view, Used(), point)

    def case(self, wrong: Node, *, expression: Node | None = None, formula: Node | None = None) -> Case:
        """The fault of `wrong`, for whoever searches for its cause."""
        scalar = self.subject.scalar
        return Case(
            truth=self.context.truth or without_network(),
            wrong=wrong,
            quantity=scalar,
            due=self.context.known(scalar) if scalar is not None else None,
            expression=expression,
            formula=formula,
            stands_for=dict(self.put_in.stand_for),
            value=self.worth,
            carried=self.context.ledger.last(),
            after=max(self.view.after, scalar.after if scalar is not None else 0),
        )


def lines(context: Context, chain: Chain, *, supposed: bool) -> Iterator[Line]:
    """The ways to read a chain, the likeliest first; where its numbers are only supposed, it is about nothing."""
    first = chain.members[0]
    if supposed or chain.headless or context.truth is None:
        yield Line(context, chain, Subject(name=label(first)), NOW)
        return
    subjects = list(dict.fromkeys(_subjects(context, chain, first)))
    for choices in ({}, *_choices(context, chain)):
        for subject, after, settled in subjects:
            yield Line(context, chain, subject, View(after, settled, choices))


def _subjects(context: Context, chain: Chain, first: Node) -> Iterator[tuple[Subject, int, bool]]:
    """(what the chain is about, after how many updates the names on the right are meant, whether that is all)."""
    marked = any(isinstance(part, Name) and is_marked(part) for member in chain.members[1:] for part in walk(member))
    told = said(chain.before, chain.after)
    for after in (*_times(context, told), *_next_time(context, chain, first, told)):
        if not isinstance(first, Name | Partial) or free_variables(first):
            yield Subject(tree=None if is_numeric(first) else first), after, False
            if after and marked:
                yield Subject(tree=None if is_numeric(first) else first), after, True
            continue
        readings = tuple(_by_shape(chain, context.readings(first, View(after))))
        unknown = not readings
        readings = tuple(
            reading
            for reading in readings
            if (told is not None or _has_come(context, reading)) and _is_then(context, reading, told)
        )
        if _is_untold(context, chain, first, readings):
            yield Subject(name=label(first)), after, False
            continue
        anew = _made_anew(context, chain, first, readings, after)
        if anew and (_is_renewed(chain, first) or _goes_on_from(context, chain, readings[0])):
            yield from anew
        for reading in readings:
            subject = _subject(reading, label(first), chain)
            phase = _phase(context, first, subject, after)
            ways = (False, True) if phase and marked else (False,)
            for settled in reversed(ways) if subject.is_computed(context) else ways:
                yield subject, phase, settled
        yield from anew
        if unknown:
            yield Subject(name=label(first)), after, False


def _by_shape(chain: Chain, readings: tuple[Reading, ...]) -> Iterator[Reading]:
    """The readings that fit what is printed, the likeliest first.

    A single number for what is a vector may be one of its entries: y is y_1 in the first step, and y_2 in the next.
    """
    if (shape := _matrix(chain)) is not None:
        yield from tuple(reading for reading in readings if _shape(reading) == shape) or readings
        return
    if isinstance(chain.members[-1], Number | Negative) and readings and readings[0].is_vector:
        for quantity in readings[0].entries[:SUBJECTS]:
            yield Reading(((quantity,),), Strength.GUESSED)
    yield from readings[:SUBJECTS]


def _matrix(chain: Chain) -> tuple[int, int] | None:
    """(rows, columns) of the first matrix in a chain that is no vector."""
    shapes = ((len(one.rows), len(one.rows[0])) for one in chain.members if isinstance(one, Entries) and one.rows)
    return next((shape for shape in shapes if min(shape) > 1), None)


def _shape(reading: Reading) -> tuple[int, int]:
    return (len(reading.rows), len(reading.rows[0])) if reading.rows else (0, 0)


def _times(context: Context, told: int | None) -> list[int]:
    """The numbers of updates after which the names of a chain may be meant, the likeliest first."""
    if told is not None:
        return [told, *([told - 1] if told else [])]
    return list(dict.fromkeys([context.present, *range(context.latest + 1)]))


def _next_time(context: Context, chain: Chain, first: Node, told: int | None) -> list[int]:
    """The next pass, where a number is printed for what was printed rightly with another one before, and no more."""
    if told is not None or len(chain.members) != 2 or not isinstance(first, Name):
        return []
    printed, readings = signed(chain.members[1]), context.readings(first, View(context.present))
    scalar = readings[0].scalar if readings else None
    if printed is None or scalar is None or context.truth is None or scalar.name in context.truth.problem.graph.leaves:
        return []
    before = [one for one in context.ledger.of(scalar) if one.good]
    return [context.latest + 1] if before and before[-1].value != printed.value else []


def _is_then(context: Context, reading: Reading, told: int | None) -> bool:
    """Whether a reading speaks of the time that the words around the chain tell; what never changes always does."""
    assert context.truth is not None
    if told is None or not reading.rows:
        return True
    quantity, problem = reading.rows[0][0], context.truth.problem
    fixed = quantity.name in problem.graph.leaves and quantity.name not in problem.trained_parameters()
    return fixed or quantity.after == told


def _has_come(context: Context, reading: Reading) -> bool:
    """Whether a document has come to the update that a reading speaks of.

    For a parameter, its value before that was printed; for what is computed with them, some parameter's after it; for a
    derivative, all of these or what was computed with them.
    """
    assert context.truth is not None
    if not reading.rows or not reading.rows[0][0].after:
        return True
    first, problem = reading.rows[0][0], context.truth.problem
    trained, after = problem.trained_parameters(), first.after
    if first.name in trained:
        return after < 2 or bool(context.ledger.of(replace(first, after=after - 1)))
    if first.name not in problem.graph.names:
        computed = (one.name for one in problem.graph.definitions)
        return any(context.ledger.of(Quantity(name, after)) for name in computed) or all(
            context.ledger.of(Quantity(name, after)) for name in trained
        )
    return after < 2 or any(context.ledger.of(Quantity(name, after)) for name in trained)


def _is_untold(context: Context, chain: Chain, first: Name | Partial, readings: tuple[Reading, ...]) -> bool:
    """Whether a parameter is given its next value, which a network without a learning rate does not tell."""
    assert context.truth is not None
    problem = context.truth.problem
    if problem.training is not None and problem.training.learning_rate is not None:
        return False
    parameter = any(one.rows and one.rows[0][0].name in problem.graph.parameters for one in readings[:1])
    return parameter and (_is_again(chain, first) or _goes_on_from(context, chain, readings[0]))


def _made_anew(
    context: Context, chain: Chain, first: Name | Partial, readings: tuple[Reading, ...], after: int
) -> list[tuple[Subject, int, bool]]:
    """What the chain is about where it gives a parameter its next value without a mark."""
    assert context.truth is not None
    if not isinstance(first, Name) or first.updated or not readings or not readings[0].rows:
        return []
    if readings[0].rows[0][0].name not in context.truth.problem.trained_parameters():
        return []
    again = context.readings(replace(first, updated=True), View(after))
    return [
        (_subject(reading, label(first), chain), after, False)
        for reading in again[:SUBJECTS]
        if _has_come(context, reading)
    ]


def _is_renewed(chain: Chain, first: Name | Partial) -> bool:
    """Whether a chain reads as an assignment: w := ..., w -> ..., w: ... = ..., w = w - ..."""
    worked_out = len(chain.members) > 2 or not is_result(chain.members[-1])
    return (
        _is_again(chain, first)
        or chain.signs[0] in (Sign.DEFINED, Sign.ARROW)
        or (chain.signs[0] is Sign.COLON and worked_out)
    )


def _is_again(chain: Chain, first: Name | Partial) -> bool:
    """Whether what a chain is about stands in a formula behind it: w = w - ..."""
    parts = (part for member in chain.members[1:] for part in walk(member))
    return any(isinstance(part, Name) and isinstance(first, Name) and part.text == first.text for part in parts)


def _goes_on_from(context: Context, chain: Chain, reading: Reading) -> bool:
    """Whether something is added to the number that a parameter is given as: w24 = -0.2 + 0.8·(-0.0189)."""
    quantity = reading.scalar
    if quantity is None or not context.is_given(quantity):
        return False
    sums = (member for member in chain.members[1:] if isinstance(member, Sum) and is_numeric(member))
    firsts = (signed(one.terms[0]) for one in sums)
    return any(number is not None and number.holds(context.exact(quantity)) for number in firsts)


def _choices(context: Context, chain: Chain) -> list[dict[str, int]]:
    """Other readings of names that may stand for several quantities, one name at a time."""
    found: dict[str, int] = {}
    for member in chain.members[1:]:
        for part in walk(member):
            if isinstance(part, Name) and part.text not in found:
                found[part.text] = len(context.readings(part, NOW))
    return [{name: index} for name, count in found.items() for index in range(1, min(count, SUBJECTS))]


def is_mixed(node: Node) -> bool:
    """Whether decimals stand among the names of a formula."""
    return any(isinstance(part, Number) and part.unit < 1 for part in walk(node))


def label(node: Node) -> str:
    """A name or a partial on one line; "" for anything else."""
    match node:
        case Name():
            return node.text
        case Partial(of, by):
            return f"d{label(of)}/d{label(by)}" if label(of) and label(by) else ""
    return ""


def _subject(reading: Reading, name: str, chain: Chain) -> Subject:
    here = reading.body is not None and any(member is reading.body for member in chain.members)
    return Subject(reading.rows, reading.body, name, reading.strength, here)


def _phase(context: Context, first: Name | Partial, subject: Subject, phase: int) -> int:
    """The phase of the names on the right: that of what is computed, unless it is a parameter made anew."""
    if not (isinstance(first, Name) and first.updated and subject.rows and context.truth is not None):
        return phase
    quantity = subject.rows[0][0]
    made_anew = quantity.name in context.truth.problem.trained_parameters()
    return max(phase, quantity.after - 1 if made_anew else quantity.after)
