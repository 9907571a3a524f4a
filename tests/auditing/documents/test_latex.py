"""LaTeX -> blocks."""

from __future__ import annotations

import pytest

from symbackprop.auditing.documents.formats import read_text
from symbackprop.auditing.documents.source import Kind


def outline(text: str) -> list[tuple[str, list[tuple[str, str]]]]:
    _, blocks = read_text(text, "sheet.tex")
    return [(block.kind.value, [(run.mode.value, run.text) for run in block.runs]) for block in blocks]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"so $a$ and \(b\)", [("prose", "so "), ("inline", "a"), ("prose", " and "), ("inline", "b")]),
        (r"$$a$$ \[ b \]", [("display", "a"), ("display", "b")]),
        ("a % b $c$\nd", [("prose", "a \nd")]),
        (r"50\% of \$3 \_ \& \{x\}", [("prose", "50% of $3 _ & {x}")]),
        ("a\n% b\nc", [("prose", "a\nc")]),
        ("\\[ a % b\n = c \\]", [("display", "a \n = c")]),
        (r"\begin{align*} a &= b \\ &= c \end{align*}", [("display", r"\begin{align*} a &= b \\ &= c \end{align*}")]),
        (r"\textbf{a \emph{b}} {\large c}", [("prose", "a b  c")]),
        (r"see \eqref{x} and \cite[p. 3]{y}", [("prose", "see  and")]),
        (r"\texttt{w = 1} \verb|x_1 % 2|", [("code", "w = 1"), ("code", "x_1 % 2")]),
        (r"\input{secret} \include{other} a", [("prose", "a")]),
        (r"a~b \quad c--d \\[2pt] e \ldots", [("prose", "a b  c–d \n e ...")]),
        (r"\unknown = 3", [("prose", r"\unknown = 3")]),
        (r"\textcolor{red}{a} \href{http://x.y}{b}", [("prose", "a b")]),
        (r"a \begin{comment} b \end{comment} c", [("prose", "a  c")]),
        (r"a \begin{tikzpicture} $b$ \end{tikzpicture}", [("prose", "a")]),
        ("\\begin{lstlisting}\na = 1 % b\n\\end{lstlisting}", [("code", "a = 1 % b")]),
    ],
)
def test_runs(text: str, expected: list[tuple[str, str]]) -> None:
    assert [run for _, runs in outline(text) for run in runs if run[1].strip()] == expected


def test_blocks() -> None:
    text = r"""\documentclass{article}
\newcommand{\yhat}{\hat{y}} \DeclareMathOperator{\sg}{sigmoid} % \def\hidden{1}
\def\E#1{E_{#1}}
\title{not in the body}
\begin{document}
\section*{Forward \emph{pass}} one

two
\begin{itemize}
  \item three
  \item[Step 4] four
\end{itemize}
\begin{equation} a = 1 \end{equation}
\renewcommand{\yhat}{y}
\begin{frame}{Slide} five \end{frame}
\end{document} six"""
    assert outline(text) == [
        (
            "display",
            [
                ("display", r"\newcommand{\yhat}{\hat{y}}"),
                ("display", r"\DeclareMathOperator{\sg}{sigmoid}"),
                ("display", r"\def\E#1{E_{#1}}"),
            ],
        ),
        ("heading", [("prose", "Forward pass")]),
        ("paragraph", [("prose", "one")]),
        ("paragraph", [("prose", "two")]),
        ("item", [("prose", "three")]),
        ("item", [("prose", "Step 4 four")]),
        ("display", [("display", r"\begin{equation} a = 1 \end{equation}")]),
        ("display", [("display", r"\renewcommand{\yhat}{y}")]),
        ("heading", [("prose", "Slide")]),
        ("paragraph", [("prose", "five")]),
    ]


def test_rows() -> None:
    text = (
        r"\begin{tabular}{l|r} \hline name & value \\ \hline $w_1$ & 0.5 \\[2pt] b & \\ \hline\end{tabular} after & so"
    )
    _, blocks = read_text(text, "sheet.tex")
    assert [(block.kind, block.cells, block.heads, [run.text for run in block.runs]) for block in blocks] == [
        (Kind.ROW, (0, 1), (), ["name", "value"]),
        (Kind.ROW, (0, 1), ("name", "value"), ["w_1", "0.5"]),
        (Kind.ROW, (0,), ("name", "value"), ["b"]),
        (Kind.PARAGRAPH, (), (), ["after & so"]),
    ]


def test_every_character_knows_its_place() -> None:
    source, blocks = read_text("% a\r\nso \\emph{b} $c = 1 % d\r\n+ 2$ 5\\%", "sheet.tex")
    pairs = [
        (character, source.text[place])
        for block in blocks
        for run in block.runs
        for character, place in zip(run.text, run.places, strict=False)
    ]
    assert "".join(character for character, _ in pairs).split() == ["so", "b", "c", "=", "1", "+", "2", "5%"]
    assert {pair for pair in pairs if pair[0] != pair[1]} <= {(" ", "\r")}
