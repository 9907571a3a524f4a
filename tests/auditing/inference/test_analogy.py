"""Units by analogy."""

from __future__ import annotations

import pytest

from symbackprop.auditing.inference.analogy import analogous
from symbackprop.auditing.inference.forms import shape
from tests.auditing.inference.sheets import formula


@pytest.mark.parametrize(
    ("written", "model", "head", "known", "made"),
    [
        ("w1*i1 + w2*i2 + b1", "net_h1", "net_h2", (), "w3*i1 + w4*i2 + b1"),
        ("w1*i1 + w3*i2", "net_h1", "net_h2", (), "w2*i1 + w4*i2"),
        ("w_11*x_1 + w_21*x_2", "z_1", "z_2", (), "w_12*x_1 + w_22*x_2"),
        ("w_11*x_1 + w_12*x_2", "z_1", "z_2", (), "w_21*x_1 + w_22*x_2"),
        ("w_13*y_3 + w_23*y_4", "a_3", "a_4", (), "w_14*y_3 + w_24*y_4"),
        ("w1*x + b1", "z1", "z2", ("b2",), "w2*x + b2"),
        ("sigmoid(net_h1)", "out_h1", "out_h2", (), "sigmoid(net_h2)"),
        ("1/2*(target_o1 - out_o1)^2", "E_o1", "E_o2", (), "1/2*(target_o2 - out_o2)^2"),
    ],
)
def test_the_likeliest_formula(written: str, model: str, head: str, known: tuple[str, ...], made: str) -> None:
    likely = analogous(formula("a = " + written), model, head, (), known)
    assert shape(likely[0]) == shape(formula("a = " + made))


def test_a_bias_may_be_shared_or_the_units_own() -> None:
    likely = analogous(formula("a = w1*x + b1"), "z1", "z2", (), ())
    assert [shape(one) for one in likely] == [shape(formula(f"a = {text}")) for text in ("w2*x + b1", "w2*x + b2")]


def test_weights_of_another_unit_are_not_taken_again() -> None:
    assert analogous(formula("a = w1*x + w2*y"), "net_h1", "net_h2", ("w3",), ()) == ()
    assert analogous(formula("a = w1*x + w2*y"), "net", "net_h2", (), ()) == ()
