from __future__ import annotations

import pytest

from symbackprop.checking.paths import meaning_of
from symbackprop.checking.symbolic import LocalPartials, Partials, affordable, whole
from symbackprop.checking.verdict import Verdict
from symbackprop.derivation.steps import Kind
from symbackprop.expressions.functions import FUNCTIONS
from symbackprop.expressions.parser import parse
from symbackprop.expressions.tree import symbol
from symbackprop.network.graph import Definition
from symbackprop.network.layers import Dense, dense_graph
from symbackprop.network.losses import LOSSES, error
from symbackprop.network.notation import NOTATIONS
from tests.checking.mutations import corrupted
from tests.networks import derivation_of, two_two_two

SYMBOLS = {name: symbol(name) for name in ("x", "y", "z", "w", "b", "t", "a")}


def checked(definition: str, by: str, claimed: str) -> Verdict:
    partials = LocalPartials(Definition("a", parse(definition, SYMBOLS)))
    return partials.check(by, parse(claimed, SYMBOLS)).verdict


@pytest.mark.parametrize(
    ("definition", "by", "right", "wrong"),
    [
        ("w*x + b", "w", "x", "w"),
        ("w*x + b", "b", "1", "0"),
        ("w*x + w*y + b", "w", "x + y", "x"),
        ("(t - z)**2/2", "z", "-(t - z)", "t - z"),
        ("(t - z)**2", "z", "2*(z - t)", "z - t"),
        ("sigmoid(z)", "z", "a*(1 - a)", "a*(1 + a)"),
        ("tanh(z)", "z", "1 - a**2", "1 - a"),
        ("exp(w*x)", "w", "x*a", "a"),
        ("x**w", "w", "a*log(x)", "w*x**(w - 1)"),
        ("x**w", "x", "w*x**(w - 1)", "x**(w - 1)"),
        ("x/y", "y", "-x/y**2", "x/y**2"),
        ("x/y", "y", "-a/y", "a/y"),
        ("relu(x*y)", "x", "if_positive(x*y, y, 0)", "if_positive(x*y, 1, 0)"),
        ("max(x, y)", "y", "if_positive(y - x, 1, 0)", "if_positive(x - y, 1, 0)"),
        ("abs(x) + x*y", "x", "sign(x) + y", "1 + y"),
        ("huber(t - z)", "z", "-max(-1, min(1, t - z))", "max(-1, min(1, t - z))"),
        ("w*x + b", "y", "0", "1"),
    ],
)
def test_a_local_partial_by_diff_of_its_definition(definition: str, by: str, right: str, wrong: str) -> None:
    assert checked(definition, by, right) is Verdict.PROVED
    assert checked(definition, by, wrong) is Verdict.REFUTED


@pytest.mark.parametrize("name", [name for name, entry in FUNCTIONS.items() if entry.arguments and not entry.internal])
def test_every_derivative_of_the_table_is_proved(name: str) -> None:
    entry = FUNCTIONS[name]
    symbols = {argument: symbol(argument) for argument in (*entry.arguments, "a")}
    arguments = [symbols[argument] for argument in entry.arguments]
    partials = LocalPartials(Definition("a", entry.symbol(*arguments, evaluate=False)))
    for argument, derivative in zip(entry.arguments, entry.derivatives, strict=True):
        assert partials.check(argument, parse(derivative, symbols, FUNCTIONS)).verdict is Verdict.PROVED
        wrong = partials.check(argument, parse(f"{derivative} + z/7 + 1/9", symbols | {"z": symbol("z")}, FUNCTIONS))
        assert wrong.verdict is Verdict.REFUTED


@pytest.mark.parametrize("name", LOSSES)
def test_every_derivative_of_the_losses_is_proved(name: str) -> None:
    partials = LocalPartials(Definition("C", error(LOSSES[name], "t", "a")))
    claimed = parse(LOSSES[name].derivative, {"t": symbol("t"), "a": symbol("a")}, FUNCTIONS)
    assert partials.check("a", claimed).verdict is Verdict.PROVED


