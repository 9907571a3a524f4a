"""The working of a layered network, written down by hand: forward, backward, update, and forward again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from tests.auditing.generator.formulas import (
    Constant,
    Formula,
    Function,
    Opposite,
    Product,
    Quantity,
    Quotient,
    Square,
    minus,
    plus,
    times,
)
from tests.auditing.generator.names import Unit
from tests.auditing.generator.networks import DECAY, Example
from tests.auditing.generator.steps import (
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
from tests.auditing.generator.training import train

ENTROPIES = ("entropy", "softmax")  # losses whose derivative by a net input is an output without its target


@dataclass(frozen=True)
class Working:
    """The steps of an example in one manner; `mark` is that of the pass after the update."""

    example: Example
    manner: Manner
    mark: str = ""

    def steps(self) -> tuple[Step, ...]:
        """All steps in reading order."""
        after = replace(self, mark=AGAIN)
        match self.manner.again:
            case "all":
                return (*self.iteration(), *_in("Second iteration: {}", after.iteration()))
            case "forward":
                return (*self.iteration(), *_in("After the update", (*after.forward(), *after.errors())))
            case _:
                return self.iteration()

    def iteration(self) -> tuple[Step, ...]:
        """A forward and a backward pass, and the update."""
        steps = [*_in("Forward pass", self.forward()), *_in("Error", self.errors())]
        updates: list[Step] = []
        for index in reversed(range(len(self.example.layers))):
            last = index == len(self.example.layers) - 1
            title = "Backward pass, output layer" if last else f"Backward pass, hidden layer {index + 1}"
            steps += _in(title, self.backward(index))
            layer = tuple(_in("Update", self.update(index)))
            if self.manner.layer_by_layer:
                steps += layer
            else:
                updates += layer
        return (*steps, *updates)

    def _now(self, name: str) -> str:
        """What is called so in this pass: after the update, the new weights and all that is worked with them."""
        fixed = name in (*self.example.given, RATE) and name not in self.example.trained
        if not self.mark or fixed:
            return name
        if name.endswith("+"):
            return updated(self._now(name[:-1]))
        return updated(name) if name in self.example.trained and not self.manner.renamed else name + self.mark

    def q(self, name: str) -> Quantity:
        """A quantity in this pass."""
        return Quantity(self._now(name))

    def step(self, name: str, role: Role, forms: tuple[Formula, ...], unit: Unit | None = None) -> Step:
        """A step of this pass."""
        return Step(self._now(name), role, forms, unit)

    def forward(self) -> Iterator[Step]:
        """net = Σ w x + b, out = f(net)."""
        example, names = self.example, self.example.names
        for index, units in enumerate(example.layers):
            for position, unit in enumerate(units):
                pairs = zip(example.weights[index][position], example.fed(index), strict=True)
                products = [(self.q(w), self.q(x)) if names.weight_first else (self.q(x), self.q(w)) for w, x in pairs]
                bias = [self.q(name) for name in example.biases[index][position : position + 1]]
                yield self.step(names.net(unit), Role.NET, (plus(*(times(*pair) for pair in products), *bias),), unit)
                if example.activations[index] != "softmax":
                    yield self._out(index, unit)
            if example.activations[index] == "softmax":  # for which all net inputs have to be known
                yield from (self._out(index, unit) for unit in units)

    def _out(self, index: int, unit: Unit) -> Step:
        net = self.q(self.example.names.net(unit))
        form: Formula
        match self.example.activations[index]:
            case "linear":
                form = net
            case "softmax":
                nets = map(self.q, map(self.example.names.net, self.example.layers[index]))
                form = Quotient(Function("exp", net), plus(*(Function("exp", each) for each in nets)))
            case activation:
                form = Function(activation, net)
        return self.step(self.example.names.out(unit), Role.OUT, (form,), unit)

    def errors(self) -> Iterator[Step]:
        """The error of each output, and the cost."""
        example, names = self.example, self.example.names
        single = len(example.outputs) == 1
        if example.loss == "softmax":
            pairs = zip(example.outputs, example.targets, strict=True)
            logs = [times(self.q(target), Function("log", self.q(names.out(unit)))) for unit, target in pairs]
            yield self.step(names.cost, Role.COST, (Opposite(plus(*logs)),))
            return
        for unit, target in zip(example.outputs, example.targets, strict=True):
            t, a = q(target), self.q(names.out(unit))
            square = Square(minus(t, a) if self.manner.target_first else minus(a, t))
            forms: dict[str, Formula] = {
                "half": times(Quotient(ONE, TWO), square),
                "squared": square,
                "mean": square,
                "entropy": Opposite(
                    plus(times(t, Function("log", a)), times(minus(ONE, t), Function("log", minus(ONE, a))))
                ),
            }
            name = names.cost if single else names.error(unit)
            yield self.step(name, Role.COST if single else Role.ERROR, (forms[example.loss],), unit)
        if not single:
            total = plus(*(self.q(names.error(unit)) for unit in example.outputs))
            count = Constant(str(len(example.outputs)))
            yield self.step(names.cost, Role.COST, (Quotient(total, count) if example.loss == "mean" else total,))

    def backward(self, index: int) -> Iterator[Step]:
        """Node errors and gradients of a layer, counted from 0."""
        for position, unit in enumerate(self.example.layers[index]):
            if self.manner.backward == "chain":
                yield from self._chain(index, unit)
            else:
                yield self.step(self.node(unit), Role.BY_NET, (self._node_error(index, unit),), unit)
            yield from self._gradients(index, position, unit)

    def node(self, unit: Unit) -> str:
        """What the derivative of the cost by a unit's net input is called."""
        names = self.example.names
        return partial(names.cost, names.net(unit)) if self.manner.backward == "chain" else names.node(unit)

    def _difference(self, unit: Unit) -> tuple[Formula, ...]:
        """The factors of ∂E/∂out of an output; for the entropy ∂E/∂net. In the reversed manner, their opposite."""
        example = self.example
        t = self.q(example.targets[unit.number - 1])
        a = self.q(example.names.out(unit))
        factors: dict[str, tuple[Formula, ...]] = {
            "squared": (TWO,),
            "mean": (Quotient(TWO, Constant(str(len(example.outputs)))),),
        }
        constant = factors.get(example.loss, ())
        if self.manner.backward == "reversed":
            return (*constant, minus(t, a))
        if self.manner.target_first:
            return (Opposite(times(*constant, minus(t, a))),)
        return (*constant, minus(a, t))

    def slope(self, index: int, unit: Unit) -> Formula:
        """∂out/∂net in the unit's activation; where that has a kink it is read off the sign of the net input."""
        a = self.q(self.example.names.out(unit))
        match self.example.activations[index]:
            case "sigmoid":
                return times(a, minus(ONE, a))
            case "tanh":
                return minus(ONE, Square(a))
            case "relu" | "leaky_relu" as kinked:
                net = train(self.example, 1 if self.mark else 0).nets[index][unit.number - 1]
                return ONE if net > 0 else Constant("0" if kinked == "relu" else "0.01")
            case _:
                return ONE

    def _slopes(self, index: int, unit: Unit) -> tuple[Formula, ...]:
        """The factors of ∂out/∂net in a product; none where it is 1 for every net input."""
        slope = self.slope(index, unit)
        if self.example.activations[index] == "linear":
            return ()
        return slope.factors if isinstance(slope, Product) else (slope,)

    def _node_error(self, index: int, unit: Unit) -> Formula:
        if unit.output:
            slopes = () if self.example.loss in ENTROPIES else self._slopes(index, unit)
            return times(*self._difference(unit), *slopes)
        return times(self._backward_sum(index, unit), *self._slopes(index, unit))

    def _backward_sum(self, index: int, unit: Unit) -> Formula:
        """Σ over the units of the next layer of node error · weight."""
        pairs = zip(self.example.layers[index + 1], self.example.weights[index + 1], strict=True)
        return plus(*(times(self.q(self.node(above)), self.q(row[unit.number - 1])) for above, row in pairs))

    def _chain(self, index: int, unit: Unit) -> Iterator[Step]:
        names = self.example.names
        cost, out, net = names.cost, names.out(unit), names.net(unit)
        by_out, slope = self.q(partial(cost, out)), self.q(partial(out, net))
        if unit.output and self.example.loss in ENTROPIES:
            yield self.step(self.node(unit), Role.BY_NET, (times(*self._difference(unit)),), unit)
            return
        if unit.output:
            yield self.step(partial(cost, out), Role.BY_OUT, (times(*self._difference(unit)),), unit)
        else:
            yield from self._by_out(index, unit)
        yield self.step(partial(out, net), Role.SLOPE, (self.slope(index, unit),), unit)
        yield self.step(self.node(unit), Role.BY_NET, (times(by_out, slope),), unit)

    def _by_out(self, index: int, unit: Unit) -> Iterator[Step]:
        example, names = self.example, self.example.names
        out, above = names.out(unit), example.layers[index + 1]
        weights = [row[unit.number - 1] for row in example.weights[index + 1]]
        by_out = partial(names.cost, out)
        pairs = list(zip(above, weights, strict=True))
        chain = plus(*(times(self.q(self.node(k)), self.q(partial(names.net(k), out))) for k, _ in pairs))
        forms: tuple[Formula, ...] = (chain,) if self.manner.chains else ()
        if self.manner.paths and above[0].output and len(above) > 1 and example.loss in ("half", "squared"):
            for k, weight in pairs:
                first = partial(names.error(k), names.net(k))
                if unit.number == 1:
                    slopes = self.q(partial(names.cost, names.out(k))), self.q(partial(names.out(k), names.net(k)))
                    yield self.step(first, Role.PATH, (times(*slopes),), k)
                yield self.step(partial(names.error(k), out), Role.PATH, (times(self.q(first), self.q(weight)),), unit)
            yield self.step(by_out, Role.BY_OUT, (plus(*(self.q(partial(names.error(k), out)) for k in above)),), unit)
        else:
            yield self.step(by_out, Role.BY_OUT, (*forms, self._backward_sum(index, unit)), unit)

    def _gradients(self, index: int, position: int, unit: Unit) -> Iterator[Step]:
        example, names = self.example, self.example.names
        cost, net, out = names.cost, names.net(unit), names.out(unit)
        node = self.q(self.node(unit))
        for weight, fed in zip(example.weights[index][position], example.fed(index), strict=True):
            if self.manner.backward == "reversed":
                continue
            if self.manner.locals:
                yield self.step(partial(net, weight), Role.LOCAL, (self.q(fed),), unit)
            chain = (times(self.q(partial(cost, out)), self.q(partial(out, net)), self.q(partial(net, weight))),)
            several = example.activations[index] == "softmax"  # ∂E/∂net has a path through each output
            forms = chain if self.manner.chains and self.manner.backward == "chain" and not several else ()
            yield self.step(partial(cost, weight), Role.GRADIENT, (*forms, times(node, self.q(fed))), unit)
        biases = example.biases[index]
        if self.manner.backward == "reversed" or not biases or biases[0] in example.frozen:
            return
        units = example.layers[index]
        if len(set(biases)) == len(biases):
            yield self.step(partial(cost, biases[position]), Role.GRADIENT, (node,), unit)
        elif unit is units[-1]:
            total = plus(*(self.q(self.node(each)) for each in units))
            yield self.step(partial(cost, biases[0]), Role.GRADIENT, (total,), unit)

    def update(self, index: int) -> Iterator[Step]:
        """w+ = w - η ∂E/∂w, or w + η δ x in the reversed manner."""
        example = self.example
        units = example.layers[index]
        for unit, row in zip(units, example.weights[index], strict=True):
            for weight, fed in zip(row, example.fed(index), strict=True):
                yield self._update(weight, times(self.q(self.node(unit)), self.q(fed)), unit)
        for position, bias in enumerate(dict.fromkeys(example.biases[index])):
            if bias in example.trained:
                shared = len(units) > 1 and len(set(example.biases[index])) == 1
                nodes = [self.q(self.node(unit)) for unit in (units if shared else units[position : position + 1])]
                yield self._update(bias, plus(*nodes), units[position])

    def _update(self, name: str, product: Formula, unit: Unit) -> Step:
        decays = bool(self.example.decay) and name in self.example.single_weights
        decay = times(self.q(DECAY), self.q(name))
        if self.manner.backward == "reversed":
            factors = product.factors if isinstance(product, Product) else (product,)
            factors = (minus(product, decay),) if decays else factors
            return self.step(updated(name), Role.UPDATE, (plus(self.q(name), times(self.q(RATE), *factors)),), unit)
        gradient: Formula = self.q(partial(self.example.names.cost, name))
        gradient = plus(gradient, decay) if decays else gradient
        return self.step(updated(name), Role.UPDATE, (minus(self.q(name), times(self.q(RATE), gradient)),), unit)


def _in(title: str, steps: Iterable[Step]) -> Iterator[Step]:
    return (replace(step, section=title.format(step.section)) for step in steps)
