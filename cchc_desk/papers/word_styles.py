"""Word's styles as NĐ 30/2020/NĐ-CP wants them: Times New Roman, black, Vietnamese."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.document import Document
    from docx.styles.style import ParagraphStyle

_FONT, _LANGUAGE = "Times New Roman", "vi-VN"
_LEFT_OPEN_FILL = "FFF2CC"  # behind what is left to write

BODY, CELL, CENTRED, LIST = "Body Text", "CCHC Cell", "CCHC Centred", "CCHC List"
TITLE, SUBJECT, CAPTION, NOTE = "Title", "Subtitle", "Caption", "CCHC Note"
TO_WRITE, SIGNATURE = "CCHC To Write", "CCHC Signature"
HEADINGS = {1: "Heading 1", 2: "Heading 2"}


@dataclass(frozen=True)
class _Look:
    """Look of a paragraph style; sizes, indents and spaces in points."""

    size: float = 13
    bold: bool = False
    italic: bool = False
    align: str = "left"
    first: float = 0
    before: float = 0
    after: float = 0
    leading: float = 1.0
    with_next: bool = False


_LOOKS = {
    "Normal": _Look(),
    BODY: _Look(align="justify", first=28.35, before=6, leading=1.15),
    TO_WRITE: _Look(italic=True, align="justify", first=28.35, before=6, leading=1.15),
    CELL: _Look(size=11, before=1, after=1),
    CENTRED: _Look(size=12, align="centre"),
    LIST: _Look(size=11),
    NOTE: _Look(size=12, italic=True, align="centre", before=2),
    SIGNATURE: _Look(bold=True, align="centre"),
    TITLE: _Look(size=14, bold=True, align="centre", before=14),
    SUBJECT: _Look(size=14, bold=True, align="centre", before=2, after=2),
    CAPTION: _Look(size=12, bold=True, align="centre", before=8, after=4, with_next=True),
    HEADINGS[1]: _Look(bold=True, first=28.35, before=10, with_next=True),
    HEADINGS[2]: _Look(bold=True, italic=True, first=28.35, before=8, with_next=True),
}


def keep_styles(document: "Document") -> None:
    """Give the document's own styles their look, and add those that Word has not."""
    from docx.enum.style import WD_STYLE_TYPE

    _keep_defaults(document)
    known = {style.name for style in document.styles}
    for name, look in _LOOKS.items():
        style: ParagraphStyle
        if name in known:
            style = document.styles[name]
        else:
            style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
            style.base_style = document.styles["Normal"]
            style.quick_style = True
        _keep_look(style, look)
    _shade(document.styles[TO_WRITE])


def _keep_defaults(document: "Document") -> None:
    """Set language and font of what has no style of its own."""
    from docx.oxml.ns import qn

    defaults = document.styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")
    language = defaults.find(qn("w:lang"))
    for key in ("val", "eastAsia"):
        language.set(qn(f"w:{key}"), _LANGUAGE)
    _keep_font(defaults)


def _keep_look(style: "ParagraphStyle", look: _Look) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    font, shape = style.font, style.paragraph_format
    properties = style.element.get_or_add_rPr()
    for child in list(properties):
        properties.remove(child)
    font.size, font.bold, font.italic = Pt(look.size), look.bold, look.italic
    font.color.rgb = RGBColor(0, 0, 0)
    _keep_font(properties)
    borders = style.element.get_or_add_pPr().find(qn("w:pBdr"))
    if borders is not None:  # under Word's title
        borders.getparent().remove(borders)
    shape.alignment = {
        "left": WD_ALIGN_PARAGRAPH.LEFT,
        "centre": WD_ALIGN_PARAGRAPH.CENTER,
        "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
    }[look.align]
    shape.first_line_indent, shape.left_indent = Pt(look.first), Pt(0)
    shape.space_before, shape.space_after = Pt(look.before), Pt(look.after)
    shape.line_spacing, shape.keep_with_next = look.leading, look.with_next
    shape.widow_control = True


def _keep_font(properties: Any) -> None:
    """Set the font for every script; a theme's font would be taken before it."""
    from docx.oxml.ns import qn

    fonts = properties.get_or_add_rFonts()
    fonts.attrib.clear()
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), _FONT)


def _shade(style: "ParagraphStyle") -> None:
    """Colour the ground behind the text, so that no place is overlooked."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    ground = OxmlElement("w:shd")
    for key, value in (("val", "clear"), ("color", "auto"), ("fill", _LEFT_OPEN_FILL)):
        ground.set(qn(f"w:{key}"), value)
    style.element.get_or_add_rPr().append(ground)
