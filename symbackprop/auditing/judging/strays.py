"""Names with a letter at their front that does not belong there: w_{ij} jO_i, where O_i is a name and jO_i is none."""

from __future__ import annotations

from dataclasses import replace

from symbackprop.auditing.judging.context import Context
from symbackprop.auditing.judging.view import NOW
from symbackprop.auditing.mathematics.tree import Name, Node, rebuilt, walk

SIGNS = frozenset("dxX")  # which make a differential or a product of what stands behind them


def without_strays(context: Context, tree: Node) -> tuple[Node, str]:
    """(`tree` without the stray letters, what was taken off in words); the words are "" where there are none."""
    found = {part.text: rest for part in walk(tree) if isinstance(part, Name) and (rest := _rest(context, part))}
    if not found:
        return tree, ""
    text = " ".join(f"{name} stands where {rest.text} belongs." for name, rest in found.items())
    return _replaced(tree, found), text


def _replaced(tree: Node, found: dict[str, Name]) -> Node:
    if isinstance(tree, Name):
        return replace(found[tree.text], span=tree.span) if tree.text in found else tree
    return rebuilt(tree, lambda part: _replaced(part, found))


def _rest(context: Context, name: Name) -> Name | None:
    """The name that is left without the first letter, where that is known and the whole is not, and stands but here."""
    names = context.names
    if names is None or not (len(name.base) > 1 and name.base[:2].isalpha()) or name.base[0] in SIGNS:
        return None
    letter, rest = Name(name.base[0], name.span), replace(name, base=name.base[1:])
    if names.is_known(name) or context.readings(letter, NOW) or names.count(name) > 1:
        return None
    return rest if names.is_known(rest) else None
