"""Accepted dossiers: shown, found, moved on step by step, and their history."""
