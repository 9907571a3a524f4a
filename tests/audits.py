"""Audits made by hand, for what is shown of them: a sheet on one neuron, with a fault, its heirs and open questions."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from symbackprop.auditing.documents.source import Source, Span
from symbackprop.auditing.report import Audit, Explanation, Interval, Judged, Verdict
from symbackprop.network.problem import Problem
from tests.networks import problem_of

SHEET = """# One neuron

z = 0.5 * 2 = 1.0
y = sigmoid(1.0) = 0.731
C = (1 - 0.731)^2 = 0.072361
dC/dy = -(1 - 0.731) = -0.269
dC/dw = -0.269 * 0.197 * 2 = -0.106
w+ = 0.5 + 0.1 * 0.106 = 0.5106
q = 0.25
v = 0.75
w = {0.5
"""


def one_neuron() -> Problem:
    """y = sigmoid(w·x), C = (t - y)²."""
    return problem_of(
        {"z": "w*x", "y": "sigmoid(z)", "C": "(t - y)**2"},
        cost="C",
        inputs={"x": "2"},
        targets={"t": "1"},
        parameters={"w": "0.5"},
        learning_rate="0.1",
    )


def span_of(text: str, part: str) -> Span:
    """Where `part` stands in `text`, for the last time."""
    start = text.rindex(part)
    return Span(start, start + len(part))


def rounded(printed: str) -> Interval:
    """What a printed number may stand for."""
    unit = Fraction(10) ** -len(printed.partition(".")[2])
    return Interval("printed", Fraction(printed) - unit / 2, Fraction(printed) + unit / 2)


def around(what: str, value: str) -> Interval:
    """A number and 10^-30 on either side of it."""
    return Interval(what, Fraction(value) - Fraction(1, 10**30), Fraction(value) + Fraction(1, 10**30))


def _claim(part: str, verdict: Verdict, message: str, quantity: str = "", printed: str = "", exact: str = "") -> Judged:
    evidence = (rounded(printed), around("exact", exact)) if exact else ()
    return Judged(span_of(SHEET, part), part, verdict, message, quantity, 0, printed, exact, evidence=evidence)


# The exact values by mpmath: y = 1/(1 + exp(-1)), C = (1 - y)², dC/dy = -2(1 - y), dC/dw = dC/dy·y(1 - y)·2.
Y = "0.731058578630004879251159241822"
C = "0.0723294881285132682114160245923"
DC_DY = "-0.537882842739990241497681516356"
DC_DW = "-0.211508371137066886189890238776"
W = "0.521150837113706688618989023878"

CLAIMS = (
    _claim("z = 0.5 * 2 = 1.0", Verdict.CORRECT, "the exact value rounds to it", "z", "1.0", "1"),
    _claim("y = sigmoid(1.0) = 0.731", Verdict.CORRECT, "the exact value rounds to it", "y", "0.731", Y),
    replace(
        _claim("C = (1 - 0.731)^2 = 0.072361", Verdict.CARRIED, "it follows from 0.731", "C", "0.072361", C),
        from_printed="0.072361",
        evidence=(
            rounded("0.072361"),
            around("exact", C),
            Interval("from printed", Fraction("0.07209225"), Fraction("0.07263025")),
        ),
    ),
    replace(
        _claim("dC/dy = -(1 - 0.731) = -0.269", Verdict.WRONG, "the factor 2 is left out", "dC/dy", "-0.269", DC_DY),
        explanations=(
            Explanation("missing-factor", 3, "2 · -0.269 is -0.538, which is due"),
            Explanation("convention", 3, "with half the cost, 0.269 would be due"),
        ),
        corrected="dC/dy = -2(1 - 0.731) = -0.538",
    ),
    replace(
        _claim(
            "dC/dw = -0.269 * 0.197 * 2 = -0.106", Verdict.INHERITED, "it follows from -0.269", "dC/dw", "-0.106", DC_DW
        ),
        root=3,
        from_printed="-0.105986",
        evidence=(
            rounded("-0.106"),
            around("exact", DC_DW),
            Interval("from printed", Fraction("-0.10618"), Fraction("-0.10578")),
        ),
    ),
    replace(
        _claim("w+ = 0.5 + 0.1 * 0.106 = 0.5106", Verdict.INHERITED, "it follows from 0.106", "w+", "0.5106", W),
        root=4,
        from_printed="0.5106",
        evidence=(
            rounded("0.5106"),
            around("exact", W),
            Interval("from printed", Fraction("0.51055"), Fraction("0.51065")),
        ),
    ),
    _claim("q = 0.25", Verdict.UNDECIDED, "no quantity is called so", "", "0.25"),
    _claim("v = 0.75", Verdict.UNDECIDED, "no quantity is called so", "", "0.75"),
    _claim("w = {0.5", Verdict.UNREAD, "a bracket is not closed"),
)


def sheet() -> Audit:
    """The audit of the sheet."""
    return Audit(Source("sheet.md", SHEET), CLAIMS, one_neuron())


def faultless() -> Audit:
    """The audit of a document in which all holds."""
    text = "z = 0.5 * 2 = 1.0\n"
    claim = replace(CLAIMS[0], span=span_of(text, "z = 0.5 * 2 = 1.0"))
    return Audit(Source("right.md", text), (claim,), one_neuron(), inferred=True)


HOSTILE = "a\x1b[31m\u202e|<script>`*_%\u2028::error::]]>&\u200b\ud800"


def hostile() -> Audit:
    """An audit in which every text is meant to do harm."""
    claim = Judged(
        Span(0, len(HOSTILE)),
        HOSTILE,
        Verdict.WRONG,
        HOSTILE + "\n::error::x",
        printed=HOSTILE,
        exact="0.5",
        corrected=HOSTILE,
        explanations=(Explanation(HOSTILE, 1, HOSTILE), Explanation(HOSTILE, 1, HOSTILE)),
    )
    others = [replace(claim, verdict=verdict, root=0) for verdict in Verdict]
    return Audit(Source(f"::{HOSTILE}\n.md", HOSTILE + "\n"), (claim, *others), None, missing=(HOSTILE,))
