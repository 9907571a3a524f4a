"""Ratios of speed, all measured in one run on one machine; no test depends on any of them.

From a clone, in an environment in which the package is installed:

    python -m tests.benchmarks

micrograd and PyTorch take part where they are installed (`pip install micrograd torch`). A figure is the least
processor time of several runs.
"""
