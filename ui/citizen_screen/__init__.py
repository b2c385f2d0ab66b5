"""The citizen's mirror: a second window that faces the citizen - what is taken in, the date of
return, five faces.
"""
