"""What a document's trees come to: numbers against mpmath, products of vectors and matrices against hand work."""

from __future__ import annotations

import mpmath
import pytest

from symbackprop.auditing.documents.formats import read_text
from symbackprop.auditing.mathematics.reading import read_statements
from symbackprop.auditing.mathematics.statements import Chain
from symbackprop.auditing.values import Grid, NoValueError, Value, evaluate

NUMBERS = {
    "0.15 * 0.05 + 0.2 * 0.1 + 0.35": "0.3775",
    "1/(1 + exp(-0.3775))": mpmath.nstr(1 / (1 + mpmath.exp(mpmath.mpf("-0.3775"))), 12),
    "-(0.01 - 0.75)": "0.74",
    "2**-2": "0.25",
    "tanh(0.3)**2": mpmath.nstr(mpmath.tanh(mpmath.mpf("0.3")) ** 2, 12),
    "\\lVert [3, 4] \\rVert^2": "25",
    "log(0.5)": mpmath.nstr(mpmath.log(mpmath.mpf("0.5")), 12),
}
GRIDS = {
    "\\begin{bmatrix} 1 & 2 \\\\ 3 & 4 \\end{bmatrix} \\begin{bmatrix} 5 \\\\ 6 \\end{bmatrix}": ((17,), (39,)),
    "[1, 2] + [3, 4]": ((4, 6),),
    "2 [1, 2]": ((2, 4),),
    "\\begin{bmatrix} 1 & 2 \\\\ 3 & 4 \\end{bmatrix}^T": ((1, 3), (2, 4)),
    "[1, 2] \\odot [3, 4]": ((3, 8),),
    "[1, 2] * [3, 4] * [5, 6]": ((15, 48),),
    "\\begin{bmatrix} 1 & 2 \\\\ 3 & 4 \\end{bmatrix} * [5, 6]": ((17,), (39,)),
    "\\begin{bmatrix} 1 & 2 \\\\ 3 & 4 \\\\ 5 & 6 \\end{bmatrix} + [10, 20]": ((11, 22), (13, 24), (15, 26)),
    "\\begin{bmatrix} 1 & 2 & 3 \\\\ 4 & 5 & 6 \\end{bmatrix} + \\begin{bmatrix} 10 \\\\ 20 \\end{bmatrix}": (
        (11, 12, 13),
        (24, 25, 26),
    ),
    "\\begin{bmatrix} 1 \\\\ 2 \\end{bmatrix} \\begin{bmatrix} 3 & 4 \\end{bmatrix}": ((3, 4), (6, 8)),
    "[1, 2] [3, 4] [5, 6]": ((15, 48),),
    "[1, 2]^T * [3, 4] (1 - [5, 6])": ((-12,), (-40,)),
    "\\begin{bmatrix} 1 & 2 \\end{bmatrix} \\begin{bmatrix} 3 \\\\ 4 \\end{bmatrix} [5, 6]": ((55, 66),),
}
OF_PROGRAMS = {
    "[1, 2].reshape(-1, 1) * [3, 4]": ((3, 4), (6, 8)),
    "[1, 2].reshape(1, -1) * [3, 4]": ((3, 8),),
    "2 * [1, 2].reshape(-1, 1) * [3, 4]": ((6, 8), (12, 16)),
    "np.outer([1, 2], [3, 4])": ((3, 4), (6, 8)),
}
WITHOUT_VALUE = [
    "1/0",
    "1/(0.5 - 0.5)",
    "2**9999",
    "[1, 2] + [1, 2, 3]",
    "\\begin{bmatrix} 1 & 2 \\\\ 3 & 4 \\end{bmatrix} + [1, 2]",
    "\\text{softmax}(\\begin{bmatrix} 1 & 2 \\\\ 3 & 4 \\end{bmatrix})",
    "q + 1",
    "log(0)",
]
ABOUT_ZERO = {"(0.1**2 - 0.01)**2": 0, "(exp(log(0.3)) - 0.3)**2": 0, "1 - (tanh(0.3) - tanh(0.3))**3": 1}


def value_of(text: str, mark: str = "$") -> Value:
    _, blocks = read_text(f"{mark}y = {text}{mark}", name="sheet.md")
    (chain,) = (one for one in read_statements(blocks).statements if isinstance(one, Chain))
    return evaluate(chain.members[1])


@pytest.mark.parametrize(("text", "expected"), NUMBERS.items())
def test_numbers(text: str, expected: str) -> None:
    assert abs(float(value_of(text).mid()) - float(expected)) < 1e-11


@pytest.mark.parametrize(("text", "expected"), GRIDS.items())
def test_vectors_and_matrices(text: str, expected: tuple[tuple[int, ...], ...]) -> None:
    found = value_of(text)
    assert isinstance(found, Grid)
    assert tuple(tuple(int(float(entry.mid())) for entry in row) for row in found.rows) == expected


@pytest.mark.parametrize(("text", "expected"), OF_PROGRAMS.items())
def test_vectors_and_matrices_of_programs(text: str, expected: tuple[tuple[int, ...], ...]) -> None:
    found = value_of(text, mark="`")
    assert tuple(tuple(int(float(entry.mid())) for entry in row) for row in found.rows) == expected


@pytest.mark.parametrize(("text", "expected"), ABOUT_ZERO.items())
def test_powers_of_what_is_enclosed_about_zero(text: str, expected: int) -> None:
    found = value_of(text)
    assert found.contains(expected)
    assert found.rad() < 1e-12


@pytest.mark.parametrize("text", WITHOUT_VALUE)
def test_what_has_no_value_says_so(text: str) -> None:
    with pytest.raises(NoValueError):
        value_of(text)
