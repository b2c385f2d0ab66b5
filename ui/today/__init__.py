"""Hôm nay: what the day asks for."""
