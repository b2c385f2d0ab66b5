"""Numbered papers on disk."""
