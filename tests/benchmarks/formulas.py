"""Formulas of a working converted to MathML, by the second: the whole of it, each piece for the first time."""

from __future__ import annotations

from collections.abc import Iterator

from symbackprop.derivation.working import derive
from symbackprop.evaluation.worked import work
from symbackprop.rendering.links import links
from symbackprop.rendering.mathematics import formula_of
from symbackprop.rendering.page.elements import markup
from symbackprop.rendering.page.formulas import formula, pieces
from tests.benchmarks.timing import least_seconds
from tests.networks import example


def formula_lines(runs: int = 3) -> Iterator[str]:
    """The report: how many different formulas of the 2-2-2 network become MathML in a second."""
    steps = work(derive(example("mazur_2_2_2"))).steps
    found = sorted({piece for worked in steps for link in links(worked) for piece in pieces(formula_of(link))})

    def convert() -> None:
        from symbackprop.rendering.page import formulas

        formulas._converted.cache_clear()
        for tex in found:
            markup(formula(tex))

    seconds = least_seconds(convert, runs)
    yield f"{len(found)} different formulas to MathML: {seconds:.4f} s, {len(found) / seconds:.0f} a second"
