"""The leader's dialog on lateness: by whom, at which step, for which cause, at fault or not."""

from PySide6.QtWidgets import QDialog, QFormLayout, QWidget

from cchc_desk.actions.office.catalogue import Cause
from cchc_desk.domain.dossiers.dossier import Dossier
from cchc_desk.domain.dossiers.segments import step_names
from cchc_desk.domain.people.officials import Official
from cchc_desk.i18n import _, later
from ui.look import texts
from ui.widgets.fields.boxes import ComboBox

FAULT = (
    (later("chưa kết luận"), None),
    (later("do lỗi của người này"), True),
    (later("không do lỗi của người này"), False),
)


class ResponsibilityDialog(QDialog):
    """Filled with what was decided before, else with the holder; Enter decides, Esc does not."""

    def __init__(
        self,
        parent: QWidget,
        dossier: Dossier,
        causes: tuple[Cause, ...],
        officials: tuple[Official, ...],
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(
            _("Trách nhiệm – {code} · {name}").format(
                code=dossier.code, name=dossier.applicant.name
            )
        )
        self.setMinimumWidth(480)
        self.cause, self.official, self.fault, self.step = (
            texts.narrow(ComboBox()) for _ in range(4)
        )
        for cause in causes:
            self.cause.addItem(_(cause.label), cause.code)
        self.official.addItem(_("chưa xác định"), None)
        for official in officials:
            self.official.addItem(official.name, official.id)
        for text, value in FAULT:
            self.fault.addItem(_(text), value)
        self.step.addItem(_("bước quá hạn nhiều nhất của người này"), "")
        for step in step_names(dossier):
            self.step.addItem(step, step)
        form = QFormLayout(self)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        for name, field in (
            (_("Nguyên nhân"), self.cause),
            (_("Người chịu trách nhiệm"), self.official),
            (_("Lỗi"), self.fault),
            (_("Bước"), self.step),
        ):
            field.setAccessibleName(name)
            form.addRow(name, field)
        decide = texts.button(_("Ghi lại"), self.accept, "Enter", kind="primary")
        decide.setDefault(True)
        form.addRow(decide)
        form.addRow(texts.button(_("Thôi"), self.reject, "Esc"))
        self._fill(dossier)

    def _fill(self, dossier: Dossier) -> None:
        before = dossier.responsibility
        official = before.official if before and before.official else dossier.holder
        self.official.setCurrentIndex(max(0, self.official.findData(official)))
        if before:
            self.cause.setCurrentIndex(self.cause.findData(before.cause))
            self.fault.setCurrentIndex([value for _text, value in FAULT].index(before.own_fault))
        if before and before.official:  # the step of a draft is a guess, and of nobody
            self.step.setCurrentIndex(max(0, self.step.findData(before.step)))

    def decided(self) -> tuple[str, str | None, bool | None, str]:
        """Cause, official, own fault and step, as actions/lateness/responsibility.py takes them."""
        fault = FAULT[self.fault.currentIndex()][1]
        step: str = self.step.currentData()
        return self.cause.currentData(), self.official.currentData(), fault, step
