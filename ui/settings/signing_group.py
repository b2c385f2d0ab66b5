"""The group of the leaders' titles and forms of signing."""

from PySide6.QtWidgets import QLineEdit

from cchc_desk.actions.office import signing
from cchc_desk.actions.office.signing import Leader
from cchc_desk.domain.people.officials import Official
from cchc_desk.domain.people.signing import FORM_NAMES, SigningForm
from cchc_desk.errors import DeskError
from cchc_desk.i18n import _
from cchc_desk.session import Desk
from ui.settings.group import Edit, Group
from ui.shell import jobs, notices
from ui.widgets.fields.boxes import ComboBox
from ui.widgets.fields.error_row import ErrorRow


class SigningGroup(Group):
    """Title and form of signing of each leader, and the paper that gives the right to it."""

    def __init__(self, desk: Desk, error: ErrorRow) -> None:
        super().__init__(_("Lãnh đạo ký"), error)
        self.desk = desk
        self._leaders: tuple[Leader, ...] = ()
        self.leader, self.way = ComboBox(), ComboBox()
        self.job_title, self.mandate = QLineEdit(), QLineEdit()
        self.mandate.setPlaceholderText(_("số, ngày, cơ quan; khi ký thay thẩm quyền của Chủ tịch"))
        for value, name in FORM_NAMES.items():
            self.way.addItem(_(name), value.value)
        self.add(_("Lãnh đạo"), self.leader)
        self.add(_("Chức danh in trên giấy tờ"), self.job_title)
        self.add(_("Hình thức ký"), self.way)
        self.add(_("Văn bản giao quyền"), self.mandate)
        self.add_keys(_("Ghi chức vụ khi ký"))
        self.leader.currentIndexChanged.connect(self.drop)

    def read(self) -> None:
        """Show what the desk holds."""
        desk = self.desk
        jobs.run(self, lambda: signing.leaders(desk), self._show)

    def _show(self, leaders: tuple[Leader, ...]) -> None:
        chosen = self.leader.currentData()
        self._leaders = leaders
        self.leader.blockSignals(True)
        self.leader.clear()
        for one in leaders:
            self.leader.addItem(one.official.name, one.official.id)
        self.leader.setCurrentIndex(max(self.leader.findData(chosen), 0) if leaders else -1)
        self.leader.blockSignals(False)
        self.say("" if leaders else _("Chưa có lãnh đạo nào; hãy thêm người dùng có vai trò này."))
        self.drop()

    def _leader(self) -> Leader | None:
        wanted = self.leader.currentData()
        return next((one for one in self._leaders if one.official.id == wanted), None)

    def edits(self) -> tuple[Edit, ...]:
        one = self._leader()
        if one is None:
            return ()
        form = one.signing.form.value if one.signing else None
        before = (
            (self.job_title, one.official.title, self.job_title.text()),
            (self.mandate, one.signing.mandate if one.signing else "", self.mandate.text()),
        )
        texts = tuple(
            Edit(field, field.accessibleName(), was, now)
            for field, was, now in before
            if was != now
        )
        if self.way.currentData() == form:
            return texts
        was = _(FORM_NAMES[SigningForm(form)]) if form else _("chưa rõ")
        return (*texts, Edit(self.way, self.way.accessibleName(), was, self.way.currentText()))

    def drop(self) -> None:
        """Show the chosen leader as kept."""
        one = self._leader()
        held = one.signing if one else None
        self.job_title.setText(one.official.title if one else "")
        self.way.setCurrentIndex(self.way.findData(held.form.value) if held else -1)
        self.mandate.setText(held.mandate if held else "")

    def save(self) -> None:
        """Keep the chosen leader's title and form."""
        one = self._leader()
        if one is None or not self.edits():
            notices.say(_("Chưa sửa gì ở chức vụ của lãnh đạo."))
            return
        if self.way.currentIndex() < 0:
            self.wrong(self.way, _("Hãy chọn hình thức ký."))
            return
        desk, leader, title = self.desk, one.official.id, self.job_title.text()
        form, mandate = SigningForm(self.way.currentData()), self.mandate.text()
        jobs.run(
            self,
            lambda: signing.keep_signing(desk, leader, title, form, mandate),
            self._kept,
            self._refused,
        )

    def _refused(self, error: DeskError) -> None:
        self.refuse(error, {"title": self.job_title, "mandate": self.mandate}, self.job_title)

    def _kept(self, official: Official) -> None:
        notices.say(_("Đã ghi chức vụ khi ký của {name}.").format(name=official.name))
        self.read()
