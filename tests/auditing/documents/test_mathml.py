"""MathML -> TeX."""

from __future__ import annotations

import pytest

from symbackprop.auditing.documents.mathml import formula_of_mathml
from symbackprop.auditing.documents.placed import Placed


def tex(text: str) -> str:
    return formula_of_mathml(Placed(text, range(len(text) + 1))).text


@pytest.mark.parametrize(
    ("mathml", "expected"),
    [
        (
            "<mfrac><mrow><mo>∂</mo><mi>E</mi></mrow><mrow><mo>∂</mo><msub><mi>w</mi><mn>5</mn></msub></mrow></mfrac>",
            r"\frac{∂E}{∂w_{5}}",
        ),
        ("<msup><mi>w</mi><mo>+</mo></msup>", "w^{+}"),
        ("<msubsup><mi>w</mi><mn>1</mn><mo>+</mo></msubsup>", "w_{1}^{+}"),
        ("<msup><mrow><mi>a</mi><mo>-</mo><mi>b</mi></mrow><mn>2</mn></msup>", "{a-b}^{2}"),
        ("<msup><mrow><mo>(</mo><mi>a</mi><mo>)</mo></mrow><mn>2</mn></msup>", "(a)^{2}"),
        ("<mover><mi>y</mi><mo>^</mo></mover>", r"\hat{y}"),
        ("<msqrt><mi>a</mi><mo>+</mo><mn>1</mn></msqrt>", r"\sqrt{a+1}"),
        ("<mroot><mi>a</mi><mn>3</mn></mroot>", r"\sqrt[3]{a}"),
        ("<mi>a</mi><mo>&#x2062;</mo><mi>b</mi>", "a b"),
        ("<mi>a</mi> <mi>b</mi><mspace/><mtext>new x</mtext>", r"a b\text{new x}"),
        ("<munderover><mo>∑</mo><mi>i</mi><mi>n</mi></munderover><mi>x</mi>", "∑_{i}^{n}x"),
        (
            "<mtable><mtr><mtd><mn>1</mn></mtd><mtd><mn>2</mn></mtd></mtr><mtr><mtd><mn>3</mn></mtd></mtr></mtable>",
            r"\begin{matrix} 1 & 2 \\ 3 \end{matrix}",
        ),
        ("<mfenced><mi>a</mi><mi>b</mi></mfenced>", "(a, b)"),
        ("<mfrac><mi>a</mi></mfrac><!-- b --><mi>c", "a c"),
        ("</mi><mfrac>", ""),
    ],
)
def test_tex(mathml: str, expected: str) -> None:
    assert tex(mathml) == expected


def test_depth_is_bounded() -> None:
    assert tex("<mrow>" * 100_000 + "<mi>a</mi>") == "a"
