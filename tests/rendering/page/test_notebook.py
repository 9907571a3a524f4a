"""Pages as parts of notebooks: in a frame, and what is left of it where a notebook is not trusted."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from functools import cached_property
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest

from symbackprop.audited import AuditedDocument
from symbackprop.derivation.working import derive
from symbackprop.evaluation.worked import Working, work
from symbackprop.interface import Network
from symbackprop.network.layers import Dense
from symbackprop.rendering.formats import Shown, render
from symbackprop.rendering.page.elements import element
from symbackprop.rendering.page.notebook import framed, plain
from tests.audits import sheet
from tests.rendering.conftest import HOSTILE, layered

# What JupyterLab keeps of a notebook that is not trusted, as far as it is met here; of other elements it keeps the
# text. See https://github.com/jupyterlab/jupyterlab/blob/main/packages/apputils/src/sanitizer.ts
KEPT = {
    *("a", "b", "blockquote", "br", "button", "caption", "code", "dd", "del", "details", "div", "dl", "dt", "em"),
    *("figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "i", "img", "input", "ins", "kbd"),
    *("label", "li", "mark", "nav", "ol", "p", "pre", "s", "section", "small", "span", "strong", "sub", "summary"),
    *("sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "tt", "u", "ul", "wbr", "article"),
}
DROPPED = {"script", "style", "textarea", "option"}  # text and all
EMPTY = {"br", "col", "hr", "img", "input", "link", "meta", "wbr"}
TYPESET = re.compile(r"\\\((.+?)\\\)", re.DOTALL)


class Reader(HTMLParser):
    """Reads HTML as its reader has it: tags with attributes, and texts by the elements that they stand in."""

    def __init__(self, html: str, *, sanitised: bool = False) -> None:
        super().__init__()
        self.sanitised = sanitised
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.texts: list[tuple[tuple[str, ...], str]] = []
        self._inside: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in EMPTY:
            self._inside.append(tag)
        if not self.sanitised or tag in KEPT:
            self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if tag not in EMPTY:
            assert self._inside.pop() == tag

    def handle_data(self, data: str) -> None:
        if not self.sanitised or not DROPPED & set(self._inside):
            self.texts.append((tuple(self._inside), data))

    @cached_property
    def text(self) -> str:
        """All of it; the ends of elements separate words."""
        return " ".join("\n".join(text for _, text in self.texts).split())

    def attributes(self, tag: str) -> list[dict[str, str]]:
        """The attributes of each element of this tag."""
        return [attributes for name, attributes in self.tags if name == tag]


def formulas(page: Reader) -> list[str]:
    """What MathJax sets: in one text, outside code."""
    return [tex for inside, text in page.texts if "code" not in inside for tex in TYPESET.findall(text)]


@pytest.fixture
def fragment(working: Callable[..., Working]) -> str:
    return render(Shown(working("mazur")), "html", fragment=True)


def test_the_frame_holds_the_page_that_stands_alone(working: Callable[..., Working]) -> None:
    shown = Shown(working("mazur"))
    (frame,) = Reader(render(shown, "html", fragment=True)).attributes("iframe")
    assert frame["sandbox"] == ""  # nothing is allowed: no script, no form, no way out
    assert frame["title"] == "The 2-2-2 network with one shared bias a layer"
    assert frame["srcdoc"].replace('href="about:srcdoc#', 'href="#') == render(shown, "html")


def test_links_in_the_frame_lead_to_places_in_it(fragment: str) -> None:
    """In a frame, a bare #step-3 is a place in the page around it."""
    page = Reader(Reader(fragment).attributes("iframe")[0]["srcdoc"])
    targets = {attributes["href"] for attributes in page.attributes("a")}
    places = {attributes["id"] for _, attributes in page.tags if "id" in attributes}
    assert len(targets) > 50
    assert {target.partition("#")[0] for target in targets} == {"about:srcdoc"}
    assert {target.partition("#")[2] for target in targets} <= places


def test_where_frames_are_taken_out_the_derivation_is_there_in_tex(fragment: str) -> None:
    seen = Reader(fragment, sanitised=True)
    assert "\ufffd" not in fragment
    assert not seen.attributes("iframe")
    assert seen.text.startswith("The 2-2-2 network with one shared bias a layer Matt Mazur")
    for heading in ("Given", "Forward pass", "Backward pass: output layer", "Updates", "Summary"):
        assert heading in seen.text
    set_in_tex = formulas(seen)
    assert {"i_{1}", "{}= 0.05"} <= set(set_in_tex)
    # as in the document: the gradient of w_5, and w_5 after one update
    assert any(re.search(r"approx 0\.08216704", tex) for tex in set_in_tex)
    assert any(re.search(r"approx 0\.35891648", tex) for tex in set_in_tex)
    assert "font-face" not in seen.text
    assert "display: none" not in seen.text


