"""Finished PDF files: joined, and their pages counted."""

import io
from collections.abc import Iterable
from contextlib import closing

from pypdfium2 import PdfDocument


def joined(files: Iterable[bytes]) -> bytes:
    """Return the pages of all `files` in one file."""
    buffer = io.BytesIO()
    with closing(PdfDocument.new()) as whole:
        for file in files:
            with closing(PdfDocument(file)) as part:
                whole.import_pages(part)
        whole.save(buffer)
    return buffer.getvalue()


def page_count(pdf: bytes) -> int:
    with closing(PdfDocument(pdf)) as document:
        return len(document)
