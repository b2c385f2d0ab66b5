"""The foot of the intake page: the due moment in big type, the read-back, and the one key that accepts."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from cchc_desk.actions.intake import PromisePreview
from cchc_desk.domain.dossier import Dossier
from ui import words
from ui.intake.form import IntakeForm
from ui.look import texts

_ACCEPT = "Tiếp nhận và in  ·  F9"
_CONFIRM = "Đúng, tiếp nhận và in  ·  F9"
_CAUTIONS_SHOWN = 3


class Foot(QFrame):
    """Always visible, however low the window is."""

    def __init__(
        self, page: QWidget, accept: Callable[[], None], explain: Callable[[], None], clear: Callable[[], None]
    ) -> None:
        super().__init__()
        self.setObjectName("card")
        self.due = texts.words("", "big")
        self.provisional = texts.words("", "warning")
        self.read_back = texts.words("")
        self.cautions = texts.words("", "warning")
        self.accept = texts.button("Tiếp nhận và in", accept, "F9", page, "primary")
        self.accept.setAutoDefault(True)  # Enter presses it while it has the focus
        left = QVBoxLayout()
        left.setSpacing(2)
        for label in (self.due, self.provisional, self.read_back, self.cautions):
            left.addWidget(label)
        right = QVBoxLayout()
        right.addWidget(self.accept)
        small = QHBoxLayout()
        small.addWidget(texts.button("Giải thích ngày", explain, "F8", page))
        small.addWidget(texts.button("Trang mới", clear, "Ctrl+N", page))
        right.addLayout(small)
        right.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 8, 14, 8)
        row.addLayout(left, 1)
        row.addLayout(right)
        self.provisional.hide()
        self.cautions.hide()

    def show_promise(self, preview: PromisePreview | None) -> None:
        due = preview.due if preview else None
        waiting = "Hãy xác nhận thời hạn để có ngày hẹn" if preview else "Chọn thủ tục để có ngày hẹn"
        self.due.setText(f"Hẹn trả {words.moment_text(due.moment)}" if due else waiting)
        self.provisional.setText("Tạm tính: lịch nghỉ của năm này chưa được công bố.")
        self.provisional.setVisible(bool(due and due.provisional))

    def show_read_back(self, sentence: str) -> None:
        self.read_back.setText(sentence)

    def ask(self, cautions: Sequence[str]) -> None:
        """The sentence stands to be confirmed; what to look at once more stands under it."""
        more = len(cautions) - _CAUTIONS_SHOWN
        lines = [f"⚠ {sentence}" for sentence in cautions[:_CAUTIONS_SHOWN]]
        self.cautions.setText("\n".join([*lines, f"⚠ và {more} điều nữa cần xem lại."] if more > 0 else lines))
        self.cautions.setVisible(bool(cautions))
        texts.role(self.read_back, "section")
        self.accept.setText(_CONFIRM)
        self.accept.setFocus()

    def ask_no_more(self) -> None:
        self.cautions.hide()
        texts.role(self.read_back, "")
        self.accept.setText(_ACCEPT)

    def show_accepted(self, dossier: Dossier) -> None:
        """The code and the date of what was just taken in, until the next one is begun."""
        self.due.setText(f"{dossier.code} – hẹn trả {words.moment_text(dossier.due)}")
        self.read_back.setText(f"✓ Đã tiếp nhận hồ sơ của {dossier.applicant.name}. Trang sẵn sàng cho người tiếp theo.")


def read_back(form: IntakeForm, procedure: str, due: str) -> str:
    """The sentence the clerk reads to the citizen before saving."""
    address = {"Nam": "Ông ", "Nữ": "Bà "}.get(form.sex, "Ông/Bà ") if form.is_person else ""
    papers = sum(tick.ticked for tick in form.ticks)
    by = f" (người nộp: {form.submitter_name})" if form.submitter_name else ""
    return f"{address}{form.name}{by} nộp «{procedure}», {papers} giấy tờ, {form.sets} bộ, hẹn trả {due}."
