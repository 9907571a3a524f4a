"""The chain rule, applied to a graph: partials, node errors, updates, and the working in reading order."""
