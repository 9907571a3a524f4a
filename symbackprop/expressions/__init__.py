"""Mathematics as text and as SymPy trees."""
