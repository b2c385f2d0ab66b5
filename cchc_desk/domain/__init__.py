"""The rules of the desk: standard library only; no clock, no files, no SQL, no sentences for
people.
"""
