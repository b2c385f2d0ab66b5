"""Mẫu 05 (2025) – Thông báo dừng giải quyết hồ sơ.

Its layout is known by name and data only [G] (docs/papers.md).
"""

from dataclasses import dataclass

from cchc_desk.papers.forms.slip import (
    Checked,
    Citizen,
    Paragraph,
    SlipHead,
    addressed_to,
    head,
    letter_ends,
    paragraphs,
)
from cchc_desk.papers.layout.blocks import Signature
from cchc_desk.papers.layout.sheet import Drawing, Sheet

TITLE = "THÔNG BÁO DỪNG GIẢI QUYẾT HỒ SƠ"


@dataclass(frozen=True)
class StopNotice:
    """All text of the notice; the last sentence of `body` ends with "./.".

    `signer` is "" while a leader has yet to sign. `check` is the check code, `scan` what the QR
    holds; "" on papers of older programs.
    """

    head: SlipHead
    desk: str
    citizen: Citizen
    body: tuple[Paragraph, ...]
    signer_lines: tuple[str, ...]
    signer: str
    watermark: str = ""
    check: str = ""
    scan: str = ""


def stop_notice_drawing(
    notice: StopNotice, *, paper: str = "A4", offset_mm: tuple[float, float] = (0, 0)
) -> Drawing:
    """Return the notice to be drawn."""
    about = notice.head.metadata(f"{TITLE} {notice.head.number}")
    draw = [lambda sheet: _notice(sheet, notice)]
    return Drawing(about, paper, draw, offset_mm, notice.watermark)


def _notice(sheet: Sheet, notice: StopNotice) -> None:
    head(sheet, notice.head)
    addressed_to(sheet, notice.citizen.name, notice.citizen.address, notice.citizen.phone)
    *before, last = notice.body
    paragraphs(sheet, before)
    hint = "" if notice.signer else "(Ký tên, đóng dấu, ghi rõ họ tên)"
    signature = Signature("\n".join(notice.signer_lines), hint, notice.signer, by_key=True)
    alt = f"Mã QR để kiểm tra thông báo số {notice.head.number}"
    checked = Checked(notice.check, notice.scan, alt)
    letter_ends(sheet, last.text, notice.desk, signature, checked)
