from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path
from time import process_time

import pytest

from symbackprop.errors import LimitError, SymbackpropError
from symbackprop.expressions.text import text
from symbackprop.network.file import load_problem, read_problem
from symbackprop.network.problem import Claim, Order, Training
from tests.network.files import FAULTS, GIVEN, LAYERS

EXAMPLES = sorted((Path(__file__).parent.parent.parent / "examples").glob("*.toml"))


def test_every_section_is_read_as_it_is_written() -> None:
    problem = read_problem(GIVEN)
    assert problem.title == "One unit"
    assert problem.source == "by hand"
    assert (problem.graph.inputs, problem.graph.targets, problem.graph.parameters) == (
        ("i_1",),
        ("t_1",),
        ("w_1", "b_1"),
    )
    assert {definition.name: text(definition.expression) for definition in problem.graph.definitions} == {
        "net": "w_1*i_1 + b_1",
        "out": "sigmoid(net)",
        "E": "(t_1 - out)**2/2",
    }
    assert dict(problem.values) == {"i_1": "0.05", "t_1": "0.10", "w_1": "0.15", "b_1": "1"}
    assert {type(value) for value in problem.values.values()} == {str}
    assert problem.training == Training("E", "0.50", ("b_1",), Order.OUTPUT_FIRST, 10)
    assert problem.decimals == 4
    assert problem.claims == (
        Claim("net", "1.0075"),
        Claim("dE/dw_1", "-0.0000"),
        Claim("w_1+", "0.15e0"),
        Claim("E", "0.30", after=10),
    )


def test_what_is_left_out_has_its_default() -> None:
    problem = read_problem('[equations]\ny = "1 + 1"')
    assert problem.training is None
    assert problem.decimals is None
    assert problem.claims == ()
    assert (problem.title, problem.source, dict(problem.values)) == ("", "", {})
    trained = read_problem('[inputs]\nx = 1\n[equations]\ny = "x"\n[training]\ncost = "y"')
    assert trained.training == Training("y", None, (), Order.SIMULTANEOUS, 1)


def test_layers_are_read_with_the_cost_of_their_notation() -> None:
    problem = read_problem(LAYERS)
    assert problem.training == Training("E_total", "0.1")
    assert {definition.name: text(definition.expression) for definition in problem.graph.definitions} == {
        "net_h1": "w_1*i_1",
        "out_h1": "tanh(net_h1)",
        "net_o1": "w_2*out_h1 + b_1",
        "out_o1": "sigmoid(net_o1)",
        "E_total": "huber(target_o1 - out_o1)",
    }
    assert read_problem(LAYERS.replace("[training]", '[training]\ncost = "out_h1"')).training == Training(
        "out_h1", "0.1"
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (GIVEN, GIVEN.replace("\n", "\r\n")),
        (GIVEN, "\ufeff" + GIVEN),
        ("i_1 = 0.05", "  'i_1'=0.0_5#x"),
        ("[inputs]\ni_1 = 0.05", "inputs.i_1 = 0.05"),
        ("[inputs]\ni_1 = 0.05", "inputs = { i_1 = 0.05 }"),
        ('"w_1*i_1 + b_1"', '"""\n w_1*i_1\n  + b_1"""'),
        ('"w_1*i_1 + b_1"', "'w_1*i_1+b_1'"),
        ('"w_1*i_1 + b_1"', r'"\u0077_1 * i_1\t+ b_1"'),
        ("b_1 = 1", "b_1 = 0x1"),
        ('["b_1"]', "[\n'b_1', # kept\n]"),
        ('[claims]\nnet = 1.0075\n"dE/dw_1" = "-0.0000"', '[claims]\nnet = "1.0075"\n"dE/dw_1" = -0.0000'),
        ("[after.10]\nE = 0.30", "[after]\n10.E = 0.30"),
        ("[after.10]\nE = 0.30", "[after]\n10 = { E = 0.30 }"),
        ('title = "One unit"\n', 'title = "One unit" # after\n\n'),
    ],
)
def test_the_same_in_other_words_is_the_same_problem(old: str, new: str) -> None:
    assert old in GIVEN
    assert read_problem(GIVEN.replace(old, new)) == read_problem(GIVEN)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_loads(path: Path) -> None:
    problem = load_problem(path)
    assert problem == read_problem(path.read_text(encoding="utf-8"), str(path))
    assert problem.title
    assert problem.claims
    assert set(problem.values) == set(problem.graph.leaves)


def test_there_are_examples() -> None:
    assert len(EXAMPLES) >= 4


