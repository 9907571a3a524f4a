"""The chain rule over a whole graph, last definition to first, one visit each.

    ∂C/∂x = Σ over the definitions d in which x stands of ∂C/∂d · ∂d/∂x

Every partial is a step of its own, so that the number of steps grows with the number of edges. Where an activation
reaches the cost through the errors of several outputs, its paths are named by them: ∂C/∂a = ∂E_o1/∂a + ∂E_o2/∂a.

Source: D. E. Rumelhart, G. E. Hinton, R. J. Williams, Learning representations by back-propagating errors (1986).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from symbackprop.derivation.partials import LocalPartial, local_partials
from symbackprop.derivation.steps import Kind, Step
from symbackprop.expressions.names import partial, updated
from symbackprop.expressions.tree import add, multiply, substitute, symbol, symbols_of
from symbackprop.network.graph import Definition, Graph, node_error_names


@dataclass(slots=True)
class ReverseWalk:
    """The partials of one cost, made as they are asked for; `steps` holds those made so far, in a valid order.

    `renewed` holds parameters whose updated value is taken in local partials (hidden gradients through new weights).
    """

    graph: Graph
    cost: str
    steps: dict[str, Step] = field(default_factory=dict)
    section: str = ""
    renewed: set[str] = field(default_factory=set)
    consumers: dict[str, list[Definition]] = field(init=False)
    node_errors: Mapping[str, str] = field(init=False)
    summand: dict[str, str] = field(init=False)
    _locals: dict[str, dict[str, LocalPartial]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.consumers = {}
        for definition in self.graph.needed([self.cost]):
            for name in definition.uses:
                self.consumers.setdefault(name, []).append(definition)
        self.node_errors = node_error_names(self.graph)
        self.summand = self._summands()

    def _summands(self) -> dict[str, str]:
        """For each quantity that reaches the cost through just one of the errors it is the sum of: that error."""
        errors = self.graph.by_name[self.cost].expression
        names = symbols_of(errors)
        plain_sum = errors.is_Add and all(term.is_Symbol and term.name in self.graph.by_name for term in errors.args)
        if not plain_sum or len(names) != len(errors.args):
            return {}
        owner: dict[str, str] = {name: name for name in names if len(self.consumers[name]) == 1}
        for definition in reversed(self.graph.needed([self.cost])):
            owners = {owner.get(d.name, "") for d in self.consumers.get(definition.name, [])}
            if definition.name not in owner and definition.name != self.cost and len(owners) == 1:
                owner[definition.name] = owners.pop()
        return {name: error for name, error in owner.items() if error}

    def total(self, name: str, cost: str = "") -> str:
        """Makes ∂cost/∂name and all it rests on, unless made before, and returns its name."""
        waiting = [(cost or self.cost, name)]
        while waiting:
            of, by = waiting[-1]
            if partial(of, by) in self.steps:
                waiting.pop()
                continue
            missing = [pair for pair in self._before(of, by) if partial(*pair) not in self.steps]
            if missing:
                waiting.extend(reversed(missing))
            else:
                self._make(of, by)
                waiting.pop()
        return partial(cost or self.cost, name)

    def _before(self, of: str, by: str) -> list[tuple[str, str]]:
        """The totals that ∂of/∂by rests on."""
        if of == self.cost and (errors := self._by_errors(by)):
            return [(error, by) for error in errors]
        return [(of, d.name) for d in self._paths(of, by) if d.name != of]

    def _paths(self, of: str, by: str) -> list[Definition]:
        """The definitions in which `by` stands, on the way to `of`."""
        consumers = self.consumers.get(by, [])
        return consumers if of == self.cost else [d for d in consumers if self.summand.get(d.name) == of]

    def _by_errors(self, name: str) -> list[str]:
        """The errors by which the paths from an activation to the cost are named, one a path; none where they mix."""
        paths = self.consumers.get(name, [])
        errors = [self.summand.get(d.name, "") for d in paths]
        if name not in self.graph.by_name or len(paths) < 2 or not all(errors) or len(set(errors)) < len(errors):
            return []
        return errors

    def _make(self, of: str, by: str) -> None:
        name = partial(of, by)
        if of == self.cost and (errors := self._by_errors(by)):
            self._add(name, tuple((partial(error, by),) for error in errors), by)
            return
        paths = []
        definitions = self._paths(of, by)
        alone = len(definitions) == 1
        for definition in definitions:
            direct = definition.name == of
            local = self._local(definition, by, direct=direct and not alone)
            paths.append((local,) if direct else (partial(of, definition.name), local))
        if not (alone and definitions[0].name == of):
            self._add(name, tuple(paths), by)

    def _add(self, name: str, paths: tuple[tuple[str, ...], ...], by: str) -> None:
        expression = add([multiply([symbol(factor) for factor in path]) for path in paths])
        uses = tuple(dict.fromkeys(factor for path in paths for factor in path))
        rule = "chain rule" if len(paths) == 1 else "sum over paths"
        delta = self.node_errors.get(by, "") if name == partial(self.cost, by) else ""
        self.steps[name] = Step(
            name, expression, Kind.PARTIAL, self.section, rule, _why(name, paths, by), uses, paths, delta
        )

    def _local(self, definition: Definition, by: str, *, direct: bool) -> str:
        """Makes the step of the local partial ∂definition/∂by and returns its name."""
        name = partial(definition.name, by, direct=direct)
        if name in self.steps:
            return name
        if definition.name not in self._locals:
            self._locals[definition.name] = local_partials(definition)
        local = self._locals[definition.name][by]
        taken = local.expression
        if self.renewed:
            taken = substitute(taken, {p: symbol(updated(p)) for p in self.renewed})
        delta = self.node_errors.get(by, "") if name == partial(self.cost, by) else ""
        reason = _why_local(definition, by, local.rule)
        self.steps[name] = Step(
            name, taken, Kind.PARTIAL, self.section, local.rule, reason, symbols_of(taken), ((name,),), delta
        )
        return name


def _why(name: str, paths: Iterable[tuple[str, ...]], by: str) -> str:
    many = tuple(paths)
    if len(many) == 1:
        through = many[0][0].split("/d")[1] if len(many[0]) > 1 else ""
        return f"`{by}` reaches the cost through `{through}` alone: the partials along this path are multiplied."
    return f"`{by}` reaches the cost along {len(many)} paths: the products along each are added."


def _why_local(definition: Definition, by: str, rule: str) -> str:
    match rule:
        case "sum rule" if not definition.expression.is_Add:
            return f"`{definition.name}` is proportional to `{by}`: the factor beside it remains."
        case "sum rule":
            return f"In the sum for `{definition.name}` only the summand with `{by}` depends on `{by}`; the others vanish."
        case "power rule":
            return f"The exponent comes down as a factor and falls by one, times the derivative of the base by `{by}`."
        case "product and chain rule":
            return f"Each factor of `{definition.name}` that holds `{by}` is differentiated in turn, the others stay."
        case _:
            return f"`{definition.name}` is {rule.removeprefix('derivative of ')} of its argument, whose derivative is known."


def levels(graph: Graph) -> dict[str, int]:
    """The layer of each definition: how many definitions with parameters lie on the longest path to it, itself included."""
    parameters = set(graph.parameters)
    level: dict[str, int] = {}
    for definition in graph.definitions:
        own = 0 if parameters.isdisjoint(definition.uses) else 1
        level[definition.name] = own + max((level.get(name, 0) for name in definition.uses), default=0)
    return level
