"""Colours, spaces and type sizes, in one place. Every pair of text and ground below meets WCAG AA."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Palette:
    """The colours of one ward: the real one is a calm teal, the practice ward is clearly another."""

    accent: str
    accent_dark: str
    accent_soft: str
    ground: str = "#f6f7f8"
    card: str = "#ffffff"
    ink: str = "#1b2429"
    quiet: str = "#51616b"
    line: str = "#cfd7dc"
    late: str = "#a61b1b"
    soon: str = "#8a5200"
    good: str = "#1d6b3a"


REAL = Palette(accent="#0b6470", accent_dark="#084851", accent_soft="#e0eef0")
PRACTICE = Palette(accent="#7a3e9d", accent_dark="#57287a", accent_soft="#f1e6f7", ground="#fbf7fd")

POINT = 11  # the ordinary type size, in points
TITLE = 15
BIG = 17

SPACE = 8
