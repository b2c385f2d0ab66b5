"""Procedures and legal regimes, data with dates and sources."""
