"""Tags, entities and the addresses of images that are formulas, each character with its place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape

from symbackprop.auditing.documents.delimiters import holds_sentence
from symbackprop.auditing.documents.placed import Placed, joined, written

_BLOCKS = (
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol option p pre section summary table tbody td tfoot th thead "
    "tr ul"
)
_INLINES = (
    "a abbr acronym annotation b bdi bdo big br cite code data del dfn em font i img input ins kbd label mark math "
    "math-renderer menclose mfenced mfrac mi mn mo mover mpadded mphantom mroot mrow ms mspace msqrt mstyle msub "
    "msubsup msup mtable mtd mtext mtr munder munderover mjx-container mjx-math mjx-assistive-mml q s samp "
    "script select semantics small span strike strong style sub sup svg template textarea time "
    "title tt u var wbr head meta link noscript iframe object button col colgroup picture source video audio canvas"
)
_HIDDEN = "script style head svg template noscript select textarea button iframe object video audio canvas mjx-math"
BLOCKS = frozenset(_BLOCKS.split())
INLINES = frozenset(_INLINES.split())
HIDDEN = frozenset(_HIDDEN.split())
_TAGS = BLOCKS | INLINES

TAG = re.compile(
    r"<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9-]{0,30})(?P<attributes>(?:[^<>\"']++|\"[^\"<]*+\"|'[^'<]*+')*+)>"
)
COMMENT = re.compile(r"<!--|<!\[CDATA\[|<!|<\?")
ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_ATTRIBUTE = re.compile(r"([A-Za-z_:][\w:.-]*+)\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'>]++))")
_ESCAPE = re.compile(r"(?:%[0-9A-Fa-f]{2})++|&(?:plus|space|amp|lt|gt|nbsp);|\+", re.DOTALL)
_SERVICE = re.compile(r"codecogs|latex|math|equation|tex\b|tex\.|cht=tx|upmath", re.IGNORECASE)
_QUERY = re.compile(r"[?&](?:latex|tex|math|chl|from|eq|equation|formula|f)=")
_DIRECTIVE = re.compile(
    r"(?:\\(?:inline|dpi\s?\{\d+\}|bg_?\w+|fn_\w+|tiny|small|normal|large|Large|LARGE|huge|Huge|displaystyle)(?![A-Za-z])\s*)+"
)
_TEX = re.compile(r"\\[A-Za-z]|[\w}]\s?[_^]\s?[{\w]|=")


@dataclass(frozen=True, slots=True)
class Tag:
    """<name ...> or </name>, from `start` to `end` in its text."""

    name: str
    closes: bool
    attributes: str
    start: int
    end: int

    def attribute(self, name: str) -> tuple[int, int] | None:
        """Where the value of an attribute stands in the text of the tag's attributes."""
        for match in _ATTRIBUTE.finditer(self.attributes):
            if match[1].lower() == name:
                return match.span(match.lastindex or 0)
        return None

    def value(self, name: str) -> str:
        """The value of an attribute; "" where there is none."""
        span = self.attribute(name)
        return unescape(self.attributes[slice(*span)]) if span else ""


def tag_at(text: str, position: int, *, known: bool = True) -> Tag | None:
    """The tag that begins at `position`; if `known`, one of HTML or MathML, so that a <net> in prose is none.

    >>> tag_at("x<sub>1</sub>", 1)
    Tag(name='sub', closes=False, attributes='', start=1, end=6)
    """
    found = TAG.match(text, position)
    if not found or (known and found["name"].lower() not in _TAGS):
        return None
    if found["attributes"] and not (found["attributes"][0].isspace() or found["attributes"] == "/"):
        return None
    return Tag(found["name"].lower(), bool(found["close"]), found["attributes"], position, found.end())


def decoded(placed: Placed) -> Placed:
    """A text with its entities decoded; what an entity stands for is placed where the entity begins.

    >>> decoded(Placed("a &minus; b", range(12))).text
    'a − b'
    """
    if "&" not in placed.text:
        return placed
    parts: list[Placed] = []
    position = 0
    for entity in ENTITY.finditer(placed.text):
        parts += [placed.cut(position, entity.start()), entity_at(placed, entity)]
        position = entity.end()
    parts.append(placed.cut(position, len(placed.text)))
    return joined(parts, placed.places[0])


