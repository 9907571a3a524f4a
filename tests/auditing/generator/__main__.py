"""Measures the auditor on generated documents; see `tests.auditing.generator`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator

from tests.auditing.generator.documents import Generated, Planted, honest, planted
from tests.auditing.generator.errors import KINDS
from tests.auditing.generator.layouts import LAYOUTS
from tests.auditing.generator.measure import Lot, audited, report, tally_of


def main() -> None:
    """Reads the options, prints the report."""
    options = _options()
    if options.list:
        sys.stdout.writelines(f"{kind.name:36} {', '.join(kind.accepted)}\n" for kind in KINDS.values())
    elif options.seed is None:
        lot = Lot(
            range(options.first, options.first + options.documents), options.kinds, options.layout, options.network
        )
        for line in report(tally_of(lot, options.jobs), options.examples):
            sys.stdout.write(line + "\n")
    else:
        kinds = options.kinds
        one = planted(options.seed, kinds[0], options.layout) if kinds else honest(options.seed, options.layout)
        if options.show:
            sys.stdout.write(one.text + "\n" + one.example.network_file() + f"\n{one.hand}\n")
        sys.stdout.writelines(line + "\n" for line in _said(one, options.network))


def _said(document: Generated, network: bool) -> Iterator[str]:
    if isinstance(document, Planted):
        error = document.error
        kind = document.kind
        yield f"error: line {error.line}, {kind.name} ({kind.cause}), {float(document.size):.3g} units"
        yield f"  {document.text[error.start : error.end]}"
    judged = audited(document, network=network)
    for one in judged.claims:
        line, column = judged.source.place(one.span.start)
        causes = ", ".join(filter(None, (one.cause, *one.alternatives)))
        text = document.text[one.span.start : one.span.end]
        yield f"{line}:{column}: {one.verdict} {causes} {one.quantity} {one.printed} | {text} | {one.message}"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.auditing.generator", description=__doc__)
    parser.add_argument("--documents", type=int, default=200, help="how many; every other one has an error in it")
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument(
        "--kinds", nargs="*", default=(), choices=list(KINDS), metavar="KIND", help="errors of these kinds alone"
    )
    parser.add_argument(
        "--layout", choices=[layout.name for layout in LAYOUTS], help="documents laid out in this way alone"
    )
    parser.add_argument(
        "--without-network", dest="network", action="store_false", help="the auditor is given no network"
    )
    parser.add_argument("--jobs", type=int, default=1, help="processes")
    parser.add_argument("--examples", type=int, default=3, help="failures of each sort that are shown")
    parser.add_argument("--seed", type=int, help="one document, and what is said of each of its claims")
    parser.add_argument("--show", action="store_true", help="the document and its network too")
    parser.add_argument("--list", action="store_true", help="the kinds of error and the causes that name them")
    options = parser.parse_args()
    options.kinds = tuple(options.kinds)
    return options


if __name__ == "__main__":
    main()
