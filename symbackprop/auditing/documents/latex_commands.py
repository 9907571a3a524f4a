"""The commands and environments of LaTeX that stand outside formulas, by what they do to the text."""

from __future__ import annotations

_ONE = (
    "label ref eqref autoref cref Cref pageref cite citep citet includegraphics input include usepackage documentclass "
    "bibliography bibliographystyle index pagestyle thispagestyle url href hspace vspace textcolor color hypersetup "
    "cline cmidrule includesvg tag lstset graphicspath date author includepdf usetheme nocite"
)
_TWO = "setlength addtolength setcounter multicolumn multirow fontsize rule resizebox newtheorem"
_STYLES = (
    "quad qquad hfill vfill noindent centering LaTeX TeX tiny scriptsize footnotesize small normalsize large Large "
    "LARGE huge Huge bfseries itshape ttfamily selectfont raggedright textbf textit emph underline textrm textsf "
    "textsc textnormal footnote mbox uline num text alert hspace vspace"
)
TABLES = frozenset({"tabular", "tabular*", "tabularx", "tabulary", "longtable", "tblr", "supertabular"})
HEADINGS = frozenset(
    {"section", "subsection", "subsubsection", "paragraph", "subparagraph", "chapter", "part", "title", "frametitle"}
    | {"framesubtitle", "caption"}
)
ENDS = frozenset({"par", "newpage", "clearpage", "maketitle", "bigskip", "medskip", "smallskip", "hrule"})
RULES = frozenset({"hline", "midrule", "toprule", "bottomrule"})
LINES = frozenset({"newline", "linebreak", "tabularnewline"})
DOTS = frozenset({"dots", "ldots", "textellipsis"})
STYLES = frozenset(_STYLES.split())  # what they hold is text
CODE = frozenset({"texttt", "code", "lstinline", "mintinline", "verb"})
LISTINGS = frozenset({"verbatim", "Verbatim", "lstlisting", "minted", "alltt"})
HIDDEN = frozenset({"comment", "filecontents", "tikzpicture", "thebibliography", "picture"})
DROPPED = (
    dict.fromkeys(_ONE.split(), 1) | dict.fromkeys(_TWO.split(), 2) | {"definecolor": 3}
)  # arguments that are no text
ARGUMENTS = {"tabular*": 2, "tabularx": 2, "tabulary": 2, "minipage": 1, "multicols": 1, "wrapfigure": 2, "minted": 1}
ARGUMENTS |= {"tabular": 1, "longtable": 1, "tblr": 1, "supertabular": 1, "column": 1}  # of environments
