"""The drawings of a page: the network with its two faces, and the small one beside each step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from symbackprop.derivation.steps import Derivation
from symbackprop.derivation.working import derive
from symbackprop.errors import SymbackpropError
from symbackprop.evaluation.worked import Working, work
from symbackprop.network.problem import Problem
from symbackprop.rendering.drawing import miniature, svg
from symbackprop.rendering.drawing.contents import Face
from symbackprop.rendering.drawing.following import followed
from symbackprop.rendering.drawing.layout import Drawing, lay_out
from symbackprop.rendering.drawing.painting import painted
from symbackprop.rendering.page.elements import Element, element

FACES = ((Face.FORWARD, "Forward: values"), (Face.BACKWARD, "Backward: node errors and gradients"))


@dataclass(frozen=True, slots=True)
class Figures:
    """The drawings of one derivation; `identity` begins the ids that belong to them."""

    derivation: Derivation
    drawing: Drawing
    identity: str

    def faces(self) -> Iterator[Element]:
        """Both faces of the network, one shown at a time, on paper both."""
        for face, name in FACES:
            identity = f"{self.identity}-{face}"
            checked = "checked" if face is Face.FORWARD else None
            yield element("input", type="radio", name=self.identity, id=identity, checked=checked, class_=str(face))
            yield element("label", name, for_=identity)
        for face, name in FACES:
            picture = svg.element(painted(self.drawing, face))
            picture.set("width", str(self.drawing.width))
            yield element("figure", picture, element("figcaption", name), class_=f"face {face}")

    def shared(self) -> Element:
        """What the small drawings refer to; it stands once in a page, before them."""
        return miniature.shared(self.drawing, f"{self.identity}-small")

    def beside(self, name: str) -> Element | None:
        """The small drawing beside the step of a quantity; None where none follows from it."""
        step = self.derivation.by_name.get(name)
        if step is None:
            return None
        return miniature.small(self.drawing, followed(self.derivation, step), f"{self.identity}-small")


def figures_of(problem: Problem | None, identity: str = "network") -> Figures | None:
    """The drawings of a problem's network, without numbers where not all are given; None where it has no derivation."""
    if problem is None or problem.training is None:
        return None
    whole = all(name in problem.values for name in problem.graph.leaves)
    try:
        return figures(work(derive(problem if whole else replace(problem, values={}))), identity)
    except SymbackpropError:
        return None


def figures(working: Working, identity: str = "network") -> Figures:
    """The drawings of a working; one that is cut down shows the numbers that it holds."""
    return Figures(working.derivation, lay_out(working), identity)
