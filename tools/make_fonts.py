"""Make the fonts in resources/fonts from their originals: `python -m tools.make_fonts DIR`.

DIR holds LiberationSerif-{Regular,Bold,Italic,BoldItalic}.ttf 2.1.5 and
NotoSans-{Regular,Bold}.ttf. Each is cut to the letters a Vietnamese office writes, so that
embedding one in a PDF is quick. "Liberation" is a reserved font name under the SIL OFL 1.1, so the
cut serif is called "CCHC Serif" (docs/decisions/020).
"""

import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

from resources import path

# Latin with every Vietnamese letter, combining marks, punctuation, superscripts, currency, arrows,
# ticks and boxes.
UNICODES = [
    *range(0x20, 0x7F),
    *range(0xA0, 0x180),
    *range(0x1A0, 0x1B1),
    *range(0x1CD, 0x1DD),
    *range(0x2B9, 0x2DE),
    *range(0x300, 0x324),
    *range(0x1E00, 0x1F00),
    *range(0x2010, 0x2028),
    *range(0x2030, 0x205F),
    *range(0x2070, 0x2090),
    *range(0x20A0, 0x20BE),
    *(
        0x2116,
        0x2122,
        0x2190,
        0x2191,
        0x2192,
        0x2193,
        0x2212,
        0x2260,
        0x2264,
        0x2265,
        0x25A0,
        0x25A1,
        0x25CF,
        0x25CB,
    ),
    *(0x2713, 0x2717, 0x26A0, 0x25B6, 0x25BC, 0xFFFD),
]
SERIF = {
    "LiberationSerif-Regular.ttf": ("CCHCSerif-Regular.ttf", "Regular"),
    "LiberationSerif-Bold.ttf": ("CCHCSerif-Bold.ttf", "Bold"),
    "LiberationSerif-Italic.ttf": ("CCHCSerif-Italic.ttf", "Italic"),
    "LiberationSerif-BoldItalic.ttf": ("CCHCSerif-BoldItalic.ttf", "Bold Italic"),
}
SANS = ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf")


def main(originals: Path) -> None:
    """Cut every font and write it to resources/fonts."""
    target = path("fonts")
    for name, (new_name, style) in SERIF.items():
        font = cut(originals / name)
        rename(font, "CCHC Serif", style)
        font.save(target / new_name)
    for name in SANS:
        cut(originals / name).save(target / name)


def cut(original: Path) -> TTFont:
    """Return the font with UNICODES only, without layout features and hints, which nothing uses."""
    options = subset.Options(
        hinting=False, layout_features=[], name_IDs=["*"], notdef_outline=True, glyph_names=False
    )
    font = subset.load_font(str(original), options)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=UNICODES)
    cutter.subset(font)
    return font


def rename(font: TTFont, family: str, style: str) -> None:
    """Rename the font wherever the reserved name stood; copyright and licence stay."""
    full = f"{family} {style}"
    names = {
        1: family,
        2: style,
        3: f"{full} 1.0",
        4: full,
        6: full.replace(" ", ""),
        16: family,
        17: style,
    }
    table = font["name"]
    for record in list(table.names):
        if record.nameID in names:
            table.setName(
                names[record.nameID],
                record.nameID,
                record.platformID,
                record.platEncID,
                record.langID,
            )
        elif record.nameID in (7, 8, 9, 10, 11, 12, 18):
            table.removeNames(nameID=record.nameID)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
