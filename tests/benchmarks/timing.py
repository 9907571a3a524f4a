"""Seconds, the least of several runs: what a machine needs when nothing else disturbs it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from time import perf_counter


def least_seconds(action: Callable[[], object], runs: int) -> float:
    """The least time that `action` takes in `runs` runs."""
    return min(_seconds(action) for _ in range(runs))


def _seconds(action: Callable[[], object]) -> float:
    began = perf_counter()
    action()
    return perf_counter() - began


def import_seconds(runs: int) -> float:
    """The least time of `import sympy` in a fresh interpreter, the interpreter's own start left out."""
    program = "import time; began = time.perf_counter(); import sympy; print(time.perf_counter() - began)"
    command = [sys.executable, "-c", program]
    return min(float(subprocess.run(command, capture_output=True, check=True, text=True).stdout) for _ in range(runs))
