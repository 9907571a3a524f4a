"""Prints the ratios; see `tests.benchmarks`. micrograd and PyTorch are compared where they are installed."""

from __future__ import annotations

import sys

from tests.benchmarks.sizes import size_lines
from tests.benchmarks.updates import update_lines

for line in (*update_lines(), "", *size_lines()):
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
