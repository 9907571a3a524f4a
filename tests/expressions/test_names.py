import string
import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from symbackprop.errors import SymbackpropError
from symbackprop.expressions import names

LETTERS = string.ascii_letters
NAMES = st.from_regex(r"[A-Za-z][A-Za-z0-9_]{0,20}", fullmatch=True)


@pytest.mark.parametrize(
    ("name", "latex", "text"),
    [
        ("w", "w", "w"),
        ("w5", "w_{5}", "w5"),
        ("w_5", "w_{5}", "w_5"),
        ("w_5+", "w_{5}^{+}", "w_5+"),
        ("w+", "w^{+}", "w+"),
        ("E", "E", "E"),
        ("I", "I", "I"),
        ("S", "S", "S"),
        ("N_1", "N_{1}", "N_1"),
        ("Q", "Q", "Q"),
        ("sum", r"\mathit{sum}", "sum"),
        ("net_h1", r"\mathit{net}_{h1}", "net_h1"),
        ("E_total", r"E_{\mathrm{total}}", "E_total"),
        ("E_o1", "E_{o1}", "E_o1"),
        ("y_true", r"y_{\mathrm{true}}", "y_true"),
        ("y_true0", r"y_{\mathrm{true}0}", "y_true0"),
        ("learning_rate", r"\mathit{learning}_{\mathrm{rate}}", "learning_rate"),
        ("x_1_2", "x_{1,2}", "x_1_2"),
        ("W1_12", "W^{(1)}_{12}", "W1_12"),
        ("W1_12+", "W^{(1)+}_{12}", "W1_12+"),
        ("yhat", r"\hat{y}", "yhat"),
        ("yhat_1", r"\hat{y}_{1}", "yhat_1"),
        ("eta", r"\eta", "η"),
        ("beta", r"\beta", "β"),
        ("pi_1", r"\pi_{1}", "π_1"),
        ("lambda_1", r"\lambda_{1}", "λ_1"),
        ("delta_o1", r"\delta_{o1}", "δ_o1"),
        ("delta2_1+", r"\delta^{(2)+}_{1}", "δ2_1+"),
        ("Delta_1", r"\Delta_{1}", "Delta_1"),
        ("betas", r"\mathit{betas}", "betas"),
        ("a1b2", r"\mathit{a1b2}", "a1b2"),
        ("dE/dw_5", r"\frac{\partial E}{\partial w_{5}}", "∂E/∂w_5"),
        (
            "dE_total+/ddelta_1+",
            r"\frac{\partial E_{\mathrm{total}}^{+}}{\partial \delta_{1}^{+}}",
            "∂E_total+/∂δ_1+",
        ),
        ("dE/dw (direct)", r"\left.\frac{\partial E}{\partial w}\right|_{\mathrm{direct}}", "(∂E/∂w direct)"),
    ],
)
def test_spelling_in_latex_and_for_a_terminal(name: str, latex: str, text: str) -> None:
    assert names.latex(name) == latex
    assert names.text(name) == text


@pytest.mark.parametrize(
    "name",
    [
        r"\input{/etc/passwd}",
        r"w}\input{x}",
        "w%",
        "w$",
        "w#1",
        "w^2",
        "w{",
        "w\\",
        "a b",
        "w\n",
        "ω",
        "а",
        "dE/d}w",
        "\x00",
    ],
)
def test_what_is_no_name_reaches_latex_without_any_mark(name: str) -> None:
    shown = names.latex(name)
    assert shown.startswith(r"\mathrm{")
    assert shown.endswith("}")
    assert set(shown[len(r"\mathrm{") : -1]) <= set(LETTERS + string.digits + "?")


