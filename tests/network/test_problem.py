import pickle
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from time import process_time
from typing import Any

import pytest

from symbackprop.errors import NetworkError, Place
from symbackprop.network.graph import Graph
from symbackprop.network.layers import Dense, dense_graph
from symbackprop.network.losses import LOSSES
from symbackprop.network.notation import NOTATIONS
from symbackprop.network.problem import (
    Claim,
    Problem,
    ProblemError,
    Training,
    check_problem,
    claimable,
    read_equations,
    require_values,
)

EQUATIONS = {"z": "w*x + b", "a": "sigmoid(z)", "E": "(t - a)**2", "twice": "2*a"}


def read(equations: Mapping[str, str], inputs: str = "x", targets: str = "t", parameters: str = "w b") -> Graph:
    return read_equations(equations, inputs.split(), targets.split(), parameters.split())


VALUES = {"x": "0.50", "t": "1", "w": "-2", "b": "1e-3"}
PROBLEM = Problem(
    read(EQUATIONS),
    values=VALUES,
    training=Training("E", "0.1"),
    claims=(
        Claim("z", "-0.999"),
        Claim("dE/dw", "0.1"),
        Claim("w+", "-2.0"),
        Claim("delta", "-.0"),
        Claim("a", "0.3", 2),
    ),
)


def test_equations_are_read_in_any_order() -> None:
    assert read(dict(reversed(EQUATIONS.items()))).definitions != PROBLEM.graph.definitions
    assert set(read(dict(reversed(EQUATIONS.items()))).definitions) == set(PROBLEM.graph.definitions)


@pytest.mark.parametrize(
    "name", ["E", "I", "S", "N", "Q", "O", "C", "pi", "pi_1", "beta", "lambda", "lambda_1", "zeta"]
)
def test_a_name_that_means_something_elsewhere_is_a_name_here(name: str) -> None:
    graph = read({"y": f"2*{name} + {name}**2"}, inputs=name)
    assert graph.by_name["y"].uses == (name,)


@pytest.mark.parametrize(
    ("equations", "leaves", "path", "position", "message", "hint"),
    [
        ({"y": "x*"}, {}, ("equations", "y"), 2, "a name, a number or a bracket is expected", ""),
        ({"y": "x + i2"}, {"inputs": "x i_2"}, ("equations", "y"), 4, "unknown name 'i2'", "did you mean 'i_2'?"),
        ({"y": "x + q"}, {}, ("equations", "y"), 4, "unknown name 'q'", "a name has a value in"),
        ({"y": "x + e**x"}, {}, ("equations", "y"), 4, "unknown name 'e'", "exp(x)"),
        (
            {"y": "w_1 + w_3", "u": "exp(w_4) + 1e5*w_7"},
            {"parameters": "w_1"},
            ("equations", "y"),
            6,
            "unknown names 'w_3', 'w_4', 'w_7'",
            "a name has a value in",
        ),
        ({"y": "x + sin + q"}, {}, ("equations", "y"), 4, "unknown name 'sin'", "sin is a function"),
        ({"y": "q(x)"}, {}, ("equations", "y"), 0, "unknown function 'q'", ""),
        ({"y": "x"}, {"inputs": "x y"}, ("equations", "y"), None, "'y' is defined twice", "first in inputs"),
        (
            {"y": "x"},
            {"inputs": "x", "targets": "t x"},
            ("targets", "x"),
            None,
            "'x' is defined twice",
            "first in inputs",
        ),
        ({"y": "x"}, {"parameters": "w w"}, ("parameters", "w"), None, "'w' is defined twice", "first in parameters"),
        (
            {"y": "x"},
            {"parameters": "5w"},
            ("parameters", "5w"),
            None,
            "'5w' cannot be the name of a quantity",
            "letter",
        ),
        ({"tanh": "x"}, {}, ("equations", "tanh"), None, "'tanh' is the name of a function", "tanh_1"),
        ({"y": "u", "u": "v*x", "v": "u"}, {}, ("equations", "u"), None, "circle: u -> v -> u", ""),
    ],
)
def test_an_equation_that_cannot_be_used_is_named(
    equations: dict[str, str],
    leaves: dict[str, str],
    path: tuple[str, ...],
    position: int | None,
    message: str,
    hint: str,
) -> None:
    with pytest.raises(ProblemError) as caught:
        read(equations, **leaves)
    assert caught.value.path == path
    assert caught.value.position == position
    assert message in caught.value.message
    assert hint in caught.value.hint


