"""A dossier, its line in a list, and who held it when."""
