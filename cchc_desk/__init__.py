"""CCHC Desk: the core of a ward's one-stop desk. No Qt in here, ever."""

__version__ = "0.5.0"