def test_units_that_differ_in_their_names_alone_are_told_apart_where_one_is_wrong() -> None:
    names = {name: symbol(name) for name in ("net_h1", "out_h1", "out_h2")}
    partials = LocalPartials(Definition("out_h1", parse("sigmoid(net_h1)", names)))
    assert partials.check("net_h1", parse("out_h1*(1 - out_h1)", names)).verdict is Verdict.PROVED
    finding = partials.check("net_h1", parse("out_h2*(1 - out_h2)", names))
    assert finding.verdict is Verdict.REFUTED
    assert "net_h1 = " in finding.reason


def test_every_gradient_of_a_network_by_diff_of_the_whole_cost() -> None:
    derivation = two_two_two()
    steps = [step for step in derivation.sequence if step.kind in (Kind.DEFINITION, Kind.PARTIAL)]
    for name in (step.name for step in steps if step.name.startswith(("dE_total/d", "dE_o2/d"))):
        meaning = meaning_of(name)
        assert meaning is not None
        finding = whole(derivation.problem.graph, meaning.of, meaning.by, name, steps)
        assert finding.verdict is Verdict.PROVED, name


@pytest.mark.parametrize(
    ("step", "formula", "gradient"),
    [
        ("dE_total/dout_h1", "(dE_o1/dout_h1)", "dE_total/dw_1"),
        ("dE_total/dout_h1", "(dE_o1/dout_h1) + (dE_o1/dout_h1)", "dE_total/dnet_h1"),
        ("dout_o1/dnet_o1", "out_o1*(1 + out_o1)", "dE_total/dw_5"),
        ("dnet_o2/dout_h1", "w_6", "dE_total/dw_2"),
        ("dE_total/dnet_h2", "(dE_total/dout_h2)", "dE_total/dw_3"),
        ("dE_o2/dout_o2", "target_o2 - out_o2", "dE_total/dw_8"),
        ("dE_total/db_2", "(dE_total/dnet_o1)*(dnet_o1/db_2)", "dE_total/db_2"),
    ],
)
def test_a_fault_anywhere_before_a_gradient_is_found_in_it(step: str, formula: str, gradient: str) -> None:
    derivation = corrupted(two_two_two(), step, formula)
    by = gradient.partition("/d")[2]
    finding = whole(derivation.problem.graph, "E_total", by, gradient, derivation.sequence)
    assert finding.verdict is Verdict.REFUTED


def test_the_quantity_differentiated_by_stays_a_symbol() -> None:
    derivation = derivation_of({"y": "x**2", "C": "y*x"}, cost="C", inputs=["x"])
    assert whole(derivation.problem.graph, "C", "y", "dC/dy", derivation.sequence).verdict is Verdict.PROVED
    wrong = corrupted(derivation, "dC/dy", "x + x**3/y - y/x")  # 3x² with y for x² in one place of two
    assert whole(wrong.problem.graph, "C", "y", "dC/dy", wrong.sequence).verdict is Verdict.REFUTED


def test_a_network_over_the_limit_is_undecided_with_the_reason() -> None:
    graph = dense_graph(4, [Dense(4), Dense(4), Dense(4)], LOSSES["squared_error"], NOTATIONS["mazur"])
    assert affordable(graph, "E_total") == 0
    finding = whole(graph, "E_total", "w_1", "dE_total/dw_1", graph.definitions)
    assert finding.verdict is Verdict.UNDECIDED
    assert "more than 800 nodes" in finding.reason


@pytest.mark.parametrize(
    ("claimed", "verdict"),
    [
        ("(dC/dy)*(dy/dx) + (dC/dx (direct))", Verdict.CONFIRMED),
        ("2*x*(dC/dy) + y", Verdict.CONFIRMED),
        ("3*x**2", Verdict.CONFIRMED),
        ("(dC/dy)*(dy/dx)", Verdict.REFUTED),
        ("(dC/dx (direct))", Verdict.REFUTED),
        ("3*x**2 + q", Verdict.REFUTED),
    ],
)
def test_any_form_by_forward_accumulation(claimed: str, verdict: Verdict) -> None:
    derivation = derivation_of({"y": "x**2", "C": "y*x"}, cost="C", inputs=["x"])
    names = ("x", "y", "q", "dC/dy", "dy/dx", "dC/dx (direct)")
    meaning = meaning_of("dC/dx")
    assert meaning is not None
    partials = Partials(derivation.problem.graph)
    assert partials.check(parse(claimed, {name: symbol(name) for name in names}), meaning).verdict is verdict
