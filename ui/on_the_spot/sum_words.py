"""The sum to take, how it is made, and the numbers that come next in the book."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from cchc_desk.actions.intake import certify
from cchc_desk.actions.intake.certify import Kind, ToCertify
from cchc_desk.domain.dossiers.certifications import BOOK_NAMES
from cchc_desk.domain.law.fees import Fee, money
from cchc_desk.i18n import _, _n
from ui.look import texts


class SumWords(QWidget):
    """Three lines at the foot of the page."""

    def __init__(self) -> None:
        super().__init__()
        self.fee, self.number = texts.words(), texts.words()
        self.arithmetic = texts.OneLine()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for label, role in (
            (self.fee, "big"),
            (self.arithmetic, "quiet"),
            (self.number, "section"),
        ):
            texts.role(label, role)
            column.addWidget(label)

    def show_sum(self, kind: Kind, papers: tuple[ToCertify, ...], year: int) -> None:
        """Show the sum of these papers and their numbers in the book of `year`."""
        fee = certify.fee_of(kind.version, papers)
        self.fee.setText(
            _taken(fee)
            if fee
            else _("Chọn giấy tờ để có số tiền")
            if not papers
            else _("Danh mục chưa có mức thu bằng số")
        )
        self.arithmetic.setText(_arithmetic(fee, papers) if fee else "")
        self.arithmetic.setToolTip(fee.words if fee else "")
        first, last = kind.next_number, kind.next_number + max(1, len(papers)) - 1
        numbers = f"{first:02d}" if first == last else f"{first:02d}–{last:02d}"
        volume = f"{kind.volume:02d}/{year}-{kind.book.symbol}"
        self.number.setText(
            _("Số tiếp theo: {numbers}, quyển số {volume}").format(numbers=numbers, volume=volume)
        )
        self.number.setToolTip(f"{_(BOOK_NAMES[kind.book])}\n{self.number.text()}")

    def show_done(self, fee: Fee | None, words: str) -> None:
        """Show the sum that was just taken, and what was done for it."""
        self.fee.setText(_taken(fee) if fee else "✓")
        self.arithmetic.setText("")
        self.number.setText(words)


def _taken(fee: Fee) -> str:
    """Return the sum to take; the receipt for it is not of this program."""
    return _("Thu {amount}").format(amount=money(fee.amount))


def _arithmetic(fee: Fee, papers: tuple[ToCertify, ...]) -> str:
    """Return how the sum is made; of several papers their number: the table has each fee."""
    if len(papers) > 1:
        made = sum(paper.copies for paper in papers)
        copies = _n("{count} bản", made).format(count=made)
        words = _n("{count} giấy tờ, {copies}", len(papers))
        return words.format(count=len(papers), copies=copies)
    return fee.words if fee.words != money(fee.amount) else ""
