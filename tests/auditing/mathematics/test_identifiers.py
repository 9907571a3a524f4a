"""Names as they are written and as they are kept."""

from __future__ import annotations

import pytest

from symbackprop.auditing.documents.source import Mode
from symbackprop.auditing.mathematics.statements import Chain
from symbackprop.auditing.mathematics.tree import Name
from tests.auditing.mathematics.writing import statements

P, I, C = Mode.PROSE, Mode.INLINE, Mode.CODE  # noqa: E741


def name(text: str, mode: Mode) -> Name:
    """The name that stands left of a sign."""
    (chain,) = statements(f"{text} = 0.5", mode)
    assert isinstance(chain, Chain)
    assert isinstance(chain.members[0], Name)
    return chain.members[0]


@pytest.mark.parametrize(
    ("mode", "text", "read"),
    [
        (P, "w5", "w5"),
        (P, "w_10", "w_10"),
        (P, "w_ij", "w_ij"),
        (I, "w_10", "w_10"),
        (I, "y_true", "y_true"),
        (I, "w^{(2)}_{11}", "w^(2)_11"),
        (I, "w_{11}^{(2)}", "w^(2)_11"),
        (I, "x_i^{(2)}", "x^(2)_i"),
        (I, "w_{H21.H11}", "w_H21.H11"),
        (I, "w_{1,1}", "w_1,1"),
        (I, "c_{t -1}", "c_t-1"),
        (I, "h^{t-1}_{1}", "h^t-1_1"),
        (I, "W^{[1]}", "W^[1]"),
        (I, r"E_{\text{total}}", "E_total"),
        (I, r"\mathrm{net}_{h1}", "net_h1"),
        (I, r"\mathbf{w}_1", "w_1"),
        (I, r"\vec{w}", "w"),
        (I, r"\text{W update}", "W update"),
        (I, r"\text{Loss}", "Loss"),
        (I, r"\delta_{h_1}", "δ_h1"),
        (I, r"\hat y", "yhat"),
        (I, r"\hat{y}_t", "yhat_t"),
        (I, r"\hat{y_t}", "yhat_t"),
        (I, r"\tilde c", "ctilde"),
        (I, r"\Delta w_{ij}", "Δw_ij"),
        (P, "Δw_{ij}", "Δw_ij"),
        (P, "Δθ_{j}", "Δθ_j"),
        (P, "ŷ", "yhat"),
        (P, "δ_{o1}", "δ_o1"),
        (P, "δ_Z₁", "δ_Z1"),
        (P, "Z₁", "Z_1"),
        (P, "w₁₁", "w_11"),
        (P, "Z₁(in)", "Z_1_in"),
        (P, "w(X₁→Z₁)", "w_X1→Z1"),
        (P, "net(h1)", "net_h1"),
        (P, "00", "00"),
        (P, "w*{25}", "w_25"),
        (P, "cross-entropy", "cross-entropy"),
        (P, "learning rate", "learning rate"),
        (C, "h[t-1]", "h_t-1"),
        (C, "y_[t]", "y__t"),
        (P, "w_5^+", "w_5+"),
        (P, "W5+", "W5+"),
        (I, "w_5^{+}", "w_5+"),
        (I, "w_{O1.H21}^{+}", "w_O1.H21+"),
        (I, "w_5^{new}", "w_5+"),
        (I, r"w_{\text{new}}", "w+"),
        (I, "W^{(2)}_{new}", "W^(2)+"),
        (I, "E_{after}", "E+"),
        (I, "E_{total, after}", "E_total+"),
        (I, "w_5^{after}", "w_5+"),
        (I, "w_{5,new}", "w_5+"),
        (I, "w_5'", "w_5+"),
        (I, r"w_5^\prime", "w_5+"),
        (I, "w_5^*", "w_5+"),
        (P, "w5*", "w5+"),
        (P, "*w5", "w5+"),
        (P, "new_w5", "w5+"),
        (P, "new w5", "w5+"),
        (P, "w5_new", "w5+"),
        (P, "v₁ baru", "v_1+"),
        (P, "bias baru", "bias+"),
        (P, "w_{1,1}(new)", "w_1,1+"),
        (I, "y'", "y^'"),
    ],
)
def test_a_name_is_kept_in_its_parts(mode: Mode, text: str, read: str) -> None:
    assert name(text, mode).text == read


@pytest.mark.parametrize(("mode", "text"), [(P, "old_w5"), (I, r"w_{\text{old}}"), (I, "w^{old}"), (P, "old w5")])
def test_an_old_value_is_marked(mode: Mode, text: str) -> None:
    read = name(text, mode)
    assert (read.old, read.updated, read.base[0]) == (True, False, "w")


def test_newwpr_is_the_new_wpr_where_the_document_has_an_old_one() -> None:
    (chain,) = statements("newwpr = oldwpr + 0.5")
    assert isinstance(chain, Chain)
    assert [part.text for part in (chain.members[0],) if isinstance(part, Name)] == ["wpr+"]
    assert name("newton", P).text == "newton"


@pytest.mark.parametrize(
    ("text", "transposed"),
    [("W^T", "W"), (r"W^\top", "W"), (r"W^{\intercal}", "W"), ("a^{(1)T}", "a^(1)"), ("Wᵀ", "W")],
)
def test_a_transpose_is_no_part_of_the_name(text: str, transposed: str) -> None:
    from tests.auditing.mathematics.writing import stated

    assert stated(f"y = {text}", I) == [f"y = {transposed}ᵀ"]
