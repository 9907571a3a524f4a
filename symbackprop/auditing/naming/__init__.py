"""Names as a document writes them -> quantities of the network."""