def test_the_fault_of_an_equation_shows_where_in_it() -> None:
    with pytest.raises(ProblemError) as caught:
        read({"y": "x + i2"}, inputs="x i_2")
    assert str(caught.value).splitlines() == [
        "equation y:5: error: unknown name 'i2'",
        "  | x + i2",
        "  |     ^",
        "  hint: did you mean 'i_2'?",
    ]


def test_many_unknown_names_are_listed_in_part() -> None:
    with pytest.raises(ProblemError) as caught:
        read({"y": "+".join(f"q_{k}" for k in range(1000))})
    assert caught.value.message.endswith("'q_8', 'q_9', ...")


def test_a_sound_problem_is_returned_as_it_is() -> None:
    assert check_problem(PROBLEM) is PROBLEM
    assert check_problem(replace(PROBLEM, values={}, claims=(), training=None)).values == {}


@pytest.mark.parametrize(
    ("changes", "path", "position", "message"),
    [
        ({"values": VALUES | {"q": "1"}}, ("values", "q"), None, "'q' is no input, target or parameter"),
        ({"values": VALUES | {"z": "1"}}, ("values", "z"), None, "'z' is no input, target or parameter"),
        ({"values": VALUES | {"w": "nan"}}, ("parameters", "w"), 0, "w: 'nan' is not a number"),
        ({"values": VALUES | {"t": "1e999999999"}}, ("targets", "t"), 0, "t: the number 1e999999999 is out of"),
        ({"values": {"x": "1", "t": "1"}}, ("parameters", "w"), None, "no value is given for w, b"),
        ({"values": {"w": "1"}}, ("inputs", "x"), None, "no value is given for x, t, b"),
        ({"decimals": -1}, ("document", "decimals"), 0, "decimals is out of range"),
        ({"decimals": 51}, ("document", "decimals"), 0, "decimals is out of range"),
        ({"training": Training("E_total")}, ("training", "cost"), 0, "the cost 'E_total' is no equation"),
        ({"training": Training("w")}, ("training", "cost"), 0, "the cost 'w' is no equation"),
        (
            {"training": Training("E", "fast")},
            ("training", "learning_rate"),
            0,
            "learning_rate: 'fast' is not a number",
        ),
        ({"training": Training("E", "1", ("b", "c"))}, ("training", "frozen", 1), 0, "'c' is no parameter"),
        ({"training": Training("E", "1", ("x",))}, ("training", "frozen", 0), 0, "'x' is no parameter"),
        ({"training": Training("E", "1", steps=-1)}, ("training", "steps"), 0, "steps is out of range"),
        ({"training": Training("E", "1", steps=10_000_001)}, ("training", "steps"), 0, "steps is out of range"),
        ({"claims": (Claim("q", "1"),)}, ("claims", "q"), None, "there is no quantity 'q'"),
        ({"claims": (Claim("w" * 10**6, "1"),)}, ("claims", "w" * 10**6), None, "there is no quantity 'www"),
        ({"claims": (Claim("dE/dq", "1"),)}, ("claims", "dE/dq"), None, "there is no quantity 'q'"),
        ({"claims": (Claim("dq/dw", "1"),)}, ("claims", "dq/dw"), None, "'q' is no equation"),
        ({"claims": (Claim("dw/dx", "1"),)}, ("claims", "dw/dx"), None, "'w' is no equation"),
        ({"claims": (Claim("x+", "1"),)}, ("claims", "x+"), None, "there is no quantity 'x+'"),
        ({"claims": (Claim("z", "1,5"),)}, ("claims", "z"), 0, "z: '1,5' is not a number"),
        ({"claims": (Claim("z", "1", 3), Claim("q", "1", 3))}, ("after", "3", "q"), None, "there is no quantity 'q'"),
        ({"claims": (Claim("z", "x", 3),)}, ("after", "3", "z"), 0, "z: 'x' is not a number"),
        ({"claims": (Claim("z", "1", 10_000_001),)}, ("after", "10000001"), 0, "out of range"),
        ({"claims": (Claim("z", "1", -1),)}, ("after", "-1"), 0, "out of range"),
        ({"training": Training("E")}, ("claims", "w+"), None, "there is no quantity 'w+'"),
        ({"training": Training("E"), "claims": (Claim("z", "1", 1),)}, ("after", "1"), None, "without a learning rate"),
        ({"training": None, "claims": (Claim("delta", "1"),)}, ("claims", "delta"), None, "no quantity 'delta'"),
    ],
)
def test_what_does_not_fit_is_named(
    changes: dict[str, Any], path: tuple[str, ...], position: int | None, message: str
) -> None:
    with pytest.raises(ProblemError) as caught:
        check_problem(replace(PROBLEM, **changes))
    assert caught.value.path == path
    assert caught.value.position == position
    assert message in caught.value.message
    assert len(str(caught.value)) < 400


