"""Layouts that adapt to a narrow window or a large type."""
