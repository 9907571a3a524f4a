"""The functions of the field, one table entry each: formula, textbook derivative, what holds at a kink.

An entry is written in the language of equations, z for the argument (x and y for two) and a for the value. Its
derivative is the textbook's, in terms of the output where the textbook does so: sigmoid' = a(1 - a). Its `stable`
form has the value of `formula` and stays finite in floating point at arguments of ±1000.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import sympy as sp
from mpmath.libmp import prec_to_dps


@dataclass(frozen=True, slots=True)
class ElementaryFunction:
    """f with its partial derivatives; see the table `FUNCTIONS`.

    `formula` is "" for functions that Python and SymPy know themselves; `derivatives` holds one text an argument;
    `latex` is the function's sign where it is not its name in upright letters; `stages` leads, for activations, from
    the formula's derivative by the general rules to the textbook form.
    """

    name: str
    derivatives: tuple[str, ...]
    formula: str = ""
    stable: str = ""
    stages: tuple[str, ...] = ()
    latex: str = ""
    kink: str = ""
    activation: bool = False
    internal: bool = False

    @property
    def arguments(self) -> tuple[str, ...]:
        """The names of the arguments in the texts of the entry."""
        match self.name:
            case "if_positive":
                return ("z", "p", "n")
            case "max" | "min":
                return ("x", "y")
            case "pi":
                return ()
            case _:
                return ("z",)

    @property
    def symbol(self) -> type[sp.Function]:
        """The SymPy function that stands for it in trees."""
        return _sympy_function(self.name)

    @property
    def elementary(self) -> str:
        """The text that evaluates it: the stable form, else the formula, else "" for a primitive."""
        return self.stable or self.formula


_ENTRIES = (
    ElementaryFunction(
        "identity",
        formula="z",
        derivatives=("1",),
        stages=("1",),
        activation=True,
    ),
    ElementaryFunction(
        "sigmoid",
        latex=r"\sigma",
        formula="1/(1 + exp(-z))",
        stable="if_positive(z, 1/(1 + exp(-z)), exp(z)/(1 + exp(z)))",
        derivatives=("a*(1 - a)",),
        stages=("exp(-z)/(1 + exp(-z))**2", "1/(1 + exp(-z))*(1 - 1/(1 + exp(-z)))", "a*(1 - a)"),
        activation=True,
    ),
    ElementaryFunction(
        "tanh",
        latex=r"\tanh",
        derivatives=("1 - a**2",),
        stages=("1 - tanh(z)**2", "1 - a**2"),
        activation=True,
    ),
    ElementaryFunction(
        "relu",
        latex=r"\operatorname{ReLU}",
        formula="if_positive(z, z, 0)",
        derivatives=("if_positive(z, 1, 0)",),
        stages=("if_positive(z, 1, 0)",),
        kink="at z = 0 the derivative is taken as 0",
        activation=True,
    ),
    ElementaryFunction(
        "leaky_relu",
        latex=r"\operatorname{LeakyReLU}",
        formula="if_positive(z, z, 0.01*z)",
        derivatives=("if_positive(z, 1, 0.01)",),
        stages=("if_positive(z, 1, 0.01)",),
        kink="at z = 0 the derivative is taken as 0.01",
        activation=True,
    ),
    ElementaryFunction(
        "softplus",
        formula="log(1 + exp(z))",
        stable="if_positive(z, z + log1p(exp(-z)), log1p(exp(z)))",
        derivatives=("sigmoid(z)",),
        stages=("exp(z)/(1 + exp(z))", "sigmoid(z)"),
        activation=True,
    ),
    ElementaryFunction(
        "elu",
        latex=r"\operatorname{ELU}",
        formula="if_positive(z, z, exp(z) - 1)",
        stable="if_positive(z, z, expm1(z))",
        derivatives=("if_positive(z, 1, a + 1)",),
        stages=("if_positive(z, 1, exp(z))", "if_positive(z, 1, a + 1)"),
        activation=True,
    ),
    ElementaryFunction(
        "silu",
        latex=r"\operatorname{SiLU}",
        formula="z*sigmoid(z)",
        derivatives=("sigmoid(z) + a*(1 - sigmoid(z))",),
        stages=("sigmoid(z) + z*(sigmoid(z)*(1 - sigmoid(z)))", "sigmoid(z) + a*(1 - sigmoid(z))"),
        activation=True,
    ),
    ElementaryFunction(
        "gelu",
        latex=r"\operatorname{GELU}",
        formula="z*normal_cdf(z)",
        derivatives=("normal_cdf(z) + z*normal_pdf(z)",),
        stages=("normal_cdf(z) + z*normal_pdf(z)",),
        activation=True,
    ),
    ElementaryFunction("exp", derivatives=("a",)),
    ElementaryFunction("log", latex=r"\ln", derivatives=("1/z",)),
    ElementaryFunction("sqrt", derivatives=("1/(2*a)",)),
    ElementaryFunction("sin", latex=r"\sin", derivatives=("cos(z)",)),
    ElementaryFunction("cos", latex=r"\cos", derivatives=("-sin(z)",)),
    ElementaryFunction(
        "abs",
        formula="if_positive(z, z, -z)",
        derivatives=("sign(z)",),
        kink="at z = 0 the derivative is taken as 0",
    ),
    ElementaryFunction(
        "max",
        latex=r"\max",
        formula="if_positive(x - y, x, y)",
        derivatives=("if_positive(x - y, 1, 0)", "if_positive(y - x, 1, 0)"),
        kink="where both arguments are equal both derivatives are taken as 0",
    ),
    ElementaryFunction(
        "min",
        latex=r"\min",
        formula="if_positive(y - x, x, y)",
        derivatives=("if_positive(y - x, 1, 0)", "if_positive(x - y, 1, 0)"),
        kink="where both arguments are equal both derivatives are taken as 0",
    ),
    ElementaryFunction(
        "huber",
        latex=r"\operatorname{Huber}",
        formula="if_positive(abs(z) - 1, abs(z) - 1/2, z**2/2)",
        derivatives=("if_positive(abs(z) - 1, sign(z), z)",),
    ),
    ElementaryFunction(
        "sign",
        formula="if_positive(z, 1, if_positive(-z, -1, 0))",
        derivatives=("0",),
        kink="at z = 0 the value is 0",
    ),
    ElementaryFunction(
        "if_positive",
        derivatives=("0", "if_positive(z, 1, 0)", "if_positive(z, 0, 1)"),
        kink="at z = 0 the third argument holds",
    ),
    ElementaryFunction(
        "normal_cdf",
        latex=r"\Phi",
        stable="erfc(-z/sqrt(2))/2",
        derivatives=("normal_pdf(z)",),
    ),
    ElementaryFunction("normal_pdf", latex=r"\varphi", stable="exp(-z**2/2)/sqrt(2*pi())", derivatives=("-z*a",)),
    ElementaryFunction("log1p", derivatives=("1/(1 + z)",), internal=True),
    ElementaryFunction("expm1", derivatives=("a + 1",), internal=True),
    ElementaryFunction("erfc", derivatives=("-2*exp(-z**2)/sqrt(pi())",), internal=True),
    ElementaryFunction("pi", latex=r"\pi", derivatives=(), internal=True),
)

FUNCTIONS: dict[str, ElementaryFunction] = {entry.name: entry for entry in _ENTRIES}
ACTIVATIONS: tuple[str, ...] = tuple(entry.name for entry in _ENTRIES if entry.activation)
WRITABLE: tuple[str, ...] = tuple(entry.name for entry in _ENTRIES if not entry.internal)


class NetworkFunction(sp.Function):  # type: ignore[misc]
    """A function of the table in a tree: SymPy differentiates it by the table's textbook derivative."""

    def fdiff(self, argindex: int = 1) -> sp.Expr:
        """The partial derivative with respect to argument number `argindex`, from 1."""
        return derivative(self, argindex - 1, self)

    def _eval_evalf(self, prec: int) -> sp.Expr | None:
        """The value at numbers, to `prec` bits, by SymPy's own functions; None at names."""
        from symbackprop.expressions.elementary import elementary

        return elementary(self).evalf(prec_to_dps(prec) + 1) if self.is_number else None


