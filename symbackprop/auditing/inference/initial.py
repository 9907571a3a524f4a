"""A draft -> a network file: what a document states and where, and a blank for each thing that it does not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from symbackprop.auditing.inference.draft import Draft

BLANK = "not stated in the document: give its value"


def network_file(draft: Draft, name: str = "", lines: Mapping[str, int] | None = None, part: str = "") -> str:
    """The TOML of a draft; `name` is that of the document, `lines` says where it states values and equations.

    `part` says which part of a document of several examples it is of.

    >>> draft = Draft({"y": "w*x"}, {"inputs": {"x": "2"}, "parameters": {"w": None}})
    >>> print(network_file(draft, lines={"x": 3}))
    [inputs]
    x = 2  # line 3
    <BLANKLINE>
    [parameters]
    w = ""  # not stated in the document: give its value
    <BLANKLINE>
    [equations]
    y = "w*x"
    <BLANKLINE>
    """
    return "\n".join(_Writing(draft, lines or {}).file(name, part))


class _Writing:
    def __init__(self, draft: Draft, lines: Mapping[str, int]) -> None:
        self.draft = draft
        self.lines = lines

    def file(self, name: str, part: str) -> Iterator[str]:
        """The lines of the file."""
        if part:
            yield f"# {part}"
        if name:
            yield from (f"source = {_quoted(name)}", "")
        for section, values in self.draft.leaves.items():
            if values:
                yield from (f"[{section}]", *self._values(values), "")
        yield from ("[equations]", *self._equations(), "")
        if self.draft.cost:
            yield from ("[training]", *self._training(), "")
        if self.draft.decimals is not None:
            yield from ("[document]", f"decimals = {self.draft.decimals}", "")

    def _values(self, values: Mapping[str, str | None]) -> Iterator[str]:
        for name, value in values.items():
            yield f"{name} = {value}{self._place(name)}" if value is not None else f'{name} = ""  # {BLANK}'

    def _place(self, name: str) -> str:
        return f"  # line {self.lines[name]}" if name in self.lines else ""

    def _equations(self) -> Iterator[str]:
        draft = self.draft
        if not draft.equations:
            yield "# no net input, activation or cost is written out in the document; one line for each, such as"
            yield '# net_h1 = "w_1*i_1 + w_2*i_2 + b_1"'
        for name, equation in draft.equations.items():
            if name in draft.like:
                yield f"# {name} is not written out in the document; as {draft.like[name]}:"
            elif name == draft.supposed:
                yield "# this cost is not written out in the document; its gradients are those of it:"
            yield f'{name} = "{equation}"{self._place(name)}'

    def _training(self) -> Iterator[str]:
        draft = self.draft
        yield f'cost = "{draft.cost}"'
        if draft.learning_rate is not None:
            yield f"learning_rate = {draft.learning_rate}"
        elif draft.updated:
            yield f'learning_rate = ""  # {BLANK}'
        if draft.frozen:
            yield "frozen = [" + ", ".join(f'"{name}"' for name in draft.frozen) + "]"


def _quoted(text: str) -> str:
    """A TOML string of one line."""
    shown = "".join(character if character.isprintable() else "?" for character in text[:200])
    return '"' + shown.replace("\\", "\\\\").replace('"', '\\"') + '"'
