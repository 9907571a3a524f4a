"""The pages that are opened: the worked examples, and pages that are made to go wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from symbackprop.auditing.auditor import audit
from symbackprop.auditing.documents.formats import read_text
from symbackprop.derivation.working import derive
from symbackprop.evaluation.worked import work
from symbackprop.network.problem import Problem
from symbackprop.rendering.formats import Shown, render
from symbackprop.rendering.page.audits import document as audit_page
from tests import audits as by_hand
from tests.networks import example, problem_of
from tests.pages import DOCUMENTS, NETWORKS, audits, derivation

HARM = (
    "<script>document.title='stolen';alert(1)</script>",
    "</math><svg onload=alert(1)>",
    "</style><script>alert(1)</script>",
    "</title></head><body onload=alert(1)>",
    "</annotation></semantics></math><img src=x onerror=alert(1)>",
    "<a href='javascript:alert(1)'>link</a> javascript:alert(1)",
    "]]><!-- --!> <![CDATA[",
    "&lt;script&gt; &#x3c;script> &amp;",
    "a\u202eb\u2066c\u200fd",
    "\x1b[31m\x1b]0;title\x07",
    "a\x00b\ud800c\ufffe",
    '" onmouseover="alert(1)" x="',
    r"\input{/etc/passwd} $x$ \href{javascript:alert(1)}{x}",
)


def hostile_document() -> str:
    """The audit of a document in which every line would do harm, in prose, in code, in formulas and in cells."""
    lines = [
        line for text in HARM for line in (text, f"w = {text} 0.5", f"`{text}`", f"$w = {text}$", f"| {text} | 3 |")
    ]
    text = "\n\n".join(["z = w*x = 0.5 * 2 = 1.1", *lines])
    source, blocks = read_text(text.replace("\x00", ""), name="<script>alert(1)</script>.md")
    return audit_page([audit(source, blocks, by_hand.one_neuron())])


def hostile_network() -> str:
    """The derivation of a network whose title and source would do harm."""
    return _page(replace(by_hand.one_neuron(), title=" ".join(HARM), source=" ".join(HARM)))


def long_names() -> str:
    """The derivation of a network with names of thirty and of sixty-four letters."""
    weight, net, out = "weightofthefirstmeasuredsensor", "net" + "o" * 61, "activationofthehiddenunitnumbe"
    return _page(
        problem_of(
            {net: f"{weight}*x + b", out: f"leaky_relu({net})", "C": f"(t - {out})**2"},
            cost="C",
            inputs={"x": "0.5"},
            targets={"t": "1"},
            parameters={weight: "0.123456789012", "b": "-0.25"},
        )
    )


def wide() -> str:
    """The derivation of formulas that are wider than any screen: fractions, roots, powers, products, cases."""
    names = [f"x_{index}" for index in range(11)]
    terms = " + ".join(f"w*{name}" for name in names)
    return _page(
        problem_of(
            {
                "q": f"({terms})/({' + '.join(names)})",
                "r": f"sqrt({terms}) + exp(-({terms}))",
                "s": f"max({terms}, abs({terms.replace(' + ', ' - ')}))",
                "p": "*".join(f"(w + {name})" for name in names),
                "C": "(q + r + s + p - t)**2",
            },
            cost="C",
            inputs={name: f"0.{index + 10}12345678" for index, name in enumerate(names)},
            targets={"t": "1e-30"},
            parameters={"w": "0.123456789012345"},
            learning_rate="1e-9",
        )
    )


def in_symbols() -> str:
    """The derivation of the 2-2-2 network without its numbers."""
    problem = example("mazur_2_2_2")
    return _page(Problem(problem.graph, {}, problem.training))


def _page(problem: Problem) -> str:
    return render(Shown(work(derive(problem))), "html")


EXAMPLES: dict[str, Callable[[], str]] = {
    **{f"derivation of {name}": partial(derivation, name) for name in NETWORKS},
    **{f"audit of {name}": partial(audits, name) for name in DOCUMENTS},
}
"""The worked examples: nothing of them is wider than a telephone."""

PAGES: dict[str, Callable[[], str]] = EXAMPLES | {
    "audit of all": lambda: audits(*DOCUMENTS),
    "audit of a hostile document": hostile_document,
    "audit by hand": lambda: audit_page([by_hand.sheet(), by_hand.faultless(), by_hand.hostile()]),
    "derivation of a hostile network": hostile_network,
    "derivation with long names": long_names,
    "derivation with wide formulas": wide,
    "derivation in symbols": in_symbols,
    "derivation to 50 decimals": lambda: derivation("mazur_2_2_2", 50),
}
