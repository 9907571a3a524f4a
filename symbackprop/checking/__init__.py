"""Independent oracles that confirm a derivation by other routes, and the report they make."""
