"""Dossiers on disk: records, lists, search, counts."""
