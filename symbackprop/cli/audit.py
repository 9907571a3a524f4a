"""symbackprop audit"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from symbackprop.cli.output import keep_inputs, write
from symbackprop.errors import LimitError, SymbackpropError

if TYPE_CHECKING:
    from symbackprop.auditing.report import Audit

FAULTS, UNREADABLE, LIMIT = 1, 2, 3
FORMATS = ("text", "json", "sarif", "github", "junit", "markdown", "html", "pdf")

EXAMPLES = """\b
symbackprop audit sheet.md
symbackprop audit chapter.tex --network network.toml --format markdown --output errata.md
symbackprop audit --init sheet.md --output sheet.toml
symbackprop explain missing-factor"""


@click.command(short_help="Judge a document as it is written, line by line.", epilog=EXAMPLES)
@click.argument("documents", metavar="DOCUMENT ...", nargs=-1, required=True)
@click.option("--network", metavar="FILE", help="Judge by this network file. [read from the document]")
@click.option(
    "--format",
    "format_",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    help="How to write what is found.",
)
@click.option("--output", "-o", type=click.Path(), metavar="FILE", help="Write to FILE instead of standard output.")
@click.option("--exit-zero", is_flag=True, help="Exit 0 where faults are found, too.")
@click.option(
    "--certificate",
    type=click.Path(),
    metavar="FILE",
    help="Write every verdict with the intervals that prove it; python -m symbackprop.auditing.recheck checks them.",
)
@click.option("--init", is_flag=True, help="Write a network file from what DOCUMENT states, to be completed.")
@click.pass_context
def audit(
    context: click.Context,
    documents: tuple[str, ...],
    network: str | None,
    format_: str,
    output: str | None,
    exit_zero: bool,
    certificate: str | None,
    init: bool,
) -> None:
    """Say of every claim in DOCUMENT what is right, what is rounding, what is wrong, and why.

    Read are plain text, Markdown, LaTeX, Jupyter notebooks and HTML. Without --network the network is read from the
    document, too. Exit 0 no fault, 1 faults, 2 cannot be read, 3 a limit was reached; of several documents the highest.
    """
    for written in (output, certificate):
        keep_inputs(written, network, *documents)
    if init:
        if len(documents) > 1 or network or certificate or format_ != "text":
            raise click.UsageError("--init takes one DOCUMENT, and --output")
        context.exit(_initial(documents[0], output))
    if certificate is not None and certificate == output:
        raise click.UsageError("--certificate and --output are two files")
    audits, code = _audited(documents, network)
    if code:  # whole or not at all: a report without one of its documents would pass for the whole
        context.exit(code)
    report = _rendered(audits, format_, to_terminal=output in (None, "-"))
    if certificate is not None:
        from symbackprop.auditing.certificate import certify

        write(certify(audits), certificate)
    write(report, output)
    if any(audit.limit for audit in audits):
        context.exit(LIMIT)
    context.exit(FAULTS if any(audit.faults for audit in audits) and not exit_zero else 0)


def _audited(documents: Sequence[str], network: str | None) -> tuple[list[Audit], int]:
    """(the audits, 0), or a message for each document that cannot be read, and the highest exit code."""
    from symbackprop.auditing.auditor import audit as audit_document
    from symbackprop.auditing.documents.formats import read_document
    from symbackprop.network.file import load_problem

    audits: list[Audit] = []
    codes = [0]
    try:
        problem = load_problem(network) if network else None
    except SymbackpropError as error:
        return [], _told(error)
    for document in documents:
        try:
            audits.append(audit_document(*read_document(document), problem))
        except SymbackpropError as error:
            codes.append(_told(error))
    return audits, max(codes)


def _initial(document: str, output: str | None) -> int:
    """Writes the network file that a document begins; the exit code."""
    from symbackprop.auditing.documents.formats import read_document
    from symbackprop.auditing.inference.infer import initial_file

    try:
        write(initial_file(*read_document(document)), output)
    except SymbackpropError as error:
        return _told(error)
    return 0


def _told(error: SymbackpropError) -> int:
    """The exit code of an error, once its message is on standard error."""
    click.echo(str(error), err=True)
    return LIMIT if isinstance(error, LimitError) else UNREADABLE


def _rendered(audits: Sequence[Audit], format_: str, *, to_terminal: bool) -> str | bytes:
    from symbackprop.rendering.audit_formats import AUDIT_FORMATS

    if format_ == "pdf":
        from symbackprop.rendering.pdf import pdf_of_page

        return pdf_of_page(AUDIT_FORMATS["html"].document(audits))
    if format_ == "text" and to_terminal and _in_colour():
        from symbackprop.rendering import audit_terminal

        return audit_terminal.document(audits, _painted)
    return AUDIT_FORMATS[format_].document(audits)


def _in_colour() -> bool:
    return sys.stdout is not None and sys.stdout.isatty() and "NO_COLOR" not in os.environ


_STYLES: dict[str, dict[str, object]] = {
    "fault": {"fg": "red", "bold": True},
    "heir": {"fg": "yellow"},
    "margin": {"fg": "blue"},
    "corrected": {"fg": "green"},
    "heading": {"bold": True},
}


def _painted(role: str, text: str) -> str:
    """`text` in the colour of its role on a terminal."""
    return click.style(text, **_STYLES[role])  # type: ignore[arg-type]
