"""Files written to a place chosen by the user; the guard of them all is output_file.py."""

from pathlib import Path

from cchc_desk.output_file import output_file


def save_pdf(pdf: bytes, target: Path) -> int:
    """Write a PDF and return its number of pages; raises as save_file()."""
    save_file(pdf, target)
    return pages_of(pdf)


def pages_of(pdf: bytes) -> int:
    """Return the number of pages."""
    from cchc_desk.papers.pdf import page_count  # other files need no PDFium

    return page_count(pdf)


def save_file(content: bytes, target: Path) -> None:
    """Write a file of which the ledger keeps nothing; raises as output_file()."""
    with output_file(target) as out:
        out.write(content)
