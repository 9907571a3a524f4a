"""The network that a document states, with what it leaves out: the draft of a network file."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from symbackprop.auditing.inference.analogy import is_weighted_sum
from symbackprop.auditing.inference.choice import Choice, choose
from symbackprop.auditing.inference.cost import find_cost
from symbackprop.auditing.inference.evidence import Evidence, Given, figures
from symbackprop.auditing.inference.forms import terms_of
from symbackprop.auditing.inference.one_hot import with_targets
from symbackprop.auditing.inference.prose import Words
from symbackprop.auditing.inference.scalars import Writer
from symbackprop.auditing.inference.spelling import key, key_of, numbered
from symbackprop.auditing.inference.words import GIVEN, OUTPUTS, TARGETS, is_cost, is_error, is_parameter, letters, role
from symbackprop.auditing.mathematics.tree import Call, Name, walk
from symbackprop.errors import SymbackpropError
from symbackprop.expressions.functions import ACTIVATIONS
from symbackprop.expressions.text import text
from symbackprop.expressions.tree import symbols_of
from symbackprop.network.problem import Claim, Problem, Training, check_problem, read_equations

LONG = 5  # decimals, with which nobody begins
SECTIONS = ("inputs", "targets", "parameters")


@dataclass(frozen=True, slots=True)
class Draft:
    """The sections of a network file; a leaf without a value is one that the document does not state.

    `like` holds, of the equations that the document does not write, those that they are made after; `supposed` is the
    cost where the document does not write it out and its gradients are those of that one; `printed` holds the numbers
    that are printed for the equations, and put in for them wherever that is done; `places` the offsets at which the
    document states values and equations. `updated` says that it updates parameters, `lost` names
    errors that it adds up and does not define.
    """

    equations: Mapping[str, str] = field(default_factory=dict)
    leaves: Mapping[str, Mapping[str, str | None]] = field(default_factory=dict)
    like: Mapping[str, str] = field(default_factory=dict)
    uses: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    cost: str | None = None
    learning_rate: str | None = None
    supposed: str | None = None
    frozen: tuple[str, ...] = ()
    decimals: int | None = None
    printed: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, int] = field(default_factory=dict)
    updated: bool = False
    lost: tuple[str, ...] = ()

    @property
    def values(self) -> dict[str, str]:
        """The leaves that have values."""
        return {name: value for section in self.leaves.values() for name, value in section.items() if value is not None}

    @property
    def missing(self) -> tuple[str, ...]:
        """The names of the numbers that the document does not state, in the order of the equations."""
        if not self.equations:
            return ("equations",)
        valued = self.values
        found = dict.fromkeys(use for uses in self.uses.values() for use in uses)
        missing = [use for use in (*found, *self.lost) if use not in self.equations and use not in valued]
        return (*missing, "learning_rate") if self.updated and self.cost and not self.learning_rate else (*missing,)

    @property
    def notes(self) -> tuple[str, ...]:
        """What is taken from elsewhere than a plain statement."""
        said = [
            f"{name} is not written out: taken after {model} as {self.equations[name]}"
            for name, model in self.like.items()
        ]
        if self.supposed is not None and self.supposed in self.equations:
            equation = self.equations[self.supposed]
            said.append(f"{self.supposed} = {equation} is not written out: it is the cost whose gradients are used")
        return tuple(said)

    def problem(self) -> Problem | None:
        """The network, as far as it rests on what is stated; None where there is none.

        Where nothing is missing but values of parameters, inputs and targets it is whole, and claims stand for the
        quantities that rest on these and are printed; else it is the part that rests on stated values alone.
        """
        values = self.values
        unvalued = [
            use for uses in self.uses.values() for use in uses if use not in self.equations and use not in values
        ]
        whole = all(is_parameter(name) or letters(name) in GIVEN or role(name, TARGETS) == "" for name in unvalued)
        known, kept = set(values), {}
        claims: dict[str, Claim] = {}
        for name, equation in self.equations.items():
            stated = all(use in known for use in self.uses[name])
            if stated or whole:
                kept[name] = equation
            if not stated and whole and name in self.printed:
                claims[name] = Claim(name, self.printed[name])
            if stated or name in claims:
                known.add(name)
        return self._problem(kept, {name: claims[name] for name in claims if name in kept})

    def _problem(self, kept: Mapping[str, str], claims: Mapping[str, Claim]) -> Problem | None:
        values = self.values
        used = {use for name in kept for use in self.uses[name]}
        given = [[name for name in self.leaves.get(section, ()) if name in used] for section in SECTIONS]
        varied = [section for section in (given[0], given[2]) if section]
        if not varied or not all(any(name in values for name in section) for section in varied):
            return None
        cost = self.cost if self.cost in kept else None
        frozen = tuple(name for name in self.frozen if name in given[2])
        try:
            graph = read_equations(kept, *given)
            training = Training(cost, self.learning_rate, frozen) if cost else None
            problem = check_problem(
                Problem(graph, training=training, decimals=self.decimals, claims=tuple(claims.values()))
            )
            stated = {name: values[name] for name in graph.leaves if name in values}
            return replace(problem, values=MappingProxyType(stated))
        except SymbackpropError:
            return None


def draft(evidence: Evidence, words: Words) -> Draft:
    """The network that `evidence` and `words` state."""
    choice = choose(evidence, words.activation)
    cost, _ = find_cost(choice, evidence)
    if cost is not None:
        with_targets(choice, evidence, cost)
    writer = Writer(choice.formulas, evidence)
    if cost is not None and not writer.write(cost):
        cost = None
    needed = {*writer.equations, *writer.leaves} if cost else set()
    trees = dict(writer.equations)
    for head in choice.formulas:
        count = len(writer.order)
        if not writer.write(head):
            continue
        new = dict.fromkeys(writer.order[count:])
        uses = (use for name in new for use in symbols_of(writer.equations[name]))
        if not cost or all(use in needed or use in new for use in uses):
            trees.update((name, writer.equations[name]) for name in new)
            needed.update(new)
    equations = {name: text(tree) for name, tree in trees.items()}
    uses_of = {name: symbols_of(tree) for name, tree in trees.items()}
    builder = _Leaves(evidence, choice, writer, words, uses_of)
    leaves = builder.sections()
    rate = evidence.rate()
    return Draft(
        equations,
        leaves,
        {
            evidence.name(head): evidence.name(model)
            for head, model in choice.supposed.items()
            if not evidence.count[head] and evidence.name(head) in equations and model
        },
        uses_of,
        cost=evidence.name(cost) if cost else None,
        learning_rate=rate.text if rate and rate.value > 0 else None,
        supposed=evidence.name(cost) if cost and choice.supposed.get(cost) == "" else None,
        frozen=builder.frozen(leaves["parameters"]),
        decimals=max(evidence.decimals, key=lambda places: (evidence.decimals[places], places), default=None),
        places=builder.places | _places(choice, evidence),
        updated=bool(evidence.trained),
        lost=tuple(map(evidence.name, choice.lost)),
        printed={name: number.text for name in equations if (number := evidence.result(key_of(name))) is not None},
    )


def _places(choice: Choice, evidence: Evidence) -> dict[str, int]:
    """Where the document has the formulas that are not supposed."""
    formulas = choice.formulas.items()
    return {
        evidence.name(head): tree.span.start for head, tree in formulas if head not in choice.supposed and tree.span.end
    }


class _Leaves:
    """Which kind each leaf is of, and what it is worth."""

    def __init__(
        self,
        evidence: Evidence,
        choice: Choice,
        writer: Writer,
        words: Words,
        uses: Mapping[str, tuple[str, ...]],
    ) -> None:
        self.evidence = evidence
        self.choice = choice
        self.writer = writer
        self.words = words
        self.uses = uses
        self.places: dict[str, int] = {}
        # What is added to weighted inputs, and is no result, is a bias, whatever it is called.
        added = (term for formula in choice.formulas.values() if is_weighted_sum(formula) for term in terms_of(formula))
        bare = {key(term) for term in added if isinstance(term, Name)}
        results = evidence.printed.keys() - evidence.stated.keys()
        self.biases = {held for held in bare - results if letters(evidence.name(held)) not in GIVEN}
        # What an activation takes is worked out, whatever number stands for it.
        self.made = {
            key(part.arguments[0])
            for formula in choice.formulas.values()
            for part in walk(formula)
            if isinstance(part, Call) and part.function in ACTIVATIONS and isinstance(part.arguments[0], Name)
        }

    def sections(self) -> dict[str, dict[str, str | None]]:
        """The leaves by the sections of a network file, with their values."""
        names = dict.fromkeys(use for uses in self.uses.values() for use in uses if use not in self.uses)
        users: dict[str, list[str]] = {}
        for head, uses in self.uses.items():
            for use in uses:
                users.setdefault(use, []).append(head)
        # An error that is only printed is no number that is given: E_o2 in E_total = E_o1 + E_o2.
        self.made |= {
            self.writer.leaves.get(name, name)
            for name in names
            if is_error(name) and all(is_cost(user) and self._adds(user, name) for user in users[name])
        }
        errors = self._errors(names)
        found: dict[str, dict[str, str | None]] = {section: {} for section in SECTIONS}
        for name in names:
            kind = self._kind(name, users[name], errors)
            found[kind][name] = self._value(name, kind)
        self._fill(found)
        return found

    def _adds(self, head: str, name: str) -> bool:
        """Whether the equation of `head` is a sum of which `name` is a term."""
        return any(str(term) == name for term in self.writer.equations[head].args)

    def _errors(self, names: Collection[str]) -> set[str]:
        """The equations that rest on a target."""
        found = {
            head
            for head, uses in self.uses.items()
            if any(use in names and role(use, TARGETS) is not None and not is_parameter(use) for use in uses)
            and any(use in self.uses for use in uses)
        }
        for head, uses in self.uses.items():
            if uses and any(use in found for use in uses):
                found.add(head)
        return found

    def _kind(self, name: str, users: list[str], errors: set[str]) -> str:
        if name.isalpha() and name.lower().startswith("bias") and self._value(name, "inputs") == "1":
            return "inputs"  # the 1 by which a bias is multiplied
        held = self.writer.leaves.get(name)
        parameter = is_parameter(name) or held in self.evidence.trained or held in self.biases
        if not parameter and all(user in errors for user in users):
            return "targets"
        return "parameters" if parameter else "inputs"

    def _value(self, name: str, kind: str) -> str | None:
        if name in self.writer.values:
            return self._stated(name, self.writer.values[name])
        held = self.writer.leaves.get(name, key_of(name))
        if held in self.made or (role(name, OUTPUTS) is not None and role(name, TARGETS) is None):
            return None
        if not is_parameter(name) and self.evidence.disputed(held):
            return None
        found = self.evidence.value(held)
        return self._stated(name, found) if found and not self._is_result(name, kind, found.text) else None

    def _stated(self, name: str, number: Given) -> str:
        if number.start is not None:
            self.places[name] = number.start
        return number.text

    def _is_result(self, name: str, kind: str, number: str) -> bool:
        """Whether a number has as many digits as the results of the document, and its name is not that of an input.

        What is worked out elsewhere, rounded, is no number that is given.
        """
        if kind == "targets" or letters(name) in GIVEN or not self.evidence.decimals:
            return False
        places, usual = len(number.partition(".")[2]), self.evidence.decimals.most_common(1)[0][0]
        digits = self.evidence.figures.most_common(1)[0][0]
        enough = LONG if kind == "parameters" else 2
        return places >= usual >= enough or figures(number) >= digits >= enough + 1

    def _fill(self, found: dict[str, dict[str, str | None]]) -> None:
        """Takes from a list in a sentence, such as outputs 0.01 and 0.99, what no formula gives."""
        for kind, lists in self.words.lists.items():
            section = found[kind]
            if None not in section.values():
                continue
            order = sorted(section, key=lambda name: (letters(name), numbered(name)[1] or 0))
            for numbers in lists:
                fits = len(numbers) == len(order) and all(
                    section[name] in (None, number.text) or _same(section[name], number.text)
                    for name, number in zip(order, numbers, strict=True)
                )
                if fits:
                    for name, number in zip(order, numbers, strict=True):
                        section[name] = section[name] or number.text
                    break

    def frozen(self, parameters: Collection[str]) -> tuple[str, ...]:
        """The biases, where the document updates or differentiates weights and none of them."""
        own = {key_of(name) for name in parameters}
        moved = {held for held in self.evidence.trained | self.evidence.by if is_parameter(held) or held in own}
        biases = tuple(name for name in parameters if self._is_bias(key_of(name)))
        weights_move = any(not self._is_bias(held) for held in moved & self.evidence.trained)
        if self.words.fixed_biases:
            return biases
        return biases if weights_move and not any(map(self._is_bias, moved)) else ()

    def _is_bias(self, held: str) -> bool:
        return held in self.biases or held[:1] in "bB" or held.startswith("theta")


def _same(one: str | None, other: str) -> bool:
    return one is not None and float(one) == float(other)
