"""Certification while the citizen waits."""
