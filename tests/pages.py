"""Pages that several tests share, and what is in a page as its parser sees it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser

from symbackprop import Network
from symbackprop.auditing.auditor import audit
from symbackprop.auditing.documents.formats import read_document
from symbackprop.auditing.report import Audit
from symbackprop.rendering.page.audits import document as audit_page
from tests.networks import EXAMPLES

NETWORKS = tuple(sorted(path.stem for path in EXAMPLES.glob("*.toml")))
DOCUMENTS = tuple(sorted(path.name for path in (EXAMPLES / "documents").iterdir()))
VOID = {"meta", "wbr", "input", "br", "hr", "img", "link"}
WITHIN = {"svg", "math"}  # what is not HTML: there an element may close itself


@cache
def derivation(name: str, decimals: int | None = None, *, hand: bool = False) -> str:
    """The page of a worked example."""
    return Network.from_file(EXAMPLES / f"{name}.toml").derive().render("html", decimals=decimals, hand=hand)


@cache
def audited(document: str) -> Audit:
    """The audit of an example document, by the network that it states."""
    return audit(*read_document(EXAMPLES / "documents" / document), None)


def audits(*documents: str) -> str:
    """The page of the audits of example documents."""
    return audit_page([audited(document) for document in documents])


@dataclass
class Node:
    """An element of a page."""

    tag: str
    attributes: dict[str, str]
    parent: Node | None = None
    content: list[Node | str] = field(default_factory=list)

    def all(self, tag: str = "", class_: str = "") -> list[Node]:
        """The elements in it of a tag and a class, in order."""
        found = []
        for child in self.content:
            if isinstance(child, Node):
                alike = tag in ("", child.tag) and (not class_ or class_ in child.attributes.get("class", "").split())
                found += [child] if alike else []
                found += child.all(tag, class_)
        return found

    @property
    def text(self) -> str:
        """The text in it, but for annotations of formulas."""
        parts = (child if isinstance(child, str) else child.text for child in self.content)
        return "" if self.tag == "annotation" else "".join(parts)

    @property
    def tex(self) -> str:
        """The TeX of the formulas in it: annotations, and the token of a formula that has none."""
        return " ".join(_tex(node) for node in self.all("math"))


def _tex(formula: Node) -> str:
    annotations = formula.all("annotation")
    return "".join(map(str, annotations[0].content)) if annotations else formula.text


def parsed(page: str) -> Node:
    """The tree of a page; each element is closed where it has to be."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    assert reader.open is reader.root, f"<{reader.open.tag}> is not closed"
    return reader.root


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = self.open = Node("", {})

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(dict(attrs)) == len(attrs), f"<{tag}> has an attribute twice"
        node = Node(tag, {name: value or "" for name, value in attrs}, self.open)
        self.open.content.append(node)
        if tag not in VOID:
            self.open = node

    def handle_endtag(self, tag: str) -> None:
        assert tag == self.open.tag, f"</{tag}> stands in <{self.open.tag}>"
        assert self.open.parent is not None
        self.open = self.open.parent

    def handle_data(self, data: str) -> None:
        self.open.content.append(data)