@pytest.mark.parametrize(
    "changes",
    [
        {"decimals": 0},
        {"decimals": 50},
        {"training": Training("E", "0.1", ("b",), steps=0)},
        {"training": Training("E", "0.1", steps=10_000_000)},
        {"training": Training("twice", "-1e-400")},
        {"claims": (Claim("dE/dw (direct)", "0"), Claim("dtwice/dx", "1"), Claim("x", "0.5"))},
        {"training": None, "claims": (Claim("da/dz", "1"), Claim("E", "1"))},
    ],
)
def test_what_fits(changes: dict[str, Any]) -> None:
    check_problem(replace(PROBLEM, **changes))


def test_missing_values_are_all_named_or_counted() -> None:
    require_values(PROBLEM.graph, PROBLEM.values)
    graph = dense_graph(8, [Dense(2)], LOSSES["huber"], NOTATIONS["mazur"])
    with pytest.raises(ProblemError, match=r"i_1, i_2, .*, target_o2 and 18 more"):
        require_values(graph, {})


def test_exact_values_are_the_decimals_as_written_and_the_learning_rate() -> None:
    assert PROBLEM.exact_values() == {
        "x": Fraction(1, 2),
        "t": Fraction(1),
        "w": Fraction(-2),
        "b": Fraction(1, 1000),
        "eta": Fraction(1, 10),
    }
    assert "eta" not in replace(PROBLEM, training=Training("E")).exact_values()
    with pytest.raises(NetworkError, match="no numbers"):
        replace(PROBLEM, values={}).exact_values()


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ("w b", "eta"),
        ("eta", "learning_rate"),
        ("eta learning_rate", "learning_rate_1"),
        ("eta learning_rate learning_rate_1", "learning_rate_2"),
    ],
)
def test_the_learning_rate_has_a_name_of_its_own(names: str, expected: str) -> None:
    problem = Problem(
        read({"E": "x"}, parameters=names),
        values=dict.fromkeys(f"x t {names}".split(), "3"),
        training=Training("E", "0.5"),
    )
    assert problem.learning_rate_name == expected
    assert problem.exact_values() == dict.fromkeys(f"x t {names}".split(), Fraction(3)) | {expected: Fraction(1, 2)}


@pytest.mark.parametrize(
    ("training", "expected"),
    [
        (Training("E", "0.1"), "w b"),
        (Training("E", "0.1", ("w",)), "b"),
        (Training("E", "0.1", ("b", "w")), ""),
        (Training("E"), ""),
        (None, ""),
    ],
)
def test_an_update_changes_what_is_not_frozen(training: Training | None, expected: str) -> None:
    assert " ".join(replace(PROBLEM, training=training).trained_parameters()) == expected


def test_an_update_does_not_change_what_the_cost_does_not_rest_on() -> None:
    problem = Problem(read({"E": "w*x", "y": "b*x"}), training=Training("E", "0.1"))
    assert problem.trained_parameters() == ("w",)


@pytest.mark.parametrize(
    ("training", "expected"),
    [
        (None, "x t w b z a E twice"),
        (Training("E"), "x t w b z a E twice delta"),
        (Training("E", "0.1", ("b",)), "x t w b z a E twice delta w+"),
    ],
)
def test_claimable_names(training: Training | None, expected: str) -> None:
    assert " ".join(claimable(replace(PROBLEM, training=training))) == expected


def test_checking_takes_no_longer_than_there_are_names() -> None:
    graph = dense_graph(200, [Dense(100)], LOSSES["huber"], NOTATIONS["mazur"])
    claims = [Claim(f"dE_total/d{name}", "1") for name in graph.parameters]
    claims += [Claim(f"{name}+", "1") for name in graph.parameters[10_000:]]
    problem = Problem(
        graph,
        dict.fromkeys(graph.leaves, "1"),
        Training("E_total", "1", graph.parameters[:10_000]),
        claims=tuple(claims),
    )
    begin = process_time()
    check_problem(problem)
    assert process_time() - begin < 2


def test_a_problem_error_passes_between_processes_and_takes_a_place() -> None:
    error = ProblemError("wrong", hint="right", path=("training", "frozen", 1), position=2)
    copy = pickle.loads(pickle.dumps(error))  # noqa: S301
    assert (copy.message, copy.hint, copy.path, copy.position) == ("wrong", "right", ("training", "frozen", 1), 2)
    located = copy.at(Place("a.toml", 3))
    assert (type(located), located.path, str(located)) == (
        ProblemError,
        error.path,
        "a.toml:3: error: wrong\n  hint: right",
    )
