"""The ordered list as a table: any spelling of a name finds its step, and a step what it rests on."""

from __future__ import annotations

import pytest

from symbackprop.derivation.steps import Kind
from symbackprop.errors import SymbackpropError
from tests.networks import derivation_of, two_two_two


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("net_h1", "net_h1"),
        ("out_{h1}", "out_h1"),
        ("w_5", "dE_total/dw_5"),
        ("w5", "dE_total/dw_5"),
        ("w₅", "dE_total/dw_5"),
        ("i_1", "dE_total/di_1"),
        ("w_5+", "w_5+"),
        ("delta_o1", "dE_total/dnet_o1"),
        ("δ_o1", "dE_total/dnet_o1"),
        ("dE_total/dw_5", "dE_total/dw_5"),
        ("∂E_total/∂w_5", "dE_total/dw_5"),
        ("E_total+", "E_total+"),
    ],
)
def test_find(given: str, name: str) -> None:
    assert two_two_two().find(given).name == name


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("w_55", "did you mean 'w_5'"),
        ("ot_h1", "did you mean 'out_h1'"),
        ("target_o1", "there is no partial with respect to 'target_o1'"),
        ("dE_o1/dw_1", "there is no quantity 'dE_o1/dw_1'"),
    ],
)
def test_what_is_not_there(given: str, said: str) -> None:
    with pytest.raises(SymbackpropError) as failure:
        two_two_two().find(given)
    assert said in str(failure.value)


def test_a_name_of_two_spellings_must_be_written_out() -> None:
    derivation = derivation_of({"C": "(w_11 - w1_1)**2"}, cost="C", parameters=["w_11", "w1_1"], learning_rate=None)
    assert derivation.find("w1_1").name == "dC/dw1_1"
    with pytest.raises(SymbackpropError, match="may be any of w_11, w1_1"):
        derivation.find("w11")


def test_needed() -> None:
    derivation = two_two_two()
    names = [step.name for step in derivation.needed(["delta_o1", "net_h2"])]
    assert names == [
        *("net_h1", "out_h1", "net_h2", "out_h2", "net_o1", "out_o1"),
        *("dE_total/dE_o1", "dE_o1/dout_o1", "dE_total/dout_o1", "dout_o1/dnet_o1", "dE_total/dnet_o1"),
    ]


def test_kinds_and_names_after_the_update() -> None:
    derivation = two_two_two()
    assert [step.name for step in derivation.of_kind(Kind.DEFINITION)][-3:] == ["E_o1", "E_o2", "E_total"]
    assert (derivation.final_name("E_total"), derivation.final_name("w_5")) == ("E_total+", "w_5+")
    assert derivation.final_name("b_1") == "b_1"
    assert derivation.cost == "E_total"


def test_local_partials_are_those_of_one_definition() -> None:
    by_name = two_two_two().by_name
    local = {name: by_name[name].is_local for name in ("dnet_o1/dw_5", "dE_total/dE_o1", "dE_total/dw_5", "net_o1")}
    assert local == {"dnet_o1/dw_5": True, "dE_total/dE_o1": True, "dE_total/dw_5": False, "net_o1": False}
