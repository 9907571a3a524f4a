"""Ratios of speed, all measured in one run on one machine; no test depends on any of them.

From a clone, in an environment in which the package is installed:

    python -m tests.benchmarks

micrograd and PyTorch take part where they are installed (`pip install micrograd torch`), SymPy's `parse_latex` where
its runtime is: `pip install antlr4-python3-runtime==4.11.*`. A figure is the least processor time of several runs.
"""
