"""Faults of a paper as an archive and a screen reader would find them.

Two libraries look at it (pikepdf's validator of PDF/A-2b, pdfua), and what neither looks at stands
here: metadata told twice alike, each marked piece in the tree, each row of a table as long as the
first. No file is called valid that only these have seen: docs/decisions/070.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pdfua
import pikepdf
from pikepdf import pdfa

_DRAWN = {"Tj", "TJ", "'", '"', "S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "Do", "sh", "BI"}
_LINES = {"S", "s", "f", "F", "f*", "B", "B*", "b", "b*"}
_CELLS = {"/TH", "/TD"}
# Allowed by ISO 19005-2, 6.6.2.3: a schema of one's own that is described in the file itself.
_DESCRIBED = (
    "XMP namespace pdfa",  # pdfaExtension, pdfaSchema, pdfaProperty
    "XMP property pdfuaid:part",
    "XMP property pdfaExtension:schemas",
    "interactive forms (/AcroForm) are not supported",  # by pikepdf: _form() looks at them
)


def faults(file: Path) -> list[str]:
    """Return every fault that is found, in words."""
    with pikepdf.open(file) as document:
        return [
            *_metadata(document),
            *_fonts(document),
            *_content(document),
            *_tree(document),
            *_form(document),
            *_by_libraries(file),
        ]


def _by_libraries(file: Path) -> Iterator[str]:
    for found in pdfa.validate_written(file, "2b").findings:
        if not found.message.startswith(_DESCRIBED):
            yield f"PDF/A {found.rule} {found.where}: {found.message}"
    report = pdfua.validate(str(file))
    for finding in report.findings:
        yield f"PDF/UA {finding}"
    for rule in report.skipped:
        yield f"PDF/UA {rule.rule_id} was not asked: {rule.skipped_reason}"


def _metadata(document: Any) -> Iterator[str]:
    info, root = document.docinfo, document.Root
    with document.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
        told = {
            "/Title": xmp["dc:title"],
            "/Author": ", ".join(xmp["dc:creator"]),
            "/Creator": xmp["xmp:CreatorTool"],
            "/Producer": xmp["pdf:Producer"],
            "/CreationDate": _as_in_the_information(xmp["xmp:CreateDate"]),
            "/ModDate": _as_in_the_information(xmp["xmp:ModifyDate"]),
        }
        if xmp["dc:language"] != {str(root.Lang)}:
            yield f"language {xmp['dc:language']} is not {root.Lang}"
    if told != {key: str(value) for key, value in info.items()}:
        yield f"XMP {told} is not the information {info}"
    if not told["/Title"] or not told["/Author"]:
        yield "no title or no author"
    if not root.MarkInfo.Marked or not root.ViewerPreferences.DisplayDocTitle:
        yield "not marked, or the title is not shown"
    if root.OutputIntents[0].S != "/GTS_PDFA1":
        yield "no colours of the output"
    if document.pdf_version != "1.7" or document.is_encrypted:
        yield f"version {document.pdf_version}, encrypted: {document.is_encrypted}"


def _as_in_the_information(moment: str) -> str:
    """Return `D:20261123100000+07'00'` for `2026-11-23T10:00:00+07:00`."""
    digits = moment.translate(str.maketrans("", "", "-T:"))
    return f"D:{digits[:14]}{moment[19:22]}'{moment[23:]}'"


def _fonts(document: Any) -> Iterator[str]:
    for page in document.pages:
        for name, font in page.Resources.Font.items():
            if "CCHCSerif" not in str(font.BaseFont):
                yield f"{name} is {font.BaseFont}"
            if "/FontFile2" not in font.get("/FontDescriptor", {}) or "/ToUnicode" not in font:
                yield f"{font.BaseFont} is not whole in the file"


def _content(document: Any) -> Iterator[str]:
    """Each thing drawn is marked, and the mark is known to its element."""
    owners = _owners(document.Root.StructTreeRoot.ParentTree)
    for number, page in enumerate(document.pages, 1):
        of_page = owners[int(page.StructParents)]
        if page.Tabs != "/S":
            yield f"page {number}: keys do not follow the text"
        mark, marks = "", 0
        for operands, operator in pikepdf.parse_content_stream(page):
            name = str(operator)
            if name in ("BDC", "BMC"):
                if mark:
                    yield f"page {number}: {mark} is not closed"
                mark = str(operands[0])
                if name == "BDC":
                    if marks != operands[1].MCID or mark != of_page[marks].S:
                        yield f"page {number}: piece {marks} is no {mark} of the tree"
                    marks += 1
            elif name == "EMC":
                mark = ""
            elif name in _DRAWN and not mark:
                yield f"page {number}: {name} without a mark"
            elif name in _LINES and mark not in ("/Artifact", "/Figure"):
                yield f"page {number}: lines within {mark}"
        if mark or marks != len(of_page):
            yield f"page {number}: {marks} pieces, {len(of_page)} in the tree"


def _owners(parents: Any) -> dict[int, Any]:
    return {int(parents.Nums[at]): parents.Nums[at + 1] for at in range(0, len(parents.Nums), 2)}


def _form(document: Any) -> Iterator[str]:
    """A form has signature fields only, which are seen, printed, in the tree, and do nothing."""
    form = document.Root.get("/AcroForm")
    if form is None:
        return
    fields, owners = list(form.Fields), _owners(document.Root.StructTreeRoot.ParentTree)
    shown = {one.objgen for page in document.pages for one in page.get("/Annots", [])}
    if shown != {one.objgen for one in fields}:
        yield "a field stands on no page"
    if {"/NeedAppearances", "/XFA"} & set(form.keys()):
        yield "a form that is drawn by its reader"
    for field in fields:
        owner = owners[int(field.StructParent)]
        if owner.S != "/Form" or not _shows(owner, field):
            yield "a field in no element"
        if (field.FT, field.Subtype, int(field.F) & 0b111) != ("/Sig", "/Widget", 4):
            yield f"a field of {field.FT}, flags {field.F}"
        if not str(field.TU) or {"/A", "/AA"} & set(field.keys()):
            yield "a field without words, or one that acts"
        if set(field.AP.keys()) != {"/N"} or not isinstance(field.AP.N, pikepdf.Stream):
            yield "a field without a look"


def _shows(element: Any, field: Any) -> bool:
    return any(not isinstance(kid, int) and kid.Obj.objgen == field.objgen for kid in kids(element))


def _tree(document: Any) -> Iterator[str]:
    root = document.Root.StructTreeRoot
    pieces = 0
    for element in elements(root.K, root):
        role = str(element.get("/S"))
        if element.get("/fault"):
            yield str(element["/fault"])
        pieces += sum(isinstance(kid, int) or "/MCID" in kid for kid in kids(element))
        roles = [str(kid.S) for kid in kids(element) if not isinstance(kid, int) and "/S" in kid]
        if role == "/Figure" and (not str(element.Alt).strip() or len(element.A.BBox) != 4):
            yield "a picture without words or without its place"
        if role == "/Part" and roles.count("/H1") != 1:
            yield f"{roles.count('/H1')} titles in one paper"
        if role == "/L" and set(roles) != {"/LI"}:
            yield f"a list of {roles}"
        if role == "/Table":
            yield from _table(element)
    owners = _owners(root.ParentTree)
    known = sum(len(owners[int(page.StructParents)]) for page in document.pages)
    if pieces != known:
        yield f"{pieces} pieces in the tree, {known} on the pages"


def elements(element: Any, parent: Any) -> Iterator[Any]:
    """Return an element and all below it, in the order of reading."""
    if element.P.objgen != parent.objgen:
        yield pikepdf.Dictionary(S="/None", fault=f"a {element.S} with another parent")
    yield element
    for kid in kids(element):
        if not isinstance(kid, int) and "/S" in kid:
            yield from elements(kid, element)


def kids(element: Any) -> list[Any]:
    """Return elements, or numbers of marked pieces, within this one."""
    own = element.get("/K", [])
    return list(own) if isinstance(own, list | pikepdf.Array) else [own]


def _table(table: Any) -> Iterator[str]:
    """Each row is as long as the first, counting cells that reach over columns and rows."""
    over: list[int] = []  # of each column: how many rows a cell from above still reaches
    for number, row in enumerate(kids(table)):
        cells = iter(kids(row))
        here = [rows > 0 for rows in over]
        over = [max(0, rows - 1) for rows in over]
        for cell in cells:
            if cell.S not in _CELLS:
                yield f"a row with a {cell.S}"
            if cell.S == "/TH" and cell.A.Scope != "/Column":
                yield "a title of no column"
            kind = cell.get("/A", {})
            columns, rows = int(kind.get("/ColSpan", 1)), int(kind.get("/RowSpan", 1))
            at = here.index(False) if False in here else len(here)
            for column in range(at, at + columns):
                if column == len(here):
                    here.append(True)
                    over.append(0)
                    if number:
                        yield f"row {number} is longer than the first"
                here[column], over[column] = True, rows - 1
        if not all(here):
            yield f"row {number} is shorter than the first"
