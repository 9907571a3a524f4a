"""A picture -> SVG: an element for a page, or a file that stands alone, light and dark.

Colours are custom properties, --ink, --paper, --tint, --soft, --positive and --negative, that a page may set; where
style sheets are not read, attributes say the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from xml.etree.ElementTree import Element, SubElement, tostring

from symbackprop.rendering.drawing.lettering import SMALLER, Piece, advance, lettered
from symbackprop.rendering.drawing.picture import (
    BASELINE,
    COLOURS,
    DARK,
    DASHES,
    FAINT,
    STYLES,
    Anchor,
    Area,
    Mark,
    Path,
    Picture,
    Role,
    Stroke,
    Text,
    border,
)
from symbackprop.rendering.escaping import writable

NAMESPACE = "http://www.w3.org/2000/svg"
FONT = '"STIX Two Text","Latin Modern Roman","Times New Roman",Times,serif'
LOWERED, RAISED = 0.3, 0.42  # of the size of letters, by which an index stands lower and an exponent higher


def _rule(role: Role) -> str:
    look = STYLES[role]
    parts = [f"{name}:{_variable(colour)}" for name, colour in (("stroke", look.stroke), ("fill", look.fill)) if colour]
    return f".drawing .{role}{{{';'.join(parts)}}}"


def _variable(colour: str) -> str:
    return f"var(--{colour},{COLOURS[colour]})"


STYLE = (
    f".drawing{{font-family:{FONT};color:{_variable('ink')}}}"
    + "".join(map(_rule, Role))
    + f".drawing .paper{{fill:{_variable('paper')}}}"
    + ".drawing.small{width:180px}.drawing.small path{fill:none;stroke:currentColor;stroke-width:5}"
    + ".drawing.small .dot{stroke-width:20;stroke-linecap:round}"
)
"""The style sheet of all drawings, for a page that holds some."""

_OWN = "@media (prefers-color-scheme:dark){.drawing{" + ";".join(f"--{n}:{c}" for n, c in DARK.items()) + "}}"


def element(picture: Picture) -> Element:
    """The picture as an <svg> for a page of HTML; the page holds `STYLE` once."""
    svg = Element("svg", {"class": "drawing", "role": "img", "viewBox": f"0 0 {picture.width} {picture.height}"})
    SubElement(svg, "title").text = writable(picture.title)
    SubElement(svg, "desc").text = writable(picture.description)
    for attributes, marks in groupby(picture.marks, key=_group):
        group = SubElement(svg, "g", dict(attributes))
        for mark in marks:
            group.append(_mark(mark))
    return svg


def standalone(picture: Picture) -> str:
    """The picture as a file of its own, with its style, on paper that is dark where the reader prefers it."""
    return alone(element(picture))


def alone(svg: Element) -> str:
    """The <svg> of a page as such a file."""
    _, _, width, height = svg.get("viewBox", "").split()
    paper = Element("rect", {"class": "paper", "width": "100%", "height": "100%", "fill": COLOURS["paper"]})
    style = Element("style")
    style.text = STYLE + _OWN
    whole = Element("svg", {"xmlns": NAMESPACE, "width": width, "height": height, **svg.attrib, "font-family": FONT})
    whole.extend([*svg[:2], style, paper, *svg[2:]])
    return tostring(whole, encoding="unicode") + "\n"


def number(value: float) -> str:
    """A length in at most one decimal.

    >>> number(3.0), number(2.04), number(-0.01)
    ('3', '2', '0')
    """
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def path_data(path: Path) -> str:
    """The path in the language of SVG.

    >>> path_data(((0, 1), (5, 1), (7, 1, 7, 9, 9, 9)))
    'M0 1L5 1C7 1 7 9 9 9'
    """
    start, *others = path
    commands = ["M" + " ".join(map(number, start))]
    commands += [("L" if len(to) == 2 else "C") + " ".join(map(number, to)) for to in others]
    return "".join(commands)


def _group(mark: Mark) -> tuple[tuple[str, str], ...]:
    """The attributes that a mark shares with its neighbours."""
    look = STYLES[mark.role]
    attributes = {"class": str(mark.role), "stroke": COLOURS.get(look.stroke, "none")}
    match mark:
        case Stroke():
            attributes |= {"fill": "none"} | ({"stroke-dasharray": " ".join(map(str, DASHES))} if look.dashed else {})
        case Area():
            attributes |= {"fill": COLOURS[look.fill]}
            attributes |= {"stroke-width": number(border(mark.role))} if look.stroke else {}
        case Text():
            attributes = {"class": str(mark.role), "fill": COLOURS[look.fill], "font-size": str(mark.size)}
            attributes |= {} if mark.anchor is Anchor.START else {"text-anchor": str(mark.anchor)}
    return tuple({**attributes, **({"opacity": str(FAINT)} if mark.faint else {})}.items())


def _mark(mark: Mark) -> Element:
    match mark:
        case Stroke():
            return Element("path", {"d": path_data(mark.path), "stroke-width": number(mark.thickness)})
        case Area() if mark.radius * 2 == mark.width == mark.height:
            return Element("circle", {"cx": number(mark.x), "cy": number(mark.y), "r": number(mark.radius)})
        case Area():
            left, top = number(mark.x - mark.width / 2), number(mark.y - mark.height / 2)
            size = {"width": number(mark.width), "height": number(mark.height), "rx": number(mark.radius)}
            return Element("rect", {"x": left, "y": top, **size})
        case Text():
            return _text(mark)


def _text(mark: Text) -> Element:
    text = Element("text", {"x": number(mark.x), "y": number(mark.y + BASELINE * mark.size)})
    for attributes, words in _spans(lettered(mark.line), mark.size):
        if attributes or len(text):
            SubElement(text, "tspan", attributes).text = words
        else:
            text.text = (text.text or "") + words
    return text


def _spans(pieces: Sequence[Piece], size: int) -> Iterator[tuple[dict[str, str], str]]:
    """Each piece with its attributes; an index under an exponent goes back to where that begins."""
    shift = raised = beyond = 0.0  # how wide the exponent just before is, and how far it stands out over its index
    for piece in pieces:
        wanted = {0: 0.0, 1: -RAISED * size, -1: LOWERED * size}[piece.level]
        attributes = {"font-style": "italic"} if piece.italic else {}
        if piece.level:
            attributes["font-size"] = number(SMALLER * size)
        if wanted != shift:
            attributes["dy"] = number(wanted - shift)
        lowered = piece.level == -1
        if (aside := -raised if lowered else beyond) and number(aside) != "0":
            attributes["dx"] = number(aside)
        beyond = max(0.0, (raised if raised else beyond) - advance(piece, size)) if lowered else 0.0
        raised = advance(piece, size) if piece.level == 1 else 0.0
        shift = wanted
        yield attributes, piece.text
