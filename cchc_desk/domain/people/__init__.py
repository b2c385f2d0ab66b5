"""Applicants and their identity cards; the officials of the desk."""
