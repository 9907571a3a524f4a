"""Blocks -> statements: what people write when they write mathematics, read as trees with their places."""
