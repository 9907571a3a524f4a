"""The words of the field by which a name says what it is."""

from __future__ import annotations

import re
from functools import lru_cache

from symbackprop.auditing.inference.spelling import ascii_name, numbered
from symbackprop.auditing.mathematics.tree import Name

RATES = frozenset({"eta", "alpha", "lr", "learningrate", "rate", "epsilon", "learnrate", "stepsize"})
OUTPUTS = frozenset(
    {
        "output", "outputs", "out", "predicted", "prediction", "predictions", "pred", "ypred", "ypredicted", "yhat",
        "computed", "predictedoutput", "computedvalue", "computedoutput", "networkoutput", "yprediction", "haty",
        "predictedvalue", "modeloutput", "yout", "youtput", "ycap", "ypredict", "o",
        "salida", "saida", "sortie", "ausgabe", "ausgang", "uscita", "cikti",
    }
)  # fmt: skip
TARGETS = frozenset(
    {
        "target", "targets", "t", "y", "ytrue", "actual", "true", "label", "labels", "expected", "desired", "d",
        "ytarget", "actualoutput", "targetoutput", "targetvalue", "truevalue", "groundtruth", "yactual", "tgt", "truth",
        "actualvalue", "expectedoutput", "desiredoutput", "ylabel", "yexpected", "trg", "tar", "ydesired", "ybar",
        "ideal", "yd", "deseado", "deseada", "esperado", "objetivo", "alvo", "cible", "voulu", "ziel", "zielwert",
        "soll", "sollwert", "hedef",
    }
)  # fmt: skip
GIVEN = frozenset({"x", "i", "in", "inp", "input", "inputs", "bias"})
_COST_BASES = frozenset(
    {"c", "e", "l", "j", "cost", "loss", "error", "mse", "sse", "bce", "ce", "etotal", "totalerror", "errortotal",
     "losst", "ltotal", "rmse", "totalloss", "err", "q"}
)  # fmt: skip
_ERRORS = ("e", "l", "c", "j")  # first letters
_PARAMETER = re.compile(
    r"(w|b|v|u|theta|weight|bias|beta|th|wt|wx|wh|wy|wb|omega)s?(?![a-z])|(w|theta)[a-z]{1,2}(?![a-z])|(weight|bias)",
    re.I,
)
_BACKWARD = re.compile(
    r"(delta|grad|gradient|nabla|deltas|dw|db|change|step|update|velocity|momentum)(?![a-z])|Delta|GRAD"
)
_UNIT_FIRST = re.compile(r"([a-z]?\d{1,4})([a-z]{4,})")
_UNIT = re.compile(r"[^0-9a-z]")


def letters(name: str) -> str:
    """The letters of an ASCII name in lower case, without its number: y_true -> ytrue, target_o1 -> targeto."""
    return _UNIT.sub("", numbered(name)[0].lower())


def is_rate(name: Name) -> bool:
    """Whether a name is one by which a learning rate is known."""
    return letters(ascii_name(name)) in RATES


def is_parameter(name: str) -> bool:
    """Whether an ASCII name is one by which a weight or a bias is known.

    >>> is_parameter("w_11"), is_parameter("bias_1"), is_parameter("W_xh"), is_parameter("wpr"), is_parameter("x_1")
    (True, True, True, True, False)
    """
    return _PARAMETER.match(name) is not None


def is_backward(name: str) -> bool:
    """Whether an ASCII name is one of a gradient, a node error or a change."""
    return _BACKWARD.match(name) is not None


def is_cost(name: str) -> bool:
    """Whether an ASCII name is one by which a cost is known.

    >>> is_cost("E_total"), is_cost("Loss"), is_cost("E_o1"), is_cost("net_o1")
    (True, True, False, False)
    """
    return letters(name) in _COST_BASES and numbered(name)[1] is None


def is_error(name: str) -> bool:
    """Whether an ASCII name may be that of an error, or of a part of one.

    >>> is_error("E_o1"), is_error("Loss"), is_error("epsilon_1"), is_error("net_o1")
    (True, True, False, False)
    """
    return letters(name)[:1] in _ERRORS and letters(name) not in RATES


@lru_cache(maxsize=65536)
def role(name: str, words: frozenset[str]) -> str | None:
    """The unit that a name in a role names: o1 of target_o1, "" of target; None where it has not that role.

    >>> role("target_o1", TARGETS), role("y_true", TARGETS), role("net_o1", TARGETS)
    ('o1', '', None)
    """
    plain = _UNIT.sub("", name.lower())
    stem, number = numbered(plain)
    if stem in words:
        return "" if number is None else str(number)
    if (ending := _UNIT_FIRST.fullmatch(plain)) and ending[2] in words:
        return ending[1]
    word = next((word for word in sorted(words, key=len, reverse=True) if plain.startswith(word)), None)
    if word is None:
        return None
    tag = plain[len(word) :]
    unit, number = numbered(tag)
    return tag if (number is not None and len(unit) <= 1 and len(word) > 1) or _marked(name, tag) else None


def _marked(name: str, tag: str) -> bool:
    """Whether `tag` stands behind an underscore of its own: t_o1."""
    return bool(tag) and len(tag) <= 4 and name.lower().endswith("_" + tag)
