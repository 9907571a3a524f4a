"""Local partials of one definition: all of them in one pass over its tree, in textbook form.

    sum      ∂(u + v)/∂x = ∂u/∂x + ∂v/∂x
    product  ∂(u·v)/∂x   = ∂u/∂x · v + u · ∂v/∂x
    power    ∂(u^n)/∂x   = n · u^(n-1) · ∂u/∂x
    function ∂f(u)/∂x    = f'(u) · ∂u/∂x
    layer    ∂a_k/∂z_k   = a_k(1 - a_k), ∂a_k/∂z_j = -a_k a_j  where a_k = e^(z_k)/Σ_j e^(z_j)

Where a quantity stands several times, it is the sum over the places.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from types import MappingProxyType

import sympy as sp

from symbackprop.expressions.functions import FUNCTIONS, derivative, entry_of
from symbackprop.expressions.layerwise import Share, Unit, share
from symbackprop.expressions.tree import ONE, ZERO, add, coefficient, multiply, power, symbol, symbols_of
from symbackprop.network.graph import Definition

_Factors = tuple[sp.Expr, ...]
_IF_POSITIVE = FUNCTIONS["if_positive"].symbol
_LINEAR, _POWER, _CHAIN = "sum rule", "power rule", "product and chain rule"


@dataclass(frozen=True, slots=True)
class LocalPartial:
    """∂definition/∂x: its textbook form, and the rule that it comes of in a few words."""

    expression: sp.Expr
    rule: str


@dataclass(frozen=True, slots=True)
class _Term:
    """One product of a derivative, and the rule that led to it."""

    factors: _Factors
    rule: str


_Terms = dict[str, list[_Term]]


def local_partials(definition: Definition, units: Mapping[Unit, str] = MappingProxyType({})) -> dict[str, LocalPartial]:
    """∂definition/∂x for every x that stands in it, the others held fixed; in the order in which they stand there.

    Where the definition is a function's value, the derivative is written with that value: out·(1 - out). Where it is
    the activation of a unit that rests on its whole layer, it is written with the layer's other activations, as far as
    `units` holds their names.

    >>> from symbackprop.expressions.parser import parse
    >>> names = {name: symbol(name) for name in ("w_5", "out_h1", "b_2")}
    >>> partials = local_partials(Definition("net_o1", parse("w_5*out_h1 + b_2", names)))
    >>> {name: partial.expression for name, partial in partials.items()}
    {'w_5': out_h1, 'out_h1': w_5, 'b_2': 1}
    """
    expression = definition.expression
    if whole := share(expression):
        return dict(_layer_partials(whole, definition.name, units))
    terms: _Terms = {name: [] for name in definition.uses}
    rule = f"derivative of {entry_of(expression).name}" if expression.is_Function else _LINEAR
    if expression.is_Function:
        _spread_function(expression, symbol(definition.name), (), (), terms, rule)
    else:
        _spread(expression, (), (), terms, rule)
    return {name: LocalPartial(_sum(own), _rule(name, own) if own else rule) for name, own in terms.items()}


def _layer_partials(whole: Share, name: str, units: Mapping[Unit, str]) -> Iterator[tuple[str, LocalPartial]]:
    """(z_j, ∂a_k/∂z_j) for the activation a_k, called `name`, and every net input of its layer; its own one first."""
    rule = f"derivative of {whole.entry.name}"
    for net in dict.fromkeys((whole.own, *whole.nets)):
        other = units.get(whole.unit(net))
        written = whole.of(net) if other is None else symbol(other)
        yield net, LocalPartial(whole.slope(net, symbol(name), written), rule)


def _partials(tree: sp.Expr) -> dict[str, sp.Expr]:
    """∂tree/∂x for every x that stands in it."""
    terms: _Terms = {name: [] for name in symbols_of(tree)}
    _spread(tree, (), (), terms, _LINEAR)
    return {name: _sum(own) for name, own in terms.items()}


def _sum(terms: Sequence[_Term]) -> sp.Expr:
    return tidy([term.factors for term in terms])


def _rule(name: str, terms: Sequence[_Term]) -> str:
    rules = {term.rule for term in terms}
    if len(rules) != 1:
        return _CHAIN
    again = len(terms) > 1 and any(name in symbols_of(multiply(term.factors)) for term in terms)
    return _CHAIN if again else rules.pop()


def _spread(tree: sp.Expr, before: _Factors, after: _Factors, terms: _Terms, rule: str) -> None:
    """Adds to `terms`, for every symbol below `tree`, its partial times the factors around it."""
    if tree.is_Symbol:
        terms[tree.name].append(_Term(before + after, rule))
    elif tree.is_Add:
        for term in tree.args:
            _spread(term, before, after, terms, rule)
    elif tree.is_Mul:
        factors = tree.args
        for index, factor in enumerate(factors):
            if factor.is_Symbol or factor.args:
                _spread(factor, before + factors[:index], factors[index + 1 :] + after, terms, rule)
    elif tree.is_Pow:
        powered = _POWER if rule is _LINEAR else _CHAIN
        _spread(tree.base, (*before, *_power_rule(tree.base, tree.exp)), after, terms, powered)
        _spread(tree.exp, (*before, tree, FUNCTIONS["log"].symbol(tree.base)), after, terms, _CHAIN)
    elif tree.is_Function:
        _spread_function(tree, tree, before, after, terms, _CHAIN)


def _spread_function(
    tree: sp.Expr, value: sp.Expr, before: _Factors, after: _Factors, terms: _Terms, rule: str
) -> None:
    if isinstance(tree, _IF_POSITIVE):
        for name, slope in _branches(tree).items():
            terms[name].append(_Term((*before, slope, *after), rule))
        return
    for index, argument in enumerate(tree.args):
        slope = derivative(tree, index, value)
        if slope is not ZERO:
            _spread(argument, (*before, slope), after, terms, rule)


def _branches(tree: sp.Expr) -> dict[str, sp.Expr]:
    """∂if_positive(z, p, n)/∂x = if_positive(z, ∂p/∂x, ∂n/∂x): the other branch need have no derivative there."""
    condition, *branches = tree.args
    positive, otherwise = map(_partials, branches)
    return {
        name: _IF_POSITIVE(condition, positive.get(name, ZERO), otherwise.get(name, ZERO), evaluate=False)
        for name in dict.fromkeys((*positive, *otherwise))
    }


def _power_rule(base: sp.Expr, exponent: sp.Expr) -> _Factors:
    if not exponent.is_Rational:
        return (exponent, power(base, add([exponent, sp.Integer(-1)])))
    lowered = exponent - 1
    if lowered == 0:
        return (exponent,)
    return (exponent, base if lowered == 1 else power(base, lowered))


def tidy(terms: Sequence[_Factors]) -> sp.Expr:
    """The sum of products in textbook form: numbers multiplied into one coefficient, like terms collected.

    >>> x = symbol("x")
    >>> tidy([(sp.Integer(2), x, sp.Rational(1, 2)), (x,)])
    2*x
    """
    if len(terms) == 1 and all(factor.is_Symbol for factor in terms[0]):
        return multiply(terms[0])
    collected: dict[_Factors, tuple[Fraction, bool]] = {}
    for factors in terms:
        value, decimal, rest = _coefficient(factors)
        so_far, was_decimal = collected.get(rest, (Fraction(0), False))
        collected[rest] = (so_far + value, was_decimal or decimal)
    return add(
        [
            coefficient(value, rest, decimal=decimal and _ends(value))
            for rest, (value, decimal) in collected.items()
            if value
        ]
    )


def _coefficient(factors: _Factors) -> tuple[Fraction, bool, _Factors]:
    value, decimal, rest = Fraction(1), False, []
    for factor in _flat(factors):
        if factor.is_Rational:
            value *= Fraction(int(factor.p), int(factor.q))
            decimal = decimal or factor.q != 1
        elif factor.is_Pow and factor.exp == -1 and factor.base.is_Integer and factor.base != 0:
            value /= int(factor.base)
        else:
            rest.append(factor)
    return value, decimal, tuple(rest)


def _flat(factors: Sequence[sp.Expr]) -> Iterator[sp.Expr]:
    for factor in factors:
        if factor.is_Mul:
            yield from _flat(factor.args)
        else:
            yield factor


def _ends(value: Fraction) -> bool:
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return rest == 1


def as_taken(definition: Definition, name: str) -> sp.Expr:
    """∂definition/∂name as the rules give it, before anything is simplified: 2·(t - o)^(2-1)·(0 - 1).

    Summands that do not hold `name` stand as 0 where there are few; a sum of more than `SHOWN` drops them.

    >>> from symbackprop.expressions.parser import parse
    >>> from symbackprop.expressions.text import text
    >>> square = Definition("E", parse("(t - o)**2/2", {"t": symbol("t"), "o": symbol("o")}))
    >>> text(as_taken(square, "o"))
    '2*(t - o)**(2 - 1)*(0 - 1)/2'
    """
    expression = definition.expression
    if expression.is_Function:
        return _function_taken(expression, symbol(definition.name), name)
    return _taken(expression, name)


SHOWN = 5  # summands that are all shown, those that vanish as 0


def _taken(tree: sp.Expr, name: str) -> sp.Expr:
    if tree.is_Symbol:
        return ONE if tree.name == name else ZERO
    if tree.is_Add:
        if len(tree.args) <= SHOWN:
            return add([_taken(term, name) for term in tree.args])
        return add([_taken(tree.args[index], name) for index in _places(tree).get(name, ())])
    if tree.is_Mul:
        held = [index for index, factor in enumerate(tree.args) if _holds(factor, name)]
        return add([_product(tree.args, index, name) for index in held])
    if tree.is_Pow and tree.exp.is_Rational and _holds(tree.base, name):
        lowered = power(tree.base, add([tree.exp, sp.Integer(-1)]))
        return _times([tree.exp, lowered], _taken(tree.base, name))
    if tree.is_Function and _holds(tree, name):
        return _function_taken(tree, tree, name)
    if tree.is_Pow and _holds(tree, name):
        return _partials(tree)[name]
    return ZERO


@lru_cache(maxsize=256)
def _places(total: sp.Expr) -> dict[str, list[int]]:
    """The summands in which each name stands, by their number: a sum is looked through once, not once a name."""
    places: dict[str, list[int]] = {}
    for index, term in enumerate(total.args):
        for name in symbols_of(term):
            places.setdefault(name, []).append(index)
    return places


def _product(factors: Sequence[sp.Expr], index: int, name: str) -> sp.Expr:
    inner = _taken(factors[index], name)
    middle = [] if inner is ONE else inner.args if inner.is_Mul else [inner]
    return multiply([*factors[:index], *middle, *factors[index + 1 :]])


def _times(factors: list[sp.Expr], inner: sp.Expr) -> sp.Expr:
    return multiply(factors if inner is ONE else [*factors, inner])


def _function_taken(tree: sp.Expr, value: sp.Expr, name: str) -> sp.Expr:
    if isinstance(tree, _IF_POSITIVE):
        condition, *branches = tree.args
        return _IF_POSITIVE(condition, *(_taken(branch, name) for branch in branches), evaluate=False)
    terms = []
    for index, argument in enumerate(tree.args):
        slope = derivative(tree, index, value)
        if slope is not ZERO and _holds(argument, name):
            terms.append(_times([slope], _taken(argument, name)))
    return add(terms)


def _holds(tree: sp.Expr, name: str) -> bool:
    return name in symbols_of(tree)
