"""Colours, spaces and type sizes; a test checks the contrasts of the style sheet."""

from dataclasses import dataclass

from cchc_desk.i18n import later


@dataclass(frozen=True)
class Palette:
    """Colours of one ward in one theme: calm teal, and clearly another for practice.

    `edge` frames what can be typed into or pressed, `line` only parts one thing from the next;
    `ring` is the focus of a filled button, seen against its fill and against the page; `marks` is
    the colour of the little signs in boxes (resources/icons/marks), `on_accent_marks` of those on
    the accent; `…_soft` is the ground of a badge in that colour.
    """

    accent: str
    accent_dark: str
    accent_soft: str
    header: str
    header_key: str
    on_accent: str = "#ffffff"
    on_header: str = "#ffffff"
    ground: str = "#f6f7f8"
    card: str = "#ffffff"
    ink: str = "#1b2429"
    quiet: str = "#51616b"
    edge: str = "#76858e"
    ring: str = "#cb7a00"
    line: str = "#cfd7dc"
    late: str = "#a61b1b"
    soon: str = "#8a5200"
    good: str = "#1d6b3a"
    late_soft: str = "#fbe8e6"
    soon_soft: str = "#fcf0dc"
    good_soft: str = "#e2f2e8"
    quiet_soft: str = "#e8edf0"
    disabled: str = "#7b868c"
    marks: str = "black"
    on_accent_marks: str = "white"


_NIGHT = {
    "on_accent": "#0b1619",
    "ground": "#12181b",
    "card": "#1b2327",
    "ink": "#e8eef1",
    "quiet": "#aab8bf",
    "edge": "#81919a",
    "ring": "#a85800",
    "line": "#3b484f",
    "late": "#ff9d94",
    "soon": "#f2bf6b",
    "good": "#85d6a1",
    "late_soft": "#43201e",
    "soon_soft": "#3b2c10",
    "good_soft": "#17351f",
    "quiet_soft": "#2a353b",
    "disabled": "#77858c",
    "marks": "white",
    "on_accent_marks": "black",
}
_STARK = {
    "on_accent": "#000000",
    "on_header": "#000000",
    "ground": "#000000",
    "card": "#000000",
    "ink": "#ffffff",
    "quiet": "#c0c0c0",
    "edge": "#ffffff",
    "ring": "#285ad6",
    "line": "#ffffff",
    "late": "#ffb3ad",
    "soon": "#ffd58a",
    "good": "#9dffb5",
    "late_soft": "#3a0000",
    "soon_soft": "#332400",
    "good_soft": "#002b10",
    "quiet_soft": "#1c1c1c",
    "disabled": "#9a9a9a",
    "marks": "white",
    "on_accent_marks": "black",
}
# theme -> its words, the real ward, the practice ward
THEMES = {
    "light": (
        later("nền sáng"),
        Palette("#0b6470", "#084851", "#e0eef0", header="#0b6470", header_key="#084851"),
        Palette(
            "#7a3e9d",
            "#57287a",
            "#f1e6f7",
            header="#7a3e9d",
            header_key="#57287a",
            ground="#fbf7fd",
        ),
    ),
    "dark": (
        later("nền tối"),
        Palette("#5cc0cd", "#8fdbe5", "#203439", header="#0f4048", header_key="#092b31", **_NIGHT),
        Palette("#c99be8", "#dfc4f4", "#33263d", header="#4b2766", header_key="#341a49", **_NIGHT),
    ),
    "contrast": (
        later("tương phản cao"),
        Palette("#ffe600", "#ffe600", "#262600", header="#ffe600", header_key="#ffe600", **_STARK),
        Palette("#ff9cf5", "#ff9cf5", "#2b0a28", header="#ff9cf5", header_key="#ff9cf5", **_STARK),
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
# density -> its words, the part of the ordinary space around words that it leaves
DENSITIES = {"cosy": (later("thoáng"), 1.0), "compact": (later("gọn"), 0.5)}
POINT = 11  # the ordinary type size, in points
TITLE = 15
BIG = 17

SPACE = 8
