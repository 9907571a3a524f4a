"""symbackprop explain"""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import click

from symbackprop.cli.output import write
from symbackprop.errors import SymbackpropError, did_you_mean

if TYPE_CHECKING:
    from symbackprop.auditing.causes.cause import Cause

COLUMNS = 100

EXAMPLES = """\b
symbackprop explain
symbackprop explain missing-factor"""


@click.command(short_help="What a cause of error is, and how the line should read.", epilog=EXAMPLES)
@click.argument("code", required=False)
def explain(code: str | None) -> None:
    """Explain the cause CODE: what it is, why it is wrong, an example, and the right line. Without CODE, list all."""
    from symbackprop.auditing.causes.registry import CAUSES

    if code is None:
        width = max(map(len, CAUSES), default=0)
        write("".join(f"{cause.code.ljust(width)}  {cause.title}\n" for cause in CAUSES.values()), None)
        return
    if code not in CAUSES:
        raise SymbackpropError(f"there is no cause {code[:COLUMNS]!r}", hint=did_you_mean(code, CAUSES))
    write(_explained(CAUSES[code]), None)


def _explained(cause: Cause) -> str:
    parts = [
        f"{cause.code}: {cause.title}",
        textwrap.fill(cause.what, COLUMNS),
        textwrap.fill(cause.why, COLUMNS),
        "Wrong:\n" + textwrap.indent(cause.example, "    "),
        "Right:\n" + textwrap.indent(cause.right, "    "),
    ]
    return "\n\n".join(parts) + "\n"
