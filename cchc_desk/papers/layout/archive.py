"""The file of a paper as an archive wants it: PDF/A-2b, tagged (PDF/UA-1); docs/decisions/070.

ReportLab makes the pages and fonts; what its own writer has not stands here: metadata, colour
profile, tags, and an end of line before each `endstream`. Objects that are no streams lie packed
in streams, so that the tags of a long list cost little.
"""

import hashlib
import struct
import zlib
from collections.abc import Iterator
from functools import cache
from threading import Lock
from xml.sax.saxutils import escape

from reportlab import rl_config
from reportlab.lib.rl_accel import fp_str
from reportlab.pdfbase import pdfdoc
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFObject, PDFStream, PDFString
from reportlab.pdfbase.pdfmetrics import getFont
from reportlab.pdfgen.canvas import Canvas

import resources
from cchc_desk.papers.layout.fonts import REGULAR, fonts
from cchc_desk.papers.layout.metadata import Metadata
from cchc_desk.papers.layout.tags import Box, Content, Element, Tags

# Streams lie in the file as bytes, not as letters of ASCII 85: sooner made, a receipt 4 % smaller.
rl_config.useA85 = 0

# ReportLab reads the letters of a paper out of a font's file by one place in it, which all papers
# share: two threads at once would take each other's letters.
_reading_fonts = Lock()
_PROGRAM = "CCHC Desk"
_HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"  # four bytes over 127: no text file
_PACKED = 200  # objects in one stream
_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>{made}</xmp:CreateDate>
<xmp:ModifyDate>{made}</xmp:ModifyDate>
<xmp:CreatorTool>{program}</xmp:CreatorTool>
<pdf:Producer>{producer}</pdf:Producer>
<pdfaid:part>2</pdfaid:part>
<pdfaid:conformance>B</pdfaid:conformance>
<pdfuaid:part>1</pdfuaid:part>
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""


def _information(metadata: Metadata) -> PDFDictionary:
    """Return the document information, equal to the XMP."""
    made = PDFString(f"D:{metadata.made.strftime('%Y%m%d%H%M%S')}+07'00'")
    values = {"CreationDate": made, "ModDate": made}
    texts = {"Title": metadata.title, "Author": metadata.author}
    for key, text in {**texts, "Creator": _PROGRAM, "Producer": _producer()}.items():
        values[key] = PDFString(text)
    return PDFDictionary(values)


def _xmp(metadata: Metadata) -> PDFStream:
    xmp = _XMP.format(
        title=escape(metadata.title),
        author=escape(metadata.author),
        language=metadata.language,
        made=f"{metadata.made.strftime('%Y-%m-%dT%H:%M:%S')}+07:00",
        program=_PROGRAM,
        producer=_producer(),
    )
    return PDFStream(PDFDictionary({"Type": "/Metadata", "Subtype": "/XML"}), xmp.encode())


# Bytes of a string that a content stream cannot hold as they are.
_ESCAPED = {
    code: f"\\{code:03o}" if code < 32 or code > 126 else f"\\{chr(code)}"
    for code in (*range(32), *b"()\\", *range(127, 256))
}


@cache
def _sized(size: float) -> str:
    return f"{fp_str(size)} Tf {fp_str(size * 1.2)} TL"


def _producer() -> str:
    return str(pdfdoc._default_producer)


@cache
def _colour_profile() -> bytes:
    return resources.path("papers/sRGB.icc").read_bytes()


class ArchiveCanvas(Canvas):  # type: ignore[misc]  # ReportLab has no types
    """A canvas whose file is PDF/A-2b; all that is drawn has to be marked by its `tags`."""

    def __init__(self, metadata: Metadata) -> None:
        fonts()
        super().__init__(None, pageCompression=1, initialFontName=REGULAR)
        self.tags = Tags(self.addLiteral)
        self._doc = _Document(metadata, self.tags)

    def line_of_text(
        self, text: str, x: float, y: float, font: str, size: float, stretch: float = 0
    ) -> None:
        """Draw one line from (x, y), each blank `stretch` points wider.

        The operators are those of drawString(), whose objects and measuring would take a third of
        a receipt's time.
        """
        face = getFont(font)
        shown = " ".join(
            f"{face.getSubsetInternalName(subset, self._doc)} {_sized(size)} "
            f"({glyphs.decode('latin-1').translate(_ESCAPED)}) Tj"
            for subset, glyphs in face.splitString(text, self._doc)
        )
        wider, normal = (f" {fp_str(stretch)} Tw", " 0 Tw") if stretch else ("", "")
        self._code.append(f"BT 1 0 0 1 {fp_str(x, y)} Tm{wider} {shown} T*{normal} ET")

    def signature_field(self, name: str, about: str, box: Box) -> None:
        """Leave an empty field for a digital signature; `about` is what a screen reader says."""
        left, bottom = self.absolutePosition(box[0], box[1])
        right, top = self.absolutePosition(box[2], box[3])
        place = (round(left, 2), round(bottom, 2), round(right, 2), round(top, 2))
        self._annotationrefs.append(self._doc.add_field(name, about, place))

    def end_page(self) -> None:
        self.tags.end_page()
        self.showPage()

    def pdf(self) -> bytes:
        """Return the whole file; its last page was ended."""
        return self._doc.whole()