@pytest.mark.parametrize("name", ["E", "I", "S", "N", "Q", "O", "C", "pi", "pi_1", "beta", "lambda", "lambda_1", "eta"])
def test_a_name_that_means_something_elsewhere_is_a_name_here(name: str) -> None:
    problem = read_problem(f'[parameters]\n{name} = 2\n[equations]\ncost = "3*{name}"\n[training]\ncost = "cost"')
    assert problem.graph.by_name["cost"].uses == (name,)
    assert problem.values[name] == "2"


@pytest.mark.parametrize(("old", "new", "line", "column", "message", "hint"), FAULTS)
def test_a_fault_has_its_line_what_was_given_and_what_is_accepted(
    old: str, new: str, line: int, column: int, message: str, hint: str
) -> None:
    assert old in GIVEN
    given = GIVEN.replace(old, new, 1)
    begin = process_time()
    with pytest.raises(SymbackpropError) as caught:
        read_problem(given, "a.toml")
    assert process_time() - begin < 2
    fault = caught.value
    assert fault.place is not None
    assert (fault.place.file, fault.place.line, fault.place.column) == ("a.toml", line, column)
    assert fault.place.text == given.split("\n")[line - 1]
    assert message in fault.message
    assert hint in fault.hint
    assert len(str(fault)) < 600


@pytest.mark.parametrize(
    ("old", "new", "line", "column", "message", "hint"),
    [
        ("[network]", "claims = 5\n[network]", 1, 10, "'claims' is a whole number", "a section is expected"),
        ('"mazur"', '"mazure"', 2, 13, "unknown notation 'mazure'", "did you mean 'mazur'?"),
        ('loss = "huber"', 'loss = "hubert"', 8, 9, "unknown loss 'hubert'", "did you mean 'huber'?"),
        ('loss = "huber"', "", 1, 2, "[network] has no loss", "it has notation, inputs, layers, loss"),
        ("inputs = 1", "input = 1", 3, 1, "unknown key 'input'", "did you mean 'inputs'?"),
        ("inputs = 1", "inputs = 0", 3, 10, "at least one input", ""),
        ("inputs = 1", "inputs = true", 3, 10, "'inputs' is true or false", "a whole number"),
        ("inputs = 1", "inputs = 100000000000", 4, 1, "many more weights than the 3 numbers in [parameters]", ""),
        ('"tanh"', '"tan"', 5, 3, "unknown activation 'tan'", "did you mean 'tanh'?"),
        ('"none"', '"no"', 5, 3, "unknown bias 'no'", "accepted: each, shared, none"),
        ('bias = "none"', "biases = 1", 5, 37, "unknown key 'biases'", "did you mean 'bias'?"),
        ("{ units = 1 }", "{ units = 0 }", 6, 3, "a layer of 0 units", "from 1"),
        ("{ units = 1 }", "{ units = 1.0 }", 6, 13, "'units' is a decimal number", "a whole number"),
        ("{ units = 1 }", "{ units = 10001 }", 4, 1, "more than 10000 units", ""),
        ("{ units = 1 }", '{ bias = "none" }', 6, 3, "a layer has no units", "{ units = 2"),
        ("{ units = 1 }", "2", 6, 3, "number 2 of layers is a whole number", "a section"),
        ("target_o1 = 1\n", "", 11, 2, "no value is given for target_o1", ""),
        ("w_1 = 0.1\nw_2 = 0.2\nb_1 = 0.3\n", "", 13, 2, "no value is given for w_1, w_2, b_1", ""),
        ("[targets]\ntarget_o1 = 1\n", "", 1, 2, "there is no section [targets]", "it gives target_o1"),
        ("b_1 = 0.3", "b_1 = 0.3\nb_2 = 1", 17, 1, "'b_2' is none of the parameters of these layers", "did you mean"),
        ("i_1 = 0.5", "w_1 = 1", 10, 1, "'w_1' is none of the inputs of these layers", "it belongs in [parameters]"),
        ("[training]", '[equations]\ny = "1"\n[training]', 17, 2, "[equations] or [network], not both", ""),
        ("[training]", '[training]\ncost = "E"', 18, 9, "the cost 'E' is no equation", "accepted: E_total"),
    ],
)  # fmt: skip
def test_a_fault_of_layers_has_its_line(old: str, new: str, line: int, column: int, message: str, hint: str) -> None:
    assert old in LAYERS
    given = LAYERS.replace(old, new, 1)
    with pytest.raises(SymbackpropError) as caught:
        read_problem(given)
    place = caught.value.place
    assert place is not None
    assert (place.line, place.column) == (line, column)
    assert message in caught.value.message
    assert hint in caught.value.hint


