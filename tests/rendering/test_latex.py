"""The article: plain ASCII, every number in its place, and compiled without a warning."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from symbackprop.evaluation.worked import Working
from symbackprop.network.losses import LOSSES
from symbackprop.rendering.escaping import latex_text
from symbackprop.rendering.latex import document, fragment
from symbackprop.rendering.mathematics import numeral

WARNING = re.compile(r"^(?:Overfull|! |LaTeX Warning|Package \w+ Warning).*|.*[Uu]ndefined.*", re.MULTILINE)
HOST = r"\documentclass{article}\usepackage{amsmath,amssymb}\begin{document}\section{Host}%s\end{document}"


@pytest.mark.parametrize(
    ("name", "hand", "decimals"),
    [
        ("mazur", False, None),
        ("mazur", False, 50),
        ("mazur", False, 0),
        ("sigmoid", False, None),
        ("sigmoid", True, 4),
        ("recurrent", False, None),
        ("textbook", False, None),
        ("deep", False, None),
        ("wide", False, None),
        ("symbols", False, None),
        ("equations", False, None),
        ("hostile", False, None),
        ("untrained", False, None),
        *((loss, False, None) for loss in LOSSES),
    ],
)
def test_it_compiles_without_a_warning(
    working: Callable[..., Working],
    pdflatex: Callable[[str, Path], str],
    tmp_path: Path,
    name: str,
    hand: bool,
    decimals: int | None,
) -> None:
    log = pdflatex(document(working(name, hand=hand, decimals=decimals)), tmp_path)
    assert not WARNING.findall(log)


@pytest.mark.parametrize("name", ["mazur", "textbook", "equations", "symbols"])
def test_a_fragment_fits_a_standard_page(
    working: Callable[..., Working], pdflatex: Callable[[str, Path], str], tmp_path: Path, name: str
) -> None:
    (tmp_path / "part.tex").write_text(fragment(working(name)), encoding="ascii")
    assert not WARNING.findall(pdflatex(HOST % r"\input{part}", tmp_path))


def test_a_warning_would_be_found(pdflatex: Callable[[str, Path], str], tmp_path: Path) -> None:
    log = pdflatex(HOST % rf"\begin{{align*}} x &= {'1 + ' * 40}1 \end{{align*}} \ref{{nothing}}", tmp_path)
    assert len(WARNING.findall(log)) >= 2


def test_it_is_ascii_and_balanced(any_working: Working) -> None:
    for tex in (document(any_working), fragment(any_working)):
        assert tex.isascii()
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f]", tex)
        plain = re.sub(r"\\[{}]", "", tex)
        assert plain.count("{") == plain.count("}")
        for opening, closing in ((r"\left", r"\right"), (r"\begin", r"\end")):
            assert len(re.findall(rf"\{opening}\b", plain)) == len(re.findall(rf"\{closing}\b", plain))


def test_no_text_of_the_user_is_a_command(working: Callable[..., Working]) -> None:
    tex = document(working("hostile"))
    assert r"\input" not in tex
    assert r"\textbackslash{}input\{/etc/passwd\}" in tex


def test_every_character_that_is_kept_can_be_set(pdflatex: Callable[[str, Path], str], tmp_path: Path) -> None:
    accented = "àéîõūŏżüåőčạçḏìíĵ"
    text = latex_text("".join(chr(code) for code in range(32, 0x2300)) + accented)
    assert "?" not in latex_text(accented)
    log = pdflatex(HOST % rf"\begin{{sloppypar}}{text}\end{{sloppypar}}", tmp_path)
    assert "! " not in log


def test_every_step_has_its_number_its_value_and_its_references(any_working: Working) -> None:
    tex = document(any_working)
    numbers = {worked.step.name: number for number, worked in enumerate(any_working.steps, 1)}
    start = 0
    for number, worked in enumerate(any_working.steps, 1):
        tag = re.compile(rf"\\tag\*\{{(?:\\footnotesize from ([\d, .-]+)\\quad\\normalsize)?\({number}\)\}}")
        found = tag.search(tex, start)
        assert found, worked.step.name
        if worked.value:
            assert numeral(worked.value) in tex[start : found.start()]
        earlier = [numbers[name] for name in worked.step.uses if name in numbers]
        assert bool(found[1]) == bool(earlier)
        if earlier:
            assert found[1].startswith(str(min(earlier)))
            assert found[1].endswith(str(max(earlier)))
        start = found.end()


def test_every_reason_is_there_once_for_each_kind_of_step(working: Callable[..., Working]) -> None:
    tex = document(working("mazur"))
    for sentence in (
        r"In the sum for $\mathit{net}_{o1}$ only the summand with $w_{5}$ depends on $w_{5}$; the others vanish.",
        r"\emph{Power rule.} The exponent comes down as a factor and falls by one, times the derivative of the base"
        r" by $\mathit{out}_{o1}$.",
        r"\emph{Derivative of sigmoid.} $\mathit{out}_{o1}$ is sigmoid of its argument",
        r"\textbf{Gradient with respect to $w_{5}$.}",
        r"\textbf{Node error of $\mathit{net}_{h2}$.}",
    ):
        assert tex.count(sentence) == 1, sentence


def test_given_numbers_stand_as_written(working: Callable[..., Working]) -> None:
    tex = document(working("mazur"))
    assert r"$i_{1} = 0.05$, $i_{2} = 0.10$" in tex
    assert r"$\eta = 0.5$" in tex
    assert r"{Never updated}$b_{1}$, $b_{2}$\par" in tex


def test_the_summary_has_every_parameter(working: Callable[..., Working]) -> None:
    tex = document(working("mazur"))
    assert r"$w_{5}$ & $0$ & $.40$ & $0$ & $.082167041$ & $0$ & $.358916480$ \\" in tex
    assert r"$b_{1}$ & $0$ & $.35$ & $0$ & $.018725609$ & \multicolumn{2}{r}{$\text{frozen}$} \\" in tex
    assert (
        r"before the update is $E_{\mathrm{total}} = 0.298371109$, after it $E_{\mathrm{total}}^{+} = 0.291027774$"
        in tex
    )


def test_only_a_working_by_hand_says_that_rounding_is_carried(working: Callable[..., Working]) -> None:
    carried = "rounded to 4 decimals and carried"
    assert carried in document(working("sigmoid", hand=True, decimals=4))
    assert carried not in document(working("sigmoid", decimals=4))


def test_the_short_form_stands_after_the_long_one(working: Callable[..., Working]) -> None:
    tex = document(working("mazur"))
    short = (
        r"\text{in short: } \frac{\partial E_{\mathrm{total}}}{\partial w_{5}} = \delta_{o1} \cdot \mathit{out}_{h1}"
    )
    assert tex.index(r"\approx 0.082167041") < tex.index(short)