class _Document(pdfdoc.PDFDocument):  # type: ignore[misc]
    """The document behind the canvas. The same pages and metadata give the same bytes."""

    def __init__(self, metadata: Metadata, tags: Tags) -> None:
        super().__init__(compression=1, invariant=1, lang=metadata.language)
        self._tags, self._metadata = tags, metadata
        self._fields: list[PDFDictionary] = []
        self._tree = PDFDictionary()  # has its number now, its content when all is drawn
        profile = PDFStream(PDFDictionary({"N": 3}), _colour_profile(), [pdfdoc.PDFZCompress])
        intent = {
            "Type": "/OutputIntent",
            "S": "/GTS_PDFA1",
            "OutputConditionIdentifier": PDFString("sRGB IEC61966-2.1"),
            "Info": PDFString("sRGB IEC61966-2.1"),
            "DestOutputProfile": self.Reference(profile),
        }
        catalog = self.Catalog
        catalog.Outlines = None
        catalog.__NoDefault__ = [*catalog.__NoDefault__, "OutputIntents"]
        catalog.Metadata = _xmp(metadata)
        catalog.OutputIntents = PDFArray([PDFDictionary(intent)])
        catalog.MarkInfo = PDFDictionary({"Marked": "true"})
        catalog.StructTreeRoot = self._tree
        catalog.ViewerPreferences = PDFDictionary({"DisplayDocTitle": "true"})

    def add_field(self, name: str, about: str, place: Box) -> PDFObject:
        """Put an empty signature field into the form of the document; return a reference to it."""
        size = PDFArray([0, 0, place[2] - place[0], place[3] - place[1]])
        look = {"Type": "/XObject", "Subtype": "/Form", "BBox": size, "Resources": PDFDictionary()}
        nothing = PDFStream(PDFDictionary(look), b"")
        field = PDFDictionary(
            {
                "Type": "/Annot",
                "Subtype": "/Widget",
                "FT": "/Sig",
                "T": PDFString(name if not self._fields else f"{name}{len(self._fields) + 1}"),
                "TU": PDFString(about),
                "F": 4,  # printed, as ISO 19005-2, 6.3.2 asks for
                "Rect": PDFArray(place),
                "AP": PDFDictionary({"N": self.Reference(nothing)}),
            }
        )
        page = self._tags.form(len(self._fields))
        field["P"] = pdfdoc.PDFObjectReference(f"Page{page + 1}")
        self._fields.append(field)
        return self.Reference(field)

    def addPage(self, page: pdfdoc.PDFPage) -> None:  # noqa: N802 - ReportLab's name
        """Take a page in; its content is found in the tree under its number."""
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
        page.StructParents, page.Tabs = len(self.Pages.pages), "/S"
        page.Trans = None  # ReportLab's empty one is no transition
        super().addPage(page)

    def whole(self) -> bytes:
        """Return the file."""
        with _reading_fonts:
            for font in self.delayedFonts:
                font.addObjects(self)
        if self._fields:
            fields = PDFArray([self.Reference(field) for field in self._fields])
            self.Catalog.AcroForm = PDFDictionary({"Fields": fields, "SigFlags": 1})
            for number, field in enumerate(self._fields, len(self.Pages.pages)):
                field["StructParent"] = number
        root, information = self._number(self.Catalog), self._number(_information(self._metadata))
        file = _File()
        number = 1
        while (name := self.numberToId.get(number)) is not None:
            if (made := self.idToObject[name]) is not self._tree:
                file.add(number, pdfdoc.format(made, self, toplevel=1))
            number += 1  # objects that this one refers to have been numbered after it by now
        pages = [self._number(page) for page in self.Pages.pages]
        fields = [self._number(field) for field in self._fields]
        tree = self._number(self._tree)
        for of, content in _structure(self._tags, tree, number, pages, fields):
            file.add(of, content)
        return file.end(root, information)

    def _number(self, made: PDFObject) -> int:
        reference = self.Reference(made)
        return int(self.idToObjectNumberAndVersion[reference.name][0])


def _structure(
    tags: Tags, root: int, first: int, pages: list[int], fields: list[int]
) -> Iterator[tuple[int, bytes]]:
    """Return number and content of each object of the tree.

    `pages` and `fields` are the numbers of the pages' and of the fields' objects.
    """
    number = {id(element): first + place for place, element in enumerate(tags.elements)}
    for element in tags.elements:
        parent = root if element.parent is None else number[id(element.parent)]
        written = _of_element(element, parent, number, pages, fields)
        yield number[id(element)], written.encode("latin-1")
    owners = [
        f"{page}[{' '.join(f'{number[id(owner)]} 0 R' for owner in of_page)}]"
        for page, of_page in enumerate(tags.pages[: len(pages)])
    ]
    for element in tags.elements:
        if element.form_field is not None:
            owners.append(f"{len(pages) + element.form_field} {number[id(element)]} 0 R")
    parents = first + len(tags.elements)
    yield parents, f"<</Nums[{' '.join(owners)}]>>".encode()
    yield (
        root,
        f"<</Type/StructTreeRoot/K {first} 0 R/ParentTree {parents} 0 R"
        f"/ParentTreeNextKey {len(owners)}>>".encode(),
    )


