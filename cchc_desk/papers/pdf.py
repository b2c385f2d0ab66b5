"""Finished PDF files: their pages counted, those of others looked at before they are kept."""

from contextlib import closing

from pypdfium2 import PdfDocument, PdfiumError
from pypdfium2.raw import FPDFDoc_GetAttachmentCount, FPDFDoc_GetJavaScriptActionCount

from cchc_desk.domain.dossiers.scans import MOST_PAGES, acting, broken, too_large_to_show

_LONGEST_SIDE = 4320  # points: 1.5 m
_LARGEST = MOST_PAGES * 595 * 842  # points² of all pages
_SMALL = 0.1  # pixels a point


def page_count(pdf: bytes) -> int:
    with closing(PdfDocument(pdf)) as document:
        return len(document)


def check_pages(pdf: bytes) -> None:
    """Refuse a PDF that cannot be shown: each page is drawn once, small.

    Raises Refused("scan-broken"), ("scan-large"), ("scan-active").
    """
    try:
        with closing(PdfDocument(pdf)) as document:
            _check(document)
    except PdfiumError as error:
        raise broken() from error


def _check(document: PdfDocument) -> None:
    scripts = FPDFDoc_GetJavaScriptActionCount(document.raw)
    if scripts > 0 or FPDFDoc_GetAttachmentCount(document.raw) > 0:
        raise acting()
    if len(document) > MOST_PAGES:
        raise too_large_to_show()
    sizes = [document.get_page_size(number) for number in range(len(document))]
    if not sizes or min(map(min, sizes)) <= 0:
        raise broken()
    if max(map(max, sizes)) > _LONGEST_SIDE or sum(w * h for w, h in sizes) > _LARGEST:
        raise too_large_to_show()
    for page in document:
        page.render(scale=_SMALL)
