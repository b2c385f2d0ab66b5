"""Colours, spaces and type sizes, in one place. PAIRS lists what is text on what: a test measures each of them."""

from dataclasses import dataclass

from cchc_desk.language import later


@dataclass(frozen=True)
class Palette:
    """The colours of one ward in one theme: the real one is a calm teal, the practice ward is clearly another."""

    accent: str
    accent_dark: str
    accent_soft: str
    on_accent: str = "#ffffff"
    ground: str = "#f6f7f8"
    card: str = "#ffffff"
    ink: str = "#1b2429"
    quiet: str = "#51616b"
    line: str = "#cfd7dc"
    late: str = "#a61b1b"
    soon: str = "#8a5200"
    good: str = "#1d6b3a"
    disabled: str = "#7b868c"


_NIGHT = {
    "on_accent": "#0b1619",
    "ground": "#12181b",
    "card": "#1b2327",
    "ink": "#e8eef1",
    "quiet": "#aab8bf",
    "line": "#3b484f",
    "late": "#ff9d94",
    "soon": "#f2bf6b",
    "good": "#85d6a1",
    "disabled": "#77858c",
}
_STARK = {
    "on_accent": "#000000",
    "ground": "#000000",
    "card": "#000000",
    "ink": "#ffffff",
    "quiet": "#ffffff",
    "line": "#ffffff",
    "late": "#ffb3ad",
    "soon": "#ffd58a",
    "good": "#9dffb5",
    "disabled": "#b0b0b0",
}
# theme -> its words, the real ward, the practice ward
THEMES = {
    "light": (
        later("nền sáng"),
        Palette(accent="#0b6470", accent_dark="#084851", accent_soft="#e0eef0"),
        Palette(accent="#7a3e9d", accent_dark="#57287a", accent_soft="#f1e6f7", ground="#fbf7fd"),
    ),
    "dark": (
        later("nền tối"),
        Palette(accent="#5cc0cd", accent_dark="#8fdbe5", accent_soft="#203439", **_NIGHT),
        Palette(accent="#c99be8", accent_dark="#dfc4f4", accent_soft="#33263d", **_NIGHT),
    ),
    "contrast": (
        later("tương phản cao"),
        Palette(accent="#ffe600", accent_dark="#ffe600", accent_soft="#262600", **_STARK),
        Palette(accent="#ff9cf5", accent_dark="#ff9cf5", accent_soft="#2b0a28", **_STARK),
    ),
}
# (text or sign, what it stands on) of every place of the style sheet.
PAIRS = (
    *(
        (text, ground)
        for text in ("ink", "quiet", "late", "soon", "good", "accent_dark")
        for ground in ("ground", "card")
    ),
    ("ink", "accent_soft"),
    ("accent_dark", "accent_soft"),
    ("soon", "accent_soft"),
    ("on_accent", "accent"),
    ("on_accent", "accent_dark"),
)
# Frames and marks that must be told from what is around them.
EDGES = (("accent", "card"), ("accent", "ground"), ("quiet", "card"), ("late", "card"))

SIZES = (100, 112, 125, 150, 175, 200)  # per cent of the ordinary type size
POINT = 11  # the ordinary type size, in points
TITLE = 15
BIG = 17

SPACE = 8
