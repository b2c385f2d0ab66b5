"""Lists and dossiers written to files for other programs."""
