"""The delta rule: a gradient in node errors, δ_o1 · out_h1, the second and shorter form of a chain of partials.

    δ_j = ∂C/∂z_j          at an output:  ∂C/∂a_j · f'(z_j)
                           inside:        (Σ_k δ_k w_kj) · f'(z_j)
                           softmax with cross-entropy: Σ_k (-t_k/a_k) ∂a_k/∂z_j = a_j Σ_k t_k - t_j
    ∂C/∂w_ji = δ_j a_i

Source: M. A. Nielsen, Neural Networks and Deep Learning (2015), equations BP1 to BP4.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import sympy as sp

from symbackprop.derivation.chain_rule import single_errors
from symbackprop.derivation.partials import tidy
from symbackprop.derivation.steps import Derivation, Kind, Step
from symbackprop.expressions.names import partial, split_partial
from symbackprop.expressions.tree import MINUS_ONE, add, coefficient, is_divisor, multiply, split_sign, symbol, walk
from symbackprop.network.graph import node_error_names

SUMMANDS = 12  # a sum over more paths has no short form
NODES = 120  # of a form that is still short
DIVISORS = 2  # that are tried to be cancelled: multiplying out takes time that grows with their product

_Short = Mapping[str, sp.Expr | None]
_Targets = Mapping[str, Fraction | None]


def delta_forms(derivation: Derivation) -> dict[str, tuple[sp.Expr, ...]]:
    """For each partial of the cost that rests on a node error, or is one: its form in node errors, by the step's name.

    Where targets that are given add up to 1, the form that this makes of it comes after it.

    >>> from symbackprop.derivation.working import derive
    >>> from symbackprop.network.problem import Problem, Training, read_equations
    >>> graph = read_equations({"z": "w*x", "a": "sigmoid(z)", "C": "(t - a)**2/2"}, ["x"], ["t"], ["w"])
    >>> forms = delta_forms(derive(Problem(graph, training=Training("C"))))
    >>> forms["dC/dw"]
    (delta*x,)
    """
    if derivation.cost is None:
        return {}
    graph = derivation.problem.graph
    nodes, errors = node_error_names(graph), single_errors(graph, derivation.cost)
    given = derivation.problem.exact_values() if derivation.problem.values else {}
    targets = {name: given.get(name) for name in graph.targets}
    short: dict[str, sp.Expr | None] = {}
    forms: dict[str, tuple[sp.Expr, ...]] = {}
    for step in derivation.of_kind(Kind.PARTIAL):
        of, by = split_partial(step.name) or ("", "")
        form = step.expression if step.is_local else _form(step, short, targets)
        of_cost = of == derivation.cost
        if of_cost and form is not None and form.free_symbols != step.expression.free_symbols:
            forms[step.name] = (form, *_with_unit_sum(form, targets)) if step.node_error else (form,)
        is_node_error = by in nodes and (of_cost or errors.get(by) == of) and step.name == partial(of, by)
        short[step.name] = symbol(nodes[by]) if is_node_error else form
    return forms


def _form(step: Step, short: _Short, targets: _Targets) -> sp.Expr | None:
    """The step's paths with the short forms of the partials in them; None where that is not short."""
    if len(step.factors) > SUMMANDS:
        return None
    products = []
    for path in step.factors:
        factors = [short[name] for name in path]
        if any(factor is None for factor in factors):
            return None
        products.append(tuple(factors))
    form = tidy(products)
    if _size(form) > NODES:
        return None
    return _undivided(_gathered(_cancelled(form), targets)) if step.node_error else form


def _cancelled(form: sp.Expr) -> sp.Expr:
    """`form` without the factors of its products that stand above the line and below it.

    >>> a, t = sp.symbols("a t")
    >>> _cancelled(sp.Mul(-t, 1 / a, a, 1 - a, evaluate=False))
    (-t)*(1 - a)
    """
    terms = []
    for term in form.args if form.is_Add else (form,):
        factors = list(term.args) if term.is_Mul else [term]
        for divisor in [factor for factor in factors if is_divisor(factor) and factor.exp is MINUS_ONE]:
            if divisor.base in factors:
                factors.remove(divisor.base)
                factors.remove(divisor)
        terms.append(multiply(factors))
    return add(terms)