@pytest.mark.parametrize("given", ["", "\n\n", 'title = "empty"', "[inputs]\nx = 1", "[equations]", "[training]\n"])
def test_a_file_without_equations_is_no_network(given: str) -> None:
    with pytest.raises(SymbackpropError, match="there are no equations") as caught:
        read_problem(given, "a.toml")
    assert str(caught.value).startswith("a.toml")
    assert "[network]" in caught.value.hint


def test_the_message_in_full() -> None:
    with pytest.raises(SymbackpropError) as caught:
        read_problem(GIVEN.replace('["b_1"]', '["b_9"]'), "one_unit.toml")
    assert str(caught.value).splitlines() == [
        "one_unit.toml:17:12: error: 'b_9' is no parameter",
        '  | frozen = ["b_9"]',
        "  |            ^",
        "  hint: did you mean 'b_1'?",
    ]


def test_a_node_error_may_be_claimed_by_its_name_alone() -> None:
    with pytest.raises(SymbackpropError, match="there is no quantity 'delta_h1'"):
        read_problem(GIVEN.replace("net = 1.0075", "delta_h1 = 1.0"))
    assert Claim("delta", "1.0") in read_problem(GIVEN.replace("net = 1.0075", "delta = 1.0")).claims


class TestLoad:
    @pytest.mark.parametrize("kind", [str, Path])
    def test_reads_the_file_and_names_it(self, tmp_path: Path, kind: Callable[[Path], str | Path]) -> None:
        path = tmp_path / "net.toml"
        path.write_text(GIVEN, encoding="utf-8")
        assert load_problem(kind(path)) == read_problem(GIVEN)
        path.write_text(GIVEN + "x = 1\n", encoding="utf-8")
        with pytest.raises(SymbackpropError) as caught:
            load_problem(kind(path))
        assert str(caught.value).startswith(f"{path}:28:1: error: there is no quantity 'x'")

    def test_a_minus_is_standard_input(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(GIVEN.encode())))
        assert load_problem("-") == read_problem(GIVEN)
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"x = \xff")))
        with pytest.raises(SymbackpropError, match="0xff is no UTF-8") as caught:
            load_problem("-")
        assert str(caught.value).startswith("<input>:1:5: error: byte 0xff")

    @pytest.mark.parametrize("name", ["missing.toml", ".", "a\0b", "x" * 5000])
    def test_what_cannot_be_opened_is_named(self, tmp_path: Path, name: str) -> None:
        with pytest.raises(SymbackpropError, match="the file cannot be read: ") as caught:
            load_problem(tmp_path / name)
        assert caught.value.place is not None
        assert caught.value.place.file == str(tmp_path / name)

    @pytest.mark.parametrize(
        ("data", "line", "column"),
        [
            (b"\xff\xfea\x00", 1, 1),
            (b'title = "\xe9"', 1, 10),
            ('title = "ж∂'.encode() + b'\x80"', 1, 12),
            (GIVEN.encode() + b"# \xc3\n", 28, 3),
            (GIVEN.encode() + b"# \xed\xa0\x80", 28, 3),
            (GIVEN.encode() + b"# \xe2\x88", 28, 3),
        ],
    )
    def test_what_is_not_utf_8_has_its_place(self, tmp_path: Path, data: bytes, line: int, column: int) -> None:
        path = tmp_path / "net.toml"
        path.write_bytes(data)
        with pytest.raises(SymbackpropError, match="is no UTF-8") as caught:
            load_problem(path)
        assert caught.value.place is not None
        assert (caught.value.place.line, caught.value.place.column) == (line, column)

    def test_a_file_that_is_too_large_is_not_read_whole(self, tmp_path: Path) -> None:
        path = tmp_path / "net.toml"
        with path.open("wb") as stream:
            stream.truncate(20_000_000_000)  # a hole: it takes no room, but cannot be read into memory
        begin = process_time()
        with pytest.raises(LimitError, match="a file of more than 4000000 bytes"):
            load_problem(path)
        assert process_time() - begin < 1

    def test_a_file_at_the_limit_is_read(self, tmp_path: Path) -> None:
        path = tmp_path / "net.toml"
        filler = ("#" * 99_999 + "\n") * 39
        path.write_text(GIVEN + filler + "#" * (4_000_000 - len(GIVEN) - len(filler)), encoding="utf-8")
        assert path.stat().st_size == 4_000_000
        assert load_problem(path) == read_problem(GIVEN)
        with path.open("a") as stream:
            stream.write("#")
        with pytest.raises(LimitError, match="a file of more than 4000000 bytes"):
            load_problem(path)
