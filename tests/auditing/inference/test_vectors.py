"""Vectors that are printed without a formula."""

from __future__ import annotations

import pytest

from tests.auditing.inference.sheets import drafted

SHEET = r"""
$W = \begin{{bmatrix}} 0.5 & -0.25 \\ 1 & 0.75 \end{{bmatrix}}$, $x = \begin{{bmatrix}} 2 \\ 4 \end{{bmatrix}}$

$z = W x = \begin{{bmatrix}} 0 \\ 5 \end{{bmatrix}}$

$a = \begin{{bmatrix}} {} \\ {} \end{{bmatrix}} = \begin{{bmatrix}} {} \\ {} \end{{bmatrix}}$
"""
# softmax: exp(-5)/(1 + exp(-5)) = 0.00669; sigmoid: 0.5, 0.99331; tanh: 0, 0.99991


@pytest.mark.parametrize(
    ("numbers", "written"),
    [
        (("1/149.41", "148.41/149.41", "0.0067", "0.9933"), "exp(z_1)/(exp(z_1) + exp(z_2))"),
        (("1/2", "0.9933", "0.5000", "0.9933"), "sigmoid(z_1)"),
        (("0/1", "0.9999", "0.0000", "0.9999"), "tanh(z_1)"),
        (("1/2", "0.7", "0.5", "0.7"), None),
    ],
)
def test_the_function_that_comes_to_every_entry(numbers: tuple[str, ...], written: str | None) -> None:
    assert drafted(SHEET.format(*numbers), "sheet.md").equations.get("a_1") == written
