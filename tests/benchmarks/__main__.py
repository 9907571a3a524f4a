"""Prints the ratios; see `tests.benchmarks`. micrograd, PyTorch and parse_latex take part where installed."""

from __future__ import annotations

import sys

from tests.benchmarks.audits import audit_lines
from tests.benchmarks.formulas import formula_lines
from tests.benchmarks.sizes import size_lines
from tests.benchmarks.updates import update_lines

for line in (*update_lines(), "", *size_lines(), "", *audit_lines(), "", *formula_lines()):
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
