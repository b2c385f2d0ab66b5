"""Verbs about the desk: people, settings, data, training, the city."""
