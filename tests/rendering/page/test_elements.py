"""An element tree: every text and attribute escaped, texts before and after elements where they belong."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symbackprop.rendering.escaping import harmless
from symbackprop.rendering.page.elements import Content, append, element, markup
from tests.pages import parsed

TEXTS = st.text(st.characters(codec="utf-8"), max_size=40) | st.text(st.sampled_from("<>&\"'/=!-;# \n\x00\u202eab"))


@pytest.mark.parametrize(
    ("content", "shown"),
    [
        ((), "<p></p>"),
        (("a",), "<p>a</p>"),
        (("a", "b"), "<p>ab</p>"),
        ((None, "a", None), "<p>a</p>"),
        (("a", element("b", "c"), "d", "e"), "<p>a<b>c</b>de</p>"),
        ((element("b"), element("i"), "t"), "<p><b></b><i></i>t</p>"),
        ((["a", [element("b"), ["c"]]], "d"), "<p>a<b></b>cd</p>"),
        (((part for part in ("a", element("wbr"), "b")),), "<p>a<wbr>b</p>"),
        (("<script>alert(1)</script>",), "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        (("a & b &lt; &amp;",), "<p>a &amp; b &amp;lt; &amp;amp;</p>"),
        (("a\x00b\x1b[31m\u202ec\ud800",), "<p>a\ufffdb\ufffd[31m\ufffdc\ufffd</p>"),
    ],
)
def test_content(content: tuple[Content, ...], shown: str) -> None:
    assert markup(element("p", *content)) == shown


@pytest.mark.parametrize(
    ("attributes", "shown"),
    [
        ({"class_": "a b"}, '<p class="a b"></p>'),
        ({"aria_label": "x"}, '<p aria-label="x"></p>'),
        ({"id": None}, "<p></p>"),
        ({"title": '"><script>'}, '<p title="&quot;&gt;<script&gt;"></p>'),
        ({"title": "' onload='x"}, "<p title=\"' onload='x\"></p>"),
        ({"title": "a\x00\u202eb"}, '<p title="a\ufffd\ufffdb"></p>'),
        ({"http_equiv": "a", "b": "c"}, '<p http-equiv="a" b="c"></p>'),
    ],
)
def test_attributes(attributes: dict[str, str | None], shown: str) -> None:
    assert markup(element("p", **attributes)) == shown


def test_what_is_appended_stands_after_what_was_there() -> None:
    made = element("p", "a", element("b"))
    append(made, ["c", element("i"), None])
    assert markup(made) == "<p>a<b></b>c<i></i></p>"


def _shown(page: str) -> str:
    class Reader(HTMLParser):
        text = ""

        def handle_data(self, data: str) -> None:
            self.text += data

    reader = Reader()
    reader.feed(page)
    reader.close()
    return reader.text


@given(TEXTS, TEXTS, TEXTS)
def test_texts_come_back_as_they_were(one: str, other: str, title: str) -> None:
    page = markup(element("p", one, element("b", other), title, title=title))
    assert _shown(page) == harmless(one + other + title)
    (paragraph,) = parsed(page).content
    assert not isinstance(paragraph, str)
    assert paragraph.attributes == {"title": harmless(title)}
    assert [node.tag for node in paragraph.all()] == ["b"]
