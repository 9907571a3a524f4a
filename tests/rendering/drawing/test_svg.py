"""SVG: well-formed, inert whatever a title holds, small, and the same bytes for the same picture."""

from __future__ import annotations

import re
from time import process_time
from xml.etree import ElementTree

import pytest

from symbackprop.derivation.working import derive
from symbackprop.evaluation.worked import Working, work
from symbackprop.network.layers import Dense
from symbackprop.rendering.drawing.contents import Face
from symbackprop.rendering.drawing.layout import lay_out, shown
from symbackprop.rendering.drawing.lettering import Name, Words
from symbackprop.rendering.drawing.painting import painted
from symbackprop.rendering.drawing.picture import COLOURS, DARK, Picture, Role, Text
from symbackprop.rendering.drawing.svg import STYLE, element, number, path_data, standalone
from tests.networks import example, problem_of
from tests.rendering.conftest import layered

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = [
    "<script>alert(1)</script>",
    "</title><svg onload=alert(1)>",
    '"><image href="javascript:alert(1)"/>',
    "]]> &amp; &#x3c; <!-- -->",
    "a\u202eb\x1b[31m\x00\ud800\uffffc",
]


def words(tree: ElementTree.Element) -> str:
    return "".join("".join(text.itertext()) + "\n" for text in tree.iter() if text.tag.endswith("text"))


def test_every_drawing_is_well_formed_and_described(any_working: Working) -> None:
    for face in Face:
        text = standalone(painted(lay_out(any_working), face))
        assert text == standalone(painted(lay_out(any_working), face))
        root = ElementTree.fromstring(text)  # noqa: S314 - our own
        assert root.tag == f"{SVG}svg"
        assert root.get("role") == "img"
        assert [child.tag for child in root][:3] == [f"{SVG}title", f"{SVG}desc", f"{SVG}style"]
        assert all((child.text or "").strip() for child in list(root)[:2])
        wide, high = map(int, str(root.get("viewBox")).split()[2:])
        assert (str(wide), str(high)) == (root.get("width"), root.get("height"))


@pytest.mark.parametrize("title", HOSTILE)
def test_hostile_titles_are_inert(title: str) -> None:
    marks = (Text(Role.NAME, 0, 0, (Words(title), Name(title)), 11),)
    text = standalone(Picture(title, title, 100, 100, marks))
    root = ElementTree.fromstring(text.encode("utf-8"))  # noqa: S314 - our own
    assert {node.tag.removeprefix(SVG) for node in root.iter()} == {
        "svg",
        "title",
        "desc",
        "style",
        "rect",
        "g",
        "text",
    }
    assert not [key for node in root.iter() for key in node.attrib if key.startswith("on") or "href" in key]
    assert not re.search("[\x00-\x08\x1b\u202e\uffff]", text)


def test_a_drawing_tells_what_it_shows() -> None:
    tree = element(painted(lay_out(work(derive(example("mazur_2_2_2")))), Face.FORWARD))
    told = str(tree.findtext("desc"))
    assert "2 inputs i_1, i_2; 2 units net_h1 with out_h1, net_h2 with out_h2;" in told
    assert "the cost E_total. 12 edges, 8 of them with a weight." in told
    lines = words(tree).splitlines()
    assert lines.count("w5 = 0.40") == 1
    assert lines.count("b1 = 0.35") == 2, "a shared bias stands at each of its units"
    assert "0.593269992" in lines
    assert "positive weight" in lines


def test_a_negative_weight_is_told_apart_without_colour() -> None:
    tree = element(painted(lay_out(work(derive(example("sigmoid_2_3_1"))))))
    dashed = [group for group in tree.iter("g") if group.get("stroke-dasharray")]
    assert sum(len(group) for group in dashed) == 3, "w5 and w7, and the key"
    assert {group.get("class") for group in dashed} == {"negative"}
    assert "w7 = −0.5" in words(tree).splitlines()


def test_names_alone_without_numbers() -> None:
    tree = element(painted(lay_out(work(derive(layered([Dense(2)], values=False))))))
    assert not re.search(r"\d\.\d|=", words(tree))


def test_what_is_picked_is_strong_and_all_else_faint() -> None:
    drawing = lay_out(work(derive(example("mazur_2_2_2"))))
    tree = element(painted(drawing, Face.FORWARD, {"w_5", "net_o1", "out_o1", "E_o1", "E_total"}))
    strong = [group for group in tree.iter("g") if not group.get("opacity")]
    lines = [path for group in strong if group.get("class") in ("positive", "plain") for path in group]
    assert len(lines) == 4, "w_5, to the error, to the cost; and the key"
    assert [line for line in words(tree).splitlines() if line.startswith("w")] == ["w5 = 0.40"]


def test_a_large_network_stays_small() -> None:
    derivation = derive(layered([Dense(30), Dense(10)], inputs=100))
    drawing = lay_out(work(derivation, wrt=shown(derivation)))
    assert max(len(standalone(painted(drawing, face))) for face in Face) < 60_000


def test_the_largest_networks_are_drawn_at_once() -> None:
    derivation = derive(layered([Dense(30), Dense(10)], inputs=784, values=False))
    working = work(derivation, wrt=shown(derivation))
    before = process_time()
    assert len(standalone(painted(lay_out(working)))) < 60_000
    assert process_time() - before < 2


def test_no_colour_is_given_but_as_a_property_with_a_fallback() -> None:
    assert set(DARK) == set(COLOURS)
    assert set(re.findall(r"var\(--(\w+),#[0-9a-f]{6}\)", STYLE)) <= set(COLOURS)
    assert not re.search(r"(?<!,)#", STYLE)


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("colours", [COLOURS, DARK], ids=["light", "dark"])
def test_contrast(colours: dict[str, str]) -> None:
    def contrast(one: str, other: str) -> float:
        high, low = sorted((luminance(colours[one]), luminance(colours[other])), reverse=True)
        return (high + 0.05) / (low + 0.05)

    assert contrast("ink", "paper") > 7
    assert contrast("ink", "tint") > 7
    assert all(contrast(line, "paper") > 3 for line in ("soft", "positive", "negative"))


@pytest.mark.parametrize(("value", "text"), [(3.0, "3"), (2.04, "2"), (-0.04, "0"), (-0.06, "-0.1"), (10.25, "10.2")])
def test_lengths(value: float, text: str) -> None:
    assert number(value) == text


def test_paths() -> None:
    assert path_data(((0, 1), (5, 1), (7, 1, 7, 9, 9, 9))) == "M0 1L5 1C7 1 7 9 9 9"


def test_hostile_network_title() -> None:
    problem = problem_of({"z": "w*x"}, cost="z", inputs=["x"], parameters=["w"])
    root = element(painted(lay_out(work(derive(problem)))))
    assert root.findtext("title") == "A network"
