"""The functions and methods of programs as the mathematics that they are: dot(a, b) is a product, reshape a shape."""

from __future__ import annotations

from collections.abc import Mapping

from symbackprop.auditing.documents.source import Span
from symbackprop.auditing.mathematics.tree import (
    Call,
    Entries,
    Negative,
    Node,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Transpose,
    whole_number,
)
from symbackprop.auditing.mathematics.vocabulary import FUNCTIONS

BARE = frozenset({"dot", "matmul", "outer", "multiply", "power", "pow", "square", "array", "maximum", "transpose"})
_MATRIX = frozenset({"dot", "matmul", "mm"})
_TOTALS = frozenset({"sum", "mean"})
_TURNING = frozenset({"transpose", "t"})
_KEEPING = frozenset(
    {"array", "asarray", "tensor", "copy", "clone", "detach", "numpy", "item", "astype", "float", "double", "flatten"}
    | {"ravel", "squeeze", "tolist", "float32", "float64", "atleast_2d", "Tensor", "FloatTensor", "cpu"}
)
_SHAPING = frozenset({"reshape", "view"})
_PAIRED = (
    frozenset({"multiply", "mul", "outer", "power", "pow", "add", "subtract", "divide", "maximum", "max"}) | _MATRIX
)
_AXES = ("axis", "dim")
KNOWN = _PAIRED | _TOTALS | _TURNING | _KEEPING | _SHAPING | {"square", "negative"}


def applied(name: str, given: tuple[Node, ...], named: Mapping[str, str], span: Span) -> Node | None:
    """`name` of the arguments `given`, `named` those that are given by their names; None where it is not known.

    >>> from symbackprop.auditing.mathematics.tree import Name
    >>> here = Span(0, 9)
    >>> applied("multiply", (Name("a", here), Name("b", here)), {}, here).elementwise
    True
    """
    if not given:
        return None
    first, *others = given
    if name in _TURNING:
        return Transpose(first, span)
    if name in _TOTALS:
        return _total(name, first, others, named, span)
    if name in _SHAPING:
        return _shaped(first, others, span)
    if name == "square":
        return Power(first, whole_number(2, span), span)
    if name == "negative":
        return Negative(first, span)
    if name in _PAIRED:
        return _of_two(name, first, others[0], span) if len(others) == 1 and not named else None
    if name in _KEEPING:
        return first
    return Call(FUNCTIONS[name], (first,), span) if name in FUNCTIONS and not others and not named else None


def _of_two(name: str, one: Node, other: Node, span: Span) -> Node | None:
    match name:
        case "multiply" | "mul":
            return Product((one, other), span, elementwise=True)
        case "outer":
            return Product((Call("column", (one,), span), Call("row", (other,), span)), span)
        case "power" | "pow":
            return Power(one, other, span)
        case "add":
            return Sum((one, other), span)
        case "subtract":
            return Sum((one, Negative(other, other.span)), span)
        case "divide":
            return Quotient(one, other, span)
        case "maximum" | "max":
            return _rectified(one, other, span)
    return Product((one, other), span)


def _rectified(one: Node, other: Node, span: Span) -> Node | None:
    """max(0, z)."""
    for zero, rest in ((one, other), (other, one)):
        if isinstance(zero, Number) and not zero.value:
            return Call("relu", (rest,), span)
    return None


def _total(name: str, node: Node, others: list[Node], named: Mapping[str, str], span: Span) -> Node | None:
    axis = next((named[key] for key in _AXES if key in named), "None")
    if others:
        axis = _text(others[0])
    if axis == "None":
        return Call(name, (node,), span)
    return Call(f"{name}_{axis}", (node,), span) if axis in ("0", "1", "-1") and len(others) < 2 else None


def _shaped(node: Node, others: list[Node], span: Span) -> Node | None:
    """a.reshape(-1, 1) is a column, a.reshape(1, -1) a row; whatever else it says only how `a` is kept."""
    if len(others) == 1 and isinstance(others[0], Entries):
        others = list(others[0].rows[0])
    sizes = [_text(other) for other in others]
    if len(sizes) == 2 and "1" in sizes and sizes != ["1", "1"]:
        return Call("column" if sizes[1] == "1" else "row", (node,), span)
    return node if sizes and len(sizes) < 3 else None


def _text(node: Node) -> str:
    """A whole number with its sign, as it is written."""
    match node:
        case Number(text):
            return text
        case Negative(Number(text)):
            return f"-{text}"
    return ""
