r"""The signs of mathematics in their spellings: what each character and each TeX command is read as."""

from __future__ import annotations

import unicodedata

from symbackprop.auditing.mathematics.vocabulary import words

_GREEK = (
    "alpha α beta β gamma γ delta δ epsilon ε varepsilon ε zeta ζ eta η theta θ vartheta θ iota ι kappa κ lambda λ "
    "mu μ nu ν xi ξ pi π rho ρ varrho ρ sigma σ varsigma σ tau τ upsilon υ phi φ varphi φ chi χ psi ψ omega ω "
    "Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω ell ℓ infty ∞ nabla ∇ hbar ħ "
    "imath i jmath j"
)
LETTERS = dict(zip(_GREEK.split()[::2], _GREEK.split()[1::2], strict=True))


def _alike() -> dict[int, str]:
    """Characters that are read as another single character; the length of a text stays what it is."""
    table = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    for code in range(0x1D400, 0x1D800):
        plain = unicodedata.normalize("NFKC", chr(code))
        if len(plain) == 1:
            table[code] = plain
    for same, characters in {
        "-": "−‐‑‒﹣",
        "*": "∗⋅·•∙×✕⨉⊗⨯⋆\u2062",
        "⊙": "⨀∘",
        "/": "∕⁄÷",
        "'": "′",
        ":": "∶",
        "→": "⟶➔➜⟼↦",
        "⇒": "⟹⇨⟺⇔∴",
        "≈": "≃≅≒∼≊≐",
        "…": "⋯",
        "μ": "µ",
        "Δ": "∆",
        "Σ": "∑",
        "φ": "ϕ",
        "θ": "ϑ",
        "ε": "ϵ",
        "L": "ℒ",
        "e": "ℯ",
        ",": "、，",
        " ": "\u200b\u200c\u200d\u2060\u2061\u2063\u2064\ufeff\ufe0e\ufe0f\u00ad"
        "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
    }.items():
        for character in characters:
            table[ord(character)] = same
    return table


ALIKE = _alike()

RAISED = dict(
    zip(
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿⁱᵀᵗˡʰˣʸᶻᵃᵇᶜᵈᵉᶠᵍʲᵏᵐᵒᵖʳˢᵘᵛʷ",
        "0123456789+-()niTtlhxyzabcdefgjkmoprsuvw",
        strict=True,
    )
)
LOWERED = dict(zip("₀₁₂₃₄₅₆₇₈₉₊₋₍₎ₐₑₒₓₕₖₗₘₙₚₛₜᵢⱼᵣᵤᵥᵦᵧᵨᵩᵪ", "0123456789+-()aeoxhklmnpstijruvβγρφχ", strict=True))
VULGAR = {"½": ("1", "2"), "¼": ("1", "4"), "¾": ("3", "4"), "⅓": ("1", "3"), "⅔": ("2", "3"), "⅛": ("1", "8")}
ACCENTS = {"\u0302": "hat", "\u0303": "tilde", "\u0304": "bar", "\u0305": "bar", "\u0307": "dot", "\u20d7": ""}

SIGNS = {
    "=": "=", "==": "=", "≡": "=", "≈": "≈", "~=": "≈", "=~": "≈", "≔": ":=", ":=": ":=", "≜": ":=", "←": ":=",
    "<-": ":=", "→": "→", "->": "→", "-->": "→", "+=": "+=", "-=": "-=", "⇒": "⇒", "=>": "⇒", "==>": "⇒",
}  # fmt: skip


def _words(text: str, value: str) -> dict[str, str]:
    return dict.fromkeys(text.split(), value)


TEX_SIGNS = (
    _words("approx simeq cong doteq sim approxeq fallingdotseq", "≈")
    | _words("to rightarrow longrightarrow mapsto longmapsto xrightarrow", "→")
    | _words("leftarrow gets coloneqq longleftarrow triangleq coloneq", ":=")
    | _words("Rightarrow implies Longrightarrow iff Leftrightarrow therefore Longleftrightarrow", "⇒")
    | _words("equiv eq", "=")
)
TEX_RELATIONS = _words("neq ne", "≠") | {
    name: name
    for name in words("leq le geq ge lt gt in notin propto ll gg subset subseteq leqslant geqslant not forall exists")
}
TEX_MARKS = (
    _words("cdot times ast star bullet otimes cdotp", "*")
    | _words("odot circ", "⊙")
    | _words("div", "/")
    | _words("over", "over")
    | _words("lbrace { lparen", "(")
    | _words("rbrace } rparen", ")")
    | _words("lbrack", "[")
    | _words("rbrack", "]")
    | _words("lvert rvert vert mid", "|")
    | _words("| Vert lVert rVert", "‖")
    | _words("prime", "'")
    | _words("top intercal mathsfT", "⊤")
    | _words("partial part", "∂")
    | _words("dots ldots cdots dotsc dotsb vdots ddots dotsm", "…")
    | _words("% percent", "%")
    | _words("colon", ":")
    | _words("pm mp", "±")
    | {"_": "_"}
)
TRANSPARENT = words(
    "displaystyle textstyle scriptstyle limits nolimits nonumber notag mathbf mathrm mathit mathsf mathtt mathcal "
    "mathbb mathfrak mathscr boldsymbol bm pmb vec boxed cancel bcancel xcancel fbox ensuremath mathop mathord mathbin "
    "rm bf it cal sf tt thinspace Large large small normalsize huge bigl bigr Bigl Bigr biggl biggr Biggl Biggr big "
    "Big bigg Bigg hline strut mathstrut noindent centering smash overrightarrow protect relax underline uline "
    "hfill newblock left right middle allowbreak emph textbf bold mathnormal bigm Bigm hskip , ; : ! > ( ) [ ] $ / -"
)
DROPPED = {
    "color": 1, "textcolor": 1, "colorbox": 1, "hspace": 1, "vspace": 1, "label": 1, "tag": 1, "phantom": 1,
    "hphantom": 1, "vphantom": 1, "ref": 1, "eqref": 1, "cite": 1, "footnote": 1, "class": 1, "style": 1, "cssId": 1,
    "htmlClass": 1, "require": 1, "rule": 2, "definecolor": 3, "intertext": 1, "shortintertext": 1, "mspace": 1,
    "kern": 0, "mkern": 0, "fcolorbox": 2, "raisebox": 1, "setlength": 2, "usepackage": 1, "documentclass": 1,
}  # fmt: skip
COMMANDS = (
    _words("frac dfrac tfrac cfrac nicefrac sfrac", "frac")
    | _words("sqrt", "sqrt")
    | _words("sum", "sum")
    | _words("hat widehat", "hat")
    | _words("tilde widetilde", "tilde")
    | _words("bar overline", "bar")
    | _words("dot", "dot")
    | _words("ddot", "ddot")
    | _words("check", "check")
    | _words("underbrace overbrace", "brace")
    | _words("overset underset stackrel", "set")
)
TEX_ACCENTS = frozenset({"hat", "tilde", "bar", "dot", "ddot", "check"})
TEX_BREAKS = _words("quad qquad enspace hfil", "quad") | _words("\\ newline cr tabularnewline", "row")
TEX_FUNCTIONS = words(
    "exp ln log tanh sinh cosh sin cos tan max min arg argmax argmin softmax sigmoid relu sech det tr"
)
TEXTS = words("text textrm textit textnormal mbox operatorname textsf texttt textup hbox textsc")
MATRICES = words("matrix bmatrix pmatrix vmatrix Bmatrix Vmatrix smallmatrix array bsmallmatrix psmallmatrix")
UNREADABLE = {"cases": "cases", "dcases": "cases", "rcases": "cases"}
