"""symbackprop derive"""

from __future__ import annotations

import click

from symbackprop.cli.output import keep_inputs, write

EXAMPLES = """\b
symbackprop derive examples/mazur_2_2_2.toml --wrt w_5
symbackprop derive examples/sigmoid_2_3_1.toml --hand --decimals 4
symbackprop derive examples/mazur_2_2_2.toml --format html --output derivation.html
symbackprop derive examples/mazur_2_2_2.toml --format latex --output derivation.tex"""


@click.command(short_help="The whole derivation, step by step.", epilog=EXAMPLES)
@click.argument("network")
@click.option(
    "--wrt", multiple=True, metavar="NAME", help="Only what the gradient of this quantity needs; may be repeated."
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "markdown", "latex", "json", "html", "pdf"]),
    default="text",
    show_default=True,
    help="How to write it.",
)
@click.option("--fragment", is_flag=True, help="A part of a document: LaTeX to be \\input, HTML in a frame.")
@click.option(
    "--decimals", type=click.IntRange(0, 50), metavar="N", help="Places to print, from full precision. [file's, or 9]"
)
@click.option("--hand", is_flag=True, help="Carry the rounding to these places from step to step, as by hand.")
@click.option("--output", "-o", type=click.Path(), metavar="FILE", help="Write to FILE instead of standard output.")
def derive(
    network: str,
    wrt: tuple[str, ...],
    format_: str,
    fragment: bool,
    decimals: int | None,
    hand: bool,
    output: str | None,
) -> None:
    """Derive NETWORK: every formula, the same formula with its numbers in, its value, and why.

    In reading order: forward pass, error, backward through each layer from the last, updates, and the pass after them.
    """
    if fragment and format_ not in ("latex", "html"):
        raise click.UsageError("--fragment goes with --format latex or html")
    keep_inputs(output, network)
    from symbackprop.interface import Network

    derived = Network.from_file(network).derive()
    if format_ == "pdf":
        write(derived.pdf(wrt=wrt, decimals=decimals, hand=hand), output)
        return
    write(derived.render(format_, fragment=fragment, wrt=wrt, decimals=decimals, hand=hand), output)
