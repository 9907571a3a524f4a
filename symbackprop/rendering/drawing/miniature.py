"""The small drawing beside a step: the whole network faint, drawn once a page, and what is picked out before it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from xml.etree.ElementTree import Element, SubElement

from symbackprop.expressions.names import text
from symbackprop.rendering.drawing.layout import Drawing, Node
from symbackprop.rendering.drawing.outline import Kind
from symbackprop.rendering.drawing.painting import is_node_picked, is_picked
from symbackprop.rendering.drawing.picture import Path
from symbackprop.rendering.drawing.svg import path_data

WIDE = 360  # units of length from left to right; the style sheet shows them as half as many pixels
NAMED = 5  # of the picked quantities that are all told


def shared(drawing: Drawing, identity: str = "network") -> Element:
    """What all small drawings of a page refer to, to be put into it once, before them: a symbol with the id."""
    svg = Element("svg", {"class": "drawing", "width": "0", "height": "0", "aria-hidden": "true"})
    symbol = SubElement(svg, "symbol", {"id": identity, "viewBox": _box(drawing)})
    edges, dots = _paths(drawing, [edge.path for edge in drawing.edges], drawing.nodes)
    # What is referred to is not reached by the page's style sheet in every browser: attributes alone say how it looks.
    faint = SubElement(symbol, "g", {"fill": "none", "stroke": "currentColor", "opacity": "0.3"})
    SubElement(faint, "path", {"stroke-width": "2", "d": edges or "M0 0"})
    SubElement(faint, "path", {"stroke-width": "18", "stroke-linecap": "round", "d": dots or "M0 0"})
    return svg


def small(drawing: Drawing, picked: Collection[str], identity: str = "network") -> Element:
    """The small drawing in which the `picked` quantities and parameters stand out; it refers to what is `shared`."""
    nodes = [node for node in drawing.nodes if is_node_picked(drawing, node, picked)]
    names = [name for node in nodes for name in node.vertex.names if name in picked]
    leaves = [name for name in picked if name not in names]
    told = [text(name) for name in (*sorted(leaves), *names)]
    shown = told if len(told) <= NAMED else [*told[: NAMED - 1], "...", told[-1]]
    svg = Element("svg", {"class": "drawing small", "role": "img", "viewBox": _box(drawing)})
    svg.set("aria-label", "Picked out: " + ", ".join(shown))
    SubElement(svg, "use", {"href": f"#{identity}"})
    edges, dots = _paths(drawing, [edge.path for edge in drawing.edges if is_picked(drawing, edge, picked)], nodes)
    if edges:
        SubElement(svg, "path", {"d": edges})
    if dots:
        SubElement(svg, "path", {"class": "dot", "d": dots})
    return svg


def _paths(drawing: Drawing, edges: Iterable[Path], nodes: Iterable[Node]) -> tuple[str, str]:
    """One path of all edges, and one of a dot for each node."""
    lines = "".join(path_data(_scaled(path, drawing)) for path in edges)
    drawn = [node for node in nodes if node.vertex.kind is not Kind.GAP]
    dots = "".join(path_data(_scaled(((node.x, node.y),), drawing)) + "h0" for node in drawn)
    return lines, dots


def _box(drawing: Drawing) -> str:
    return f"0 0 {WIDE} {drawing.height * WIDE // drawing.width}"


def _scaled(path: Path, drawing: Drawing) -> Path:
    return tuple(tuple(int(value * WIDE) // drawing.width for value in point) for point in path)
