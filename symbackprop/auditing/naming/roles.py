"""What a name stands for by its role: output, target, error, learning rate, or the letter and the index of a unit."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum, auto

from symbackprop.auditing.mathematics.tree import Name
from symbackprop.auditing.naming.spelling import keys_of, split_index, split_word, trailing_digits
from symbackprop.auditing.naming.units import Unit, Units
from symbackprop.auditing.naming.vocabulary import Found, Vocabulary
from symbackprop.network.problem import Problem


class Role(StrEnum):
    """What part a quantity has in a network."""

    NET = auto()
    ACTIVATION = auto()
    INPUT = auto()
    TARGET = auto()
    ERROR = auto()
    BIAS = auto()
    RATE = auto()


_NET, _ACT, _IN, _TARGET, _ERROR, _BIAS, _RATE = Role

_SAID: dict[tuple[Role, ...], str] = {
    (_NET,): "net netinput zin yin weightedsum preactivation logit logits z s v u in",
    (_ACT, _NET, _RATE): "a",
    (_IN, _NET): "i",
    (_IN, _ACT): "x",
    (_ACT, _TARGET): "y",
    (_IN,): "input inputs inp inputvalue",
    (_ACT,): "o out output outputs act activation h hidden yhat ypred ypredicted prediction predictions predicted pred "
    "predictedoutput predictedvalue networkoutput modeloutput computedvalue htheta hw computedoutput computed estimate "
    "yout youtput outputvalue softmax probs probabilities",
    (_TARGET,): "t d target targets targetvalue targetoutput ytarget ytrue true trueoutput truevalue truelabel truth "
    "groundtruth desired desiredoutput desiredvalue yd ydesired expected expectedoutput expectedvalue yexpected "
    "label labels actual actualvalue yactual targ tgt correctoutput",
    (_TARGET, _ACT): "actualoutput",
    (_ERROR,): "error err loss cost mse sse rmse halfmse totalerror etotal etot et errortotal totalloss ltotal jtotal "
    "ctotal totalcost lossfunction costfunction errorfunction losstotal bce crossentropy crossentropyloss ce celoss "
    "mseloss squarederror meansquarederror squarederrorloss losst",
    (_BIAS,): "b bias theta threshold biases",
    (_RATE,): "eta alpha lr learningrate rate epsilon gamma mu stepsize learningratealpha learningrateeta l",
}
RATES = frozenset({"lr", "eta", "learningrate", "stepsize"})  # that are nothing else
_WORDS: dict[str, tuple[Role, ...]] = {word: found for found, words in _SAID.items() for word in words.split()}
_CAPITALS: dict[str, tuple[Role, ...]] = {
    **dict.fromkeys("ELJC", (_ERROR,)),
    **dict.fromkeys("HO", (_ACT,)),
    "A": (_ACT, _NET),
    "I": (_NET, _IN),
    "T": (_TARGET,),
}


def roles(word: str) -> tuple[Role, ...]:
    """The roles that a word or a letter may have, the commonest first; a small e is no error, a capital E is one.

    >>> [role.value for role in roles("ytrue")], [role.value for role in roles("E")], roles("e")
    (['target'], ['error'], ())
    """
    return _CAPITALS.get(word) or _WORDS.get(word.casefold(), ())


class Roles:
    """Quantities of a network by role."""

    def __init__(self, problem: Problem, vocabulary: Vocabulary, units: Units) -> None:
        self.problem = problem
        self.vocabulary = vocabulary
        self.units = units
        self._stems = self._own_stems()
        self._usual: dict[str, tuple[Role, ...]] = dict(self._stems)

    def of(self, name: Name) -> tuple[Found, ...]:
        """What a name may stand for by role, the likeliest first."""
        found: dict[Found, None] = {}
        for spelt in keys_of(name):
            for role in roles(spelt):
                found.update(dict.fromkeys(self._whole(role)))
        found.update(dict.fromkeys(self._only(name)))
        if not found:
            for role, index in self._indexed(name):
                found.update(dict.fromkeys(self._at(role, index)))
        return tuple(found)

    def of_base(self, base: str) -> tuple[Role, ...]:
        """The roles that the base of a name with an index has: in this network, else by custom."""
        own = self._stems.get(base, ())
        return tuple(dict.fromkeys((*own, *roles(base))))

    def usual(self, base: str) -> tuple[Role, ...]:
        """The roles that a base has at any unit: in this network, else the first by custom that a unit has."""
        if base not in self._usual:
            self._usual[base] = self._first(base)
        return self._usual[base]

    def _first(self, base: str) -> tuple[Role, ...]:
        every = (*self.units.units, *self.units.inputs)
        return next(((role,) for role in roles(base) if any(any(self.at(role, unit)) for unit in every)), ())

    def at(self, role: Role, unit: Unit) -> Iterator[str]:
        """The quantities with a role at a unit."""
        output = self.units.output_of(unit)
        match role:
            case Role.NET if unit.net:
                yield unit.net
            case Role.ACTIVATION:
                yield unit.activation
            case Role.INPUT if unit.net is None:
                yield unit.activation
            case Role.TARGET if output in self.units.targets:
                yield self.units.targets[output]
            case Role.ERROR if output in self.units.errors:
                yield self.units.errors[output]
            case Role.BIAS:
                yield from unit.biases

    def _indexed(self, name: Name) -> Iterator[tuple[Role, str]]:
        """(role, index) of a name as base and index, and of H_{11}, whose base belongs to the unit's own name."""
        base, index = split_index(name)
        if not index:
            return
        for role in roles(base) or (Role.ACTIVATION,):
            yield role, base + index
        for role in self.of_base(base):
            if role is not Role.INPUT or role not in self._stems.get(base, ()):  # of x_1 and x_2 no x_0 is made
                yield role, index

    def _only(self, name: Name) -> Iterator[Found]:
        """The y of a network in which only one is called so, written as y_1."""
        spelt = keys_of(name)[0]
        found = self.vocabulary.spelt(spelt[:-1]) if spelt.endswith("1") else None
        if found is not None and found.scalar is not None and self.vocabulary.spelt(f"{spelt[:-1]}2") is None:
            yield found

    def _at(self, role: Role, index: str) -> Iterator[Found]:
        units = self.units.of(index)
        summed = [unit for unit in units if unit.net]
        layered = bool(self.units.units)  # of given net inputs none is what a unit gives out: y_2 is not z_2
        for unit in summed if role is Role.ACTIVATION and (summed or not layered) else units:
            for quantity in self.at(role, unit):
                yield Found.one(quantity)
        if role is Role.INPUT and index.isdecimal() and not units:
            inputs = self.problem.graph.inputs
            if 1 <= int(index) <= len(inputs):
                yield Found.one(inputs[int(index) - 1])
        if role is Role.TARGET and index.isdecimal() and not units and len(self.problem.graph.targets) == 1:
            yield Found.one(self.problem.graph.targets[0])

    def _whole(self, role: Role) -> Iterator[Found]:
        """What has a role where no index says at which unit."""
        graph, training = self.problem.graph, self.problem.training
        match role:
            case Role.NET if len(self.units.units) == 1:
                yield Found.one(self.units.units[0].net or self.units.units[0].activation)
            case Role.ACTIVATION if self.units.outputs:
                yield Found.list(self.units.outputs)
            case Role.INPUT if graph.inputs:
                yield Found.list(graph.inputs)
            case Role.TARGET if graph.targets:
                yield Found.list(graph.targets)
            case Role.ERROR if training:
                yield Found.one(training.cost)
            case Role.BIAS if len(biases := self._biases()) == 1:
                yield Found.one(biases[0])
            case Role.RATE if training and training.learning_rate is not None:
                yield Found.one(self.problem.learning_rate_name)

    def _biases(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(bias for unit in self.units.units for bias in unit.biases))

    def _own_stems(self) -> dict[str, tuple[Role, ...]]:
        """The roles of the letters with which this network's own names begin: of I_4, a net input, I."""
        table: dict[str, dict[Role, None]] = {}
        for unit in (*self.units.units, *self.units.inputs):
            if unit.net and unit.net != unit.activation:
                table.setdefault(_stem(unit.net), {})[Role.NET] = None
            table.setdefault(_stem(unit.activation), {})[Role.ACTIVATION if unit.net else Role.INPUT] = None
            for bias in unit.biases:
                table.setdefault(_stem(bias), {})[Role.BIAS] = None
        for target in self.problem.graph.targets:
            table.setdefault(_stem(target), {})[Role.TARGET] = None
        return {stem: tuple(found) for stem, found in table.items()}


def _stem(name: str) -> str:
    return trailing_digits(split_word(name.split("_")[0])[0])[0]