@pytest.mark.parametrize(
    ("given_name", "expected"),
    [
        ("w_5", "w_5"),
        ("w5", "w_5"),
        ("w_{5}", "w_5"),
        ("w₅", "w_5"),
        (" w _ 5 ", "w_5"),
        (r"\eta", "eta"),
        ("η", "eta"),
        ("δ_o1", "delta_o1"),
        ("w_5+", "w_5+"),
        ("w5^+", "w_5+"),
        ("w5⁺", "w_5+"),
        ("∂E/∂w_5", "dE/dw_5"),
        ("dE/dw5", "dE/dw_5"),
        ("∂E/∂w₅", "dE/dw_5"),
        ("net_{h1}", "net_h1"),
        ("neth1", "net_h1"),
    ],
)
def test_resolve_finds_every_spelling(given_name: str, expected: str) -> None:
    known = ["w_5", "w_6", "w_5+", "eta", "delta_o1", "dE/dw_5", "net_h1"]
    assert names.resolve(given_name, known) == expected


def test_resolve_takes_the_exact_name_before_any_other_spelling() -> None:
    assert names.resolve("w5", ["w_5", "w5"]) == "w5"


def test_resolve_refuses_a_spelling_of_several_names() -> None:
    with pytest.raises(SymbackpropError, match="may be any of w_1_2, w_12"):
        names.resolve("w12", ["w_1_2", "w_12"])


@pytest.mark.parametrize("given_name", ["w_7", "", "W_5", "а_1", "w" * 1_000_000, "\x1b[31m"])
def test_resolve_names_the_nearest_of_what_there_is(given_name: str) -> None:
    with pytest.raises(SymbackpropError, match="no quantity") as caught:
        names.resolve(given_name, ["w_5", "a_1"])
    assert caught.value.hint
    assert len(str(caught.value)) < 300


@given(st.lists(NAMES, unique=True, min_size=1))
def test_resolve_reads_what_text_shows(known: list[str]) -> None:
    assume(len({name.replace("_", "") for name in known}) == len(known))
    for name in known:
        assert names.resolve(names.text(name), known) == name


@given(NAMES, NAMES, st.booleans())
def test_split_partial_undoes_partial(of: str, by: str, direct: bool) -> None:
    name = names.partial(of, by, direct=direct)
    assert names.split_partial(name) == (of, by)
    assert names.is_derived(name)
    assert names.split_partial(names.updated(of)) is None
    assert names.is_derived(names.updated(of))
    assert not names.is_derived(of)


@pytest.mark.parametrize("name", ["w", "dE", "dE/w", "E/dw", "dE/dw/dz", "dE/dw (indirect)", "d/d", "d1/d2"])
def test_split_partial_of_any_other_name_is_none(name: str) -> None:
    assert names.split_partial(name) is None


@given(NAMES)
def test_latex_of_a_name_is_ascii_with_balanced_braces(name: str) -> None:
    for shown in (names.latex(name), names.latex(name + "+"), names.latex(names.partial(name, name + "+"))):
        assert shown.isascii()
        assert shown.count("{") == shown.count("}")


@pytest.mark.parametrize(
    "name", ["w", "W", "w_5", "net_h1", "E", "I", "S", "N", "Q", "sum", "pi_1", "beta", "lambda_1"]
)
def test_names_that_can_be(name: str) -> None:
    assert names.why_no_name(name) == ""


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("", "begins with a letter"),
        ("5w", "begins with a letter"),
        ("_w", "begins with a letter"),
        ("w-1", "begins with a letter"),
        ("w+", "begins with a letter"),
        ("w 1", "begins with a letter"),
        ("w\n", "begins with a letter"),
        ("w" * 65, "at most 64"),
        ("\u0430", "CYRILLIC SMALL LETTER A"),
        ("w\u0435ight", "CYRILLIC SMALL LETTER IE"),
        ("\u03b7", "GREEK SMALL LETTER ETA"),
        ("w\u2085", "begins with a letter"),
        ("x" + "." * 1_000_000, "begins with a letter"),
    ],
)
def test_why_a_name_cannot_be(name: str, reason: str) -> None:
    assert reason in names.why_no_name(name)


@given(st.characters())
def test_only_letters_outside_ascii_are_unusual(character: str) -> None:
    reason = names.unusual_letter(character)
    assert bool(reason) == (ord(character) > 127 and unicodedata.category(character).startswith("L"))
    assert reason == "" or f"U+{ord(character):04X}" in reason
