"""The small drawing beside a step: which edges and units it picks out, and that it stays small."""

from __future__ import annotations

from xml.etree.ElementTree import Element, tostring

import pytest

from symbackprop.derivation.steps import Derivation
from symbackprop.derivation.working import derive
from symbackprop.evaluation.worked import work
from symbackprop.rendering.drawing.following import followed
from symbackprop.rendering.drawing.layout import Drawing, lay_out
from symbackprop.rendering.drawing.miniature import shared, small
from symbackprop.rendering.drawing.painting import is_picked
from tests.networks import example


def drawn(name: str) -> tuple[Derivation, Drawing]:
    derivation = derive(example(name))
    return derivation, lay_out(work(derivation))


def picked_edges(name: str, step: str) -> set[str]:
    """The edges that a step picks out, as source>target."""
    derivation, drawing = drawn(name)
    names = followed(derivation, derivation.by_name[step])
    return {
        f"{drawing.nodes[edge.link.source].vertex.names[0]}>{drawing.nodes[edge.link.target].vertex.names[0]}"
        for edge in drawing.edges
        if is_picked(drawing, edge, names)
    }


@pytest.mark.parametrize(
    ("name", "step", "edges"),
    [
        ("mazur_2_2_2", "net_h1", {"i_1>net_h1", "i_2>net_h1"}),
        ("mazur_2_2_2", "out_h1", set()),
        ("mazur_2_2_2", "E_o1", {"net_o1>E_o1"}),
        ("mazur_2_2_2", "dnet_o1/dw_5", {"net_h1>net_o1"}),
        ("mazur_2_2_2", "dE_total/dw_5", {"net_h1>net_o1", "net_o1>E_o1", "E_o1>E_total"}),
        (
            "mazur_2_2_2",
            "dE_total/dw_1",
            {"i_1>net_h1", "net_h1>net_o1", "net_h1>net_o2", "net_o1>E_o1", "net_o2>E_o2", "E_o1>E_total"}
            | {"E_o2>E_total"},
        ),
        ("mazur_2_2_2", "dE_o1/dout_h1", {"net_h1>net_o1", "net_o1>E_o1"}),
        ("mazur_2_2_2", "w_5+", {"net_h1>net_o1"}),
        ("mazur_2_2_2", "net_h1+", {"i_1>net_h1", "i_2>net_h1"}),
        ("recurrent", "z_2", {"x_2>z_2", "z_1>z_2"}),
        ("recurrent", "W_hh+", {"h_0>z_1", "z_1>z_2", "z_2>z_3"}),
    ],
)
def test_what_a_step_follows(name: str, step: str, edges: set[str]) -> None:
    assert picked_edges(name, step) == edges


@pytest.mark.parametrize("name", ["mazur_2_2_2", "sigmoid_2_3_1", "recurrent", "layers_textbook", "softmax_2_3"])
def test_each_is_small_and_refers_to_what_is_shared(name: str) -> None:
    derivation, drawing = drawn(name)
    symbol = shared(drawing, "part").find("symbol")
    assert symbol is not None
    assert symbol.get("id") == "part"
    for step in derivation.sequence:
        picture = small(drawing, followed(derivation, step), "part")
        assert len(tostring(picture)) < 700
        assert [use.get("href") for use in picture.iter("use")] == ["#part"]
        assert picture.get("viewBox") == symbol.get("viewBox")
        assert dots(picture), "something of the network is picked out"


def dots(picture: Element) -> list[Element]:
    return list(picture.iter("path"))


def test_it_says_what_it_shows() -> None:
    derivation, drawing = drawn("mazur_2_2_2")
    picture = small(drawing, followed(derivation, derivation.by_name["dE_total/dw_5"]))
    assert picture.get("role") == "img"
    assert picture.get("aria-label") == "Picked out: w_5, net_o1, out_o1, E_o1, E_total"
