"""Drafts as network files."""

from __future__ import annotations

from symbackprop.auditing.inference.initial import network_file
from symbackprop.network.file import read_problem
from tests.auditing.inference.sheets import drafted

TEXT = "w = 0.5, x = 2, t = 1\n\nz = w*x = 1.0\n\na = sigmoid(z) = 0.73106\n\nE = {}\n\neta = 0.1"


def test_a_complete_draft_is_a_network_file() -> None:
    draft = drafted(TEXT.format("1/2*(t - a)^2 = 0.03616"))
    problem = read_problem(network_file(draft, 'a "sheet"\n.md'))
    assert problem.graph.names == ("x", "t", "w", "z", "a", "E")
    assert (problem.training and problem.training.learning_rate, problem.decimals) == ("0.1", draft.decimals)
    assert problem.source == 'a "sheet"?.md'


def test_what_is_supposed_is_said() -> None:
    written = network_file(drafted(TEXT.format("0.03616")))
    assert "# this cost is not written out" in written
    assert "not written out" not in network_file(drafted(TEXT.format("1/2*(t - a)^2 = 0.03616")))


def test_a_document_without_formulas_shows_what_one_looks_like() -> None:
    assert "# net_h1 = " in network_file(drafted("0.4 + 0.1 = 0.5"))
