"""Records -> one self-contained HTML page: no script, nothing fetched, everything escaped by the element tree."""