def test_where_frames_are_taken_out_every_formula_of_the_page_is_there(fragment: str) -> None:
    page = Reader(Reader(fragment).attributes("iframe")[0]["srcdoc"])
    assert len(formulas(Reader(fragment, sanitised=True))) == len(page.attributes("math")) > 500


def test_what_stands_beside_the_frame_is_hidden_by_it_alone(fragment: str) -> None:
    """A style that one trusted cell brings must not hide what another shows that is not trusted."""
    style, frame, div = (tag for tag in Reader(fragment).tags[:3])
    assert [style[0], frame[0], div[0]] == ["style", "iframe", "div"]
    rule = next(text for inside, text in Reader(fragment).texts if inside == ("style",))
    assert rule == f".{frame[1]['class']} + div {{ display: none }}"


def test_the_drawings_are_images_where_frames_are_taken_out(fragment: str) -> None:
    images = Reader(fragment, sanitised=True).attributes("img")
    assert len(images) == 2
    for image, value in zip(images, ("0.298371109", "0.082167041"), strict=True):
        kind, _, data = image["src"].partition(";base64,")
        assert kind == "data:image/svg+xml"
        drawing = ElementTree.fromstring(base64.b64decode(data).decode())  # noqa: S314 - our own
        assert drawing.tag == "{http://www.w3.org/2000/svg}svg"
        assert value in "".join(drawing.itertext())
        assert image["alt"].startswith("The 2-2-2 network")


def test_a_formula_that_goes_on_is_set_as_one_that_goes_on() -> None:
    operator = element("mo", "+", form="infix")
    goes_on = element("math", element("semantics", element("mrow", operator), element("annotation", "+ b")))
    assert plain(element("p", goes_on, class_="chain")) == "<div><p>\\(\\displaystyle {}+ b\\)</p></div>\n"


@pytest.mark.parametrize("text", ["costs $5 and $6", r"\(\href{javascript:alert(1)}{x}\)", "$$x$$", r"\[x\]"])
def test_texts_of_users_are_not_set_as_formulas(text: str) -> None:
    page = Reader(plain(element("p", text)), sanitised=True)
    assert "".join(part for _, part in page.texts).strip() == text
    assert not any(re.search(r"\$.|\\[(\[]", part) for _, part in page.texts)


def test_hostile_titles_are_inert_inside_and_beside_the_frame() -> None:
    problem = layered([Dense(1)], title=f"{HOSTILE} </style></iframe><script>alert(1)</script><svg onload=x>")
    outer = Reader(render(Shown(work(derive(problem))), "html", fragment=True))
    inner = Reader(outer.attributes("iframe")[0]["srcdoc"])
    for page in (outer, inner):
        assert not page.attributes("script")
        assert not any(name.startswith("on") for _, attributes in page.tags for name in attributes)
        assert not {"\x1b", "\u202e"} & set(page.text)
    assert not outer.attributes("svg")


def test_a_frame_of_a_page_that_is_made_once() -> None:
    links = [element("a", "there", href="#there"), element("a", "away", href="https://example.org/")]
    page = Reader(framed("Title", links)).attributes("iframe")[0]["srcdoc"]
    assert [link["href"] for link in Reader(page).attributes("a")] == ["about:srcdoc#there", "https://example.org/"]


def test_a_network_draws_itself() -> None:
    network = Network.of(layered([Dense(2), Dense(1)], title="A <b>small</b> network"))
    (image,) = Reader(network._repr_html_(), sanitised=True).attributes("img")
    drawn = base64.b64decode(image["src"].partition(";base64,")[2]).decode()
    assert drawn == network._repr_svg_() == network.draw()
    assert image["alt"].startswith("A <b>small</b> network. From left to right: 2 inputs i_1, i_2;")
    assert network.draw(backward=True) != drawn
    assert network._repr_latex_().startswith("$$\\begin{aligned}")


def test_an_audit_shows_its_findings_trusted_or_not() -> None:
    shown = AuditedDocument.of(sheet())
    html = shown._repr_html_()
    trusted, seen = Reader(html), Reader(html, sanitised=True)
    assert trusted.tags == seen.tags
    assert trusted.texts == seen.texts
    assert all(not attributes for _, attributes in seen.tags)
    wrong = [text for inside, text in seen.texts if "mark" in inside]
    assert wrong == [claim.printed or claim.text for claim in shown.faults]
    assert shown._repr_markdown_().startswith("# Errata: ")
