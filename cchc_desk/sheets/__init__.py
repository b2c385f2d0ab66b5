"""Workbooks: every cell is text or a number, a typed text is never a formula."""
