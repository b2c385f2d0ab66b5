"""Help: F1 for where one is, a tour of the first day; its pictures are taken of the window
itself.
"""
