"""Trả kết quả: scan the receipt, enter the receiver; an owed letter never withholds a result."""

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QTimer
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from cchc_desk.actions.dossiers import progress, steps
from cchc_desk.actions.dossiers.progress import DossierView
from cchc_desk.actions.dossiers.steps import Return, ReturnAnswer
from cchc_desk.domain.courtesy import Moment
from cchc_desk.domain.dossiers.dossier import Dossier, Status
from cchc_desk.domain.dossiers.rows import DossierRow
from cchc_desk.domain.people.applicant import ApplicantKind
from cchc_desk.errors import DeskError, Refused
from cchc_desk.i18n import _, later
from cchc_desk.session import Desk
from ui import formatting
from ui.citizen_screen import citizen_events
from ui.courtesy import cues
from ui.dossiers import putting_right
from ui.dossiers.page import PAUSE_MS, SearchField
from ui.dossiers.rows import DossierTable
from ui.look import texts
from ui.shell import jobs, notices
from ui.shell.navigation import Shell
from ui.shell.page import Page
from ui.widgets.fields.error_row import mark, mark_wrong, when_changed
from ui.widgets.layout.columns import Columns
from ui.widgets.tables.when_empty import WhenEmpty

_SCAN = later("Quét giấy hẹn; so giấy tờ tùy thân với tên trên màn hình.")


