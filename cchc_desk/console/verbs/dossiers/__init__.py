"""Verbs about dossiers: taken in, on their way, late, printed, watched."""
