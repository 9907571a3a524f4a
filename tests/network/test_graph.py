import re
from time import process_time

import pytest
import sympy as sp
from hypothesis import given
from hypothesis import strategies as st

from symbackprop.errors import LimitError, NetworkError
from symbackprop.expressions.parser import parse
from symbackprop.expressions.text import text
from symbackprop.expressions.tree import substitute, symbol
from symbackprop.network.graph import (
    WHOLE_HEIGHT,
    Definition,
    DefinitionError,
    Graph,
    net_inputs,
    node_error_names,
    order_definitions,
    quoted,
    require_names,
)


def defined(name: str, expression: str) -> Definition:
    return Definition(name, parse(expression, {word: symbol(word) for word in re.findall(r"[A-Za-z]\w*", expression)}))


def graph(equations: dict[str, str], *, inputs: str = "", targets: str = "", parameters: str = "") -> Graph:
    definitions = [defined(name, expression) for name, expression in equations.items()]
    ordered = order_definitions(definitions, [*inputs.split(), *targets.split(), *parameters.split()])
    return Graph(tuple(inputs.split()), tuple(targets.split()), tuple(parameters.split()), ordered)


RECURRENT = graph(
    {
        "z_1": "W_xh*x_1 + W_hh*h_0",
        "h_1": "tanh(z_1)",
        "z_2": "W_xh*x_2 + W_hh*h_1",
        "h_2": "tanh(z_2)",
        "L": "(y - W_hy*h_2)**2",
    },
    inputs="x_1 x_2 h_0",
    targets="y",
    parameters="W_xh W_hh W_hy",
)


@pytest.mark.parametrize(
    ("expression", "uses", "activation"),
    [
        ("w_2*i_2 + w_1*i_1 + b", ("w_2", "i_2", "w_1", "i_1", "b"), None),
        ("a*a + b - a", ("a", "b"), None),
        ("3", (), None),
        ("a", ("a",), None),
        ("sigmoid(net)", ("net",), "sigmoid"),
        ("identity(net)", ("net",), "identity"),
        ("sigmoid(a + b)", ("a", "b"), None),
        ("sigmoid(a)*2", ("a",), None),
        ("sigmoid(1)", (), None),
        ("log(a)", ("a",), None),
    ],
)
def test_what_a_definition_uses_and_applies(expression: str, uses: tuple[str, ...], activation: str | None) -> None:
    definition = defined("y", expression)
    assert definition.uses == uses
    assert definition.activation == activation


@pytest.mark.parametrize(
    ("equations", "order"),
    [
        ({"a": "x", "b": "a", "c": "b"}, "a b c"),
        ({"c": "b", "b": "a", "a": "x"}, "a b c"),
        ({"c": "a + b", "b": "x", "a": "x"}, "a b c"),
        ({"b": "x", "a": "x", "c": "a*b"}, "b a c"),
        ({"d": "b + c", "c": "a", "b": "a", "a": "x"}, "a b c d"),
        ({"z": "x", "E": "y", "y": "z", "last": "x"}, "z y E last"),
    ],
)
def test_order_is_the_authors_but_for_what_is_used_before(equations: dict[str, str], order: str) -> None:
    assert " ".join(definition.name for definition in graph(equations, inputs="x").definitions) == order


@pytest.mark.parametrize(
    ("equations", "message", "name"),
    [
        ({"a": "a"}, "the equation of a goes round in a circle: a -> a", "a"),
        ({"a": "x + b", "b": "x*c", "c": "a + b"}, "the equation of a goes round in a circle: a -> b -> c -> a", "a"),
        ({"y": "a", "a": "b", "b": "a"}, "the equation of a goes round in a circle: a -> b -> a", "a"),
        ({"a": "x", "b": "a + c"}, "b uses 'c', which nothing defines", "b"),
        ({"x": "1"}, "'x' is defined twice", "x"),
    ],
)
def test_what_cannot_be_ordered_is_named(equations: dict[str, str], message: str, name: str) -> None:
    with pytest.raises(DefinitionError) as caught:
        graph(equations, inputs="x")
    assert caught.value.message == message
    assert caught.value.name == name


def test_a_name_defined_twice_is_refused() -> None:
    with pytest.raises(DefinitionError, match="'y' is defined twice"):
        order_definitions([defined("y", "x"), defined("y", "2*x")], ["x"])


def test_a_long_circle_is_shown_in_part() -> None:
    equations = {f"a{k}": f"a{(k + 1) % 1000}" for k in range(1000)}
    with pytest.raises(DefinitionError) as caught:
        graph(equations)
    assert caught.value.message.endswith("circle: a0 -> a1 -> a2 -> a3 -> ... -> a998 -> a999 -> a0")


def test_too_many_definitions_are_refused() -> None:
    definition = defined("y", "x")
    with pytest.raises(LimitError, match="200001 equations"):
        order_definitions([definition] * 200_001, ["x"])


