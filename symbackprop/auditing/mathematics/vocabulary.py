"""Words that decide how something is read: functions, marks of an update, words of a sentence."""

from __future__ import annotations

import re
from functools import lru_cache

from symbackprop.auditing.mathematics.statements import Noun


def words(text: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(text.split())


FUNCTIONS = {
    "σ": "sigmoid", "sigma": "sigmoid", "sigmoid": "sigmoid", "Sigmoid": "sigmoid", "logistic": "sigmoid",
    "sig": "sigmoid", "sigm": "sigmoid", "sigmod": "sigmoid", "expit": "sigmoid", "logsig": "sigmoid",
    "SIGMOID": "sigmoid", "sigmoide": "sigmoid", "Sigmoide": "sigmoid", "sigmoïde": "sigmoid", "sigmoida": "sigmoid",
    "сигмоид": "sigmoid", "сигмоида": "sigmoid", "logistica": "sigmoid", "logística": "sigmoid",
    "tanh": "tanh", "Tanh": "tanh", "TanH": "tanh", "tansig": "tanh", "tgh": "tanh", "TANH": "tanh",
    "relu": "relu", "ReLU": "relu", "ReLu": "relu", "RELU": "relu", "Relu": "relu",
    "exp": "exp", "Exp": "exp", "EXP": "exp", "ln": "log", "log": "log", "Log": "log", "Ln": "log", "LN": "log",
    "log2": "log2", "log10": "log10",
    "softmax": "softmax", "Softmax": "softmax", "softplus": "softplus", "Softplus": "softplus",
    "sqrt": "sqrt", "sin": "sin", "cos": "cos", "tan": "tan", "sinh": "sinh", "cosh": "cosh",
    "max": "max", "min": "min", "abs": "abs", "sum": "sum", "mean": "mean", "identity": "identity",
    "sign": "sign", "step": "step", "argmax": "argmax", "elu": "elu", "gelu": "gelu", "swish": "swish", "dot": "dot",
    "diag": "diag",
    "leaky_relu": "leaky_relu", "LeakyReLU": "leaky_relu", "leakyrelu": "leaky_relu", "lrelu": "leaky_relu",
}  # fmt: skip
_SLOPES = words("d deriv derivative derivatives derived prime grad gradient der diff")
_BESIDE = words("of output to from out activation")  # words that may stand beside those in the name of a function
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
WRITTEN = frozenset("fgFGφψσSΦ") | {"phi", "psi"}  # that name an activation where a bracket with one expression follows
UNBRACKETED = frozenset({"exp", "log", "tanh", "sin", "cos", "sinh", "cosh", "sqrt"})
MODULES = frozenset({"np", "numpy", "math", "torch", "tf", "jnp", "F", "nn", "cp", "Math"})
SELVES = frozenset({"self", "this"})

NEW = frozenset(
    {"new", "neu", "neue", "neuer", "neues", "nuevo", "nueva", "nouveau", "nouvelle", "novo", "nova", "nuovo", "nuova"}
    | {"baru", "yeni", "updated", "update", "New", "NEW", "Updated", "nieuw", "ny", "nowy", "nowa", "новый", "新"}
    | words("nowe nový nová nové új uusi mới nya nye новое новая новые новий нове νέο جدید جديد nou nouă")
)
OLD = frozenset(
    {"old", "alt", "viejo", "ancien", "lama", "eski", "velho", "vecchio", "Old", "OLD", "旧", "prev"}
    | words("stary stara stare starý staré régi vanha cũ gammal старый старое старая старий antigo antiga antiguo")
)
AFTER = frozenset({"after", "nach", "nachher", "après", "apres", "depois", "después", "despues", "dopo", "sesudah"})
BEFORE = frozenset({"before", "vorher", "avant", "antes", "prima", "sebelum"})  # both as indices alone: E_{after}
SPELT_OUT = frozenset({"alpha", "eta", "delta", "theta", "gamma", "lambda"})  # letters by their names, in a sentence
INDEXED = re.compile(r"(?:[vwVW]|[Ee]rr|[Nn]et|[Oo]ut|[Dd]elta)[ijk]{1,2}|[A-Za-z]j")  # wjk, Errk, Oj: names, no words
LETTERED = re.compile(r"[A-Za-zθ][ijk]")  # Oi: a name behind one that is none but a name
ARTICLES = words("a an the A An The I")

# Nouns before a sign that say little without the word before them, and the words that may stand there.
HEADS = words(
    "rate value values output outputs error errors loss input inputs sum weight bias target gradient cost prediction "
    "net delta activation term"
)
QUALIFIERS = words(
    "learning target computed predicted actual total net expected desired weighted output input hidden squared mean "
    "true average local node final initial overall observed"
)
QUANTITIES = HEADS | words(
    "out net loss error cost target y t yhat actual predicted prediction expected desired output delta Loss Error Cost "
    "Target Output Prediction Actual Out Net MSE mse label sigmoid ideal computed observed true truth eta alpha lr "
    "momentum Delta grad gradient Gradient logits z a E L C J Err err"
)
LABELS = words(
    "step layer epoch iteration example eq equation figure fig node neuron unit case part section chapter table so "
    "thus hence then note therefore result now answer where first second third finally here example solution given "
    "let next update check verify result results remark total also forward backward pass stage question problem task "
    "exercise slide page round sample"
)
HYPHENATED = words("cross mean feed back pre post sub squared re step non multi one two three single log")
BREAKING = words(
    "and or where if for so with then otherwise when let thus hence since because is are as to from while i.e. e.g. "
    "but therefore giving gives given at on by of here we get which using respectively after before"
)
OPERATING = words("times plus minus multiplied divided mal por fois kali")
REFERENCES = words(
    "figure fig section sec eq equation chapter table version python page ch step lecture part appendix v example "
    "algorithm theorem tensorflow pytorch numpy cuda keras slide exercise"
)
NOUNS = {
    Noun.WEIGHT: words("weight weights gewicht gewichte gewichten poids peso pesos pesi bobot waga wagi вес веса"),
    Noun.BIAS: words("bias biases thresholds biais sesgo sesgos bobotbias"),
    Noun.PARAMETER: words("parameter parameters params"),
    Noun.GRADIENT: words(
        "gradient gradients grad grads derivative derivatives gradienten gradientes gradiente gradienti gradien"
    ),
    Noun.DELTA: words("delta deltas"),
    Noun.NET: words("net nets sums preactivation preactivations logits"),
    Noun.ACTIVATION: words(
        "activation activations prediction predictions predicted yhat aktivierungen sorties salidas saídas"
    ),
    Noun.TARGET: words("target targets desired expected labels"),
    Noun.COST: words("error loss cost fehler verlust perte erreur pérdida perda galat"),
}


@lru_cache(maxsize=4096)
def derivative_of(name: str) -> str | None:
    """The function of whose derivative the name of a function speaks; None where it speaks of none.

    >>> [derivative_of(name) for name in ("sigmoid_derivative", "dtanh", "sigmoidPrime", "d_relu", "sigmoid")]
    ['sigmoid', 'tanh', 'sigmoid', 'relu', None]
    """
    if name[:1] == "d" and name[1:] in FUNCTIONS and len(name) > 3:
        return FUNCTIONS[name[1:]]
    spoken = [word.lower() for word in _WORD.findall(name)]
    rest = [word for word in spoken if word not in _SLOPES | _BESIDE]
    if not _SLOPES.intersection(spoken) or not rest or "".join(_WORD.findall(name)) != name.replace("_", ""):
        return None
    return FUNCTIONS.get("_".join(rest))
