"""symbackprop train"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from time import monotonic
from typing import TYPE_CHECKING

import click

from symbackprop.cli.output import keep_inputs, write
from symbackprop.errors import EvaluationError, SymbackpropError

if TYPE_CHECKING:
    from symbackprop.evaluation.training import Record

ROWS = 12  # of the table on the terminal
PATIENCE = 1.0  # seconds without a progress bar


EXAMPLES = """\b
symbackprop train examples/mazur_2_2_2.toml --steps 1000 --output curve.csv
symbackprop train examples/mazur_2_2_2.toml --plot curve.svg"""


@click.command(short_help="Replay many updates, and follow the error.", epilog=EXAMPLES)
@click.argument("network")
@click.option("--steps", type=click.IntRange(0, 10_000_000), metavar="N", help="How many updates. [file's, or 1]")
@click.option("--order", type=click.Choice(["simultaneous", "output-first"]), help="When parameters change. [file's]")
@click.option("--every", type=click.IntRange(1), metavar="K", help="Note the error after every K-th update. [N/100]")
@click.option("--output", "-o", type=click.Path(), metavar="FILE", help="Write the error curve to FILE, as CSV.")
@click.option("--plot", type=click.Path(), metavar="FILE", help="Draw the error curve to FILE (.svg, .png, .tex).")
def train(
    network: str, steps: int | None, order: str | None, every: int | None, output: str | None, plot: str | None
) -> None:
    """Replay the updates of NETWORK in floating point and show the error on the way; frozen parameters stay put.

    With --order output-first the hidden gradients are taken through output weights that are already updated. A run
    that diverges is shown and written as far as it has finite values, and ends with exit code 1.
    """
    keep_inputs(output, network)
    keep_inputs(plot, network)
    from symbackprop.rendering.drawing.formats import format_of

    if plot is not None and plot == output:
        raise click.UsageError("--plot and --output are two files")
    drawn = format_of(plot)
    from symbackprop.interface import Network

    loaded = Network.from_file(network)
    training = loaded.problem.training
    if training is None or training.learning_rate is None:
        raise SymbackpropError(f"{network} has no learning rate", hint="give cost and learning_rate under [training]")
    count = training.steps if steps is None else steps
    interval = every or max(1, count // 100)
    records: list[Record] = []
    failure: EvaluationError | None = None
    try:
        records.extend(_shown(loaded.train(count, order=order, every=interval), count))
    except EvaluationError as error:
        if not records:
            raise
        failure = error
    if plot is not None:
        from symbackprop.rendering.drawing.curve import error_curve, plotted

        write(drawn(plotted(error_curve(records, training.cost, loaded.problem.title))), plot)
    if output is not None:
        write(_curve(records, training.cost), output)
    if "-" not in (output, plot):
        click.echo(_table(records, training.cost, loaded.problem.trained_parameters()))
    if failure is not None:
        raise failure


def _shown(records: Iterator[Record], count: int) -> Iterable[Record]:
    """The records, with a progress bar on a terminal once they have taken `PATIENCE` seconds."""
    if not sys.stderr.isatty():
        yield from records
        return
    from rich.console import Console
    from rich.progress import Progress

    began = monotonic()
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("updates", total=count, visible=False)
        for record in records:
            progress.update(task, completed=record.step, visible=monotonic() - began > PATIENCE)
            yield record


def _curve(records: list[Record], cost: str) -> str:
    return f"updates,{cost}\n" + "".join(f"{record.step},{record.cost!r}\n" for record in records)


def _table(records: list[Record], cost: str, trained: tuple[str, ...]) -> str:
    last = records[-1]
    stride = max(1, -(-len(records) // ROWS))
    rows = [*records[:-1:stride], last]
    lines = [f"{'updates':>9}  {cost}", *(f"{row.step:>9}  {row.cost:.9e}" for row in rows), ""]
    lines += [f"{name:>9}  {last.parameters[name]:.9g}" for name in trained[:ROWS]]
    if len(trained) > ROWS:
        lines.append(f"{'...':>9}  and {len(trained) - ROWS} more")
    count = "1 update" if last.step == 1 else f"{last.step} updates"
    lines += ["", f"{cost} after {count}: {last.cost:.9e}"]
    return "\n".join(lines)
