"""The Python interface: what a network takes, what it shows, and what it says of wrong use."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest

from symbackprop import Arithmetic, Audit, Dense, Network, SymbackpropError, audit

EXAMPLES = Path(__file__).parent.parent / "examples"
WEIGHTS = {"w_1": "0.15", "w_2": "0.20", "w_3": "0.25", "w_4": "0.30", "b_1": "0.35"}
OUTPUT = {"w_5": "0.40", "w_6": "0.45", "w_7": "0.50", "w_8": "0.55", "b_2": "0.60"}


def mazur(**changes: object) -> Network:
    given: dict[str, object] = {
        "inputs": ["0.05", "0.10"],
        "layers": [Dense(2, bias="shared"), Dense(2, bias="shared")],
        "targets": ["0.01", "0.99"],
        "parameters": {**WEIGHTS, **OUTPUT},
        "learning_rate": "0.5",
        "frozen": ["b_1", "b_2"],
    }
    return Network(**{**given, **changes})  # type: ignore[arg-type]


def test_layers_and_the_network_file_say_the_same() -> None:
    in_python, in_file = mazur().derive(), Network.from_file(EXAMPLES / "mazur_2_2_2.toml").derive()
    for name in ("dE_total/dw_1", "dE_total/dw_5", "w_5+", "E_total+", "delta_h1"):
        assert in_python[name].value == in_file[name].value


@pytest.mark.parametrize("inputs", [["0.05", "0.10"], (0.05, 0.1), {"i_1": Decimal("0.05"), "i_2": "0.1"}])
def test_numbers_may_be_given_in_any_form(inputs: object) -> None:
    assert str(mazur(inputs=inputs).derive()["w_5"].value).startswith("0.08216704056423")


def test_a_quantity_shows_itself() -> None:
    gradient = mazur().derive()["w5"]
    assert gradient.name == "dE_total/dw_5"
    assert gradient.uses == ("dE_total/dnet_o1", "dnet_o1/dw_5")
    assert float(gradient) == pytest.approx(0.08216704056423078, rel=1e-15)
    assert gradient._repr_latex_().startswith(r"$\displaystyle \frac{\partial E_{\mathrm{total}}}{\partial w_{5}} = ")
    assert "`" not in gradient.reason


def test_a_network_and_a_derivation_show_themselves() -> None:
    network = mazur(title="The 2-2-2 network")
    assert repr(network) == "<The 2-2-2 network: 11 definitions, 10 parameters>"
    assert network._repr_latex_().startswith("$$\\begin{aligned}")
    assert network._repr_html_().startswith("<img ")
    assert "## Forward pass" in (network.derive()._repr_markdown_() or "")
    assert "</iframe>" in (network.derive()._repr_html_() or "")
    assert len(repr(network.derive())) < 100


def test_a_long_derivation_shows_its_size_alone() -> None:
    derivation = Network(12, [Dense(12), Dense(10)]).derive()
    assert repr(derivation) == f"<the derivation of a network: {len(derivation.derivation.sequence)} steps>"
    assert len(derivation.derivation.sequence) > 1000
    assert derivation._repr_html_() is None
    assert derivation._repr_markdown_() is None


def test_an_audit_writes_itself() -> None:
    audited = audit(EXAMPLES / "documents" / "one_neuron.md")
    assert isinstance(audited, Audit)
    assert repr(audited).endswith("one_neuron.md: 21 claims: 16 correct, 3 inherited, 2 wrong>")
    assert audited.render().splitlines()[0].endswith("one_neuron.md:16:69: wrong (digit-swap)")
    assert audited.render("html").startswith("<!DOCTYPE html>")
    assert "0.2530" in audited._repr_html_()
    assert audited._repr_markdown_() == audited.render("markdown")
    with pytest.raises(SymbackpropError, match="did you mean 'html'"):
        audited.render("htm")


def test_a_network_without_numbers_is_derived_in_symbols() -> None:
    derived = Network(2, [Dense(2), Dense(1)]).derive()
    assert derived["w_5"].value is None
    with pytest.raises(SymbackpropError, match="has no value"):
        float(derived["w_5"])


def test_partials_of_each_error_and_of_any_two_quantities() -> None:
    derived = mazur().derive()
    assert str(derived.partial("E_o1", "out_h1").value).startswith("0.05539942465142278")
    # net_o1 by w_1: w_5 · out_h1(1 - out_h1) · i_1, with out_h1 = 0.593269992107187
    assert float(derived.partial("net_o1", "w1")) == pytest.approx(0.4 * 0.593269992107187 * 0.406730007892813 * 0.05)


def test_a_batch_of_inputs_in_one_call() -> None:
    gradient = mazur().derive().compile(["dE_total/dw_5"], Arithmetic.ARRAY)
    values = {name: float(value) for name, value in mazur().problem.values.items()}
    batch = gradient({**values, "i_1": np.array([0.05, 0.05, 0.3])})["dE_total/dw_5"]
    assert batch.shape == (3,)
    assert batch[0] == batch[1] == pytest.approx(0.08216704056423078)
    assert batch[2] != batch[0]


def test_membership_takes_any_spelling() -> None:
    derived = mazur().derive()
    assert "w5" in derived
    assert "dE_total/dw_5" in derived
    assert "w_99" not in derived


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: mazur(inputs=["0.05"]), ""),
        (lambda: mazur(targets=["0.01"]), "1 values for 2 targets"),
        (lambda: mazur(parameters=WEIGHTS), "no value is given for w_5"),
        (lambda: mazur(loss="half_squared"), "half_squared_error"),
        (lambda: mazur(notation="mazurr"), "mazur"),
        (lambda: mazur(order="backwards"), "simultaneous"),
        (lambda: mazur(frozen=["b_3"]), "b_3"),
        (lambda: mazur(learning_rate=True), "is not a number"),
        (lambda: mazur(learning_rate=float("nan")), "nan"),
        (lambda: mazur(targets={"target_o1": 1, "target_3": 2}), "'target_3' is none of the targets"),
        (lambda: Dense(0), "0 units"),
        (lambda: Dense(2, "sigmod"), "sigmoid"),
        (lambda: mazur().derive()["w_99"], "w_99"),
        (lambda: mazur().derive().compile(["dE_total/dfoo"]), "dfoo"),
        (lambda: mazur().derive().render("word"), "word"),
    ],
)
def test_wrong_use_is_one_located_kind_of_error(make: Callable[[], object], message: str) -> None:
    with pytest.raises(SymbackpropError) as caught:
        make()
    assert message in str(caught.value)
