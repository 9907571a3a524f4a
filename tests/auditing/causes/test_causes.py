"""Each cause: a mistake of its kind that is named, and a near miss that is not. Expected numbers by mpmath, apart."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from symbackprop.auditing.causes.case import Case
from symbackprop.auditing.causes.registry import CAUSES
from symbackprop.auditing.causes.search import explain
from tests.auditing.causes.cases import case, causes, less, name, number, over, plus, squared, times


def weighted() -> Case:
    """net_h1 with w_3 for w_2."""
    return case("net_h1", formula=plus(times(name("w_1"), name("i_1")), times(name("w_3"), name("i_2")), name("b_1")))


def update(text: str) -> Case:
    return case("w_5+", text, expression=plus(number("0.40"), less(times(number("0.5"), number("0.082167041")))))


def operand(text: str, quantity: str) -> Case:
    wrong = number(text)
    return case(quantity, text, wrong=wrong, expression=plus(wrong, number("-0.019049119")))


def difference() -> Case:
    return case("dE_total/dout_o1", formula=plus(name("target_o1"), less(name("out_o1"))))


def slope(text: str) -> Case:
    out = number("0.75136507")
    return case("dout_o1/dnet_o1", text, expression=times(out, plus(number("1"), less(out))))


PLANTED: dict[str, list[Callable[[], Case]]] = {
    "sign": [
        lambda: update("0.44108352"),
        lambda: case("dE_total/dout_o1", "-0.741365070"),
        difference,
        lambda: operand("-0.5", "eta"),
    ],
    "missing-factor": [
        lambda: case("dE_total/dw_5", "0.439829649"),
        lambda: case("dE_total/dw_5", formula=times(name("dE_total/dout_o1"), name("out_h1"))),
    ],
    "extra-factor": [
        lambda: case("dE_total/dw_5", "0.0153500851"),
        lambda: case("net_h1", formula=plus(times(name("w_1"), name("i_1"), name("w_4")),
                                            times(name("w_2"), name("i_2")), name("b_1"))),
    ],
    "convention": [
        lambda: case("E_o1", "0.549622166"),
        lambda: case("E_o1", formula=squared(plus(name("target_o1"), less(name("out_o1"))))),
    ],
    "wrong-quantity": [
        lambda: case("w_5+", "0.180085176"),
        lambda: case("out_h1", formula=name("net_h1")),
    ],
    "wrong-index": [
        weighted,
        lambda: case("net_h1", "0.3825"),
        lambda: case("w_5+", "0.358666186"),
        lambda: operand("-0.019049118", "dE_o1/dout_h1"),
    ],
    "transposed": [
        lambda: case("dE_total/dout_h1", "0.0382552182"),
    ],
    "wrong-constant": [
        lambda: update("0.375349888"),
        lambda: operand("0.05817", "w_5"),
    ],
    "wrong-formula": [
        lambda: slope("0.435450532"),
        lambda: case("dE_total/dout_h1", formula=times(name("dE_o1/dout_h1"), name("dE_o2/dout_h1"))),
        lambda: case("dout_o1/dnet_o1", formula=plus(number("1"), less(name("out_o1")))),
    ],
    "missing-paths": [
        lambda: case("dE_total/dout_h1", "0.055399425", expression=plus(number("0.055399425"), number("-0.019049119"))),
        lambda: case("net_h1", "0.0275"),
    ],
    "updated-weights-used": [
        lambda: case("dE_total/dout_h1", "0.0302297395"),
        lambda: case("E_total", "0.291027924", after=1),
    ],
    "stale-state": [
        lambda: case("E_total", "0.298371109", after=1),
        lambda: case("out_o1", "0.751365070", after=1),
    ],
    "off-by-one-iteration": [
        lambda: case("E_total", "0.283547133", after=1),
        lambda: case("E_total", "0.0000351085", after=10000),
    ],
    "frozen-parameter": [
        lambda: case("E_total", "0.285750887", after=1),
    ],
    "arithmetic": [
        lambda: case("net_h1", "0.3780", expression=plus(number("0.0075"), number("0.02"), number("0.35"))),
    ],
    "decimal-shift": [
        lambda: case("dE_total/dw_5", "0.821670406"),
        lambda: case("dE_total/dw_5", "0.0082167041"),
    ],
    "digit-swap": [
        lambda: case("dE_total/dw_5", "0.081267041"),
        lambda: operand("0.055394925", "dE_o1/dout_h1"),
    ],
    "typo": [
        lambda: case("dE_total/dw_5", "0.08217041"),
        lambda: case("dE_total/dw_5", "0.082167941"),
        lambda: operand("0.055399435", "dE_o1/dout_h1"),
    ],
    "inconsistent-setup": [
        lambda: case("E_total", "0.3317292", carried={"E_total": "0.298371109"}),
    ],
    "false-precision": [
        lambda: case("dE_total/dw_5", "0.082170231"),
    ],
}  # fmt: skip

NEAR_MISSES: dict[str, list[Callable[[], Case]]] = {
    "sign": [lambda: update("0.44108362"), lambda: case("dE_total/dout_o1", "-0.741265070")],
    "missing-factor": [lambda: case("dE_total/dw_5", "0.439829749")],
    "extra-factor": [lambda: case("dE_total/dw_5", "0.0153510851")],
    "convention": [lambda: case("E_o1", "0.549623166")],
    "wrong-quantity": [lambda: case("w_5+", "0.180185176")],
    "wrong-index": [lambda: case("net_h1", "0.3835"), lambda: operand("0.055399435", "dE_o1/dout_h1")],
    "transposed": [lambda: case("dE_total/dout_h1", "0.0382562182")],
    "wrong-constant": [lambda: update("0.375449888")],
    "wrong-formula": [lambda: slope("0.435550532")],
    "missing-paths": [lambda: case("dE_total/dout_h1", "0.055398425")],
    "updated-weights-used": [lambda: case("E_total", "0.291027974", after=1)],
    "stale-state": [lambda: case("E_total", "0.298371209", after=1)],
    "off-by-one-iteration": [lambda: case("E_total", "0.0000351090", after=10000)],
    "frozen-parameter": [lambda: case("E_total", "0.285750987", after=1)],
    "arithmetic": [lambda: update("0.44108352"), lambda: case("net_h1", "17.5")],
    "decimal-shift": [lambda: case("dE_total/dw_5", "0.821770406")],
    "digit-swap": [lambda: case("dE_total/dw_5", "0.081367041")],
    "typo": [lambda: case("dE_total/dw_5", "0.08317951"), lambda: case("dE_total/dw_5", "0.081267041")],
    "inconsistent-setup": [lambda: case("E_total", "0.3317292"), lambda: case("E_total", "0.596742218")],
    "false-precision": [lambda: case("dE_total/dw_5", "0.082170931")],
}


def cases_of(table: dict[str, list[Callable[[], Case]]]) -> list[tuple[str, Callable[[], Case]]]:
    return [(code, make) for code, makers in table.items() for make in makers]


@pytest.mark.parametrize(("code", "make"), cases_of(PLANTED))
def test_a_planted_mistake_is_named(code: str, make: Callable[[], Case]) -> None:
    assert code in causes(make())[:3]


@pytest.mark.parametrize(("code", "make"), cases_of(NEAR_MISSES))
def test_a_near_miss_is_not_named(code: str, make: Callable[[], Case]) -> None:
    assert code not in causes(make())


@pytest.mark.parametrize("code", CAUSES)
def test_every_cause_is_documented_and_tested(code: str) -> None:
    cause = CAUSES[code]
    assert cause.code == code
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", code)
    assert PLANTED[code]
    assert NEAR_MISSES[code]
    for text in (cause.title, cause.what, cause.why, cause.example, cause.right):
        assert text
        assert text == text.strip()
    assert cause.example != cause.right
    assert cause.what.endswith(".")
    assert cause.why.endswith(".")
    assert not cause.title.endswith(".")


def test_the_sentence_has_the_numbers_that_decide() -> None:
    (best, *_) = explain(case("E_total", "0.291027924", after=1))
    assert best.digits == 9
    for text in ("new weights", "0.29102792391", "0.291027924", "0.29102777369"):
        assert text in best.sentence


def test_a_number_that_nothing_makes_has_no_explanation() -> None:
    assert explain(case("w_1+", "0.917364528")) == ()


def test_a_right_value_behind_a_wrong_sign() -> None:
    made = plus(times(less(number("0.3")), less(number("0.332"))), less(times(number("0.2"), number("0.525"))),
                number("0.1"))  # fmt: skip
    one = case("net_h1", "-0.105", wrong=made, expression=made)
    assert causes(one)[0] == "sign"


def test_few_digits_are_not_explained_by_coincidence() -> None:
    """Of the many quantities of a network some agree with any two digits."""
    named = causes(case("E_total", "0.33"))
    assert "wrong-quantity" not in named
    assert "extra-factor" not in named


def test_there_are_at_most_five_in_a_stable_order() -> None:
    first, second = (explain(update("0.39589165")) for _ in range(2))
    assert first == second
    assert len(first) <= 5
    assert len({explanation.cause for explanation in first}) == len(first)


def test_a_divisor_too_many_is_a_factor_too_many_or_one_missing() -> None:
    assert set(causes(case("net_h1", formula=over(name("net_h1"), name("w_4"))))) == {"extra-factor", "missing-factor"}


def test_where_few_digits_are_printed_a_slip_of_calculation_is_named_too() -> None:
    made = plus(times(number("0.15"), number("0.05")), times(number("0.20"), number("0.10")), number("0.35"))
    named = causes(case("net_h1", "0.382", expression=made))
    assert named[-1] == "arithmetic"
    assert len(named) > 1
