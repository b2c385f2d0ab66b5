"""The only room that knows spreadsheets. Every cell is text or a number: what a person typed is
never a formula.
"""
