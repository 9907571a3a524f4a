"""What all tests share: on continuous integration hypothesis draws the same examples in every run.

Hypothesis's own time limit is off: it measures how busy the machine is. Speed is shown in tests/benchmarks.
"""

from __future__ import annotations

import os

from hypothesis import settings

settings.register_profile("untimed", deadline=None)
settings.register_profile("repeatable", deadline=None, derandomize=True)
settings.load_profile("repeatable" if os.environ.get("CI") else "untimed")
