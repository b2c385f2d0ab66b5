"""Drawings: chart, timeline, tiles with a figure."""
