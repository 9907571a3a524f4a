"""What the words of a document say of its network: the learning rate, the activation, lists of inputs and targets."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from symbackprop.auditing.documents.source import Block
from symbackprop.auditing.inference.evidence import Given
from symbackprop.errors import SymbackpropError
from symbackprop.expressions.numerals import fraction_of

WINDOW = 90  # characters after a word in which its number stands
_NUMBER = r"[-−]?\d{0,30}\.?\d{1,30}(?![\w%]|\.\d)"
_LIST = re.compile(rf"{_NUMBER}(?:\s{{0,3}}(?:,?\s?and|,|&|und|et|y|dan|和)\s{{0,3}}{_NUMBER}){{0,20}}")
_RATE = re.compile(
    r"learning[\s_-]?rate|lernrate|taux d.apprentissage|tasa de aprendizaje|taxa de aprendi\w+|laju pembelajaran"
    r"|скорост\w+ обучения|学习率|學習率|학습률|学習率",
    re.I,
)
_SAYS = r"(?:=|:|≈|\b(?:is|of|to|use|be|at|as|with|was|are|von|de|sebesar|auf)\b|[为是])"
_RATE_NUMBER = re.compile(rf"{_SAYS}[\s$\\(]{{0,4}}({_NUMBER})", re.I)
_KINDS = {
    "inputs": re.compile(r"\binputs?\b", re.I),
    "targets": re.compile(r"\b(?:targets?|outputs?|labels?|expected|desired)\b", re.I),
}
_NEAR = re.compile(rf"[\s$\\(]{{0,3}}(?:[\w_]{{1,12}}\s)?(?:{_SAYS})?[\s$\\(]{{0,4}}", re.I)
_ACTIVATIONS = {
    "sigmoid": re.compile(r"\bsigmoid|\blogistic\b", re.I),
    "tanh": re.compile(r"\btanh\b|hyperbolic tangent", re.I),
    "relu": re.compile(r"(?<!leaky )\brelu\b|rectified linear", re.I),
}
_FIXED = re.compile(
    r"\bbias(?:es)?\s(?:stay|remain|(?:is|are)\s(?:kept|held|not|never|fixed|frozen|constant)|do(?:es)?\snot\schange)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Words:
    """What is said in words: `lists` holds, for inputs and for targets, the lists of numbers that stand behind them."""

    rates: tuple[Given, ...]
    activation: str | None
    lists: dict[str, tuple[tuple[Given, ...], ...]]
    fixed_biases: bool = False


def read_words(blocks: Iterable[Block]) -> Words:
    """What the words of some blocks say."""
    rates: list[Given] = []
    lists: dict[str, list[tuple[Given, ...]]] = {kind: [] for kind in _KINDS}
    activations: set[str] = set()
    fixed = False
    for block in blocks:
        text = "".join(run.text for run in block.runs)
        fixed = fixed or _FIXED.search(text) is not None
        activations.update(name for name, pattern in _ACTIVATIONS.items() if pattern.search(text))
        for match in _RATE.finditer(text):
            found = _RATE_NUMBER.search(text, match.end(), match.end() + WINDOW)
            rates += _numbers([found[1]] if found else [])
        for kind, pattern in _KINDS.items():
            for match in pattern.finditer(text):
                lists[kind] += _list_after(text, match.end())
    return Words(
        tuple(rate for rate in rates if rate.value > 0),
        activations.pop() if len(activations) == 1 else None,
        {kind: tuple(found) for kind, found in lists.items()},
        fixed,
    )


def _list_after(text: str, start: int) -> list[tuple[Given, ...]]:
    """The list of numbers that follows a word at once."""
    window = text[start : start + 2 * WINDOW]
    between = _NEAR.match(window)
    found = _LIST.match(window, between.end() if between else 0)
    if found is None:
        return []
    numbers = _numbers(re.findall(_NUMBER, found[0]))
    return [tuple(numbers)] if numbers else []


def _numbers(texts: Iterable[str]) -> list[Given]:
    found = []
    for text in texts:
        plain = text.replace("−", "-")
        plain = plain.replace(".", "0.", 1) if plain.lstrip("-").startswith(".") else plain
        try:
            found.append(Given(plain, fraction_of(plain)))
        except SymbackpropError:
            continue
    return found
