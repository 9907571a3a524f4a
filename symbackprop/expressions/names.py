"""One name, all its spellings: w_5, w5 and w₅ are found as one, shown as $w_{5}$ in LaTeX and as w_5 in text.

Names are ASCII: a letter, then letters, digits and underscores. Three marks make names of derived quantities:
`dE/dw_5` is a partial derivative, `w_5+` a value after one update, `dE/dw_5 (direct)` the partial in which only
where w_5 itself stands in E's definition counts.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from symbackprop.errors import SymbackpropError, did_you_mean

LENGTH = 64
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*", re.ASCII)
_PARTIAL = re.compile(r"d([A-Za-z][A-Za-z0-9_]*\+?)/d([A-Za-z][A-Za-z0-9_]*\+?)( \(direct\))?", re.ASCII)
_HEAD = re.compile(r"([A-Za-z]+)(\d*)", re.ASCII)
_WORD = re.compile(r"[A-Za-z]{3,}", re.ASCII)
_MARK = re.compile(r"[^A-Za-z0-9]", re.ASCII)

GREEK = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "zeta": "ζ", "eta": "η", "theta": "θ",
    "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "pi": "π", "rho": "ρ", "sigma": "σ",
    "tau": "τ", "upsilon": "υ", "phi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω",
}  # fmt: skip
_ASCII = str.maketrans({letter: name for name, letter in GREEK.items()} | {"∂": "d"})


def partial(of: str, by: str, *, direct: bool = False) -> str:
    """The name of ∂of/∂by.

    >>> partial("E_total", "w_5")
    'dE_total/dw_5'
    """
    return f"d{of}/d{by} (direct)" if direct else f"d{of}/d{by}"


def updated(name: str) -> str:
    """The name of a quantity after one update.

    >>> updated("w_5")
    'w_5+'
    """
    return name + "+"


def split_partial(name: str) -> tuple[str, str] | None:
    """(of, by) of a partial's name, None for any other.

    >>> split_partial("dE_total/dw_5")
    ('E_total', 'w_5')
    """
    match = _PARTIAL.fullmatch(name)
    return (match[1], match[2]) if match else None


def is_derived(name: str) -> bool:
    """Whether `name` is that of a partial or of an updated value.

    >>> is_derived("w_5+"), is_derived("w_5")
    (True, False)
    """
    return name.endswith("+") or "/" in name


def why_no_name(name: str) -> str:
    """Why `name` cannot be a name; "" when it can.

    >>> why_no_name("net_h1"), why_no_name("2x")
    ('', 'a name begins with a letter and holds letters, digits and underscores')
    """
    if _NAME.fullmatch(name):
        return "" if len(name) <= LENGTH else f"a name has at most {LENGTH} characters"
    for character in name[:LENGTH]:
        if reason := unusual_letter(character):
            return reason
    return "a name begins with a letter and holds letters, digits and underscores"


def unusual_letter(character: str) -> str:
    r"""What a letter outside ASCII is, for a message; "" for any other character.

    >>> unusual_letter("\u0430")
    'U+0430 is CYRILLIC SMALL LETTER A; names are written in the letters a to z'
    """
    if ord(character) < 128 or not character.isalpha():
        return ""
    title = unicodedata.name(character, "a letter of another script")
    return f"U+{ord(character):04X} is {title}; names are written in the letters a to z"


def resolve(given: str, known: Iterable[str]) -> str:
    """The one name of `known` that `given` spells: w5, w_{5} and w₅ all spell w_5, and δ_1 spells delta_1.

    Raises `SymbackpropError` with the nearest names where none or several are spelt so.

    >>> resolve("w5", ["w_5", "w_6"])
    'w_5'
    """
    names = list(known)
    if given in names:
        return given
    matches = [name for name in names if _key(name) == _key(given)]
    if len(matches) == 1:
        return matches[0]
    if matches:
        raise SymbackpropError(f"{given[:LENGTH]!r} may be any of {', '.join(matches)}")
    raise SymbackpropError(f"there is no quantity {given[:LENGTH]!r}", hint=did_you_mean(given, names))


@lru_cache(maxsize=65536)
def _key(name: str) -> str:
    return re.sub(r"[\s_{}\\^]", "", unicodedata.normalize("NFKC", name)).translate(_ASCII)


@lru_cache(maxsize=65536)
def latex(name: str) -> str:
    r"""The LaTeX of a name, in plain ASCII; in what is no name every mark is shown as ?, for none may be a command.

    >>> print(latex("net_h1"), latex("w_5+"), latex("W1_12"), latex("dE_total/dw_5"))
    \mathit{net}_{h1} w_{5}^{+} W^{(1)}_{12} \frac{\partial E_{\mathrm{total}}}{\partial w_{5}}
    """
    if pair := split_partial(name):
        fraction = rf"\frac{{\partial {latex(pair[0])}}}{{\partial {latex(pair[1])}}}"
        return rf"\left.{fraction}\right|_{{\mathrm{{direct}}}}" if name.endswith("(direct)") else fraction
    plain, plus = (name[:-1], "+") if name.endswith("+") else (name, "")
    if not _NAME.fullmatch(plain):
        return rf"\mathrm{{{_MARK.sub('?', name)}}}"
    base, layer, index = parts(plain)
    lowered = f"_{{{_index(index)}}}" if index else ""
    if layer:
        return f"{_letters(base)}^{{({layer}){plus}}}{lowered}"
    return f"{_letters(base)}{lowered}" + ("^{+}" if plus else "")


def text(name: str) -> str:
    """The name for a terminal: as it is written in a file, with ∂ for d and Greek letters.

    >>> print(text("dE_total/dw_5"), text("delta_o1"))
    ∂E_total/∂w_5 δ_o1
    """
    if pair := split_partial(name):
        shown = f"∂{text(pair[0])}/∂{text(pair[1])}"
        return f"({shown} direct)" if name.endswith("(direct)") else shown
    match = re.match(r"[a-z]+", name)
    letter = GREEK.get(match.group()) if match else None
    return letter + name[len(match.group()) :] if match and letter else name


def parts(name: str) -> tuple[str, str, str]:
    """(letters, layer, index) of a name.

    >>> parts("net_h1"), parts("w5"), parts("W1_12")
    (('net', '', 'h1'), ('w', '', '5'), ('W', '1', '12'))
    """
    head, _, index = name.partition("_")
    match = _HEAD.fullmatch(head)
    if match is None:
        return head, "", index
    return (match[1], match[2], index) if index.strip("_") else (match[1], "", match[2])


def _letters(base: str) -> str:
    if base in GREEK or base in _CAPITALS:
        return "\\" + base
    if len(base) == 4 and base.endswith("hat"):
        return rf"\hat{{{base[0]}}}"
    return base if len(base) == 1 else rf"\mathit{{{base}}}"


_CAPITALS = {"Gamma", "Delta", "Theta", "Lambda", "Xi", "Pi", "Sigma", "Upsilon", "Phi", "Psi", "Omega"}


def _index(index: str) -> str:
    parts = [part for part in index.split("_") if part]
    return ",".join(_WORD.sub(r"\\mathrm{\g<0>}", part) for part in parts)
