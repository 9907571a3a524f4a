"""Which target belongs to which output."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from symbackprop.auditing.inference.analogy import made
from symbackprop.auditing.inference.evidence import Evidence
from symbackprop.auditing.inference.spelling import numbered
from symbackprop.auditing.inference.words import TARGETS, role
from symbackprop.auditing.mathematics.tree import Name, Node

_WITHIN = re.compile(r"([a-z]?\d{1,4})_?[a-z]+$")  # the unit in o1_out and y1final


class Pairing:
    """The outputs of a network by the tags of their units, and the names of their targets."""

    def __init__(self, outputs: Sequence[str], evidence: Evidence, formulas: Mapping[str, Node]) -> None:
        self.outputs = outputs
        self.evidence = evidence
        self.by_tag = {self.tag(output): output for output in reversed(outputs)}
        self.targets: dict[str, list[str]] = {}  # by the tags of their outputs, "" for the only one
        for held in evidence.spellings:
            unit = role(evidence.name(held), TARGETS) if held not in formulas else None
            if unit is not None:
                self.targets.setdefault(unit, []).append(held)

    def target(self, output: str) -> Name:
        """The name of the target of an output: one in the document with its tag, else target_o1."""
        tag = self.tag(output)
        fitting = self.targets.get(tag) or self.targets.get(str(numbered(tag)[1]), [])
        if len(self.outputs) == 1:
            every = [held for targets in self.targets.values() for held in targets]
            fitting = fitting or self.targets.get("", []) or (every if len(every) == 1 else [])
        best = max(fitting, key=lambda held: (bool(self.evidence.value(held)), self.evidence.count[held]), default=None)
        if best is not None:
            return made(self.evidence.name(best))
        return made("target" if len(self.outputs) == 1 else f"target_{tag}")

    def tag(self, output: str) -> str:
        """The unit of an output: o1 of out_o1."""
        name = self.evidence.name(output).lower()
        if within := _WITHIN.search(name):
            return within[1]
        head, _, tail = name.rpartition("_")
        unit, number = numbered(tail)
        if head and number is not None:
            return tail
        return str(numbered(name)[1]) if len(unit) != 1 and numbered(name)[1] is not None else tail
