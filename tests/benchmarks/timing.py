"""Seconds of processor time, the least of several runs: what other work on the machine disturbs least."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from time import process_time


def least_seconds(action: Callable[[], object], runs: int) -> float:
    """The least time that `action` takes in `runs` runs."""
    return min(_seconds(action) for _ in range(runs))


def _seconds(action: Callable[[], object]) -> float:
    began = process_time()
    action()
    return process_time() - began


def import_seconds(runs: int) -> float:
    """The least time of `import sympy` in a fresh interpreter, the interpreter's own start left out."""
    program = "import time; began = time.process_time(); import sympy; print(time.process_time() - began)"
    command = [sys.executable, "-c", program]
    return min(float(subprocess.run(command, capture_output=True, check=True, text=True).stdout) for _ in range(runs))
