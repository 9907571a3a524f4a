"""The group of commands, and what all of them share: exit codes, messages, and output that is whole or not at all."""

from __future__ import annotations

import os
import sys
from typing import Any

import click

from symbackprop import __version__
from symbackprop.cli.audit import audit
from symbackprop.cli.derive import derive
from symbackprop.cli.draw import draw
from symbackprop.cli.explain import explain
from symbackprop.cli.train import train
from symbackprop.cli.verify import verify
from symbackprop.errors import EvaluationError, SymbackpropError

WRONG, UNREADABLE, INTERRUPTED = 1, 2, 130


class _Group(click.Group):
    """Commands whose errors become one message on standard error and an exit code, never a traceback."""

    def main(self, *args: Any, **extra: Any) -> Any:  # noqa: ANN401 - click's own types
        try:
            return super().main(*args, **extra)
        except OSError as error:
            _drop_output()
            click.echo(f"error: cannot write: {error.strerror or error}", err=True)
            sys.exit(UNREADABLE)

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - click's own return type
        try:
            return super().invoke(ctx)
        except SymbackpropError as error:
            click.echo(str(error), err=True)
            ctx.exit(WRONG if isinstance(error, EvaluationError) else UNREADABLE)
        except BrokenPipeError:
            _drop_output()
            ctx.exit(0)
        except KeyboardInterrupt:
            click.echo("interrupted", err=True)
            ctx.exit(INTERRUPTED)


def _drop_output() -> None:
    """What is still to be written to standard output goes nowhere: its reader has gone, or its disk is full."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="symbackprop")
def main() -> None:
    """Backpropagation worked by hand: derived step by step, every step and every number confirmed.

    NETWORK is a network file (TOML): inputs, targets, parameters, equations or layers, and what a document claims.
    DOCUMENT is a worked example as it is written: text, Markdown, LaTeX, a notebook, HTML.
    A lone - for NETWORK is standard input. Exit codes: 0 all holds, 1 something is wrong, 2 cannot be read or wrong
    use; of audit, 3 a limit was reached.
    """


main.add_command(derive)
main.add_command(draw)
main.add_command(verify)
main.add_command(train)
main.add_command(audit)
main.add_command(explain)
