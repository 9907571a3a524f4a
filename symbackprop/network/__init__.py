"""What the user describes: a graph of definitions, the numbers given with it, and what a document claims of it."""
