"""Records -> LaTeX, Markdown, text and JSON, one file a format. Nothing is computed here."""
