"""Hồ sơ: the list, one dossier, the return."""
