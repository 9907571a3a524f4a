"""Statements -> the network that the document works through, where no file says it."""
