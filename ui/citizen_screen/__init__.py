"""The citizen's mirror: a second window with what is taken in, the date of return, five faces."""
