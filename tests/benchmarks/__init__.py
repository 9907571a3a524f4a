"""Ratios of speed, measured in one run on one machine: `python -m tests.benchmarks`, where the package is installed."""
