"""A file, as written -> blocks in which mathematics may stand; a format, a file."""