@pytest.mark.parametrize("late", [False, True])
def test_ordering_takes_no_longer_for_a_sum_that_stands_before_its_summands(late: bool) -> None:
    total = Definition("E", sp.Add(*(symbol(f"e{k}") for k in range(10_000)), evaluate=False))
    errors = [defined(f"e{k}", "x") for k in range(10_000)]
    begin = process_time()
    ordered = order_definitions([*errors, total] if late else [total, *errors], ["x"])
    assert process_time() - begin < 2
    assert ordered[-1] is total


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=60), st.permutations(range(31)))
def test_whatever_has_no_circle_is_ordered(edges: list[tuple[int, int]], order: list[int]) -> None:
    uses: dict[int, set[int]] = {k: set() for k in range(31)}
    for one, other in edges:
        if one != other:
            uses[max(one, other)].add(min(one, other))
    definitions = [defined(f"q{k}", " + ".join(["x", *(f"q{used}" for used in sorted(uses[k]))])) for k in order]
    placed: set[str] = {"x"}
    for definition in order_definitions(definitions, ["x"]):
        assert placed.issuperset(definition.uses)
        placed.add(definition.name)
    assert len(placed) == 32


def test_names_and_leaves_are_in_the_order_of_their_kinds() -> None:
    assert RECURRENT.leaves == ("x_1", "x_2", "h_0", "y", "W_xh", "W_hh", "W_hy")
    assert RECURRENT.names == (*RECURRENT.leaves, "z_1", "h_1", "z_2", "h_2", "L")


def test_graphs_are_equal_where_what_they_are_made_of_is() -> None:
    one, other = (graph({"a": "x + w"}, inputs="x", parameters="w") for _ in range(2))
    assert one == other
    assert one != graph({"a": "w + x"}, inputs="x", parameters="w")


@pytest.mark.parametrize(
    ("names", "stop", "needed"),
    [
        (["L"], [], "z_1 h_1 z_2 h_2 L"),
        (["h_1"], [], "z_1 h_1"),
        (["h_1", "h_2"], ["h_1"], "z_1 h_1 z_2 h_2"),
        (["L"], ["z_2"], "h_2 L"),
        (["L"], ["h_2", "L"], "L"),
        (["x_1"], [], ""),
        ([], [], ""),
    ],
)
def test_needed_is_what_names_rest_on(names: list[str], stop: list[str], needed: str) -> None:
    assert " ".join(definition.name for definition in RECURRENT.needed(names, stop=stop)) == needed


@pytest.mark.parametrize(
    ("names", "dependents"),
    [
        (["W_xh"], {"z_1", "h_1", "z_2", "h_2", "L"}),
        (["x_2"], {"z_2", "h_2", "L"}),
        (["h_1"], {"z_2", "h_2", "L"}),
        (["y"], {"L"}),
        (["L"], set()),
    ],
)
def test_dependents_of_shared_parameters_are_all_that_rest_on_them(names: list[str], dependents: set[str]) -> None:
    assert RECURRENT.dependents(names) == dependents


def test_expression_is_over_the_leaves_and_what_is_kept() -> None:
    assert text(RECURRENT.expression("h_1")) == "tanh(W_xh*x_1 + W_hh*h_0)"
    assert text(RECURRENT.expression("h_2")) == "tanh(W_xh*x_2 + W_hh*tanh(W_xh*x_1 + W_hh*h_0))"
    assert text(RECURRENT.expression("h_2", keep=["h_1"])) == "tanh(W_xh*x_2 + W_hh*h_1)"
    assert text(RECURRENT.expression("h_1", keep=["h_1"])) == "tanh(W_xh*x_1 + W_hh*h_0)"
    assert RECURRENT.expression("x_1") == sp.Symbol("x_1")


def test_expression_of_an_unknown_name_names_the_nearest() -> None:
    with pytest.raises(NetworkError, match="no quantity 'h_3'") as caught:
        RECURRENT.expression("h_3")
    assert "h_2" in caught.value.hint


def doubling(count: int) -> Graph:
    """Each quantity holds the one before it twice: 3·2**count - 2 nodes over the leaves."""
    return graph({f"q{k + 1}": f"q{k}*q{k}" for k in range(count)} | {"q0": "x"}, inputs="x")


def test_expression_counts_its_nodes_before_it_is_built() -> None:
    whole = doubling(60)
    assert len(list(sp.preorder_traversal(whole.expression("q3")))) == 15
    assert whole.expression("q3", limit=15) == whole.expression("q3")
    with pytest.raises(LimitError, match="more than 14 nodes"):
        whole.expression("q3", limit=14)
    begin = process_time()
    with pytest.raises(LimitError, match="more than 20000 nodes"):
        whole.expression("q60")
    assert process_time() - begin < 1