def _gathered(form: sp.Expr, targets: _Targets) -> sp.Expr:
    """`form` with the targets that have the same cofactor added up, where it gets shorter: a·(t_1 + t_2) - t_1.

    >>> a, b, t, u = sp.symbols("a b t u")
    >>> _gathered(sp.Add(-t * (1 - a), u * a, evaluate=False), {"t": None, "u": None})
    a*(t + u) - t
    """
    held = [name for name in targets if symbol(name) in form.free_symbols]
    if len(held) < 2:
        return form
    expanded = sp.expand(form)
    cofactors: dict[sp.Expr, list[str]] = {}
    for name in held:
        for term in sp.Add.make_args(expanded.coeff(symbol(name))):
            cofactors.setdefault(term, []).append(name)
    sums = [(cofactor, add([symbol(name) for name in names])) for cofactor, names in cofactors.items()]
    if sp.expand(expanded - sum(cofactor * total for cofactor, total in sums)) != 0:
        return form
    ordered = sorted(sums, key=lambda pair: (-len(pair[1].args), held.index(cofactors[pair[0]][0]), str(pair[0])))
    gathered = tidy([(cofactor, total) for cofactor, total in ordered])
    return gathered if _size(gathered) < _size(form) else form


def _with_unit_sum(form: sp.Expr, targets: _Targets) -> list[sp.Expr]:
    """What `form` comes to where a sum of targets in it is given as 1; nothing where none is."""
    terms = []
    for term in form.args if form.is_Add else (form,):
        factors = term.args if term.is_Mul else (term,)
        terms.append(multiply([factor for factor in factors if not _is_unit_sum(factor, targets)]))
    shorter = add(terms)
    return [shorter] if shorter != form else []


def _is_unit_sum(factor: sp.Expr, targets: _Targets) -> bool:
    if not factor.is_Add or not all(term.is_Symbol and term.name in targets for term in factor.args):
        return False
    values = [targets[term.name] for term in factor.args]
    return sum(value for value in values if value is not None) == 1 and None not in values


def _size(form: sp.Expr) -> int:
    return sum(1 for _ in walk(form))


def _undivided(form: sp.Expr) -> sp.Expr:
    """`form` multiplied out, where its divisors cancel and it gets shorter: the node error of the cross-entropy.

    >>> a, t = sp.symbols("a t")
    >>> _undivided((-t / a + (1 - t) / (1 - a)) * a * (1 - a))
    a - t
    """
    powers = [node for node in walk(form) if node.is_Pow]
    divisors = {power.base for power in powers if is_divisor(power) and power.free_symbols}
    if not 0 < len(divisors) <= DIVISORS or any(power.exp not in (-1, 2) for power in powers):
        return form
    content, primitive = sp.cancel(form).as_content_primitive()
    terms = sorted(sp.Add.make_args(sp.expand(primitive)), key=lambda term: (split_sign(term)[0], str(term)))
    multiplied = coefficient(Fraction(int(content.p), int(content.q)), [tidy([(term,) for term in terms])])
    divided = any(is_divisor(node) and node.free_symbols for node in walk(multiplied))
    return multiplied if _size(multiplied) < _size(form) and not divided else form


def expanded_chain(derivation: Derivation, step: Step) -> sp.Expr | None:
    """A gradient as one product along its path, ∂C/∂a · ∂a/∂z · ∂z/∂w; None where it is not a single path of three."""
    if len(step.factors) != 1 or len(step.factors[0]) != 2:
        return None
    first, last = step.factors[0]
    before = derivation.by_name.get(first)
    if before is None or len(before.factors) != 1 or len(before.factors[0]) != 2 or not before.node_error:
        return None
    return tidy([tuple(symbol(name) for name in (*before.factors[0], last))])
