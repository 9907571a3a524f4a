"""Each cause: a mistake of its kind that is named, and a near miss that is not. Expected numbers by mpmath, apart."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import flint
import pytest

from symbackprop.auditing.causes.case import Case
from symbackprop.auditing.causes.registry import CAUSES
from symbackprop.auditing.causes.search import Search
from symbackprop.auditing.effort import Effort
from symbackprop.auditing.mathematics.tree import Call, Partial
from symbackprop.auditing.truth import Truth
from tests.auditing.causes.cases import (
    case,
    causes,
    explain,
    less,
    name,
    number,
    over,
    plus,
    span,
    squared,
    times,
    truth,
)


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
    first, second = (Search(Effort()).explain(update("0.39589165")) for _ in range(2))
    assert first == second
    assert len(first) <= 5
    assert len({explanation.cause for explanation in first}) == len(first)


def test_a_divisor_too_many_is_a_factor_too_many_or_one_missing() -> None:
    assert set(causes(case("net_h1", formula=over(name("net_h1"), name("w_4"))))) == {"extra-factor", "missing-factor"}


def test_where_few_digits_are_printed_a_slip_of_calculation_is_named_too() -> None:
    made = plus(times(number("0.15"), number("0.05")), times(number("0.20"), number("0.10")), number("0.35"))
    named = causes(case("net_h1", "0.382", expression=made))
    assert "arithmetic" in named
    assert len(named) > 1


def test_a_number_copied_from_another_quantity() -> None:
    """0.0363503063 is ∂E/∂out_h1, put in for ∂E/∂b_1 (here ∂E/∂net_h1)."""
    printed = {"dE_total/dout_h1": "0.0364", "out_h1": "0.5933"}
    wrong = number("0.0364")
    made = plus(number("0.35"), less(times(number("0.5"), wrong)))
    explanations = explain(case("dE_total/dnet_h1", "0.0364", wrong=wrong, expression=made, carried=printed))
    assert explanations[0].cause == "wrong-quantity"
    assert "0.0364 is what is printed for ∂E_total/∂out_h1" in explanations[0].sentence


def test_a_number_copied_from_the_same_kind_has_another_index() -> None:
    wrong = number("0.5969")
    made = times(wrong, number("0.1385"))
    one = case("out_h1", "0.5969", wrong=wrong, expression=made, carried={"out_h2": "0.5969", "out_h1": "0.5933"})
    assert causes(one)[0] == "wrong-index"


def test_an_equal_quantity_is_not_what_a_number_was_copied_from() -> None:
    """∂E_o1/∂out_o1 and ∂E_total/∂out_o1 are one number: with the other sign it is the sign that is wrong."""
    wrong = number("-0.7414")
    made = times(wrong, number("0.1868"))
    one = case("dE_o1/dout_o1", "-0.7414", wrong=wrong, expression=made, carried={"dE_total/dout_o1": "-0.7414"})
    assert causes(one)[0] == "sign"


def test_a_label_of_the_wrong_place() -> None:
    out = name("out_h2")
    explanations = explain(case("dout_h1/dnet_h1", formula=times(out, plus(number("1"), less(out)))))
    assert explanations[0].cause == "wrong-index"
    assert explanations[0].sentence == "This is ∂out_h2/∂net_h2, and not ∂out_h1/∂net_h1: the label is what is wrong."


def test_a_right_label_is_not_called_wrong() -> None:
    out = name("out_h1")
    named = explain(case("dout_h1/dnet_h1", formula=plus(number("1"), less(squared(out)))))
    assert all("label" not in explanation.sentence for explanation in named)


def test_one_name_in_a_product_of_partials() -> None:
    """∂net_h2/∂w_1 is nothing in this network; ∂net_h1/∂w_1 is meant."""
    slip = Partial(name("net_h2"), name("w_1"), span())
    right = Partial(name("E_total"), name("net_h1"), span())
    explanations = explain(case("dE_total/dw_1", formula=times(right, slip)))
    assert explanations[0].cause == "wrong-index"
    assert "∂net_h2/∂w_1 stands where ∂net_h1/∂w_1 belongs" in explanations[0].sentence


def test_one_wrong_digit_among_numbers_that_stand_for_nothing() -> None:
    wrong = number("2")
    one = case("net_h1", "2", wrong=wrong, expression=plus(wrong, number("7.2"), number("0.5")))
    one = replace(one, quantity=None, due=flint.arb(1))
    (best, *_) = explain(one)
    assert best.cause == "typo"
    assert "1" in best.sentence


def test_one_operand_that_is_off_is_found() -> None:
    """0.138498562 · 0.61 = 0.084484123, and ∂E/∂w_5 = 0.138498562 · 0.593269992."""
    made = times(number("0.138498562"), number("0.61"))
    one = case("dE_total/dw_5", "0.084484123", expression=made, carried={"dE_total/dnet_o1": "0.138498562"})
    (best, *_) = explain(one)
    assert best.cause == "wrong-constant"
    assert best.sentence.startswith("0.61 stands where out_h1 = 0.5933 belongs")


def test_one_operand_of_another_unit_is_found() -> None:
    """0.138498562 · 0.596884378 = 0.08266762801, out_h2 for out_h1."""
    made = times(number("0.138498562"), number("0.596884378"))
    printed = {"dE_total/dnet_o1": "0.138498562", "out_h1": "0.593269992", "out_h2": "0.596884378"}
    assert causes(case("dE_total/dw_5", "0.082667628", expression=made, carried=printed))[0] == "wrong-index"


def test_two_operands_that_are_off_are_not_explained() -> None:
    made = times(number("0.148498562"), number("0.61"))
    one = case("dE_total/dw_5", "0.090584123", expression=made, carried={"dE_total/dnet_o1": "0.138498562"})
    assert "wrong-constant" not in causes(one)


def test_a_result_near_its_due_is_a_slip_of_calculation() -> None:
    """0.15 · 0.05 + 0.20 · 0.10 + 0.35 = 0.3775."""
    made = plus(times(number("0.15"), number("0.05")), times(number("0.20"), number("0.10")), number("0.35"))
    assert causes(case("net_h1", "0.3774", expression=made))[0] == "arithmetic"


def test_a_result_that_follows_is_no_slip_of_calculation() -> None:
    made = times(number("0.138498562"), number("0.61"))
    assert "arithmetic" not in causes(case("dE_total/dw_5", "0.084484123", expression=made))


def test_rounded_operands_that_stand_there() -> None:
    """sigmoid(0.3775) is 0.593269992, sigmoid(0.38) = 0.593873103."""
    made = Call("sigmoid", (number("0.3775"),), span())
    assert causes(case("out_h1", "0.593873103", expression=made))[0] == "false-precision"


def test_the_one_of_a_slope_is_no_factor_of_the_loss() -> None:
    """1 - out is no halved anything."""
    for quantity in ("dout_h1/dnet_h1", "dout_o1/dnet_o1"):
        out = name(quantity[1:].partition("/")[0])
        assert "convention" not in causes(case(quantity, formula=plus(number("1"), less(out))))


def test_another_usual_learning_rate() -> None:
    """0.40 - 0.25 · 0.082167041 = 0.37945823975, with 0.25 for 0.5."""
    wrong = number("0.25")
    made = plus(number("0.40"), less(times(wrong, number("0.082167041"))))
    (best, *_) = explain(case("eta", "0.25", wrong=wrong, expression=made))
    assert best.cause == "wrong-constant"
    assert "0.25 is put in for the learning rate, which is 0.5" in best.sentence


def test_nothing_is_worked_by_hand_after_many_updates() -> None:
    """0.015912196 is out_o1 of the other order after 10000 updates; no single number of it was exchanged."""
    assert causes(case("out_o1", "0.015912196", after=10000)) == ["updated-weights-used"]


def test_the_derivative_of_one_error_for_that_of_their_sum_is_a_path_left_out() -> None:
    assert causes(case("dE_total/dout_h1", formula=name("dE_o1/dout_h1")))[0] == "missing-paths"
    assert causes(case("dE_o2/dout_h1", formula=name("dE_o1/dout_h1")))[0] == "wrong-index"


def test_a_factor_that_stands_twice_is_one_too_many_and_no_other_formula() -> None:
    # 0.74136507 * 0.75136507 * 0.24863493 * 0.75136507
    a = name("out_o1")
    slope = times(name("dE_total/dout_o1"), a, plus(number("1"), less(a)))
    assert causes(case("dE_total/dnet_o1", formula=times(slope, a)))[0] == "extra-factor"


def test_a_rate_of_one_digit_has_no_digits_to_exchange() -> None:
    # 0.4 - 5 * 0.082167041 is -0.010835205
    found = causes(update("-0.010835205"))
    assert "decimal-shift" in found
    assert "digit-swap" not in found


def test_exchanged_digits_of_a_result_that_lies_halfway() -> None:
    # 0.15 * 0.0037 + 0.35 is 0.350555, 0.35056 to five places
    expression = plus(times(number("0.15"), number("0.0037")), number("0.35"))
    assert causes(case("net_h1", "0.35506", expression=expression))[0] == "digit-swap"


def net_inputs_summed() -> Case:
    """net_o1 with the net inputs of h1 and h2: 0.4·0.3775 + 0.45·0.3925 + 0.6."""
    first, last = times(name("w_5"), name("net_h1")), times(name("w_6"), name("net_h2"))
    return case("net_o1", formula=plus(first, last, name("b_2")))


@pytest.mark.parametrize("fault", [net_inputs_summed(), case("net_o1", "0.927625")])
def test_net_inputs_in_place_of_all_activations_are_told_as_such(fault: Case) -> None:
    first = explain(fault)[0]
    assert first.cause == "wrong-quantity"
    assert "net_h1, net_h2, which are net inputs" in first.sentence


def test_of_a_weight_that_is_not_stated_nobody_knows_that_it_was_kept() -> None:
    problem = truth().problem
    stated = {name: value for name, value in problem.values.items() if name != "w_7"}
    made = plus(number("0.5123"), less(times(number("0.5"), number("0.0226"))))
    one = case("w_7+", "0.6471", expression=made)
    one = replace(one, truth=Truth(replace(problem, values=stated)), due=flint.arb("0.501"))
    assert "frozen-parameter" not in causes(one)
