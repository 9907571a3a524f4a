"""The chain rule over a whole graph, last definition to first, one visit each.

    ∂C/∂x = Σ over the definitions d in which x stands of ∂C/∂d · ∂d/∂x

Every partial is a step of its own, so that the number of steps grows with the number of edges. Where an activation
reaches the cost through the errors of several outputs, its paths are named by them: ∂C/∂a = ∂E_o1/∂a + ∂E_o2/∂a.

A name dY/dx always stands for the partial over all paths. The local partial ∂d/∂x is a step of that name where x
reaches d in no other way; elsewhere it is called dd/dx (direct).

Source: D. E. Rumelhart, G. E. Hinton, R. J. Williams, Learning representations by back-propagating errors (1986).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import sympy as sp

from symbackprop.derivation.partials import LocalPartial, local_partials
from symbackprop.derivation.steps import Kind, Step
from symbackprop.expressions.functions import FUNCTIONS
from symbackprop.expressions.layerwise import Share, share
from symbackprop.expressions.names import partial, updated
from symbackprop.expressions.tree import ONE, ZERO, add, multiply, substitute, symbol, symbols_of
from symbackprop.network.graph import Definition, Graph, layer_units, node_error_names

Path = tuple[str, ...]


class ReverseWalk:
    """The partials of one cost, made as they are asked for; `steps` holds those made so far, in a valid order.

    `section` is given to the steps made next. `renewed` holds parameters whose updated value is taken in local partials
    (hidden gradients through new weights). `consumers` maps a quantity to the definitions in which it stands, on the
    way to the cost.
    """

    def __init__(self, graph: Graph, cost: str, section: str = "") -> None:
        self.cost = cost
        self.section = section
        self.steps: dict[str, Step] = {}
        self.renewed: set[str] = set()
        needed = graph.needed([cost])
        self.consumers = _consumers(needed)
        self._defined = {definition.name for definition in needed}
        self._node_errors = node_error_names(graph)
        self._error = single_errors(graph, cost)
        self._roundabout = _roundabout(needed, self.consumers)
        self._units = layer_units(graph)
        self._locals: dict[str, dict[str, LocalPartial]] = {}

    def total(self, name: str) -> str:
        """Makes ∂cost/∂name and all it rests on, unless made before, and returns its name."""
        waiting = [(self.cost, name)]
        while waiting:
            of, by = waiting[-1]
            missing = [pair for pair in self._before(of, by) if partial(*pair) not in self.steps]
            if partial(of, by) in self.steps:
                waiting.pop()
            elif missing:
                waiting.extend(reversed(missing))
            else:
                self._make(of, by)
                waiting.pop()
        return partial(self.cost, name)

    def _before(self, of: str, by: str) -> list[tuple[str, str]]:
        """The totals that ∂of/∂by rests on."""
        if of == self.cost and (errors := self._by_errors(by)):
            return [(error, by) for error in errors]
        return [(of, definition.name) for definition in self._through(of, by) if definition.name != of]

    def _through(self, of: str, by: str) -> list[Definition]:
        """The definitions in which `by` stands, on the way to `of`: the cost, or one of the errors it is the sum of."""
        consumers = self.consumers.get(by, [])
        return consumers if of == self.cost else [d for d in consumers if self._error.get(d.name) == of]

    def _by_errors(self, name: str) -> list[str]:
        """The errors by which the paths from an activation to the cost are named, one a path; none where they mix."""
        paths = self.consumers.get(name, [])
        errors = [self._error.get(definition.name, "") for definition in paths]
        named = name in self._defined and len(paths) > 1 and all(errors) and len(set(errors)) == len(errors)
        return errors if named else []

    def _make(self, of: str, by: str) -> None:
        name = partial(of, by)
        if of == self.cost and (errors := self._by_errors(by)):
            self._add(of, by, [(partial(error, by),) for error in errors])
            return
        paths: list[Path] = []
        for definition in self._through(of, by):
            local = self._local(definition, by)
            paths.append((local,) if definition.name == of else (partial(of, definition.name), local))
        if of == by or not paths:
            self._add_number(of, by, ONE if of == by else ZERO)
        elif paths != [(name,)]:
            self._add(of, by, paths)

    def _add(self, of: str, by: str, paths: Sequence[Path]) -> None:
        expression = add([multiply([symbol(factor) for factor in path]) for path in paths])
        if len(paths) > 1:
            rule = "sum over paths"
            reason = f"`{by}` reaches `{of}` along {len(paths)} paths: the products along each are added."
        else:
            rule, through = "chain rule", self._through(of, by)[0].name
            reason = f"`{by}` reaches `{of}` through `{through}` alone: the partials along this path are multiplied."
        self._step(partial(of, by), by, expression, rule, reason, tuple(paths))

    def _add_number(self, of: str, by: str, value: sp.Expr) -> None:
        reason = f"`{of}` does not depend on `{by}`." if value is ZERO else f"`{of}` changes as fast as itself."
        name = partial(of, by)
        self._step(name, by, value, "sum rule", reason, ((name,),))

    def _local(self, definition: Definition, by: str) -> str:
        """Makes the step of the local partial ∂definition/∂by and returns its name."""
        direct = (definition.name, by) in self._roundabout
        name = partial(definition.name, by, direct=direct)
        if name in self.steps:
            return name
        if definition.name not in self._locals:
            self._locals[definition.name] = local_partials(definition, self._units)
        local = self._locals[definition.name][by]
        reason = _why(definition, by, local.rule)
        if direct:
            reason += f" What else in `{definition.name}` depends on `{by}` is held fixed here."
        self._step(name, by, self._taken(local.expression), local.rule, reason, ((name,),))
        return name

    def _taken(self, expression: sp.Expr) -> sp.Expr:
        renewed = self.renewed.intersection(symbols_of(expression)) if self.renewed else ()
        return substitute(expression, {name: symbol(updated(name)) for name in renewed}) if renewed else expression

    def _step(self, name: str, by: str, expression: sp.Expr, rule: str, reason: str, paths: tuple[Path, ...]) -> None:
        delta = self._node_errors.get(by, "") if name == partial(self.cost, by) else ""
        uses = symbols_of(expression)
        self.steps[name] = Step(name, expression, Kind.PARTIAL, self.section, rule, reason, uses, paths, delta)


def _consumers(definitions: Sequence[Definition]) -> dict[str, list[Definition]]:
    consumers: dict[str, list[Definition]] = {}
    for definition in definitions:
        for name in definition.uses:
            consumers.setdefault(name, []).append(definition)
    return consumers


def single_errors(graph: Graph, cost: str) -> dict[str, str]:
    """For each quantity that reaches the cost through just one of the errors it is the plain sum of: that error."""
    total = graph.by_name[cost].expression
    names = symbols_of(total)
    if not total.is_Add or not all(term.is_Symbol and term.name in graph.by_name for term in total.args):
        return {}
    if len(names) != len(total.args):
        return {}
    needed = graph.needed([cost])
    consumers = _consumers(needed)
    owner = {name: name for name in names if len(consumers[name]) == 1}
    for definition in reversed(needed):
        owners = {owner.get(consumer.name, "") for consumer in consumers.get(definition.name, [])}
        if definition.name not in owner and len(owners) == 1:
            owner[definition.name] = owners.pop()
    return {name: error for name, error in owner.items() if error}


def _roundabout(needed: Sequence[Definition], consumers: dict[str, list[Definition]]) -> set[tuple[str, str]]:
    """The pairs (d, x) where x stands in d and also reaches it through another quantity that stands there.

    Only an x that stands in definitions of different depth can do so; for each such x one bit says whether a definition
    rests on it.
    """
    depth: dict[str, int] = {}
    for definition in needed:
        depth[definition.name] = 1 + max((depth.get(use, 0) for use in definition.uses), default=0)
    candidates = [x for x, users in consumers.items() if len({depth[user.name] for user in users}) > 1]
    if not candidates:
        return set()
    bit = {x: 1 << place for place, x in enumerate(candidates)}
    pending = Counter({x: len(users) for x, users in consumers.items()})
    rests: dict[str, int] = {}
    found: set[tuple[str, str]] = set()
    for definition in needed:
        own = inherited = 0
        for use in definition.uses:
            own |= bit.get(use, 0)
            inherited |= rests.get(use, 0)
            pending[use] -= 1
            if not pending[use]:
                rests.pop(use, None)
        if own & inherited:
            found.update((definition.name, use) for use in definition.uses if bit.get(use, 0) & inherited)
        rests[definition.name] = own | inherited
    return found


def _why(definition: Definition, by: str, rule: str) -> str:
    name = definition.name
    match rule:
        case "sum rule" if not definition.expression.is_Add:
            return f"`{name}` is proportional to `{by}`: the factor beside it remains."
        case "sum rule":
            return f"In the sum for `{name}` only the summand with `{by}` depends on `{by}`; the others vanish."
        case "power rule":
            return f"The exponent comes down as a factor and falls by one, times the derivative of the base by `{by}`."
        case "product and chain rule":
            return f"Each factor and function in which `{by}` stands is differentiated in turn, the others stay."
        case _:
            if whole := share(definition.expression):
                return _why_of_layer(whole, name, by)
            function = FUNCTIONS[rule.removeprefix("derivative of ")]
            kink = f" By convention, {function.kink.replace('z = 0', '0')}." if function.kink else ""
            return f"`{name}` is {function.name} of its argument, whose derivative is known.{kink}"


def _why_of_layer(whole: Share, name: str, by: str) -> str:
    if by == whole.own:
        return f"`{by}` stands above the line of `{name}` and below it: by the quotient rule."
    return f"`{by}` stands in `{name}` below the line alone: where it grows, `{name}` falls."


def levels(graph: Graph) -> dict[str, int]:
    """The layer of each definition: how many definitions with parameters lie on a path to it, itself included, at most.

    >>> from symbackprop.network.problem import read_equations
    >>> levels(read_equations({"z1": "w1*x", "a1": "tanh(z1)", "z2": "w2*a1"}, ["x"], [], ["w1", "w2"]))
    {'z1': 1, 'a1': 1, 'z2': 2}
    """
    parameters = set(graph.parameters)
    level: dict[str, int] = {}
    for definition in graph.definitions:
        own = 0 if parameters.isdisjoint(definition.uses) else 1
        level[definition.name] = own + max((level.get(name, 0) for name in definition.uses), default=0)
    return level
