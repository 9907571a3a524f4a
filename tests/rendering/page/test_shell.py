"""The page around: one file, no script, nothing fetched; headings, links and identifiers in order."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from itertools import pairwise

import pytest

from symbackprop.rendering.page.elements import element
from symbackprop.rendering.page.shell import POLICY, contents, page, section, style
from tests.networks import EXAMPLES
from tests.pages import DOCUMENTS, NETWORKS, Node, audits, derivation, parsed

PAGES: dict[str, Callable[[], str]] = {
    **{name: partial(derivation, name) for name in NETWORKS},
    **{name: partial(audits, name) for name in DOCUMENTS},
    "all documents": lambda: audits(*DOCUMENTS),
}


@pytest.fixture(params=list(PAGES))
def made(request: pytest.FixtureRequest) -> tuple[str, Node]:
    """Each of the pages, and its tree."""
    text = PAGES[request.param]()
    return text, parsed(text)


def test_the_head() -> None:
    text = page("a\n<b>\u202e", element("p", "c"))
    assert text.startswith('<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">')
    assert text.endswith("<p>c</p></body></html>\n")
    tree = parsed(text.removeprefix("<!DOCTYPE html>\n"))
    (title,) = tree.all("title")
    assert title.text == "a <b>"
    policies = [node for node in tree.all("meta") if node.attributes.get("http-equiv") == "Content-Security-Policy"]
    assert [node.attributes["content"] for node in policies] == [POLICY]
    assert "default-src 'none'" in POLICY
    assert "script" not in POLICY


def test_the_style_holds_nothing_that_ends_it() -> None:
    assert "<" not in style()
    assert not re.search(r"https?:|url\((?!data:font/woff2;base64,)|@import", style())


def test_sections_and_their_contents() -> None:
    sections = [section("one", "First", "a"), section("two", "Second & <last>", element("p"))]
    (listed,) = parsed(page("t", contents(sections), sections)).all("nav")
    assert [(link.attributes["href"], link.text) for link in listed.all("a")] == [
        ("#one", "First"),
        ("#two", "Second & <last>"),
    ]


def test_no_script_and_nothing_fetched(made: tuple[str, Node]) -> None:
    _, tree = made
    for node in tree.all():
        assert node.tag not in ("script", "iframe", "object", "embed", "link", "base", "img", "form"), node.tag
        for name, value in node.attributes.items():
            assert not name.startswith("on"), name
            if name in ("href", "src", "xlink:href", "action", "style", "data", "srcset", "poster"):
                assert re.fullmatch(r"#[\w.+-]+|[^:(]*", value), (name, value)
            assert "http:" not in value, (name, value)
            assert "https:" not in value, (name, value)


def test_every_link_has_its_place_and_every_identifier_is_there_once(made: tuple[str, Node]) -> None:
    _, tree = made
    identifiers = [node.attributes["id"] for node in tree.all() if "id" in node.attributes]
    assert len(identifiers) == len(set(identifiers))
    links = {node.attributes[name] for node in tree.all() for name in ("href", "xlink:href") if name in node.attributes}
    assert len(links) > 5
    assert {link.removeprefix("#") for link in links} <= set(identifiers)
    assert {node.attributes["for"] for node in tree.all("label")} <= set(identifiers)


def test_headings_are_in_order(made: tuple[str, Node]) -> None:
    _, tree = made
    levels = [int(node.tag[1]) for node in tree.all() if re.fullmatch("h[1-6]", node.tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert all(node.text.strip() for node in tree.all() if re.fullmatch("h[1-6]", node.tag))


def test_a_screen_reader_has_what_it_needs(made: tuple[str, Node]) -> None:
    _, tree = made
    (html,) = tree.all("html")
    assert html.attributes["lang"] == "en"
    assert len(tree.all("main")) == 1
    for drawing in tree.all("svg"):
        if drawing.attributes.get("role") == "img":
            assert drawing.attributes.get("aria-label") or drawing.all("title")[0].text.strip()
        else:
            assert drawing.attributes.get("aria-hidden") == "true" or drawing.all("defs") or drawing.all("symbol")
    for region in [node for node in tree.all() if node.attributes.get("role") == "region"]:
        assert region.attributes["aria-label"]
    for table in tree.all("table"):
        assert "document" in table.attributes.get("class", "") or table.all("th")


def test_the_worked_example_stays_small() -> None:
    fonts = sum(len(face) for face in re.findall(r"@font-face\{[^}]*\}", style()))
    assert len(derivation("mazur_2_2_2").encode()) - fonts < 300_000


MAKE = """
import sys
from tests.pages import audits, derivation
sys.stdout.write(derivation("mazur_2_2_2") + audits("one_neuron.md", "sigmoid_2_3_1.txt"))
"""


def test_the_same_input_gives_the_same_bytes() -> None:
    made = {
        subprocess.run(
            [sys.executable, "-c", MAKE],
            cwd=EXAMPLES.parent,
            env={"PYTHONHASHSEED": seed, "PATH": "", "PYTHONPATH": str(EXAMPLES.parent), "PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(made) == 1
    assert len(made.pop()) > 300_000
