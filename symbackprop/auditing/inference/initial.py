"""A draft -> a network file: what a document states, and a blank for each thing that it does not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from symbackprop.auditing.inference.draft import Draft

BLANK = "# not stated in the document: give its value"


def network_file(draft: Draft, name: str = "") -> str:
    """The TOML of a draft; `name` is that of the document.

    >>> print(network_file(Draft({"y": "w*x"}, {"inputs": {"x": "2"}, "parameters": {"w": None}})))
    [inputs]
    x = 2
    <BLANKLINE>
    [parameters]
    w = ""  # not stated in the document: give its value
    <BLANKLINE>
    [equations]
    y = "w*x"
    <BLANKLINE>
    """
    lines: list[str] = []
    if name:
        lines += [f"source = {_quoted(name)}", ""]
    for section, values in draft.leaves.items():
        if values:
            lines += [f"[{section}]", *_values(values), ""]
    lines += ["[equations]", *_equations(draft), ""]
    if draft.cost:
        lines += ["[training]", *_training(draft), ""]
    if draft.decimals is not None:
        lines += ["[document]", f"decimals = {draft.decimals}", ""]
    return "\n".join(lines)


def _values(values: Mapping[str, str | None]) -> Iterator[str]:
    for name, value in values.items():
        yield f"{name} = {value}" if value is not None else f'{name} = ""  {BLANK}'


def _equations(draft: Draft) -> Iterator[str]:
    if not draft.equations:
        yield "# no net input, activation or cost is written out in the document; one line for each, such as"
        yield '# net_h1 = "w_1*i_1 + w_2*i_2 + b_1"'
    for name, equation in draft.equations.items():
        if name in draft.like:
            yield f"# {name} is not written out in the document; as {draft.like[name]}:"
        elif name == draft.supposed:
            yield "# this cost is not written out in the document; its gradients are those of it:"
        yield f'{name} = "{equation}"'


def _training(draft: Draft) -> Iterator[str]:
    yield f'cost = "{draft.cost}"'
    if draft.learning_rate is not None:
        yield f"learning_rate = {draft.learning_rate}"
    else:
        yield "# learning_rate = 0.5  # not stated in the document"
    if draft.frozen:
        yield "frozen = [" + ", ".join(f'"{name}"' for name in draft.frozen) + "]"


def _quoted(text: str) -> str:
    """A TOML string of one line."""
    shown = "".join(character if character.isprintable() else "?" for character in text[:200])
    return '"' + shown.replace("\\", "\\\\").replace('"', '\\"') + '"'
