"""The pages of a finished PDF file counted."""

from contextlib import closing

from pypdfium2 import PdfDocument


def page_count(pdf: bytes) -> int:
    with closing(PdfDocument(pdf)) as document:
        return len(document)
