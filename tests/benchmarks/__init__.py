"""Ratios of speed, measured in one run on one machine: `python -m tests.benchmarks`, in an environment with the package."""