class ReturnPage(Page):
    """Results waiting to be fetched, and the return of the one chosen."""

    def __init__(self, desk: Desk, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(desk, shell, parent)
        self.view: DossierView | None = None
        self._seen = desk.sight()
        self.code = SearchField(_("Mã hồ sơ hoặc tên"), _("quét giấy hẹn, hoặc gõ mã, tên"))
        self.code.returnPressed.connect(self._find)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._narrow)
        self.code.textEdited.connect(self._pause.start)
        self.table = DossierTable(later("Kết quả chờ trả"), narrow=True)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.opened.connect(self.open)
        self._filling = False  # the program moves the cursor, nobody chose
        self.table.selectionModel().currentRowChanged.connect(self._moved)
        self.code.down.connect(self._into_list)
        self.who = texts.words(_(_SCAN), "section")
        self.about = texts.words("")
        self.owed = texts.words("", "warning")
        self.to_name = QLineEdit()
        self.to_name.setAccessibleName(_("Người nhận kết quả"))
        self.papers_back = QLineEdit()
        self.papers_back.setAccessibleName(_("Giấy tờ trả lại"))
        self.papers_back.setPlaceholderText(_("ví dụ: bản chính giấy chứng sinh"))
        self.to_name.returnPressed.connect(self.papers_back.setFocus)
        self.error = texts.words("", "error")
        self.give = texts.button(
            _("Trả kết quả"), self.press_return, "F9", self, "primary", "return"
        )
        self.papers_back.returnPressed.connect(self.give.setFocus)
        for field in (self.to_name, self.papers_back):
            when_changed(field, self._mended)
        self._lay_out()
        self._ready(None)

    def _lay_out(self) -> None:
        left, right = QVBoxLayout(), QVBoxLayout()
        left.addWidget(texts.words(_("Trả kết quả"), "title"))
        left.addWidget(self.code)
        left.addWidget(self.table, 1)
        texts.lines(self.table, 6)
        self.nothing = WhenEmpty(self.table, "")
        right.addWidget(self._right(), 1)
        columns = Columns()
        columns.add(left)
        columns.add(right)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(columns, 1)
        foot = QHBoxLayout()  # in sight however much stands above it
        foot.setContentsMargins(16, 0, 16, 10)
        foot.addStretch(1)
        foot.addWidget(self.give, 1)
        page.addLayout(foot)

    def _right(self) -> QWidget:
        right = QWidget()
        column = QVBoxLayout(right)
        for widget in (self.who, self.about, self.owed):
            column.addWidget(widget)
        for caption, field in (
            (_("Người nhận kết quả"), self.to_name),
            (_("Giấy tờ trả lại cho công dân"), self.papers_back),
        ):
            label = texts.words(caption, "quiet")
            label.setBuddy(field)
            column.addWidget(label)
            column.addWidget(field)
            if field is self.to_name:
                column.addWidget(self.error)
        column.addStretch(1)
        return right

    def shown(self) -> None:
        self._list()
        self.code.setFocus()

    def scanned(self, text: str) -> bool:
        if "|" in text:
            return False
        self.open(text)
        return True

    def _list(self) -> None:
        desk = self.desk
        jobs.run(
            self,
            lambda: progress.find_dossiers(desk, status=frozenset({Status.READY}), order="name"),
            self._fill,
        )

    def _fill(self, rows: tuple[DossierRow, ...]) -> None:
        """Show the rows; the one at the right is highlighted, none before one is chosen."""
        self._filling = True
        self.nothing.setText(self._why_nothing())
        self.table.fill(rows)
        self._highlight(self.view.dossier.code if self.view else "")
        self._filling = False

    def _highlight(self, code: str) -> None:
        codes = [row.code for row in self.table.dossiers.rows]
        if code in codes:
            self.table.choose_row(codes.index(code))
        else:
            self.table.clearSelection()
            self.table.setCurrentIndex(QModelIndex())

    def _into_list(self) -> None:
        self.table.setFocus()
        if self.table.current_code() is None and self.table.dossiers.rows:
            self.table.choose_row(0)

    def _moved(self, now: QModelIndex) -> None:
        """The cursor went to another line: it is highlighted and stands at the right."""
        code, desk = self.table.current_code(), self.desk
        if self._filling or code is None:
            return
        self.table.choose_row(now.row())
        if self.view is None or self.view.dossier.code != code:
            self._ready(None)
            jobs.run(self, lambda: progress.show_dossier(desk, code), self._follow)

    def _follow(self, view: DossierView) -> None:
        if view.dossier.code == self.table.current_code():  # else the cursor went on meanwhile
            self._ready(view)

    def _find(self) -> None:
        self._pause.stop()
        self._look_up(self._found)

    def _narrow(self) -> None:
        """The list follows what is typed; who stands at the right stays in it."""
        query = self.code.text()
        self._look_up(lambda rows: self._show_narrowed(rows, query))

    def _show_narrowed(self, rows: tuple[DossierRow, ...], query: str) -> None:
        if query != self.code.text():
            return
        if self.view and self.view.dossier.code not in [row.code for row in rows]:
            self._ready(None)
        self._fill(rows)

    def _look_up(self, show: Callable[[tuple[DossierRow, ...]], None]) -> None:
        desk, query = self.desk, self.code.text()
        jobs.run(
            self,
            lambda: progress.find_dossiers(
                desk, query, status=frozenset({Status.READY}), order="name"
            ),
            show,
        )

    def _found(self, rows: tuple[DossierRow, ...]) -> None:
        self._fill(rows)
        if rows and (len(rows) == 1 or not self.code.text().strip()):
            self.open(self.table.current_code() or rows[0].code)
        elif rows:
            if self.table.current_code() is None:
                self._ready(None)
            self._into_list()
        else:
            self._ready(None)
            notices.warn(self._why_nothing())

    def _why_nothing(self) -> str:
        if self.code.text().strip():
            return _("Không có kết quả nào chờ trả khớp với nội dung vừa gõ.")
        return _("Không có kết quả nào chờ trả.")

    def showing(self) -> str:
        return self.code.text()

    def open(self, code: str) -> None:
        desk = self.desk
        jobs.run(self, lambda: progress.show_dossier(desk, code), self._chosen, self._unknown)

    def _chosen(self, view: DossierView) -> None:
        """Somebody asks for this result: the strip of courtesy and the focus follow."""
        self._ready(view)
        self._filling = True
        self._highlight(view.dossier.code)
        self._filling = False
        cues.about(view)
        self.focus(self.to_name if view.allowed["return"] is None else self.code)

    def _unknown(self, error: DeskError) -> None:
        notices.trouble(error.message)
        self.code.selectAll()
        self.code.setFocus()

    def _ready(self, view: DossierView | None) -> None:
        self.view = view
        self._seen = self.desk.sight(*([view.dossier] if view else ()))
        why = (
            view.allowed["return"]
            if view
            else _("Hãy chọn hồ sơ trước: quét giấy hẹn, hoặc ↓ rồi Enter.")
        )
        texts.allow(self.give, why)
        self.to_name.setText("")
        mark(self.to_name, False)
        self.papers_back.setText("")
        self.error.setText(why or "" if view else "")
        self.owed.setText("")
        if view is None:
            self.who.setText(_(_SCAN))
            self.about.setText("")
            return
        dossier = view.dossier
        self.who.setText(dossier.applicant.name)
        name = self.desk.short_name(dossier.procedure_code, dossier.procedure_name)
        self.about.setText(_summary(dossier, name))
        self.about.setToolTip(texts.tip(dossier.procedure_name))
        if view.row.letters_owed:
            self.owed.setText(
                _(
                    "⚠ Hồ sơ này trễ hẹn và còn nợ thư xin lỗi. Hãy xin lỗi công dân và vẫn trả "
                    "kết quả; sau đó soạn thư (F5) để lãnh đạo ký. Hồ sơ còn mở đến khi trao thư."
                )
            )
        self.to_name.setText(
            dossier.submitter.name if dossier.submitter else dossier.applicant.name
        )

    def press_return(self) -> None:
        """Return the result and report what is still owed."""
        if self.view is None:
            return
        desk, code = self.desk, self.view.dossier.code
        to, back = self.to_name.text(), self.papers_back.text()
        self.give.setEnabled(False)
        jobs.run(
            self,
            desk.as_seen(self._seen, lambda: steps.return_result(desk, code, Return(to, back))),
            self._returned,
            self._refused,
        )

    def _refused(self, error: DeskError) -> None:
        self.give.setEnabled(True)
        self.error.setText(error.message)
        if isinstance(error, Refused) and error.field == "to_name":
            mark_wrong(self.to_name)
        self.to_name.setFocus()

    def _mended(self) -> None:
        if self.give.isEnabled():  # else the sentence says why nothing can be returned
            self.error.clear()

    def _returned(self, answer: ReturnAnswer) -> None:
        code = answer.view.dossier.code
        self._ready(None)  # the next citizen: nobody's name stands there, no line is highlighted
        cues.now(Moment.THANKS, code)
        citizen_events.returned(code)
        to = answer.view.dossier.returned_to
        said = _("Đã trả kết quả {code} cho {to}. Xin cảm ơn công dân.").format(code=code, to=to)
        notices.undoable(said, putting_right.undoing(self, code, said), of=code)
        if answer.owed:
            notices.say(
                _("Đã trả kết quả {code} cho {to}. Hồ sơ còn mở vì nợ thư xin lỗi.").format(
                    code=code, to=to
                ),
                _("Soạn thư xin lỗi"),
                lambda: self.shell.open_letter(code),
            )
        self._list()
        self.code.setText("")  # unlike clear(), it leaves Ctrl+Z to what was just done
        self.code.setFocus()


def _summary(dossier: Dossier, procedure: str) -> str:
    """Lines about a dossier: code, procedure, identity number, submitter, due moment."""
    number, submitter = dossier.applicant.id_number, dossier.submitter
    is_person = dossier.applicant.kind is ApplicantKind.PERSON
    label = _("Số định danh: {id_number}\n") if is_person else _("Mã số thuế: {id_number}\n")
    id_number = label.format(id_number=number) if number else ""
    by = _("Người nộp: {name}\n").format(name=submitter.with_relation) if submitter else ""
    return _("{code}\n{procedure_name}\n{id_number}{by}Hẹn trả {due}").format(
        code=dossier.code,
        procedure_name=procedure,
        id_number=id_number,
        by=by,
        due=formatting.moment_text(dossier.due),
    )
