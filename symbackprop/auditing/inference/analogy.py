"""A unit by analogy with another of its layer: out_h2 as out_h1, with the next weights."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import pairwise

from symbackprop.auditing.documents.source import Span
from symbackprop.auditing.inference.forms import names, renamed, terms_of
from symbackprop.auditing.inference.spelling import ascii_name, key, key_of, numbered, pattern, with_number
from symbackprop.auditing.inference.words import is_parameter
from symbackprop.auditing.mathematics.tree import Name, Negative, Node, Number, Product, Sum, factors_of


def made(text: str) -> Name:
    """The name whose ASCII name is `text`."""
    return Name(text, Span(0, 0))


def is_weighted_sum(formula: Node) -> bool:
    """Whether a formula is a sum of products of names, some of them parameters."""
    held = False
    for term in terms_of(formula):
        body = term.operand if isinstance(term, Negative) else term
        factors = factors_of(body)
        if not all(isinstance(factor, Name | Number) for factor in factors):
            return False
        parameters = sum(isinstance(factor, Name) and is_parameter(ascii_name(factor)) for factor in factors)
        held = held or parameters > 0
    return held and isinstance(formula, Sum | Product)


def analogous(formula: Node, model: str, head: str, taken: Collection[str], known: Collection[str]) -> tuple[Node, ...]:
    """The formulas that `head` may have after that of its sibling `model`, the likeliest first.

    In a weighted sum the sources stay, and each weight gives way to the one with the unit's number in its index
    (w_12 -> w_22) or to the next ones in a running count (w_1, w_2 -> w_3, w_4); a bias is shared or the unit's own.
    Elsewhere all names with the sibling's number get the unit's (net_h1 -> net_h2). `taken` are the keys of the names
    in other formulas, `known` those of all names of the document.
    """
    old, new = pattern(model)[1], pattern(head)[1]
    if old is None or new is None:
        return ()
    if is_weighted_sum(formula):
        return tuple(_weighted(formula, old, new, taken, known))
    changed = {}
    for name in names(formula):
        text = ascii_name(name)
        if pattern(text)[1] == old:
            changed[key(name)] = made(with_number(text, new))
    return (renamed(formula, changed),) if changed else ()


def _weighted(formula: Node, old: int, new: int, taken: Collection[str], known: Collection[str]) -> Iterator[Node]:
    weights: list[str] = []
    biases: list[str] = []
    for term in terms_of(formula):
        body = term.operand if isinstance(term, Negative) else term
        factors = [factor for factor in factors_of(body) if isinstance(factor, Name)]
        parameters = [ascii_name(factor) for factor in factors if is_parameter(ascii_name(factor))]
        (weights if len(factors) > len(parameters) else biases).extend(parameters)
    renamings = _tagged(weights, old, new) or _running(weights, old, new)
    if not weights or any(key_of(text) in taken for text in renamings.values()):
        return
    own = {bias: with_number(bias, new) for bias in biases if pattern(bias)[1] == old}
    own = {bias: text for bias, text in own.items() if key_of(text) not in taken}
    shared_first = not all(key_of(text) in known for text in own.values())
    for more in ({}, own) if shared_first or not own else (own, {}):
        whole = renamings | more
        yield renamed(formula, {key_of(bare): made(text) for bare, text in whole.items()})


def _index(name: str) -> tuple[str, list[str], str]:
    """(base, places, joint) of an index: W1_12 gives W1_, [1, 2]; w_H21_H11 gives w_, [H21, H11]."""
    head, mark, tail = name.partition("_")
    if "_" in tail:
        return head + mark, tail.split("_"), "_"
    stem, number = numbered(name)
    return (stem, list(str(number)), "") if number is not None else (name, [], "")


def _tagged(weights: list[str], old: int, new: int) -> dict[str, str]:
    """The weights with the unit's number in the place of their index in which all have the sibling's."""
    read = [_index(weight) for weight in weights]
    lengths = {len(places) for _, places, _ in read}
    if len(lengths) != 1 or lengths == {0}:
        return {}
    (length,) = lengths
    if length == 1:
        return {}
    for place in range(length):
        parts = {places[place] for _, places, _ in read}
        if len(parts) == 1 and numbered(part := parts.pop())[1] == old:
            changed = numbered(part)[0] + str(new)
            return {
                weight: base + joint.join([*places[:place], changed, *places[place + 1 :]])
                for weight, (base, places, joint) in zip(weights, read, strict=True)
            }
    return {}


def _running(weights: list[str], old: int, new: int) -> dict[str, str]:
    """The next weights of a running count: w_1, w_2 -> w_3, w_4; w_1, w_3 -> w_2, w_4."""
    read = [numbered(weight) for weight in weights]
    counts = [number for _, number in read if number is not None]
    if len(counts) != len(weights):
        return {}
    consecutive = all(later - earlier == 1 for earlier, later in pairwise(counts))
    shift = (new - old) * (len(weights) if consecutive else 1)
    if counts and min(counts) + shift < 0:
        return {}
    return {
        weight: f"{stem}{number + shift}"
        for weight, (stem, number) in zip(weights, read, strict=True)
        if number is not None
    }
