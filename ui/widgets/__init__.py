"""Widgets that know nothing of dossiers: fields, lists, previews, the scanner."""
