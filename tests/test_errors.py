import pickle

import pytest

from symbackprop.errors import (
    WINDOW,
    EvaluationError,
    ExpressionError,
    LimitError,
    NetworkError,
    Place,
    SymbackpropError,
    did_you_mean,
    place_in,
)


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (Place(), "<input>"),
        (Place("net.toml"), "net.toml"),
        (Place("net.toml", 3), "net.toml:3"),
        (Place("net.toml", 3, 7), "net.toml:3:7"),
        (Place(line=3, column=7), "<input>:3:7"),
    ],
)
def test_place_is_file_line_and_column(place: Place, expected: str) -> None:
    assert str(place) == expected


def test_message_shows_the_line_with_a_caret_under_the_fault() -> None:
    error = SymbackpropError("unknown name 'i2'", hint="did you mean 'i_2'?", place=Place("a.toml", 4, 7, "w_1 * i2"))
    assert str(error).splitlines() == [
        "a.toml:4:7: error: unknown name 'i2'",
        "  | w_1 * i2",
        "  |       ^",
        "  hint: did you mean 'i_2'?",
    ]


def test_message_without_place_and_hint_is_one_line() -> None:
    assert str(LimitError("too many layers")) == "error: too many layers"


@pytest.mark.parametrize("position", [0, 1, 49, 50, 51, 500, 949, 950, 998, 999])
def test_a_long_line_is_cut_and_the_caret_stays_under_the_fault(position: int) -> None:
    text = "." * position + "@" + "." * (999 - position)
    place = place_in(text, position, file="a.toml", line=2)
    assert str(place) == f"a.toml:2:{position + 1}"
    _, line, caret = str(SymbackpropError("unexpected '@'", place=place)).splitlines()
    assert len(line) <= len("  | ") + WINDOW + 2
    assert line.index("@") == caret.index("^")
    assert line.startswith("  | …") == (position > WINDOW // 2)
    assert line.endswith("…") == (position < 950)


def test_what_a_terminal_would_obey_is_shown_as_a_question_mark() -> None:
    place = place_in("w\x1b[31m\n\t\u202ex", 3)
    _, line, caret = str(SymbackpropError("unexpected", place=place)).splitlines()
    assert line == "  | w?[31m???x"
    assert caret.index("^") == line.index("3")


class TestAt:
    place = Place("a.toml", 1)

    @pytest.mark.parametrize("kind", [SymbackpropError, NetworkError, LimitError, EvaluationError])
    def test_keeps_kind_message_and_hint(self, kind: type[SymbackpropError]) -> None:
        error = kind("wrong", hint="right")
        located = error.at(self.place)
        assert type(located) is kind
        assert (located.message, located.hint, located.place) == ("wrong", "right", self.place)
        assert error.place is None

    def test_keeps_what_a_kind_has_of_its_own(self) -> None:
        assert ExpressionError("wrong", position=7).at(self.place).position == 7

    def test_works_for_a_kind_that_is_built_in_another_way(self) -> None:
        class KeyedError(NetworkError):
            def __init__(self, key: str, number: int) -> None:
                super().__init__(f"{key} is {number}")
                self.key = key

        located = KeyedError("steps", -1).at(self.place)
        assert (located.key, located.message, located.place) == ("steps", "steps is -1", self.place)


def test_errors_pass_between_processes() -> None:
    error = pickle.loads(pickle.dumps(ExpressionError("wrong", hint="right", position=3)))  # noqa: S301
    assert (error.message, error.hint, error.position) == ("wrong", "right", 3)


@pytest.mark.parametrize(
    ("given", "accepted", "expected"),
    [
        ("sigmod", ["tanh", "sigmoid"], "did you mean 'sigmoid'?"),
        ("w_1", ["w_11", "w_12", "zzz"], "did you mean 'w_12' or 'w_11'?"),
        ("xyz", ["tanh", "relu"], "accepted: relu, tanh"),
        (
            "xyz",
            [f"quantity_{k:02}" for k in range(13)],
            "accepted: " + ", ".join(f"quantity_{k:02}" for k in range(12)) + ", ...",
        ),
        ("xyz", [], ""),
        ("x" * 1_000_000, ["tanh"], "accepted: tanh"),
    ],
)
def test_did_you_mean_names_the_nearest_or_lists_the_accepted(given: str, accepted: list[str], expected: str) -> None:
    assert did_you_mean(given, accepted) == expected
