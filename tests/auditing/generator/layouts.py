"""Worked lines laid out as a document: Markdown, plain text, LaTeX, HTML; every claim with its place in the text."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from random import Random

from tests.auditing.generator.formulas import Formula, Quantity
from tests.auditing.generator.hand import Line
from tests.auditing.generator.networks import Example
from tests.auditing.generator.notations import Notation
from tests.auditing.generator.steps import RATE, Role


@dataclass(frozen=True, slots=True)
class Printed:
    """A claim: text[start:end] is its whole chain, `printed` its result, `quantity` what it is of."""

    start: int
    end: int
    line: int
    printed: str
    quantity: str


@dataclass
class Page:
    """A document that is being written."""

    example: Example
    notation: Notation
    random: Random
    text: str = ""
    claims: list[Printed] = field(default_factory=list)

    def add(self, text: str) -> None:
        """Text that claims nothing."""
        self.text += text

    def claim(self, line: Line, text: str) -> None:
        """The text of a worked line."""
        start = len(self.text)
        self.text += text
        number = self.text.count("\n", 0, start) + 1
        printed = self.notation.numerals.write(line.printed)
        self.claims.append(Printed(start, len(self.text), number, printed, line.step.name))

    def members(self, line: Line, *, symbols: bool = True) -> list[str]:
        """What stands between the signs of a line's chain; what would stand twice in a row stands once."""
        write = self.notation.write
        shown: list[Formula] = [Quantity(line.label)]
        if not line.brief:
            shown += [*(line.forms if symbols else ()), line.numbers]
            shown += [line.between] if line.between else []
        texts = [write(formula) for formula in shown] + [self.notation.numerals.write(line.printed)]
        return [text for index, text in enumerate(texts) if index == 0 or text != texts[index - 1]]

    def chain(self, line: Line, sign: str = "=", **options: bool) -> str:
        """name = ... = result on one line."""
        *before, last = self.members(line, **options)
        return f" {sign} ".join(before) + f" {self.last_sign(line)} {last}"

    def last_sign(self, line: Line) -> str:
        """The sign before the result."""
        about = r"\approx" if self.notation.script == "latex" else "≈"
        return about if self.notation.approximate and not line.brief else "="

    def given(self) -> str:
        """Everything that is given, as a list of equations."""
        return self.notation.numerals.separator.join(map(self.inline, self.equations()))

    def equations(self) -> Iterator[str]:
        """An equation for each number that is given."""
        for name, text in {**self.example.given, RATE: self.example.rate}.items():
            yield f"{self.notation.name(name)} = {self.notation.numerals.write(text)}"

    def inline(self, mathematics: str) -> str:
        """Mathematics in a sentence."""
        return f"${mathematics}$" if self.notation.script == "latex" else mathematics


@dataclass(frozen=True, slots=True)
class Layout:
    """A way to lay out a document, the file it is, and the script its mathematics is in."""

    name: str
    file: str
    script: str
    write: Callable[[Page, Sequence[Line]], None]


_ROLES = {
    Role.NET: "Weighted sum of unit {}",
    Role.OUT: "What unit {} puts out",
    Role.ERROR: "Error of output {}",
    Role.COST: "The whole error",
    Role.BY_OUT: "How the error follows what unit {} puts out",
    Role.SLOPE: "How unit {} follows its weighted sum",
    Role.LOCAL: "How the weighted sum of unit {} follows this weight",
    Role.PATH: "One way on which unit {} counts",
    Role.BY_NET: "Error of unit {}",
    Role.GRADIENT: "A gradient in unit {}",
    Role.UPDATE: "One step down",
}


def _label(line: Line) -> str:
    return _ROLES[line.step.role].format(line.step.unit.tag if line.step.unit else "")


def _sections(lines: Sequence[Line]) -> Iterable[tuple[str, list[Line]]]:
    worked = [line for line in lines if line.step.role is not Role.TRAINED]
    return ((title, list(group)) for title, group in groupby(worked, lambda line: line.step.section))


def _opening(page: Page) -> None:
    if page.random.random() < 0.8:
        page.add(f"Given are {page.given()}.\n\n")
    if page.example.frozen:
        page.add("The biases stay as they are.\n\n")


def _trained(page: Page, lines: Sequence[Line]) -> None:
    """What training comes to, in a sentence each."""
    for line in lines:
        if line.step.role is Role.TRAINED:
            name, _, updates = line.step.name.partition("@")
            after = "After this first update" if updates == "1" else f"After {updates} updates"
            what = "the error" if name == page.example.names.cost else page.inline(page.notation.name(name))
            printed = page.inline(page.notation.numerals.write(line.printed))
            page.claim(line, f"{after} {what} is {printed}")
            page.add(".\n\n")


def _display(page: Page, lines: Sequence[Line]) -> None:
    _opening(page)
    for title, section in _sections(lines):
        page.add(f"## {title}\n\n")
        for line in section:
            if page.random.random() < 0.4:
                page.add(f"- {_label(line)}:\n\n")
            page.add("$$")
            page.claim(line, page.chain(line))
            page.add("$$\n\n")
    _trained(page, lines)


