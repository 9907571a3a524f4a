"""symbackprop draw"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from symbackprop.cli.output import keep_inputs, write
from symbackprop.errors import SymbackpropError

if TYPE_CHECKING:
    from symbackprop.network.problem import Problem

EXAMPLES = """\b
symbackprop draw examples/mazur_2_2_2.toml --output network.svg
symbackprop draw examples/mazur_2_2_2.toml --backward --output gradients.png
symbackprop draw examples/sigmoid_2_3_1.toml --wrt w0 --values none --output path.tex"""


@click.command(short_help="The network as a picture: SVG, PNG or TikZ.", epilog=EXAMPLES)
@click.argument("network")
@click.option("--backward", is_flag=True, help="Node errors and gradients instead of activations and weights.")
@click.option(
    "--wrt", multiple=True, metavar="NAME", help="Draw strong only what the gradient of NAME rests on; may be repeated."
)
@click.option(
    "--values",
    type=click.Choice(["all", "none"]),
    default="all",
    show_default=True,
    help="With the numbers, or names alone.",
)
@click.option("--decimals", type=click.IntRange(0, 50), metavar="N", help="Places to print. [file's, or 9]")
@click.option(
    "--output", "-o", type=click.Path(), metavar="FILE", help="Write to FILE (.svg, .png, .tex). [standard output, SVG]"
)
def draw(
    network: str, backward: bool, wrt: tuple[str, ...], values: str, decimals: int | None, output: str | None
) -> None:
    """Draw NETWORK as a graph of layers, inputs on the left and the cost on the right.

    Lines are solid and blue for positive weights, dashed and orange for negative ones. Large layers are abridged.
    """
    keep_inputs(output, network)
    from symbackprop.rendering.drawing.formats import format_of

    written = format_of(output)
    from symbackprop.derivation.working import derive
    from symbackprop.evaluation.worked import work
    from symbackprop.interface import Network
    from symbackprop.rendering.drawing.contents import Face
    from symbackprop.rendering.drawing.following import followed
    from symbackprop.rendering.drawing.layout import lay_out, shown
    from symbackprop.rendering.drawing.painting import painted

    problem = Network.from_file(network).problem
    if backward and problem.training is None:
        raise SymbackpropError(f"{network} has no cost to go back from", hint="give cost under [training]")
    derivation = derive(problem if values == "all" else _unnumbered(problem))
    picked = {name for quantity in wrt for name in followed(derivation, derivation.find(quantity))}
    drawing = lay_out(work(derivation, wrt=shown(derivation), decimals=decimals))
    write(written(painted(drawing, Face.BACKWARD if backward else Face.FORWARD, picked)), output)


def _unnumbered(problem: Problem) -> Problem:
    from dataclasses import replace

    return replace(problem, values={})
