"""A dossier, its line in a list, and the stretches in one hand."""
