"""A line of letters in TeX, for pdflatex and for matplotlib alike: plain ASCII, names between dollars."""

from __future__ import annotations

from collections.abc import Callable

from symbackprop.expressions import names
from symbackprop.rendering.drawing.lettering import Line, Name, Number, Words, abridged
from symbackprop.rendering.escaping import spaced
from symbackprop.rendering.mathematics import numeral


def tex(line: Line, words: Callable[[str], str]) -> str:
    r"""The line, what is not mathematics escaped by `words`.

    >>> print(tex((Name("dE_total/dw_5"), Words(" = "), Number("-3.5e-12")), str))
    $\partial E_{\mathrm{total}}/\partial w_{5}$ = $-3.5 \cdot 10^{-12}$
    """
    return "".join(_tex(part, words) for part in line)


def _tex(part: Name | Number | Words, words: Callable[[str], str]) -> str:
    match part:
        case Name(name):
            return f"${_name(name)}$"
        case Number(decimal):
            return f"${numeral(decimal)}$"
        case Words(text):
            return spaced(words, text)


def _name(name: str) -> str:
    if pair := names.split_partial(name):
        return rf"\partial {_name(pair[0])}/\partial {_name(pair[1])}"
    head, tail = abridged(name)
    if not tail:
        return names.latex(name)
    letters = tail.replace("_", "")
    return rf"{names.latex(head.removesuffix('+'))}\ldots \mathrm{{{letters}}}" + "^{+}" * head.endswith("+")
