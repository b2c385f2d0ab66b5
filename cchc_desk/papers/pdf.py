"""Finished PDF files: their pages counted, those of others looked at before they are kept."""

from contextlib import closing

from pypdfium2 import PdfDocument, PdfiumError
from pypdfium2.raw import FPDFDoc_GetAttachmentCount, FPDFDoc_GetJavaScriptActionCount

from cchc_desk.domain.dossiers.scans import MOST_PAGES, acting, broken, too_large_to_show

_LONGEST_SIDE = 4320  # points: 1.5 m


def page_count(pdf: bytes) -> int:
    with closing(PdfDocument(pdf)) as document:
        return len(document)


def check_pages(pdf: bytes) -> None:
    """Refuse a PDF that cannot be shown. Raises Refused("scan-broken"), ("scan-large"),
    ("scan-active")."""
    try:
        document = PdfDocument(pdf)
    except PdfiumError as error:
        raise broken() from error
    with closing(document):
        if not len(document):
            raise broken()
        scripts = FPDFDoc_GetJavaScriptActionCount(document.raw)
        if scripts > 0 or FPDFDoc_GetAttachmentCount(document.raw) > 0:
            raise acting()
        if len(document) > MOST_PAGES:
            raise too_large_to_show()
        for number in range(len(document)):
            if not 0 < max(document.get_page_size(number)) <= _LONGEST_SIDE:
                raise too_large_to_show()
