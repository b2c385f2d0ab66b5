"""Tags of a paper (PDF/UA-1): the tree of its elements, and the marks around what is drawn.

What stands on a page is marked either as content of one element or as an artifact, which is no part
of the text: rules, frames, page numbers, watermarks.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

Box = tuple[float, float, float, float]  # left, bottom, right, top, in points from the lower left
# Text that is drawn straight into one of these gets an element of its own.
_GROUPS = ("Document", "Part", "Table", "TR", "L")
_BODY_OF = {"LI": "LBody"}  # the text of an item stands in its body


@dataclass(frozen=True)
class Content:
    """A marked piece of a page: the page's number in the file, from 0, and its own on the page."""

    page: int
    number: int


@dataclass(eq=False)
class Element:
    """One element of the tree; `alt` is read in place of a figure, `box` its place on the page.

    `scope` and the spans are those of a table's cell; `form_field` numbers a field to be filled in,
    which is no content of the page.
    """

    role: str
    parent: "Element | None"
    alt: str = ""
    box: Box | None = None
    scope: str = ""
    columns: int = 1
    rows: int = 1
    form_field: int | None = None
    kids: "list[Element | Content]" = field(default_factory=list)


class Tags:
    """The tree as it grows; `write` puts an operator into the content of the page at hand."""

    def __init__(self, write: Callable[[str], None]) -> None:
        self.elements = [Element("Document", None)]
        self.pages: list[list[Element]] = [[]]  # of each page: whose its marked pieces are
        self._write = write
        self._open = [self.elements[0]]
        self._marked: Element | None = None
        self._in_artifact = False

    def add(self, element: Element) -> Element:
        """Put an element into the one that is open, or into its own parent if it has one."""
        element.parent = element.parent or self._open[-1]
        element.parent.kids.append(element)
        self.elements.append(element)
        return element

    def enter(self, element: Element) -> None:
        """Draw more of an element that was added before, such as a cell on the next page."""
        self._open.append(element)

    def leave(self) -> None:
        self._open.pop()

    def begin(self, role: str) -> None:
        """Begin a new element: what is drawn until end() is its content."""
        made = self.add(Element(role, None))
        if role in _BODY_OF:
            made = self.add(Element(_BODY_OF[role], made))
        self._open.append(made)

    def end(self) -> None:
        """End the element that was begun last; one without any content leaves no trace."""
        ended = self._open.pop()
        if not ended.kids and ended is self.elements[-1] and ended.parent:
            self.elements.pop()
            ended.parent.kids.pop()

    @contextmanager
    def element(self, role: str) -> Iterator[None]:
        """Draw one new element."""
        self.begin(role)
        yield
        self.end()

    @contextmanager
    def figure(self, alt: str, box: Box) -> Iterator[None]:
        """Draw a picture: `alt` is read in its place."""
        figure = self.add(Element("Figure", None, alt, box))
        self.enter(figure)
        self.mark(figure.role)
        yield
        self.leave()

    def mark(self, role: str) -> None:
        """Mark what is drawn next as content of the open element, or of a new one in a group."""
        if self._in_artifact:
            return
        owner = self._open[-1]
        if owner.role in _GROUPS:
            owner = self.add(Element(role, None))
        if owner is self._marked:
            return
        self._end_mark()
        of_page = self.pages[-1]
        owner.kids.append(Content(len(self.pages) - 1, len(of_page)))
        self._write(f"/{owner.role} <</MCID {len(of_page)}>> BDC")
        of_page.append(owner)
        self._marked = owner

    @contextmanager
    def artifact(self) -> Iterator[None]:
        """Draw what is no part of the text."""
        if self._in_artifact:
            yield
            return
        self._end_mark()
        self._write("/Artifact BMC")
        self._in_artifact = True
        yield
        self._in_artifact = False
        self._write("EMC")

    def draw_artifact(self, operators: str) -> None:
        """Write what draws an artifact: as artifact(), for what a list has thousands of."""
        if self._in_artifact:
            self._write(operators)
        else:
            self._end_mark()
            self._write(f"/Artifact BMC {operators} EMC")

    def form(self, number: int) -> int:
        """Put a field to be filled in where the text stands; return its page's number."""
        self.add(Element("Form", None, form_field=number))
        return len(self.pages) - 1

    def end_page(self) -> None:
        """Close the page at hand; elements that are open go on upon the next."""
        self._end_mark()
        self.pages.append([])

    def _end_mark(self) -> None:
        if self._marked is not None:
            self._write("EMC")
            self._marked = None
