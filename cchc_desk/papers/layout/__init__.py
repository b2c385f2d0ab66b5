"""The layout kit that every paper is drawn with."""
