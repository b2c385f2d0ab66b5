"""Thủ tục: the office's own catalogue, one procedure at a time or a list from a file."""
