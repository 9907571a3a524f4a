"""Derivatives in all their spellings."""

from __future__ import annotations

import pytest

from symbackprop.auditing.documents.source import Mode
from tests.auditing.mathematics.writing import stated

P, I = Mode.PROSE, Mode.INLINE  # noqa: E741


@pytest.mark.parametrize(
    ("mode", "text", "tree"),
    [
        (I, r"\frac{\partial E_{total}}{\partial w_5}", "∂(E_total, w_5)"),
        (I, r"\frac{\part E_{o1}}{\part a_{h1}}", "∂(E_o1, a_h1)"),
        (I, r"\frac{\partial{L}}{\partial{w_1}}", "∂(L, w_1)"),
        (I, r"\frac{\partial C}{\partial w^3}", "∂(C, w^3)"),
        (I, r"\frac{\partial}{\partial w}(E)", "∂(E, w)"),
        (I, r"\frac{d}{dx}\sigma(x)", "∂(sigmoid(x), x)"),
        (I, r"\frac{dE}{dw}", "∂(E, w)"),
        (I, r"\frac{\mathrm{d}E}{\mathrm{d}w_5}", "∂(E, w_5)"),
        (I, r"\frac{d E}{d \hat{y}}", "∂(E, yhat)"),
        (I, r"\frac{\partial \sigma(x)}{\partial x}", "∂(sigmoid(x), x)"),
        (I, r"\partial E/\partial w_5", "∂(E, w_5)"),
        (P, "∂L/∂W2", "∂(L, W2)"),
        (P, "∂E_total/∂w5", "∂(E_total, w5)"),
        (P, "dE/dw5", "∂(E, w5)"),
        (P, "dCost/dO3", "∂(Cost, O3)"),
        (P, "dE / dw5", "∂(E, w5)"),
        (P, "dŷ/dz", "∂(yhat, z)"),
        (P, "θE/θW5", "∂(E, W5)"),
        (I, r"\nabla_w L", "∂(L, w)"),
        (I, r"\nabla_{W^{(1)}} J(W)", "∂(J(W), W^(1))"),
        (P, "∇_{w5} E_total", "∂(E_total, w5)"),
        (I, r"\nabla_w", "∇_w"),
        (I, r"\nabla_{w,b} L", "(* ∇_w,b L)"),
        (P, "d/dx σ(x)", "∂(sigmoid(x), x)"),
        (P, "∂/∂w_5 E_total", "∂(E_total, w_5)"),
        (I, "d/dx x^2", "∂((^ x 2), x)"),
        (P, "d/dx", "(/ d dx)"),
        (I, r"\frac{d}{dx} σ(x)", "∂(sigmoid(x), x)"),
        (P, "σ'(x)", "sigmoid'(x)"),
        (P, "dw5", "dw5"),
        (I, r"dh_{\text{next}}", "dh_next"),
        (I, r"\frac{d}{2}", "(/ d 2)"),
        (I, r"\frac{\delta E_{total}}{\delta w_5}", "∂(E_total, w_5)"),
        (I, r"\frac{\Delta E}{\Delta w}", "∂(E, w)"),
        (I, r"\frac{\delta_1}{\delta_2}", "(/ δ_1 δ_2)"),
        (I, r"\frac{\delta w}{2}", "(/ (* δ w) 2)"),
    ],
)
def test_a_derivative_is_read(mode: Mode, text: str, tree: str) -> None:
    assert stated(f"{text} = 0.5", mode) == [f"{tree} = 0.5"]


def test_a_product_of_quotients() -> None:
    assert stated("θE/θW5 = θE/θo1 * θo1/θz3 * θz3/θW5") == ["∂(E, W5) = (* ∂(E, o1) ∂(o1, z3) ∂(z3, W5))"]
