"""The group of the internal deadlines: per field of work, how many days before the promise."""

from PySide6.QtWidgets import QWidget

from cchc_desk.actions.catalogue import catalogue
from cchc_desk.actions.office import office_settings
from cchc_desk.domain.people.officials import Official
from cchc_desk.domain.permissions import ALLOWED, Permission
from cchc_desk.domain.text.vietnamese import sort_key
from cchc_desk.domain.time.internal import OTHER_FIELDS, days_before
from cchc_desk.errors import DeskError
from cchc_desk.i18n import _, _n
from cchc_desk.session import Desk
from cchc_desk.settings import MOST_INTERNAL_DAYS
from ui.look import texts
from ui.settings.group import Edit, Group
from ui.shell import jobs, notices
from ui.widgets.fields.boxes import ComboBox, SpinBox
from ui.widgets.fields.error_row import ErrorRow

_KEY = "internal_days"


class InternalGroup(Group):
    """The working days before the promise by which a field wants to be done; 0 for none."""

    def __init__(self, desk: Desk, error: ErrorRow) -> None:
        super().__init__(_("Hạn nội bộ"), error)
        self.desk = desk
        about = texts.words(
            _(
                "Hồ sơ đến hạn nội bộ mà chưa xong thì hiện ở «Hôm nay» (Alt+H). Đây là lời nhắc "
                "của quầy, không phải lời hẹn: không tính là trễ."
            ),
            "quiet",
        )
        self.form.addRow(about)
        self.field, self.days = ComboBox(), SpinBox()
        self.days.setRange(0, MOST_INTERNAL_DAYS)
        texts.spaced(self.days)
        self.held = texts.words("", "quiet")
        self.add(_("Lĩnh vực"), self.field)
        self.add(_("Trước ngày hẹn mấy ngày làm việc (0: không nhắc)"), self.days)
        self.form.addRow(self.held)
        self.add_keys(_("Lưu hạn nội bộ"), _("Bỏ phần đang sửa"))
        self.field.currentIndexChanged.connect(self.drop)

    def read(self) -> None:
        """Show the fields of the catalogue and what holds."""
        desk = self.desk
        jobs.run(self, lambda: catalogue.fields(desk), self._show)

    def _show(self, fields: tuple[str, ...]) -> None:
        chosen = self.field.currentData()
        known = sorted({*fields, *self._kept()} - {OTHER_FIELDS}, key=sort_key)
        self.field.blockSignals(True)
        self.field.clear()
        self.field.addItem(_("Mọi lĩnh vực chưa đặt riêng"), OTHER_FIELDS)
        for name in known:
            self.field.addItem(name, name)
        self.field.setCurrentIndex(max(self.field.findData(chosen), 0))
        self.field.blockSignals(False)
        self.drop()

    def _kept(self) -> dict[str, int]:
        kept: dict[str, int] = self.desk.settings[_KEY]
        return kept

    def _held(self) -> int:
        return days_before(self._kept(), self.field.currentData() or OTHER_FIELDS)

    def edits(self) -> tuple[Edit, ...]:
        held, typed = self._held(), self.days.value()
        if typed == held or self.field.currentIndex() < 0:
            return ()
        words = f"{self.days.accessibleName()}, {self.field.currentText()}"
        return (Edit(self.days, words, str(held), str(typed)),)

    def drop(self) -> None:
        """Show the chosen field as kept."""
        self.days.setValue(self._held())
        kept = self._kept()
        named = [
            _n("{field}: {n} ngày", days).format(
                field=_("lĩnh vực khác") if field == OTHER_FIELDS else field, n=days
            )
            for field, days in kept.items()
        ]
        self.held.setText(_("Đang đặt: {what}.").format(what=" · ".join(named)) if named else "")
        self.held.setVisible(bool(named))
        self.mark()

    def mark(self) -> None:
        super().mark()
        if self.drop_button is not None:
            texts.allow(self.drop_button, None if self.edits() else _("Chưa sửa gì ở đây."))

    def show_rights(self, official: Official | None) -> None:
        """Say at once who may not change this."""
        may = official is not None and official.role in ALLOWED[Permission.SETTINGS]
        self.say("" if may else _("Chỉ lãnh đạo và quản trị đổi được; bạn xem thì được."))

    def save(self) -> None:
        """Keep the days of the chosen field."""
        if not self.edits():
            notices.say(
                _("Chưa sửa gì trong «{group}»: không có gì để lưu.").format(group=self.title)
            )
            return
        desk, kept = self.desk, self._kept() | {self.field.currentData(): self.days.value()}
        jobs.run(
            self,
            lambda: office_settings.change_settings(desk, {_KEY: kept}),
            self._saved,
            self._refused,
        )

    def _saved(self, _answer: None) -> None:
        said = _n("Đã đặt hạn nội bộ {field}: {n} ngày làm việc.", self.days.value())
        notices.say(said.format(field=self.field.currentText(), n=self.days.value()))
        self.error.clear()
        self.drop()

    def _refused(self, error: DeskError) -> None:
        places: dict[str, QWidget] = {_KEY: self.days}
        self.refuse(error, places, self.days)