def test_expression_is_no_higher_than_sympy_can_go_down() -> None:
    steps = WHOLE_HEIGHT // 2
    chain = graph({"h0": "x"} | {f"h{k + 1}": f"w*h{k} + x" for k in range(steps)}, inputs="x", parameters="w")
    tree = chain.expression(f"h{steps - 1}")
    assert tree == substitute(tree, {"x": symbol("x")})
    assert str(tree).count("w") == steps - 1
    with pytest.raises(LimitError, match=f"more than {WHOLE_HEIGHT} levels"):
        chain.expression(f"h{steps}")
    assert text(chain.expression(f"h{steps}", keep=["h1"])).count("h1") == 1


@pytest.mark.parametrize(
    ("names", "message"),
    [
        (["w", "w"], "'w' is defined twice"),
        (["2w"], "'2w' cannot be the name of a quantity"),
        ([""], "'' cannot be the name of a quantity"),
        (["w_5+"], "'w_5\\+' cannot be the name of a quantity"),
        (["\u0430"], "'\u0430' cannot be the name of a quantity"),
        ([r"\input{x}"], "cannot be the name of a quantity"),
        (["w" * 65], "cannot be the name of a quantity"),
        (["exp"], "'exp' is the name of a function"),
    ],
)
def test_names_that_cannot_be(names: list[str], message: str) -> None:
    with pytest.raises(NetworkError, match=message) as caught:
        require_names(names)
    assert len(str(caught.value)) < 300


def test_names_that_are_something_else_in_sympy_can_be() -> None:
    require_names(["E", "I", "S", "N", "Q", "O", "C", "pi", "pi_1", "beta", "lambda", "lambda_1", "sum", "zeta", "Max"])


def test_a_long_text_is_quoted_in_part() -> None:
    assert quoted("w_5") == "'w_5'"
    assert len(quoted("w" * 1_000_000)) < 60


MAZUR = {
    "net_h1": "w_1*i_1 + b_1",
    "out_h1": "sigmoid(net_h1)",
    "net_o1": "w_2*out_h1 + b_2",
    "out_o1": "sigmoid(net_o1)",
    "E_o1": "1/2*(t - out_o1)**2",
}


@pytest.mark.parametrize(
    ("equations", "expected"),
    [
        (MAZUR, {"net_h1": "delta_h1", "net_o1": "delta_o1"}),
        ({"z0": "w*x", "O0": "sigmoid(z0)", "z3": "w*O0", "O3": "relu(z3)"}, {"z0": "delta_0", "z3": "delta_3"}),
        ({"z2_1": "w*x", "a2_1": "tanh(z2_1)"}, {"z2_1": "delta2_1"}),
        ({"z": "w*x + b", "a": "tanh(z)"}, {"z": "delta"}),
        ({"net": "w*x"}, {"net": "delta"}),
        ({"logits_1": "w*x", "p": "exp(logits_1)/w"}, {"logits_1": "delta_logits_1"}),  # a quotient is no weighted sum
        ({"z": "w*x", "R": "0.01*(w**2 + b**2)"}, {"z": "delta"}),
        ({"a": "sigmoid(x)", "c": "w*a"}, {"c": "delta"}),
        ({"a": "sigmoid(w*x)"}, {}),
        ({"y": "x"}, {}),
        ({"z": "x + 1", "a": "tanh(z)"}, {"z": "delta"}),
        ({"E": "(t - w*x)**2"}, {}),
        # Short names that would be given twice, or that a quantity of the network has, are lengthened.
        ({"z": "w*x", "u": "w*z"}, {"z": "delta_z", "u": "delta_u"}),
        ({"z_1": "w*x", "delta_1": "sigmoid(w*z_1)"}, {"z_1": "delta_z_1"}),
        ({"z": "w*x", "u": "w*z", "net_z": "w*u"}, {"z": "delta_z", "u": "delta_u", "net_z": "delta_net_z"}),
        (
            {"z": "w*x", "delta": "exp(z)", "delta_z": "exp(z)", "delta_z_1": "exp(z)"},
            {"z": "delta_z_2"},
        ),
    ],
)
def test_node_errors_are_named_after_their_net_inputs(equations: dict[str, str], expected: dict[str, str]) -> None:
    network = graph(equations, inputs="x i_1", targets="t", parameters="w b w_1 w_2 b_1 b_2")
    assert node_error_names(network) == expected
    assert tuple(expected) == net_inputs(network)


@given(st.lists(st.from_regex(r"(net|z|a|delta)[12]?(_z|_net|_1|_2)?", fullmatch=True), unique=True, max_size=12))
def test_node_errors_have_names_of_their_own(names: list[str]) -> None:
    network = graph(dict.fromkeys(names, "w*x"), inputs="x", parameters="w")
    errors = node_error_names(network)
    assert list(errors) == names
    assert len({*errors.values(), *network.names}) == len(errors) + len(network.names)
