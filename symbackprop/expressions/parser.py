"""Text -> tree: an own Pratt parser. Bounded, and it never evaluates anything.

    expression := expression (+ - * / **) expression | - expression | name | number | function(expression, ...)

Powers bind tightest and to the right; a minus sign binds looser than a power and, where it comes first, than a
product: -x**2/2 is -(x**2/2).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from fractions import Fraction

import sympy as sp

from symbackprop.errors import ExpressionError, did_you_mean
from symbackprop.expressions.functions import FUNCTIONS, WRITABLE, arity
from symbackprop.expressions.numerals import fraction_of
from symbackprop.expressions.tokens import Token, tokens
from symbackprop.expressions.tree import (
    MINUS_ONE,
    ONE,
    add,
    height,
    is_divisor,
    multiply,
    negate,
    number,
    power,
    reciprocal,
)

LENGTH = 100_000  # characters of one expression
DEPTH = 64  # brackets, powers and signs inside each other
HEIGHT = 128  # of the tree: a/b*c/d*... is one bracket deep, but each division is drawn inside the next
FACTORS = 400  # factors of one product: its derivative grows with their square
DEGREE = 400  # exponents inside each other, multiplied: (x**20)**20

_PART = "name a part of it as an equation of its own"
_INSTEAD = {
    "ln": "write log(x) for the natural logarithm",
    "softmax": "write exp(z_1)/(exp(z_1) + exp(z_2)) over the net inputs of a layer",
}
_BINDING = {"+": 10, "-": 10, "*": 20, "/": 20, "**": 40}


def parse(text: str, names: Mapping[str, sp.Symbol], functions: Collection[str] = WRITABLE) -> sp.Expr:
    """The tree of `text` over the symbols `names`, in the order in which it is written.

    A derived quantity stands in brackets, as in (dE/dz)*x, and is read as a name where `names` holds it. Raises
    `ExpressionError` with the position of what cannot be read.

    >>> from symbackprop.expressions.tree import symbol
    >>> parse("w_2*i_2 + b_1", {name: symbol(name) for name in ("w_2", "i_2", "b_1")}).args[1]
    b_1
    """
    if len(text) > LENGTH:
        raise ExpressionError(f"an expression of {len(text)} characters", hint=f"at most {LENGTH} are read")
    reader = _Reader(tokens(text, names), names, functions)
    tree = reader.expression(0, 0)
    if reader.token.kind != "end":
        raise ExpressionError(
            f"unexpected {reader.token.shown()}", hint="an operator is expected here", position=reader.token.position
        )
    if height(tree) > HEIGHT:
        raise ExpressionError(f"more than {HEIGHT} operations inside each other", hint=_PART)
    return tree


class _Reader:
    """A Pratt parser over a list of tokens; `token` is the one to be read next."""

    def __init__(self, tokens: list[Token], names: Mapping[str, sp.Symbol], functions: Collection[str]) -> None:
        self.tokens = tokens
        self.index = 0
        self.names = names
        self.functions = functions
        self.named = 0  # names read so far
        self.degrees: dict[int, tuple[sp.Expr, Fraction | int]] = {}  # of the powers read so far, by their identity

    @property
    def token(self) -> Token:
        return self.tokens[self.index]

    def take(self) -> Token:
        token = self.token
        self.index += 1
        return token

    def expect(self, text: str) -> None:
        if self.token.text != text or self.token.kind != "mark":
            raise ExpressionError(f"{text!r} is missing before {self.token.shown()}", position=self.token.position)
        self.take()

    def expression(self, binding: int, depth: int) -> sp.Expr:
        """An operand and all operators after it that bind tighter than `binding`."""
        if depth > DEPTH:
            raise ExpressionError(
                f"more than {DEPTH} brackets, powers or signs inside each other",
                hint=_PART,
                position=self.token.position,
            )
        left = self.operand(binding, depth)
        while (operator := self.token).kind == "mark" and _BINDING.get(operator.text, 0) > binding:
            match operator.text:
                case "+" | "-":
                    left = self.sum(left, depth)
                case "*" | "/":
                    left = self.product(left, depth)
                case _:
                    left = self.raised(left, depth)
        return left

    def sum(self, first: sp.Expr, depth: int) -> sp.Expr:
        terms = [first]
        while self.token.text in ("+", "-"):
            sign = self.take().text
            term = self.expression(_BINDING["+"], depth)
            terms.append(_negative(term) if sign == "-" else term)
        return add(terms)

    def product(self, first: sp.Expr, depth: int) -> sp.Expr:
        """A run of * and /: `a*b/c*d` is kept as (a·b/c)·d, the way its fraction is drawn."""
        start = self.token.position
        factors, divided = [first], False
        while self.token.text in ("*", "/"):
            operator = self.take().text
            factor = self.expression(_BINDING["*"], depth)
            if operator == "/":
                factors, divided = [*factors, reciprocal(factor)], True
            elif divided:
                factors, divided = [multiply(factors), factor], False
            else:
                factors.append(factor)
            if len(factors) > FACTORS:
                raise ExpressionError(f"a product of more than {FACTORS} factors", position=start)
        return multiply(factors)

    def raised(self, base: sp.Expr, depth: int) -> sp.Expr:
        position = self.take().position
        named = self.named
        exponent = self.expression(_BINDING["**"] - 1, depth + 1)
        if self.named == named:
            exponent = _quotient(exponent)
            if not exponent.is_Rational:
                hint = "an exponent is a number, a quotient of two numbers, or holds a name"
                raise ExpressionError("an exponent made of numbers by operations", hint=hint, position=position)
        raised = power(base, exponent)
        if self.degree(raised) > DEGREE:
            hint = f"exponents inside each other multiply to at most {DEGREE}"
            raise ExpressionError("the exponent is too large", hint=hint, position=position)
        return raised

    def degree(self, power: sp.Expr) -> Fraction | int:
        """The largest product of numbers that stand as exponents inside each other; powers read before are known."""
        largest: Fraction | int = 1
        waiting: list[tuple[sp.Expr, Fraction | int]] = [(power, 1)]
        while waiting:
            node, degree = waiting.pop()
            if id(node) in self.degrees:
                largest = max(largest, degree * self.degrees[id(node)][1])
            elif node.is_Pow and node.exp.is_Rational:
                waiting.append((node.base, degree * max(1, _size(node.exp))))
            else:
                largest = max(largest, degree)
                waiting.extend((argument, degree) for argument in node.args)
        self.degrees[id(power)] = (power, largest)
        return largest

    def operand(self, binding: int, depth: int) -> sp.Expr:
        """A name, a number, a bracket, a function's value; or a sign and all after it that binds tighter."""
        token = self.take()
        match token.kind:
            case "number":
                return _number(token)
            case "name" if self.token.kind == "mark" and self.token.text == "(":
                return self.application(token, depth)
            case "name" | "derived":
                return self.name(token)
            case "mark" if token.text == "-":
                return _negative(self.signed(binding, depth))
            case "mark" if token.text == "+":
                return self.signed(binding, depth)
            case "mark" if token.text == "(":
                inner = self.expression(0, depth + 1)
                self.expect(")")
                return inner
            case _:
                raise ExpressionError(
                    f"a name, a number or a bracket is expected, not {token.shown()}", position=token.position
                )

    def signed(self, binding: int, depth: int) -> sp.Expr:
        """What a sign stands before; only a sign after another operator is as deep as the brackets it could have."""
        return self.expression(max(binding, _BINDING["+"]), depth + 1 if binding else depth)

    def name(self, token: Token) -> sp.Expr:
        found = self.names.get(token.text)
        if found is not None:
            self.named += 1
            return found
        if token.text in self.functions:
            hint = f"{token.text} is a function: {token.text}({', '.join(FUNCTIONS[token.text].arguments)})"
        elif token.text == "e":
            hint = "write exp(x) for the exponential function"
        else:
            hint = did_you_mean(token.text, self.names)
        raise ExpressionError(f"unknown name {token.shown()}", hint=hint, position=token.position)

    def application(self, token: Token, depth: int) -> sp.Expr:
        if token.text not in self.functions:
            hint = _INSTEAD.get(token.text, "")
            if token.text in self.names:
                hint = f"write {token.text}*(...) for a product"
            raise ExpressionError(
                f"unknown function {token.shown()}",
                hint=hint or did_you_mean(token.text, self.functions),
                position=token.position,
            )
        self.expect("(")
        arguments: list[sp.Expr] = []
        while self.token.text != ")":
            arguments.append(self.expression(0, depth + 1))
            if self.token.text != ")":
                self.expect(",")
        self.expect(")")
        entry = FUNCTIONS[token.text]
        if len(arguments) != arity(entry):
            raise ExpressionError(
                f"{token.text} takes {arity(entry)} argument(s), not {len(arguments)}", position=token.position
            )
        return entry.symbol(*arguments, evaluate=False)


def _number(token: Token) -> sp.Expr:
    try:
        return number(fraction_of(token.text))
    except ExpressionError as error:
        raise ExpressionError(error.message, hint=error.hint, position=token.position) from None


def _negative(operand: sp.Expr) -> sp.Expr:
    """-operand as it is written: the sign is taken into a number, but 1 - (-2) does not become 1 + 2."""
    first = operand.args[0] if operand.is_Mul else operand
    if first.is_Rational and (first <= 0 or (first is ONE and operand.is_Mul)):
        return multiply([MINUS_ONE, *(operand.args if operand.is_Mul else [operand])])
    return negate(operand)


def _quotient(exponent: sp.Expr) -> sp.Expr:
    """The number p/q that an exponent written so stands for; any other as it is."""
    value = ONE
    for factor in exponent.args if exponent.is_Mul and len(exponent.args) <= 3 else [exponent]:
        if is_divisor(factor) and factor.exp is MINUS_ONE and factor.base.is_Rational:
            value /= factor.base
        elif factor.is_Rational:
            value *= factor
        else:
            return exponent
    return value


def _size(exponent: sp.Rational) -> Fraction | int:
    size = abs(int(exponent.p))
    return size if exponent.q == 1 else Fraction(size, int(exponent.q))