@cache
def _sympy_function(name: str) -> type[sp.Function]:
    return type(name, (NetworkFunction,), {"nargs": arity(FUNCTIONS[name])})


def arity(entry: ElementaryFunction) -> int:
    """How many arguments the function takes."""
    return len(entry.derivatives)


def entry_of(application: sp.Expr) -> ElementaryFunction:
    """The table entry of a function applied in a tree."""
    return FUNCTIONS[application.func.__name__]


def derivative(application: sp.Expr, index: int, value: sp.Expr) -> sp.Expr:
    """∂f/∂(argument `index`, from 0) in textbook form, `value` standing for f's own value.

    >>> from symbackprop.expressions.tree import symbol
    >>> derivative(FUNCTIONS["sigmoid"].symbol(symbol("net")), 0, symbol("out"))
    out*(1 - out)
    """
    return _fill(entry_of(application).derivatives[index], application, value)


def expanded(application: sp.Expr, text: str) -> sp.Expr:
    """The text of an entry with the arguments of `application` in it."""
    return _fill(text, application, application)


def _fill(text: str, application: sp.Expr, value: sp.Expr) -> sp.Expr:
    from symbackprop.expressions.tree import substitute

    arguments = dict(zip(entry_of(application).arguments, application.args, strict=False))
    return substitute(template(text), arguments | {"a": value})


@cache
def template(text: str) -> sp.Expr:
    """The tree of a table text, over the argument names, a for the value and t for a target.

    In the table of a layer's activations b is another unit's value and s a sum over the layer.
    """
    from symbackprop.expressions.parser import parse
    from symbackprop.expressions.tree import symbol

    return parse(
        text, {name: symbol(name) for name in ("z", "p", "n", "x", "y", "a", "b", "s", "t")}, functions=FUNCTIONS
    )