def _of_element(
    element: Element, parent: int, number: dict[int, int], pages: list[int], fields: list[int]
) -> str:
    """Return one element with its attributes; its content lies on the page where it begins."""
    own = [kid.page for kid in element.kids if isinstance(kid, Content)]
    kids = []
    for kid in element.kids:
        if isinstance(kid, Element):
            kids.append(f"{number[id(kid)]} 0 R")
        elif kid.page == own[0]:
            kids.append(str(kid.number))
        else:
            kids.append(f"<</Type/MCR/Pg {pages[kid.page]} 0 R/MCID {kid.number}>>")
    if element.form_field is not None:
        kids.append(f"<</Type/OBJR/Obj {fields[element.form_field]} 0 R>>")
    page = f"/Pg {pages[own[0]]} 0 R" if own else ""
    inside = f"/K[{' '.join(kids)}]" if len(kids) > 1 else "".join(f"/K {kid}" for kid in kids)
    return (
        f"<</Type/StructElem/S/{element.role}/P {parent} 0 R{page}{_attributes(element)}{inside}>>"
    )


def _attributes(element: Element) -> str:
    cell = f"/Scope/{element.scope}" if element.scope else ""
    cell += f"/ColSpan {element.columns}" if element.columns > 1 else ""
    cell += f"/RowSpan {element.rows}" if element.rows > 1 else ""
    written = f"/A<</O/Table{cell}>>" if cell else ""
    if element.box:
        box = " ".join(f"{at:.2f}" for at in element.box)
        written += f"/A<</O/Layout/Placement/Block/BBox[{box}]>>"
    if element.alt:
        written += f"/Alt<{(chr(0xFEFF) + element.alt).encode('utf-16-be').hex()}>"
    return written


class _File:
    """A file of PDF 1.7: streams one after the other, all other objects packed into streams."""

    def __init__(self) -> None:
        self._parts, self._long = [_HEADER], len(_HEADER)
        self._places: dict[int, tuple[int, int, int]] = {0: (0, 0, 65535)}
        self._packed: list[tuple[int, bytes]] = []

    def add(self, number: int, content: bytes) -> None:
        if content.endswith(b"endstream\n"):
            # ISO 19005-2, 6.1.7.1: an end of line before `endstream`; ReportLab writes none.
            content = content.removesuffix(b"endstream\n") + b"\nendstream\n"
            self._put(number, content)
        else:
            self._packed.append((number, content))

    def end(self, root: int, information: int) -> bytes:
        """Return the file: packed objects, their places, and an identifier made of all of it."""
        number = max(*self._places, *(packed for packed, _content in self._packed)) + 1
        for start in range(0, len(self._packed), _PACKED):
            self._put(number, self._pack(number, self._packed[start : start + _PACKED]))
            number += 1
        self._places[number] = (1, self._long, 0)
        rows = b"".join(struct.pack(">BIH", *self._places[n]) for n in range(number + 1))
        identifier = hashlib.md5(b"".join(self._parts), usedforsecurity=False).hexdigest()
        table = (
            f"/Type/XRef/Size {number + 1}/W[1 4 2]/Root {root} 0 R/Info {information} 0 R"
            f"/ID[<{identifier}><{identifier}>]"
        )
        begin = self._long
        self._put(number, _stream(table, rows))
        return b"".join([*self._parts, f"startxref\n{begin}\n%%EOF\n".encode()])

    def _pack(self, number: int, packed: list[tuple[int, bytes]]) -> bytes:
        """Return one stream of objects, and note the place of each."""
        heads, at = [], 0
        for place, (of, content) in enumerate(packed):
            heads.append(f"{of} {at}")
            at += len(content) + 1
            self._places[of] = (2, number, place)
        head = " ".join(heads).encode() + b"\n"
        table = f"/Type/ObjStm/N {len(packed)}/First {len(head)}"
        return _stream(table, head + b"\n".join(content for _of, content in packed))

    def _put(self, number: int, content: bytes) -> None:
        self._places[number] = (1, self._long, 0)
        whole = b"%d 0 obj\n%sendobj\n" % (number, content)
        self._parts.append(whole)
        self._long += len(whole)


def _stream(dictionary: str, content: bytes) -> bytes:
    packed = zlib.compress(content)
    head = f"<<{dictionary}/Filter/FlateDecode/Length {len(packed)}>>\nstream\n".encode()
    return head + packed + b"\nendstream\n"
