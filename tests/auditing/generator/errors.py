"""The kinds of error: for each, the places in a document where it can be made."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from random import Random

import mpmath

from tests.auditing.generator.draws import flip
from tests.auditing.generator.formulas import (
    Constant,
    Formula,
    Function,
    Opposite,
    Product,
    Quantity,
    Quotient,
    Square,
    Sum,
    minus,
    named,
    parts,
    plus,
    rebuilt,
    replaced,
    times,
)
from tests.auditing.generator.hand import Fault, Hand, Line
from tests.auditing.generator.networks import RATES, Example
from tests.auditing.generator.training import RUN_AWAY, train
from tests.auditing.generator.working import (
    AGAIN,
    ONE,
    RATE,
    TWO,
    Manner,
    Role,
    Step,
    partial,
    q,
    updated,
)

HIDDEN = ("result", "numbers")
ANYWHERE = ("result", "numbers", "symbols")
BACKWARD = (Role.BY_OUT, Role.BY_NET, Role.GRADIENT, Role.PATH)
WORKED = (Role.NET, Role.OUT, Role.ERROR, Role.COST, Role.BY_OUT, Role.SLOPE, Role.BY_NET, Role.GRADIENT, Role.UPDATE)


@dataclass(frozen=True)
class Scene:
    """A document's network, its steps, and how it is worked without an error."""

    example: Example
    manner: Manner
    steps: Sequence[Step]
    hand: Hand
    lines: Sequence[Line]

    def at(self, *roles: Role) -> Iterator[tuple[int, Step]]:
        """The steps of some roles."""
        return ((index, step) for index, step in enumerate(self.steps) if step.role in roles)

    def known(self, name: str) -> bool:
        """Whether the document works a quantity, or has it given."""
        return name in self.example.values or any(step.name == name for step in self.steps)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of error: the cause it is called, and other causes that say the same of the same digits."""

    name: str
    cause: str
    faults: Callable[[Scene, Random], Iterator[Fault]]
    also: tuple[str, ...] = ()

    @property
    def accepted(self) -> tuple[str, ...]:
        """The causes that name it."""
        return (self.cause, *self.also)


Changes = Callable[[Scene], Iterator[tuple[int, Formula]]]
Misprints = Callable[[str, Random], str]

KINDS: dict[str, Kind] = {}


def _kind(name: str, cause: str, *also: str, showing: Sequence[str] = ANYWHERE) -> Callable[[Changes], Changes]:
    """Enters a kind: the wrong formulas that may stand for the right one at a step."""

    def enter(changes: Changes) -> Changes:
        def faults(scene: Scene, random: Random) -> Iterator[Fault]:
            for index, formula in changes(scene):
                yield Fault(name, index, formula, random.choice(showing), carried=flip(random))

        KINDS[name] = Kind(name, cause, faults, also)
        return changes

    return enter


def _misprint(name: str, cause: str, *also: str, roles: Sequence[Role] = WORKED) -> Callable[[Misprints], Misprints]:
    """Enters a kind: what becomes of a result that is right."""

    def enter(change: Misprints) -> Misprints:
        def faults(scene: Scene, random: Random) -> Iterator[Fault]:
            for index, _ in scene.at(*roles):
                text = change(scene.lines[index].due, random)
                if text and Fraction(text) != Fraction(scene.lines[index].due):
                    yield Fault(name, index, misprint=text, carried=flip(random))

        KINDS[name] = Kind(name, cause, faults, also)
        return change

    return enter


# Signs


def _negated(scene: Scene, random: Random) -> Iterator[Fault]:
    # A node error of either sign is a convention where it has a name of its own; a partial has one sign.
    roles = [role for role in BACKWARD if scene.manner.backward == "chain" or role is not Role.BY_NET]
    for index, _ in scene.at(*roles):
        due = scene.lines[index].due
        text = due.removeprefix("-") if due.startswith("-") else "-" + due
        if Fraction(text):
            yield Fault("sign of a result", index, misprint=text, carried=flip(random))


KINDS["sign of a result"] = Kind("sign of a result", "sign", _negated)


@_kind("sign in an update", "sign")
def _uphill(scene: Scene) -> Iterator[tuple[int, Formula]]:
    for index, step in scene.at(Role.UPDATE):
        match step.formula:
            case Sum((weight, Opposite(change))):
                yield index, plus(weight, change)
            case Sum((weight, change)):
                yield index, minus(weight, change)


@_kind("sign of a difference", "sign")
def _difference(scene: Scene) -> Iterator[tuple[int, Formula]]:
    for index, step in scene.at(Role.BY_OUT, Role.PATH):
        yield from ((index, formula) for formula in _turned(step.formula))
    if scene.manner.backward == "chain":
        for index, step in scene.at(Role.BY_NET):
            yield from ((index, formula) for formula in _turned(step.formula))


def _turned(formula: Formula) -> Iterator[Formula]:
    """`formula` with the sign of a difference turned, each in its turn."""
    for part in _below(formula):
        match part:
            case Opposite(Sum() | Product() as operand):
                yield replaced(formula, part, operand)
            case Sum((Quantity(_) as one, Opposite(Quantity(_) as other))):
                yield replaced(formula, part, minus(other, one))


@_kind("sign of a difference in a node error", "sign", showing=("numbers",))
def _node_difference(scene: Scene) -> Iterator[tuple[int, Formula]]:
    # Under the right symbols: which sign is meant is what they say.
    if scene.manner.backward != "chain":
        for index, step in scene.at(Role.BY_NET):
            if step.unit and step.unit.output:
                yield from ((index, formula) for formula in _turned(step.formula))


# Factors


@_kind("factor left out", "missing-factor", "wrong-formula", "convention")
def _without(scene: Scene) -> Iterator[tuple[int, Formula]]:
    for index, step in scene.at(Role.BY_NET, Role.GRADIENT, Role.PATH):
        if isinstance(step.formula, Product):
            factors = step.formula.factors
            for out in range(len(factors)):
                yield index, times(*factors[:out], *factors[out + 1 :])


@_kind("learning rate left out", "missing-factor")
def _without_rate(scene: Scene) -> Iterator[tuple[int, Formula]]:
    for index, step in scene.at(Role.UPDATE):
        for part in _below(step.formula):
            if isinstance(part, Product) and part.factors[0] == q(RATE):
                yield index, replaced(step.formula, part, times(*part.factors[1:]))


@_kind("factor twice", "extra-factor", showing=HIDDEN)
def _twice(scene: Scene) -> Iterator[tuple[int, Formula]]:
    for index, step in scene.at(Role.BY_NET, Role.GRADIENT, Role.PATH):
        if isinstance(step.formula, Product):
            for factor in step.formula.factors:
                yield index, times(*step.formula.factors, factor)


@_kind("foreign factor", "extra-factor")
def _foreign(scene: Scene) -> Iterator[tuple[int, Formula]]:
    if scene.manner.backward == "chain":
        for index, step in scene.at(Role.GRADIENT):
            unit = step.unit
            if unit and unit.output and isinstance(step.formula, Product):
                names = scene.example.names
                slope = partial(names.out(unit), names.net(unit))
                if scene.known(slope):
                    yield index, times(*step.formula.factors, q(slope))


# Conventions


@_kind("half of the cost", "convention", "missing-factor", "extra-factor")
def _half(scene: Scene) -> Iterator[tuple[int, Formula]]:
    for index, step in scene.at(Role.ERROR, Role.COST):
        match step.formula:
            case Product((Quotient(), Square() as square)):
                yield index, square
            case Square() as square:
                yield index, times(Quotient(ONE, TWO), square)


@_kind("two of the square", "convention", "missing-factor", "extra-factor")
def _two(scene: Scene) -> Iterator[tuple[int, Formula]]:
    for index, step in scene.at(Role.BY_OUT):
        if step.unit and step.unit.output:
            match step.formula:
                case Product((Constant("2"), difference)) | Opposite(Product((Constant("2"), difference))):
                    yield index, Opposite(difference) if isinstance(step.formula, Opposite) else difference
                case Opposite(Sum() as difference):
                    yield index, Opposite(times(TWO, difference))
                case Sum():
                    yield index, times(TWO, step.formula)


@_kind("sum for mean", "convention", "missing-factor", "extra-factor")
def _mean(scene: Scene) -> Iterator[tuple[int, Formula]]:
    for index, step in scene.at(Role.COST):
        match step.formula:
            case Quotient(total, _):
                yield index, total
            case Sum(terms):
                yield index, Quotient(step.formula, Constant(str(len(terms))))


# Quantities and indices


@_kind("net input for activation", "wrong-quantity", "wrong-index", "wrong-formula")
def _net_for_out(scene: Scene) -> Iterator[tuple[int, Formula]]:
    names = scene.example.names
    nets = {names.out(unit): names.net(unit) for units in scene.example.layers for unit in units}
    for index, step in scene.at(Role.GRADIENT, Role.ERROR, Role.SLOPE):
        for name in dict.fromkeys(named(step.formula)):
            if name in nets:
                yield index, replaced(step.formula, q(name), q(nets[name]))


@_kind("dout for dnet", "wrong-quantity", "missing-factor")  # which is ∂out/∂net
def _before_the_slope(scene: Scene) -> Iterator[tuple[int, Formula]]:
    names = scene.example.names
    for index, step in scene.at(Role.GRADIENT, Role.UPDATE):
        if step.unit:
            node, by_out = partial(names.cost, names.net(step.unit)), partial(names.cost, names.out(step.unit))
            if node in named(step.formula) and scene.known(by_out):
                yield index, replaced(step.formula, q(node), q(by_out))


@_kind("gradient of another weight", "wrong-index", "wrong-quantity")
def _other_gradient(scene: Scene) -> Iterator[tuple[int, Formula]]:
    gradients = {step.name for _, step in scene.at(Role.GRADIENT)}
    for index, step in scene.at(Role.UPDATE):
        for name in named(step.formula):
            if name in gradients:
                yield from ((index, replaced(step.formula, q(name), q(other))) for other in sorted(gradients - {name}))


@_kind("weight of another edge", "wrong-index", "wrong-quantity", "transposed")
def _other_weight(scene: Scene) -> Iterator[tuple[int, Formula]]:
    for index, step in scene.at(Role.NET, Role.BY_OUT, Role.BY_NET):
        for layer in scene.example.weights:
            names = [name for row in layer for name in row]
            for name in dict.fromkeys(named(step.formula)):
                if name in names:
                    others = [other for other in names if other not in named(step.formula)]
                    yield from ((index, replaced(step.formula, q(name), q(other))) for other in others)


@_kind("activation of another unit", "wrong-index", "wrong-quantity")
def _other_unit(scene: Scene) -> Iterator[tuple[int, Formula]]:
    names = scene.example.names
    layers = [scene.example.inputs, *([names.out(unit) for unit in units] for units in scene.example.layers)]
    for index, step in scene.at(Role.GRADIENT, Role.SLOPE, Role.ERROR):
        for layer in layers:
            for name in dict.fromkeys(named(step.formula)):
                if name in layer:
                    yield from ((index, replaced(step.formula, q(name), q(other))) for other in layer if other != name)


@_kind("matrix transposed", "transposed", "wrong-index")
def _transposed(scene: Scene) -> Iterator[tuple[int, Formula]]:
    for index, step in scene.at(Role.NET, Role.BY_OUT, Role.BY_NET):
        for rows in scene.example.weights:
            if len(rows) > 1 and len(rows) == len(rows[0]):
                flipped = {
                    rows[i][k]: rows[k][i]
                    for i in range(len(rows))
                    for k in range(len(rows))
                    if rows[i][k] != rows[k][i]
                }
                if set(flipped) & set(named(step.formula)):
                    yield index, _renamed(step.formula, flipped)


# Constants, formulas, paths


@_kind("another learning rate", "wrong-constant", "inconsistent-setup", "typo", "decimal-shift", showing=HIDDEN)
def _other_rate(scene: Scene) -> Iterator[tuple[int, Formula]]:
    for index, step in scene.at(Role.UPDATE):
        for rate in RATES:
            if Fraction(rate) != Fraction(scene.example.rate):
                yield index, replaced(step.formula, q(RATE), Constant(rate))


@_kind("derivative of another activation", "wrong-formula", "missing-factor", "wrong-quantity")
def _other_slope(scene: Scene) -> Iterator[tuple[int, Formula]]:
    names = scene.example.names
    for index, step in scene.at(Role.SLOPE, Role.BY_NET):
        if step.unit is None:
            continue
        a = q(names.out(step.unit))
        sigmoid, tanh = (a, minus(ONE, a)), minus(ONE, Square(a))
        match step.formula:
            case Product(factors) if factors[-2:] == sigmoid:
                yield index, times(*factors[:-2], tanh)
                yield index, times(*factors[:-1])
            case Product((*before, factor)) if factor == tanh:
                yield index, times(*before, *sigmoid)
                yield index, times(*before, minus(ONE, a))
            case formula if formula == tanh:
                yield index, times(*sigmoid)
                yield index, minus(ONE, a)


@_kind("another activation", "wrong-formula", showing=("result",))
def _other_activation(scene: Scene) -> Iterator[tuple[int, Formula]]:
    for index, step in scene.at(Role.OUT):
        match step.formula:
            case Function("sigmoid", net):
                yield index, Function("tanh", net)
            case Function("tanh", net):
                yield index, Function("sigmoid", net)


@_kind("path left out", "missing-paths", "missing-factor")
def _path(scene: Scene) -> Iterator[tuple[int, Formula]]:
    for index, step in scene.at(Role.BY_OUT, Role.BY_NET):
        if step.unit and not step.unit.output:
            for part in _below(step.formula):
                if isinstance(part, Sum) and all(isinstance(term, Product | Quantity) for term in part.terms):
                    for out in range(len(part.terms)):
                        kept = part.terms[:out] + part.terms[out + 1 :]
                        yield index, replaced(step.formula, part, plus(*kept))


# States


@_kind("through new weights", "updated-weights-used")
def _new_weights(scene: Scene) -> Iterator[tuple[int, Formula]]:
    new = {name: updated(name) for name in scene.example.trained}
    for index, step in scene.at(Role.BY_OUT, Role.BY_NET):
        if set(new) & set(named(step.formula)):
            yield index, _renamed(step.formula, new)


@_kind("trained through new weights", "updated-weights-used", showing=("result",))
def _trained_in_order(scene: Scene) -> Iterator[tuple[int, Formula]]:
    yield from _trained(scene, scene.manner.updates, output_first=True)


@_kind("old value after the update", "stale-state", "wrong-quantity", showing=HIDDEN)
def _stale(scene: Scene) -> Iterator[tuple[int, Formula]]:
    for index, step in scene.at(Role.NET, Role.ERROR, Role.COST):
        if step.name.endswith(AGAIN):
            old = {name: name.removesuffix(AGAIN).removesuffix("+") for name in named(step.formula)}
            changed = {new: was for new, was in old.items() if new != was}
            yield from ((index, _renamed(step.formula, {new: was})) for new, was in changed.items())
            if len(changed) > 1:
                yield index, _renamed(step.formula, changed)


@_kind("one update more or less", "off-by-one-iteration", showing=("result",))
def _off_by_one(scene: Scene) -> Iterator[tuple[int, Formula]]:
    if scene.manner.updates > 1:
        yield from _trained(scene, scene.manner.updates - 1)
        yield from _trained(scene, scene.manner.updates + 1)


@_kind("biases kept in training", "frozen-parameter", showing=("result",))
def _kept(scene: Scene) -> Iterator[tuple[int, Formula]]:
    biases = tuple(dict.fromkeys(name for row in scene.example.biases for name in row))
    if biases:
        yield from _trained(scene, scene.manner.updates, frozen=() if scene.example.frozen else biases)


@_kind("old bias after the update", "frozen-parameter", "stale-state", showing=HIDDEN)
def _old_bias(scene: Scene) -> Iterator[tuple[int, Formula]]:
    biases = {updated(name): name for row in scene.example.biases for name in row}
    for index, step in scene.at(Role.NET):
        if set(biases) & set(named(step.formula)):
            yield index, _renamed(step.formula, biases)


# Slips of the pen


@_misprint("slip in the arithmetic", "arithmetic", "typo")
def _slip(printed: str, random: Random) -> str:
    places = [place for place, character in enumerate(printed) if character.isdigit()][-5:]
    place = random.choice(places)
    digit = (int(printed[place]) + random.choice((1, -1, 2, -2, 3))) % 10
    return printed[:place] + str(digit) + printed[place + 1 :]


@_misprint("point moved", "decimal-shift")
def _moved(printed: str, random: Random) -> str:
    sign, digits = ("-", printed[1:]) if printed.startswith("-") else ("", printed)
    whole, _, places = digits.partition(".")
    if flip(random) and len(places) > 1:
        return f"{sign}{int(whole + places[0])}.{places[1:]}"
    return f"{sign}{whole[:-1] or '0'}.{whole[-1]}{places}"


@_misprint("digits exchanged", "digit-swap", "typo")
def _exchanged(printed: str, random: Random) -> str:
    pairs = [
        place
        for place in range(len(printed) - 1)
        if printed[place : place + 2].isdigit() and printed[place] != printed[place + 1]
    ]
    if not pairs:
        return ""
    place = random.choice(pairs)
    return printed[:place] + printed[place + 1] + printed[place] + printed[place + 2 :]


def _mistyped(scene: Scene, random: Random) -> Iterator[Fault]:
    for index, _ in scene.at(Role.NET, Role.ERROR, Role.COST, Role.BY_NET, Role.GRADIENT, Role.UPDATE):
        numbers = [part.text for part in _below(scene.lines[index].numbers) if isinstance(part, Constant)]
        long = sorted({text for text in numbers if numbers.count(text) == 1 and len(text.lstrip("-0.")) > 1})
        for text in long:
            wrong = _slip(text, random)
            if Fraction(wrong) and wrong != text:
                yield Fault("operand mistyped", index, showing="numbers", operand=(text, wrong))


KINDS["operand mistyped"] = Kind(
    "operand mistyped", "typo", _mistyped, ("digit-swap", "arithmetic", "wrong-constant", "inconsistent-setup")
)


@_kind(
    "another value than is given", "inconsistent-setup", "wrong-constant", "typo", "wrong-quantity", "wrong-index",
    "decimal-shift", "digit-swap", "sign", showing=("numbers",),
)  # fmt: skip
def _not_as_given(scene: Scene) -> Iterator[tuple[int, Formula]]:
    for index, step in scene.at(Role.NET, Role.ERROR):
        for name in dict.fromkeys(named(step.formula)):
            if name in scene.example.values:
                given = scene.example.values[name]
                digit = str((int(given[-1]) + 3) % 10)
                if Fraction(given[:-1] + digit):
                    yield index, replaced(step.formula, q(name), Constant(given[:-1] + digit))


@_kind("more digits than are known", "false-precision", showing=("result",))
def _too_precise(scene: Scene) -> Iterator[tuple[int, Formula]]:
    if scene.hand.decimals < 7:
        return
    for index, step in scene.at(Role.OUT, Role.SLOPE, Role.ERROR):
        values = {name: _value(scene, name) for name in named(step.formula)}
        if any(values.values()):
            yield index, _put(step.formula, {name: Constant(f"{float(number):.4f}") for name, number in values.items()})


def _value(scene: Scene, name: str) -> Fraction:
    if name in scene.example.values:
        return Fraction(scene.example.values[name])
    return next(line.exact for line in scene.lines if line.step.name == name)


def _trained(
    scene: Scene, updates: int, *, output_first: bool = False, frozen: Sequence[str] | None = None
) -> Iterator[tuple[int, Formula]]:
    """What training comes to by another program; nothing where it runs away."""
    found = list(scene.at(Role.TRAINED))
    if not found:
        return
    last = train(scene.example, updates, output_first=output_first, frozen=frozen)
    results = (last.cost, *last.outs[-1])
    if any(abs(value) > RUN_AWAY for value in results):
        return
    for (index, _), value in zip(found, results, strict=False):
        yield index, Constant(mpmath.nstr(value, 35, min_fixed=-60, max_fixed=60))


def _below(formula: Formula) -> Iterator[Formula]:
    yield formula
    for part in parts(formula):
        yield from _below(part)


def _renamed(formula: Formula, names: dict[str, str]) -> Formula:
    """`formula` with other names, all at once."""
    return _put(formula, {old: q(new) for old, new in names.items()})


def _put(formula: Formula, by_name: dict[str, Quantity] | dict[str, Constant]) -> Formula:
    if isinstance(formula, Quantity):
        return by_name.get(formula.name, formula)
    return rebuilt(formula, lambda part: _put(part, by_name))
