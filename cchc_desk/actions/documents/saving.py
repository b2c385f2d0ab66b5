"""Files written to a place chosen by the user."""

from pathlib import Path

from cchc_desk.errors import Trouble
from cchc_desk.i18n import _, os_reason


def save_pdf(pdf: bytes, target: Path) -> int:
    """Write a PDF and return its number of pages; raises as save_file()."""
    from cchc_desk.papers.pdf import page_count  # other files need no PDFium

    save_file(pdf, target)
    return page_count(pdf)


def save_file(content: bytes, target: Path) -> None:
    """Write a file. Raises Trouble("cannot-save") when the place does not take it."""
    try:
        target.write_bytes(content)
    except OSError as error:
        raise Trouble(
            "cannot-save",
            _("Không lưu được {file}: {error}. Hãy chọn thư mục khác có quyền ghi.").format(
                file=target, error=os_reason(error)
            ),
        ) from error
