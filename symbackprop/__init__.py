"""Backpropagation worked by hand: derived, confirmed and audited."""