def entity_at(placed: Placed, entity: re.Match[str]) -> Placed:
    """What one entity stands for; what is none stays as it is."""
    meaning = unescape(entity[0]).replace("\xa0", " ")
    if meaning == entity[0]:
        return placed.cut(*entity.span())
    return written(meaning, placed.places[entity.start()])


def formula_of_image(placed: Placed, tag: Tag) -> Placed | None:
    """The TeX that an <img> shows: of its address, or else its alternative text."""
    offset = tag.end - 1 - len(tag.attributes)
    source, alternative = (
        decoded(placed.cut(offset + span[0], offset + span[1])) if (span := tag.attribute(name)) else None
        for name in ("src", "alt")
    )
    return (formula_of_address(source) if source else None) or (formula_in(alternative) if alternative else None)


def formula_of_address(address: Placed) -> Placed | None:
    """The TeX in the address of a service that draws formulas.

    >>> address = "https://latex.codecogs.com/gif.latex?%5Cinline%20a_1&plus;b%20%3D%203"
    >>> formula_of_address(Placed(address, range(len(address) + 1))).text
    'a_1+b = 3'
    """
    text = address.text
    if not _SERVICE.search(text):
        return None
    if named := _QUERY.search(text):
        start, end = named.end(), text.find("&", named.end())
        while end >= 0 and ENTITY.match(text, end):
            end = text.find("&", end + 1)
        end = len(text) if end < 0 else end
    elif "?" in text and "=" not in text.partition("?")[2][:2]:
        start, end = text.index("?") + 1, len(text)
    elif upmath := re.search(r"upmath\.me/(?:svg|png|g)/", text):
        start, end = upmath.end(), len(text)
    else:
        return None
    formula = _unquoted(address.cut(start, end), plus_is_space="latex.php" in text)
    directive = _DIRECTIVE.match(formula.text)
    formula = formula.cut(directive.end() if directive else 0, len(formula.text)).stripped()
    return formula if _TEX.search(formula.text) or re.fullmatch(r"\w", formula.text) else None


def _unquoted(query: Placed, *, plus_is_space: bool) -> Placed:
    """A query with %5C, &plus; and the like decoded.

    A bare + is a space where the service says so, or where pluses proper are written otherwise.
    """
    text = query.text
    spaces = plus_is_space or (
        "%20" not in text and "&space;" not in text and ("%2B" in text or "&plus;" in text or "+%3D+" in text)
    )
    parts: list[Placed] = []
    position = 0
    for escape in _ESCAPE.finditer(text):
        parts.append(query.cut(position, escape.start()))
        parts.append(_unescaped(query, escape, spaces=spaces))
        position = escape.end()
    parts.append(query.cut(position, len(text)))
    return joined(parts, query.places[0])


def _unescaped(query: Placed, escape: re.Match[str], *, spaces: bool) -> Placed:
    place = query.places[escape.start()]
    if escape[0] == "+":
        return written(" " if spaces else "+", place)
    if escape[0].startswith("&"):
        meanings = {"&space;": " ", "&plus;": "+"}
        return written(meanings.get(escape[0]) or unescape(escape[0]).replace("\xa0", " "), place)
    parts: list[Placed] = []
    position = escape.start()
    for character in bytes.fromhex(escape[0].replace("%", "")).decode("utf-8", "replace"):
        parts.append(written(character, query.places[min(position, escape.end() - 1)]))
        position += 3 * len(character.encode())
    return joined(parts, place)


def undelimited(placed: Placed) -> Placed | None:
    """What stands between the delimiters of a text that is one formula and nothing else.

    >>> undelimited(Placed("$x$", range(4)))
    Placed(text='x', places=range(1, 3))
    """
    text = placed.text
    for opening, closing in (("$$", "$$"), ("$", "$"), ("\\(", "\\)"), ("\\[", "\\]")):
        if text.startswith(opening) and text.endswith(closing) and len(text) > len(opening + closing):
            inside = placed.cut(len(opening), len(text) - len(closing)).stripped()
            return inside if inside.text and "$" not in inside.text else None
    return None


def formula_in(alternative: Placed) -> Placed | None:
    r"""The TeX of an image's alternative text, if that is TeX: `\frac{1}{2}`, `$a_1 = 2$`.

    >>> formula_in(Placed("A picture of the network", range(25))) is None
    True
    """
    text = alternative.stripped()
    if formula := undelimited(text):
        return formula
    return text if _TEX.search(text.text) and not holds_sentence(text.text) else None
