"""Lists, tuples and matrices."""

from __future__ import annotations

import pytest

from symbackprop.auditing.documents.source import Mode
from tests.auditing.mathematics.writing import stated

P, I = Mode.PROSE, Mode.INLINE  # noqa: E741


@pytest.mark.parametrize(
    ("mode", "text", "tree"),
    [
        (P, "[0.1, 0.2]", "list[0.1 0.2]"),
        (P, "[0.1 0.2]", "list[0.1 0.2]"),
        (P, "[0.5 -0.1]", "list[0.5 -0.1]"),
        (P, "[0.5 - 0.1]", "list[(+ 0.5 -0.1)]"),
        (P, "[0.5 -0.1 ; 0.2 0.3]", "[0.5 -0.1; 0.2 0.3]"),
        (P, "[1 0] [0.5 -0.1 ; 0.2 0.3] + [1 2]", "(+ (* list[1 0] [0.5 -0.1; 0.2 0.3]) list[1 2])"),
        (P, "c - 0.5 [0.1 -0.2]", "(+ c -(* 0.5 list[0.1 -0.2]))"),
        (P, "0.7 (0.25) + 0.9 (-0.4)", "(+ (* 0.7 0.25) (* 0.9 -0.4))"),
        (P, "d ⊙ [z > 0]", "(⊙ d relu'(z))"),
        (P, "d * 1[z > 0]", "(* d relu'(z))"),
        (I, r"d \cdot 1_{z > 0}", "(* d relu'(z))"),
        (I, r"g^{[1]\prime}(z^{[1]})", "g'(z^[1])"),
        (P, "[ 0.29414432]", "list[0.29414432]"),
        (P, "[1. 0.]", "list[1 0]"),
        (P, "(0.1, 0.2)", "list[0.1 0.2]"),
        (P, "[[0.1, 0.2], [0.3, 0.4]]", "[0.1 0.2; 0.3 0.4]"),
        (P, "[[ 0.165 0.115]\n # [ 0.225 0.075]]", "[0.165 0.115; 0.225 0.075]"),
        (P, "[[ 0.19537 ] [ 0.213755]]", "[0.19537; 0.213755]"),
        (P, "[0.1, 0.1]*(-0.96)", "(* list[0.1 0.1] -0.96)"),
        (I, r"\begin{bmatrix} 1 & -2 \\ 3 & 4 \end{bmatrix}", "[1 -2; 3 4]"),
        (I, r"\begin{pmatrix} 1 \\ -2 \end{pmatrix}", "[1; -2]"),
        (I, r"\left[\begin{array}{cc} 1 & 2 \end{array}\right]", "[1 2]"),
        (I, r"\begin{bmatrix} (0.3)(0.5) \\[2pt] a - b \end{bmatrix}^T", "[(* 0.3 0.5); (+ a -b)]ᵀ"),
        (I, r"[e^{-1.9}, e^0]", "list[exp(-1.9) exp(0)]"),
    ],
)
def test_entries_are_read(mode: Mode, text: str, tree: str) -> None:
    assert stated(f"y = {text}", mode) == [f"y = {tree}"]
