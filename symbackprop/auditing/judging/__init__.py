"""Statements and quantities -> verdicts."""
