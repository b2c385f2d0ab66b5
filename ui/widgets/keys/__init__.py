"""Keyboard input: scanner, pasting, composing, order of the focus."""
