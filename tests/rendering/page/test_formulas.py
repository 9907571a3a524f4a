"""TeX to MathML: every construct that the engine writes, and no command of TeX left over."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from symbackprop.evaluation.worked import Working
from symbackprop.expressions import names
from symbackprop.expressions.functions import FUNCTIONS, WRITABLE, arity
from symbackprop.expressions.latex import LatexStyle, latex
from symbackprop.expressions.parser import parse
from symbackprop.expressions.tree import symbol
from symbackprop.rendering.links import Link, links
from symbackprop.rendering.mathematics import equation, formula_of, left, linear_of, numeral
from symbackprop.rendering.page.elements import Element, element, markup
from symbackprop.rendering.page.formulas import ROOM, formula, formulas, pieces
from symbackprop.rendering.typesetting import breaks, width
from tests.pages import Node, parsed

GREEK = names.GREEK | {
    "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ", "Upsilon": "Υ",
    "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω", "epsilon": "ϵ", "phi": "ϕ", "varphi": "φ",
}  # fmt: skip
SHOWN = {rf"\{name}": letter for name, letter in GREEK.items()} | {
    r"\cdot": "·", r"\approx": "≈", r"\partial": "∂", r"\cdots": "⋯", r"\ln": "ln", r"\tanh": "tanh", r"\sin": "sin",
    r"\cos": "cos", r"\max": "max", r"\min": "min", r"\_": "_", r"\hat": "", r"\frac": "", r"\sqrt": "", r"\mathit": "",
    r"\mathrm": "", r"\operatorname": "", r"\text": "", r"\left": "", r"\right": "", r"\allowbreak": "", r"\\": "",
}  # fmt: skip
"""What each command of TeX that the engine writes comes to in characters."""

BRACE = "⎧"  # before cases


def characters(tex: str) -> str:
    """What is seen of a formula, read off its TeX by hand; the hat over a letter is put before it."""
    tex = tex.replace(r"\left.", "").replace(r"\begin{cases}", BRACE).replace(r"\end{cases}", "")
    tex = re.sub(r"\\hat\{(.)\}", r"\1^", tex)
    tex = re.sub(r"([_^]\{(?:[^{}]|\{[^{}]*\})*\})([_^]\{(?:[^{}]|\{[^{}]*\})*\})", _index_first, tex)
    shown = "".join(SHOWN[token] if token[0] == "\\" else token for token in re.findall(r"\\[A-Za-z]+|\\.|.", tex))
    return re.sub(r"[{}^_& \u00a0]", "", shown.replace("-", "−").replace("\\_", "_"))


def _index_first(found: re.Match[str]) -> str:
    """In MathML the index is before the exponent."""
    one, other = found[1], found[2]
    return other + one if one[0] == "^" else one + other


def seen(tree: Element) -> str:
    """The characters of a formula."""
    (node,) = parsed(markup(tree)).all("math")
    return re.sub(r"[_^ \u00a0]", "", node.text.replace("{", BRACE))


def tokens(tree: Element) -> list[Node]:
    """The tokens of a formula."""
    return [node for node in parsed(markup(tree)).all() if node.tag in ("mi", "mn", "mo", "mtext")]


def inside(tree: Element) -> str:
    """The MathML of a formula without the elements around it."""
    return re.sub(r"<annotation.*?</annotation>|</?(?:math|semantics)>", "", markup(tree))


@pytest.mark.parametrize(
    ("tex", "mathml"),
    [
        ("w", "<mi>w</mi>"),
        ("0.50", "<mn>0.50</mn>"),
        ("-0.5", '<mrow><mo form="prefix">−</mo><mn>0.5</mn></mrow>'),
        ("a - b", "<mrow><mi>a</mi><mo>−</mo><mi>b</mi></mrow>"),
        ("a + b", "<mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow>"),
        (
            r"a \cdot (-0.5)",
            '<mrow><mi>a</mi><mo>·</mo><mo stretchy="false">(</mo><mo form="prefix">−</mo><mn>0.5</mn>'
            '<mo stretchy="false">)</mo></mrow>',
        ),
        ("a = -b", '<mrow><mi>a</mi><mo>=</mo><mo form="prefix">−</mo><mi>b</mi></mrow>'),
        (r"\approx 1", "<mrow><mo>≈</mo><mn>1</mn></mrow>"),
        ("w_{5}", "<msub><mi>w</mi><mn>5</mn></msub>"),
        ("w_{5}^{+}", "<msubsup><mi>w</mi><mn>5</mn><mo>+</mo></msubsup>"),
        (
            "W^{(1)}_{12}",
            '<msubsup><mi>W</mi><mn>12</mn><mrow><mo stretchy="false">(</mo><mn>1</mn><mo stretchy="false">)</mo>'
            "</mrow></msubsup>",
        ),
        (
            r"\mathit{net}_{h1}",
            '<msub><mi mathvariant="italic">net</mi><mrow><mi>h</mi><mn>1</mn></mrow></msub>',
        ),
        (r"E_{\mathrm{total}}", "<msub><mi>E</mi><mi>total</mi></msub>"),
        (
            r"E_{\mathrm{total},2}",
            "<msub><mi>E</mi><mrow><mi>total</mi><mo>,</mo><mn>2</mn></mrow></msub>",
        ),
        (r"\mathit{h2o}", '<mi mathvariant="italic">h2o</mi>'),
        (r"\hat{y}_{1}", '<msub><mover accent="true"><mi>y</mi><mo>^</mo></mover><mn>1</mn></msub>'),
        (r"\delta_{o1}", "<msub><mi>δ</mi><mrow><mi>o</mi><mn>1</mn></mrow></msub>"),
        (
            r"\frac{\partial E}{\partial w}",
            "<mfrac><mrow><mo>∂</mo><mi>E</mi></mrow><mrow><mo>∂</mo><mi>w</mi></mrow></mfrac>",
        ),
        (
            r"\left.\frac{a}{b}\right|_{\mathrm{direct}}",
            '<msub><mrow><mfrac><mi>a</mi><mi>b</mi></mfrac><mo stretchy="true" fence="true" form="postfix">|</mo>'
            "</mrow><mi>direct</mi></msub>",
        ),
        (
            "e^{-z}",
            '<msup><mi>e</mi><mrow><mo form="prefix">−</mo><mi>z</mi></mrow></msup>',
        ),
        ("10^{-12}", '<msup><mn>10</mn><mrow><mo form="prefix">−</mo><mn>12</mn></mrow></msup>'),
        (r"\sqrt{a}", "<msqrt><mi>a</mi></msqrt>"),
        (
            r"\left|a\right|",
            '<mrow><mo stretchy="true" fence="true" form="prefix">|</mo><mi>a</mi>'
            '<mo stretchy="true" fence="true" form="postfix">|</mo></mrow>',
        ),
        (
            r"\operatorname{LeakyReLU}(z)",
            '<mrow><mi>LeakyReLU</mi><mo stretchy="false">(</mo><mi>z</mi><mo stretchy="false">)</mo></mrow>',
        ),
        (
            r"\operatorname{if\_positive}(z)",
            '<mrow><mi>if_positive</mi><mo stretchy="false">(</mo><mi>z</mi><mo stretchy="false">)</mo></mrow>',
        ),
        (
            r"\begin{cases} z & \text{if } {-z} > 0 \\ 0 & \text{otherwise} \end{cases}",
            '<mrow><mo stretchy="true" fence="true" form="prefix">{</mo><mtable><mtr><mtd columnalign="left"><mi>z</mi>'
            '</mtd><mtd columnalign="left"><mtext>if\xa0</mtext><mrow><mo form="prefix">−</mo><mi>z</mi></mrow>'
            '<mo>&gt;</mo><mn>0</mn></mtd></mtr><mtr><mtd columnalign="left"><mn>0</mn></mtd><mtd columnalign="left">'
            "<mtext>otherwise</mtext></mtd></mtr></mtable></mrow>",
        ),
        (r"0.1234\allowbreak 5678", "<mn>0.12345678</mn>"),
    ],
)
def test_constructs(tex: str, mathml: str) -> None:
    assert inside(formula(tex)) == mathml


def test_the_tex_is_kept_as_annotation_but_for_one_token() -> None:
    (annotation,) = parsed(markup(formula(r"w_{1} < \alpha"))).all("annotation")
    assert annotation.attributes == {"encoding": "TeX"}
    assert annotation.content == [r"w_{1} < \alpha"]
    assert not parsed(markup(formula("0.5"))).all("annotation")


@pytest.mark.parametrize(
    ("tex", "form"), [("= a", "infix"), (r"\approx a", "infix"), ("- a", "infix"), (r"\cdot a", "infix"), ("a", None)]
)
def test_what_continues_begins_between_operands(tex: str, form: str | None) -> None:
    first = tokens(formula(tex, continues=True))[0]
    assert first.attributes.get("form") == form


def test_a_formula_is_not_changed_by_how_it_continues() -> None:
    assert markup(formula("- a")) != markup(formula("- a", continues=True))
    assert 'form="prefix"' in markup(formula("- a"))


# Everything that the engine writes


def functions() -> Iterator[str]:
    style = LatexStyle()
    for name, entry in ((name, FUNCTIONS[name]) for name in WRITABLE):
        arguments = [rf"\mathit{{net}}_{{h{index}}}" for index in range(arity(entry))]
        yield style.function(name, arguments).text
        for text in (entry.formula, *entry.derivatives, *entry.stages):
            if text:
                tree = parse(text, {letter: symbol(letter) for letter in "zpnxyat"}, functions=FUNCTIONS)
                yield latex(tree)
                yield linear_of(Link(tree))


NAMES = (
    "w", "w_5", "w5", "W1_12", "net_h1", "E_total", "target_o1", "yhat", "yhat_3", "net_h1+", "W1_12+", "out", "out+",
    "b_1_2", "E_total_2", "h2o", "h2o+", "a_b_c", "w_longindex12", "x_", "Cost_declared", "dE_total/dw_5",
    "dE_total/dnet_h1+", "dz_2/dW_hh (direct)", "abcdefghijklmnopqrstuvwxyzabcd", "weight_of_the_second_sensor_xy",
    *GREEK, *(f"{letter}_o1" for letter in names.GREEK), *(f"{letter}2_1+" for letter in names.GREEK),
)  # fmt: skip


@pytest.mark.parametrize("tex", sorted(set(functions())))
def test_every_function_converts(tex: str) -> None:
    converts(tex)


@pytest.mark.parametrize("name", [name for name in NAMES if name not in ("varphi", "omicron")])
def test_every_name_converts(name: str) -> None:
    converts(names.latex(name))


@pytest.mark.parametrize("decimal", ["0.50", "-0.0000", "1e30", "1e-30", "-1e5", "3.5e-12", "0." + "1234567890" * 5])
def test_every_decimal_converts(decimal: str) -> None:
    converts(numeral(decimal))
    converts(equation("w_5", decimal))


def test_everything_in_a_working_converts(any_working: Working) -> None:
    for worked in any_working.steps:
        converts(left(worked))
        for link in (*links(worked), *map(Link, worked.short)):
            for tex in (formula_of(link), linear_of(link)):
                converts(tex)
                cut(tex)


def converts(tex: str) -> None:
    """Every character of a formula is there, in order, names in one token, and nothing of its TeX."""
    made = formula(tex)
    assert seen(made) == characters(tex).replace("_", ""), tex
    for token in tokens(made):
        assert token.text, tex
        assert not re.search(r"\\|&#|[{}]", token.text.replace("{", "", token.text == "{")), tex
    found = [token.text for token in tokens(made)]
    for name in re.findall(r"\\(?:mathit|mathrm|operatorname)\{((?:[^{}]|\\_)+)\}", tex):
        assert name.replace(r"\_", "_") in found, tex


def cut(tex: str) -> None:
    """The pieces of a formula are the formula, and those that can be cut fit a telephone."""
    found = pieces(tex)
    assert all(found)
    assert "".join(found).replace(" ", "") == tex.replace(" ", "")
    for piece in found:
        assert width(piece) <= ROOM or not [place for place in breaks(piece) if place.position], piece


@pytest.mark.parametrize(
    ("tex", "expected"),
    [
        ("w", ["w"]),
        ("a + b", ["a + b"]),
        ("a + " * 5 + "b", ["a", "+ a", "+ a", "+ a", "+ a", "+ b"]),
        (r"\frac{aaaaaa + bbbbbb}{c} + d", [r"\frac{aaaaaa + bbbbbb}{c}", "+ d"]),
        (
            r"(aaaaaaaaaaaaaaa - bbbbbbbbbbbbbbb) \cdot ccccccccccccccc",
            ["(aaaaaaaaaaaaaaa", "- bbbbbbbbbbbbbbb)", r"\cdot ccccccccccccccc"],
        ),
        (
            r"\max(aaaaaaaaaaaaaaaaaaaa, -bbbbbbbbbbbbbbbbbbbb)",
            [r"\max(aaaaaaaaaaaaaaaaaaaa,", "-bbbbbbbbbbbbbbbbbbbb)"],
        ),
        (
            numeral("0." + "12345" * 10),
            ["0.12345123451234512345", *[rf"\allowbreak {digits}" for digits in ("12345" * 4, "12345" * 2)]],
        ),
    ],
)  # fmt: skip
def test_pieces(tex: str, expected: list[str]) -> None:
    assert pieces(tex) == expected


def test_a_line_may_end_between_pieces() -> None:
    made = element("p", formulas("a + " * 5 + "b", sign="="))
    assert [child.tag for child in made] == ["math", *["wbr", "math"] * 5]
    assert parsed(markup(made)).tex == "= a + a + a + a + a + b"


def test_after_a_comma_a_sign_belongs_to_what_follows() -> None:
    made = element("p", formulas(r"\max(" + "a" * 40 + ", -" + "b" * 40 + ")"))
    (sign,) = [token for token in tokens(made) if token.text == "−"]
    assert sign.attributes == {"form": "prefix"}
