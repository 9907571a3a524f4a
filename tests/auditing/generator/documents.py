"""honest(seed) and planted(seed): a document with its network, its claims, and the error that is in it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

import mpmath

from symbackprop.network.problem import Problem
from tests.auditing.generator.draws import draws
from tests.auditing.generator.errors import KINDS, Kind, Scene
from tests.auditing.generator.formulas import Constant, named
from tests.auditing.generator.hand import Fault, Hand, Line, hand, unit_of, work
from tests.auditing.generator.layouts import LAYOUTS, Layout, Page, Printed
from tests.auditing.generator.networks import Example, example
from tests.auditing.generator.notations import Notation, notation
from tests.auditing.generator.steps import RATE, Manner, Role, Step, called, manner
from tests.auditing.generator.training import RUN_AWAY, train
from tests.auditing.generator.working import Working

ATTEMPTS = 200  # documents, until one has a place for an error of the kind that is wanted


@dataclass(frozen=True)
class Generated:
    """A document, the name of its file, its network, and what it claims in reading order."""

    seed: int
    text: str
    file: str
    layout: str
    hand: Hand
    example: Example
    claims: tuple[Printed, ...]

    @property
    def problem(self) -> Problem:
        """The network it is judged by."""
        return self.example.problem()


@dataclass(frozen=True)
class Planted(Generated):
    """A document with one error: the claim it stands in, its kind, the codes that name it, its size in units of the
    last place, and the claims that inherit it."""

    error: Printed
    kind: Kind
    size: Fraction
    carried: bool
    inheriting: tuple[Printed, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """Everything that is chosen for a document before it is written."""

    example: Example
    manner: Manner
    steps: tuple[Step, ...]
    hand: Hand
    layout: Layout
    notation: Notation
    given: dict[str, str]

    def lines(self, seed: int, fault: Fault | None = None) -> tuple[Line, ...]:
        """The worked lines."""
        return work(self.steps, self.given, self.hand, draws("lines", seed), fault)

    def page(self, seed: int, lines: tuple[Line, ...]) -> Page:
        """The document."""
        page = Page(self.example, self.notation, draws("page", seed))
        self.layout.write(page, lines)
        page.claims.sort(key=lambda claim: claim.start)
        return page


def draft(seed: int, layout: str | None = None) -> Draft:
    """The choices of a seed."""
    random = draws("document", seed)
    network = example(random)
    way = manner(random)
    chosen = random.choice([entry for entry in LAYOUTS if layout in (None, entry.name)])
    if chosen.name == "html":
        way = replace(way, updates=0)
    steps = (*Working(network, way).steps(), *trained(network, way))
    style = notation(random, chosen.script, crosses=not network.inputs[0].startswith("x"))
    if way.again == "all":
        style = replace(style, marked_again=False)  # a mark is that of the weights after the second update
    given = {**network.given, RATE: network.rate}
    return Draft(network, way, steps, hand(random), chosen, style, given)


def trained(network: Example, way: Manner) -> tuple[Step, ...]:
    """What training comes to: the cost and the outputs after the last update; nothing where it runs away."""
    if not way.updates:
        return ()
    last = train(network, way.updates)
    results = {network.names.cost: last.cost}
    if way.updates > 1:
        results |= {network.names.out(unit): value for unit, value in zip(network.outputs, last.outs[-1], strict=True)}
    if any(abs(value) > RUN_AWAY for value in results.values()):
        return ()
    return tuple(
        Step(f"{name}@{way.updates}", Role.TRAINED, (Constant(mpmath.nstr(value, 35, min_fixed=-60, max_fixed=60)),))
        for name, value in results.items()
    )


def honest(seed: int, layout: str | None = None) -> Generated:
    """A document with no error in it."""
    chosen = draft(seed, layout)
    page = chosen.page(seed, chosen.lines(seed))
    return Generated(
        seed, page.text, chosen.layout.file, chosen.layout.name, chosen.hand, chosen.example, tuple(page.claims)
    )


def planted(seed: int, kind: str | None = None, layout: str | None = None) -> Planted:
    """A document with one error in it, of a kind; the seed draws the kind where none is wanted."""
    random = draws("error", seed)
    wanted = random.choice(list(KINDS.values())) if kind is None else KINDS[kind]
    for attempt in range(ATTEMPTS):
        chosen = draft(seed * ATTEMPTS + attempt, layout)
        scene = Scene(chosen.example, chosen.manner, chosen.steps, chosen.hand, chosen.lines(seed))
        faults = list(wanted.faults(scene, random))
        random.shuffle(faults)
        for fault in faults[:4]:
            try:
                lines = chosen.lines(seed, fault)
            except ArithmeticError:  # the wrong formula has no value
                continue
            if found := _written(seed, chosen, lines, fault, wanted):
                return found
    raise LookupError(f"no document has a place for {wanted.name}")


def _written(seed: int, chosen: Draft, lines: tuple[Line, ...], fault: Fault, kind: Kind) -> Planted | None:
    """The document, where its error is one on paper."""
    line = lines[fault.index]
    size = fault_size(fault, line, lines)
    if size < 1:
        return None
    page = chosen.page(seed, lines)
    tainted = _tainted(chosen.steps, fault) if fault.carried and not (fault.operand or fault.label) else set()
    (error,) = (claim for claim in page.claims if claim.quantity == line.step.name)
    inheriting = tuple(claim for claim in page.claims if claim.quantity in tainted)
    return Planted(
        seed, page.text, chosen.layout.file, chosen.layout.name, chosen.hand, chosen.example, tuple(page.claims),
        error, kind, size, bool(tainted), inheriting,
    )  # fmt: skip


def fault_size(fault: Fault, line: Line, lines: tuple[Line, ...]) -> Fraction:
    """How far the wrong number is from the right one, in units of its last place."""
    if fault.label:
        (meant,) = (other for other in lines if other.step.name == fault.label)
        return abs(meant.exact - line.exact) / unit_of(line.printed)
    if fault.operand and not fault.formula:
        wrong, right = fault.operand[1], fault.operand[0]
        return abs(Fraction(wrong) - Fraction(right)) / unit_of(wrong)
    return line.size


def _tainted(steps: tuple[Step, ...], fault: Fault) -> set[str]:
    """The quantities worked with the wrong value."""
    tainted = set(called(steps[fault.index]))
    for step in steps[fault.index + 1 :]:
        if tainted & set(named(step.formula)):
            tainted.update(called(step))
    return tainted - {steps[fault.index].name}
