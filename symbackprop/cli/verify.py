"""symbackprop verify"""

from __future__ import annotations

import click

from symbackprop.cli.output import keep_inputs, write


@click.command(short_help="Confirm every step, and judge every printed number.")
@click.argument("network")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to write the report.",
)
@click.option("--output", "-o", type=click.Path(), metavar="FILE", help="Write to FILE instead of standard output.")
@click.pass_context
def verify(context: click.Context, network: str, format_: str, output: str | None) -> None:
    """Confirm the derivation of NETWORK by independent routes, and judge each number that its document prints.

    Steps are proved, confirmed at a number of points, refuted, or undecided; claims are correct, carried (they follow
    from rounded numbers printed before them), wrong, or undecided. Exit 1 where anything is refuted, wrong, undecided.
    """
    keep_inputs(output, network)
    from symbackprop.interface import Network
    from symbackprop.interface import verify as verify_network
    from symbackprop.rendering.report import report_json, report_text

    report = verify_network(Network.from_file(network))
    write(report_json(report) if format_ == "json" else report_text(report), output)
    context.exit(0 if report.ok else 1)
