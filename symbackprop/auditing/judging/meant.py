"""What a number that stands in a sentence is said to be: the cost, an output, or what was spoken of before."""

from __future__ import annotations

import re
from collections.abc import Sequence

from symbackprop.auditing.judging.context import Context
from symbackprop.auditing.mathematics.statements import Mention
from symbackprop.auditing.truth import Quantity, Truth

_COST = re.compile(
    r"\b(?:error|loss|cost|mse|sse|fehler|verlust|kosten|erreur|perte|coût|pérdida|coste|perda|erro|custo|errore|perdita"
    r"|galat|kesalahan)\b|误差|誤差|损失|損失|오차|손실|ошибк|потер",
    re.IGNORECASE,
)
OUTPUT = re.compile(
    r"\b(?:outputs?|predict\w*|generates?|produces?|ausgaben?|sorties?|salidas?|saídas?|uscit[ae]|keluaran)\b"
    r"|输出|輸出|出力|출력|выход",
    re.IGNORECASE,
)
FALLS = (
    r"(?:reduces?|reduced|decreases?|decreased|drops?|dropped|falls?|fell|sinks?|sank|shrinks?|down)(?: \w+)? to"
    r"|(?:sinkt|fällt|sank|fiel) auf|(?:baja|disminuye|scende) a|(?:diminue|tombe|baisse) à|cai para|turun menjadi"
)
_IT_FALLS = re.compile(rf"\W*(?:(?:and|then|it|this|which|now)\W+){{0,3}}(?:{FALLS})\W*", re.IGNORECASE)


def meant(context: Context, truth: Truth, mention: Mention, count: int) -> Sequence[Quantity]:
    """The quantities that the words around a mention may mean; what falls to a number is what was spoken of before."""
    costs, outputs = costs_of(truth), _outputs(truth)
    words = [(match.start(), "cost") for match in _COST.finditer(mention.before)]
    words += [(match.start(), "outputs") for match in OUTPUT.finditer(mention.before)]
    if count > 1:
        return outputs if len(outputs) == count and mention.described is None else ()
    if not words and context.spoken is not None and _IT_FALLS.fullmatch(mention.before):
        return [context.spoken]
    if not words:
        return [*costs, *outputs]
    return costs if max(words)[1] == "cost" and costs else outputs


def costs_of(truth: Truth) -> list[Quantity]:
    """What is differentiated; where a penalty is added to an error, that error alone too."""
    graph, cost = truth.problem.graph, truth.derivation.cost
    found = [cost] if cost else []
    errors = graph.dependents(graph.targets)
    while found:
        uses = graph.by_name[found[-1]].uses
        parts = [use for use in uses if use in errors]
        if len(parts) != 1 or len(uses) == 1:
            break
        found += parts
    return [Quantity(name) for name in found]


def _outputs(truth: Truth) -> list[Quantity]:
    """The last activations: what the error is made from."""
    graph = truth.problem.graph
    error = graph.dependents(graph.targets)
    used = [name for definition in graph.definitions if definition.name in error for name in definition.uses]
    names = [name for name in dict.fromkeys(used) if name in graph.by_name and name not in error]
    return [Quantity(name) for name in names]
