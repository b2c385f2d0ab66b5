"""Ctrl+K: the palette and the places that it finds."""
