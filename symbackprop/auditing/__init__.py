"""A document -> blocks -> statements -> claims -> findings."""
