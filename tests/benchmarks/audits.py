"""The time to audit a document of 60 display formulas, and to parse them, against SymPy's `parse_latex`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial
from importlib.util import find_spec
from pathlib import Path

from symbackprop.auditing.auditor import audit
from symbackprop.auditing.documents.formats import read_text
from symbackprop.auditing.mathematics.reading import read_statements
from symbackprop.auditing.report import Audit
from symbackprop.network.file import load_problem
from tests.benchmarks.timing import least_seconds

EXAMPLES = Path(__file__).parent.parent.parent / "examples"
NAME = "mazur_2_2_2"
RUNTIME = "antlr4-python3-runtime==4.11.*"  # what parse_latex runs on


def document() -> str:
    """The slides on the 2-2-2 network."""
    return (EXAMPLES / "documents" / f"{NAME}.md").read_text(encoding="utf-8")


def formulas(text: str) -> tuple[str, ...]:
    """What stands between double dollar signs."""
    return tuple(re.findall(r"\$\$(.*?)\$\$", text, re.DOTALL))


def audited(text: str) -> Audit:
    """The document with its network, read and judged."""
    source, blocks = read_text(text, name=f"{NAME}.md")
    return audit(source, blocks, load_problem(EXAMPLES / f"{NAME}.toml"))


def parsed(members: Sequence[str]) -> int:
    """How many statements stand in formulas, each a document of its own."""
    count = 0
    for member in members:
        _, blocks = read_text(f"$${member}$$\n", name=f"{NAME}.md")
        count += len(read_statements(blocks).statements)
    return count


def parsed_by_sympy(members: Sequence[str]) -> int:
    """How many formulas `parse_latex` reads, one equation of a chain at a time; what it refuses is passed over."""
    from sympy.parsing.latex import parse_latex
    from sympy.parsing.latex.errors import LaTeXParsingError

    count = 0
    for member in members:
        try:
            parse_latex(member)
        except LaTeXParsingError:
            continue
        count += 1
    return count


def audit_lines(runs: int = 5) -> Iterator[str]:
    """The report: seconds and claims a second for the whole audit, seconds to parse, the ratio to `parse_latex`."""
    text = document()
    displays = formulas(text)
    claims = len(audited(text).claims)
    whole = least_seconds(partial(audited, text), runs)
    yield f"a document of {len(displays)} display formulas, {claims} claims"
    yield f"{'audited':>24} {whole:9.4f} s   {claims / whole:9.0f} claims a second"
    own = least_seconds(partial(parsed, displays), runs)
    yield f"{'formulas parsed':>24} {own:9.4f} s   {1e3 * own / len(displays):9.3f} ms a formula"
    if find_spec("antlr4") is None:
        yield f"{'by parse_latex':>24} is not installed: pip install {RUNTIME}"
        return
    read = parsed_by_sympy(displays)
    theirs = least_seconds(partial(parsed_by_sympy, displays), min(runs, 2))
    yield f"{'by parse_latex':>24} {theirs:9.4f} s   {theirs / own:8.1f}x, and reads {read} of {len(displays)}"
