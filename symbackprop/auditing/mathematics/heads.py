"""What the columns of a table are headed: the value before or after an update, a working, a name."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import Enum, auto
from functools import lru_cache

from symbackprop.auditing.documents.source import Mode, Run, Span
from symbackprop.auditing.mathematics.adjacency import symbolic_name
from symbackprop.auditing.mathematics.cursor import Failure
from symbackprop.auditing.mathematics.interpreting import interpreted
from symbackprop.auditing.mathematics.lexing import lex
from symbackprop.auditing.mathematics.macros import Macros
from symbackprop.auditing.mathematics.parser import Parser
from symbackprop.auditing.mathematics.tokens import Sort, Token
from symbackprop.auditing.mathematics.tree import Name, Partial
from symbackprop.auditing.mathematics.vocabulary import INDEXED, NEW, OLD, words

LONGEST = 60  # characters of a head that is read


class Column(Enum):
    """What stands in a column."""

    UNKNOWN = auto()
    BLANK = auto()
    WORKING = auto()
    VALUE = auto()
    BEFORE = auto()
    AFTER = auto()
    GRADIENT = auto()
    UNIT = auto()  # which unit the row is about
    COUNTER = auto()  # how many updates were made


_FILLING = words(
    "the of a an in at for with this weight weights bias biases parameter parameters its step iteration our all by "
    "gewicht gewichte poids peso pesos pesi bobot gewichten"
)
_VALUES = words("wert werte valeur valeurs valor valores valore valori nilai")  # in the languages of NEW and OLD
_RESULTS = _VALUES | words(
    "ergebnis ergebnisse resultat résultat résultats resultado resultados risultato risultati hasil uitkomst wynik "
    "sonuç результат значение 结果 值 数值 結果 値 결과 값"
)
_WORKINGS = words(
    "formel formeln rechnung berechnung formule calcul calculs fórmula formula formulas cálculo cálculos calcolo "
    "calcoli rumus perhitungan berekening wzór obliczenie obliczenia formül hesap hesaplama işlem формула расчёт "
    "расчет вычисление вычисления 公式 计算 算式 計算 式 수식 계산 공식 ecuación equação équation gleichung persamaan"
)
_NEW = frozenset(map(str.lower, NEW))
_OLD = frozenset(map(str.lower, OLD)) | words("vorher anfangswert initiale initiaux inicial ancienne antes awal")
_WORDS = (
    (
        Column.UNIT,
        words(
            "unit units neuron neurons node nodes neurone neurona neurônio neuronio neurone einheit knoten nöron düğüm "
            "birim neuronă neuronul węzeł nod nút nơron нейрон узел 神经元 节点 "
            "单元 ニューロン ユニット ノード 뉴런 노드"
        ),
    ),
    (Column.COUNTER, words("iteration iterations step steps epoch epochs update updates round rounds")),
    (Column.AFTER, words("new updated after update updating adjusted value values") | _NEW | _VALUES),
    (Column.BEFORE, words("old before initial start starting original current value values update") | _OLD | _VALUES),
    (Column.GRADIENT, words("gradient grad gradients gradiente gradienten")),
    (Column.VALUE, words("value values result results answer number numerical numeric printed rounded") | _RESULTS),
    (
        Column.WORKING,
        words(
            "working workings calculation calculations computation formula expression numbers substitution "
            "equation definition rule derivation numerical how calculate compute work arithmetic"
        )
        | _WORKINGS,
    ),
)
_SURE = {
    Column.AFTER: words("new updated after adjusted") | _NEW,
    Column.BEFORE: words("old before initial start starting original current") | _OLD,
}
_BASES = {
    "net": "net", "net input": "net", "weighted sum": "net", "in": "in", "out": "out", "output": "out",
    "activation": "out", "delta": "delta", "node error": "delta", "error term": "delta",
    "ausgabe": "out", "ausgang": "out", "aktivierung": "out", "sortie": "out",
    "salida": "out", "saída": "out", "uscita": "out", "çıktı": "out", "keluaran": "out", "wyjście": "out",
    "đầu ra": "out", "выход": "out", "输出": "out", "出力": "out", "출력": "out",
    "netzeingabe": "net", "nettoeingabe": "net", "entrée nette": "net", "somme pondérée": "net",
    "entrada neta": "net", "suma ponderada": "net", "entrada líquida": "net", "soma ponderada": "net",
    "somma pesata": "net", "net girdi": "net", "净输入": "net", "加权和": "net",
}  # fmt: skip
_SYMBOL = 2  # letters of a symbol that is not ASCII; longer ones are words of another language
_OPERATORS = ("-", "−", "–", "+", "/", "·", "×", "⊙", "=", "\\cdot", "\\times", "\\odot")
_LETTERS = re.compile(r"[^\W\d_]+")
_AFTER = re.compile(r"\bafter (\d{1,7}) (?:\w{1,20} )?(?:updates?|steps?|iterations?|epochs?)\b", re.IGNORECASE)
_LAST = re.compile(r"(.*[,:(]|.* (?=\S+\Z))\s*([^,()]+?)\)?\s*\Z", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Head:
    """A head of a column: what it says of the column, the name or partial that it holds, words on updates."""

    column: Column
    name: Name | Partial | None = None
    after: str = ""

    @property
    def index(self) -> str:
        """The index of the name where it is one letter that any index may stand for."""
        name = self.name
        letter = (name.subscript or name.superscript.strip("()[]")) if isinstance(name, Name) else ""
        return letter if len(letter) == 1 and letter.isalpha() else ""

    def at(self, index: str) -> Name | None:
        """The name with a number in place of its letter; None for another one, or where it has another index too."""
        name = self.name
        if not isinstance(name, Name) or ((name.subscript or name.superscript) and not self.index):
            return None
        if name.superscript and name.subscript:
            return None
        return replace(name, superscript=index) if name.superscript else replace(name, subscript=index)


@lru_cache(maxsize=256)
def heads_of(texts: tuple[str, ...]) -> tuple[Head, ...]:
    """The heads of a table's columns; () where there are none, or where they are a row of numbers themselves.

    >>> [head.column.name for head in heads_of(("Weight", "old value", "updated"))]
    ['UNKNOWN', 'BEFORE', 'AFTER']
    """
    if any(re.fullmatch(r"\W*[0-9.]+\W*", text[:LONGEST]) for text in texts):
        return ()
    return tuple(map(_head, texts))


def at_offset(name: Name | Partial, offset: int) -> Name | Partial:
    """The name of a head, standing where it is not written, before what it is the name of."""
    place = Span(offset, offset)
    if isinstance(name, Name):
        return replace(name, span=place)
    of, by = (replace(part, span=place) if isinstance(part, Name) else part for part in (name.of, name.by))
    return Partial(of, by, place)


def _head(text: str) -> Head:
    text = text.strip(" *$.`")
    if not text or len(text) > LONGEST:
        return Head(Column.UNKNOWN if text else Column.BLANK)
    if counted := _AFTER.search(text):
        rest = {word.lower() for word in _LETTERS.findall(_AFTER.sub("", text))}
        if rest <= _FILLING | {"value", "values"}:
            return Head(Column.VALUE, after=f"after {counted[1]} updates")
    name = name_of(text)
    said = [word.lower() for word in _LETTERS.findall(text)]
    foreign = isinstance(name, Name) and name.text.isalpha() and len(name.text) > _SYMBOL
    if name is None or foreign or not _is_symbol(name):
        if (column := _column(said)) is not Column.UNKNOWN:
            return Head(column)
        if base := _BASES.get(" ".join(said)):
            return Head(Column.UNKNOWN, Name(base, Span(0, 0)))
    if name is None and (match := _LAST.fullmatch(text)):
        last = name_of(match[2].strip(" *$"))
        return _explained(match[1], _split(last) if last is not None else None)
    return Head(Column.UNKNOWN, _split(name) if name is not None and _is_symbol(name) else None)


def _split(name: Name | Partial) -> Name | Partial:
    """Oj is O_j."""
    if isinstance(name, Name) and not name.subscript and INDEXED.fullmatch(name.base):
        return replace(name, base=name.base[:-1], subscript=name.base[-1])
    return name


def _explained(text: str, name: Name | Partial | None) -> Head:
    """A name with words before it: Net input, I_j; unit j."""
    if text.rstrip(" *$(").endswith(_OPERATORS):
        return Head(Column.UNKNOWN)  # the name is the last of a formula
    said = " ".join(word.lower() for word in _LETTERS.findall(text))
    if said in _WORDS[0][1]:
        return Head(Column.UNIT, name)
    if name is None or not _is_symbol(name):
        return Head(Column.UNKNOWN)
    sure = said in _BASES or isinstance(name, Partial) or bool(name.subscript)
    return Head(Column.UNKNOWN, name if sure else None)


def _is_symbol(name: Name | Partial) -> bool:
    """Whether what was read is a name and no word."""
    return isinstance(name, Partial) or symbolic_name(name) or len(name.base) == 1


def _column(texts: list[str]) -> Column:
    """What the words of a head say of their column."""
    said = [word for word in texts if word not in _FILLING] or [word for word in texts if word in _WORDS[1][1]]
    if not said:
        return Column.UNKNOWN
    for column, known in _WORDS:
        if known.issuperset(said) and not _SURE.get(column, known).isdisjoint(said):
            return column
    return Column.UNKNOWN


def name_of(text: str) -> Name | Partial | None:
    """The name or the partial that a text is."""
    mode = Mode.INLINE if "\\" in text else Mode.PROSE
    run = Run(mode, text, tuple(range(len(text) + 1)))
    tokens = interpreted(Macros().expand(lex(run, 0, 0)))
    end = len(tokens)
    tokens.append(Token(Sort.BREAK, "end", len(text), len(text), len(text), len(text), -1, Mode.PROSE))
    parser = Parser(tokens, text)
    if not end or not parser.starts(0):
        return None
    try:
        node, after = parser.expression(0)
    except Failure:
        return None
    if after != end:
        return None
    if isinstance(node, Partial) and not (isinstance(node.of, Name) and isinstance(node.by, Name)):
        return None
    return node if isinstance(node, Name | Partial) else None