def _aligned(page: Page, lines: Sequence[Line]) -> None:
    _opening(page)
    outer = page.random.choice(
        (("$$\n\\begin{aligned}\n", "\n\\end{aligned}\n$$\n\n"), ("\\begin{align}\n", "\n\\end{align}\n\n"))
    )
    for title, section in _sections(lines):
        page.add(f"## {title}\n\n")
        for line in section:
            name, *rest, last = page.members(line)
            links = [f"&= {member}" for member in rest] + [f"&{page.last_sign(line)} {last}"]
            page.add(outer[0])
            page.claim(line, f"{name} " + " \\\\\n".join(links))
            page.add(outer[1])
    _trained(page, lines)


def _bullets(page: Page, lines: Sequence[Line]) -> None:
    _opening(page)
    for title, section in _sections(lines):
        page.add(f"### {title}\n\n")
        for line in section:
            page.add(f"- {_label(line)}: $")
            page.claim(line, page.chain(line))
            page.add("$\n")
        page.add("\n")
    _trained(page, lines)


def _code(page: Page, lines: Sequence[Line]) -> None:
    _opening(page)
    for title, section in _sections(lines):
        page.add(f"### {title}\n\n")
        for line in section:
            page.add("- `")
            page.claim(line, page.chain(line))
            page.add("`\n")
        page.add("\n")
    _trained(page, lines)


def _text(page: Page, lines: Sequence[Line]) -> None:
    _opening(page)
    for title, section in _sections(lines):
        page.add(f"{title}\n\n")
        for line in section:
            *before, last = page.members(line)
            sign = page.last_sign(line)
            if page.random.random() < 0.2 and len(before) > 1:
                page.claim(line, " = ".join(before) + f"\n    {sign} {last}")
            else:
                page.claim(line, page.chain(line))
            page.add("\n\n" if page.random.random() < 0.7 else "\n")
        page.add("\n" if not page.text.endswith("\n\n") else "")
    _trained(page, lines)


def _prose(page: Page, lines: Sequence[Line]) -> None:
    _opening(page)
    for title, section in _sections(lines):
        page.add(f"{title}.\n\n")
        for line in section:
            if page.random.random() < 0.5:
                page.add(f"{_label(line)}: ")
            if line.brief or page.random.random() < 0.5:
                page.claim(line, page.chain(line))
            else:
                symbols = " = ".join(page.notation.write(formula) for formula in (Quantity(line.label), *line.forms))
                page.claim(line, f"{symbols} {page.chain(line, symbols=False)}")
            page.add(page.random.choice((" ", " ", " ", "\n\n")))
        page.add("\n\n" if not page.text.endswith("\n\n") else "")
    _trained(page, lines)


def _table(page: Page, lines: Sequence[Line]) -> None:
    _opening(page)
    for title, section in _sections(lines):
        page.add(f"## {title}\n\n| Quantity | Working | Value |\n|---|---|---|\n")
        for line in section:
            name, *rest, last = page.members(line)
            working = page.inline(" = ".join(rest)) if rest else ""
            page.claim(line, f"| {page.inline(name)} | {working} | {page.inline(last)} |")
            page.add("\n")
        page.add("\n")
    _trained(page, lines)


def _latex(page: Page, lines: Sequence[Line]) -> None:
    page.add("\\documentclass{article}\n\\usepackage{amsmath}\n\\begin{document}\n\n")
    _opening(page)
    for title, section in _sections(lines):
        page.add(f"\\section{{{title}}}\n")
        for line in section:
            page.add(f"{_label(line)}:\n\\[ ")
            page.claim(line, page.chain(line))
            page.add(" \\]\n")
        page.add("\n")
    _trained(page, lines)
    page.add("\\end{document}\n")


def _html(page: Page, lines: Sequence[Line]) -> None:
    page.add("<!DOCTYPE html>\n<html><body>\n")
    if page.random.random() < 0.8:
        separator = page.notation.numerals.separator
        page.add("<p>Given are " + separator.join(rf"\({part}\)" for part in page.equations()) + ".</p>\n")
    for title, section in _sections(lines):
        page.add(f"<h2>{title}</h2>\n")
        for line in section:
            page.add(f"<p>{_label(line)}: \\(")
            page.claim(line, html.escape(page.chain(line), quote=False))
            page.add("\\)</p>\n")
    page.add("</body></html>\n")


LAYOUTS = (
    Layout("display", "sheet.md", "latex", _display),
    Layout("aligned", "sheet.md", "latex", _aligned),
    Layout("bullets", "sheet.md", "latex", _bullets),
    Layout("table", "sheet.md", "latex", _table),
    Layout("tex", "sheet.tex", "latex", _latex),
    Layout("html", "sheet.html", "latex", _html),
    Layout("code", "sheet.md", "ascii", _code),
    Layout("prose", "sheet.txt", "ascii", _prose),
    Layout("text", "sheet.txt", "ascii", _text),
    Layout("unicode", "sheet.txt", "unicode", _text),
    Layout("unicode table", "sheet.md", "unicode", _table),
)
