"""Numbers: value, unit of the last place, bounds."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symbackprop.auditing.documents.formats import read_text
from symbackprop.auditing.documents.source import Mode, Span
from symbackprop.auditing.mathematics.numerals import number
from symbackprop.auditing.mathematics.reading import read_statements
from symbackprop.auditing.mathematics.statements import Chain, Mention
from symbackprop.auditing.mathematics.tree import Number
from tests.auditing.mathematics.writing import shown, statements


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("0.40", Fraction(2, 5), Fraction(1, 100)),
        (".05", Fraction(1, 20), Fraction(1, 100)),
        ("3", Fraction(3), Fraction(1)),
        ("1e-5", Fraction(1, 10**5), Fraction(1, 10**5)),
        ("1.50e2", Fraction(150), Fraction(1)),
        ("3.5 × 10^{-5}", Fraction(35, 10**6), Fraction(1, 10**6)),
        ("3.5*10^-5", Fraction(35, 10**6), Fraction(1, 10**6)),
        (r"3.5\times10^{-5}", Fraction(35, 10**6), Fraction(1, 10**6)),
        ("3.5·10⁻⁵", Fraction(35, 10**6), Fraction(1, 10**6)),
        ("10{,}000", Fraction(10000), Fraction(1)),
        ("0{,}25", Fraction(1, 4), Fraction(1, 100)),
        ("10,000.5", Fraction(20001, 2), Fraction(1, 10)),
        ("2.5 %", Fraction(1, 40), Fraction(1, 1000)),
        (r"2.5\%", Fraction(1, 40), Fraction(1, 1000)),
    ],
)
def test_a_number_is_exact(text: str, value: Fraction, unit: Fraction) -> None:
    (chain,) = statements(f"x = {text}", Mode.INLINE)
    assert isinstance(chain, Chain)
    read = chain.members[1]
    assert isinstance(read, Number)
    assert (read.value, read.unit, read.text) == (value, unit, text)


def test_a_comma_between_digits_in_a_list_separates() -> None:
    (mention,) = statements("[1,200]", Mode.PROSE)
    assert isinstance(mention, Mention)
    assert shown(mention.value) == "list[1 200]"


@pytest.mark.parametrize("text", ["1" * 65, "1e401", "1e-99999999999", "0." + "3" * 64])
def test_what_is_too_long_is_refused(text: str) -> None:
    assert isinstance(number(text, text, Span(0, len(text))), str)


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("y = 1/(1 + e^-0,9) = 0,711", "0.711"),  # three decimals are no thousands where the commas are decimal ones
        ("z = 0,5 + 1,234 = 1,734", "1.734"),
        ("$z = 0{,}5 + 1{,}234 = 1{,}734$", "1.734"),
        ("n = 5 + 10,000 = 10,005", "10005"),
        ("n = 10,000, m = 20,000, k = 30,000", "30000"),
        ("n = 0.5 + 10,000 = 10,000.5", "10000.5"),
        ("J = 0,780 + 0,249, 0,41 + 0,2 = 0,61, x = [1; 0.5], J = 1,029", "1.029"),  # hardly any points
        ("$y = e^{0,5} = 1,649$ and $z = 1,5$", "1.5"),
        ("```\nx = 0.25\n```\n\nz = 0,5 + 1,234 = 1,734", "1.734"),  # programs write points
    ],
)
def test_a_comma_before_three_digits(text: str, due: str) -> None:
    blocks = read_text(text, "sheet.md")[1]
    last = read_statements(blocks).statements[-1]
    assert isinstance(last, Chain)
    number = last.members[-1]
    assert isinstance(number, Number)
    assert number.value == Fraction(due)
