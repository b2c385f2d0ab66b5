"""One procedure in five parts: limit and fee, papers, name and result, screens, history."""

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFormLayout,
    QLineEdit,
    QListWidget,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from cchc_desk.actions.catalogue import own_catalogue, procedure_edit
from cchc_desk.actions.catalogue.own_catalogue import ProcedureView
from cchc_desk.actions.catalogue.procedure_edit import NO_END, PARTS, ProcedureEdit
from cchc_desk.domain.law.procedure import (
    Channel,
    LimitStatus,
    OfficeChoice,
    ProcedureVersion,
    certainty_words,
)
from cchc_desk.errors import Refused
from cchc_desk.i18n import _, later
from ui import formatting
from ui.look import texts
from ui.procedures.fee_editor import FeeEditor
from ui.procedures.papers_editor import PapersEditor
from ui.widgets.fields.boxes import SpinBox
from ui.widgets.fields.date_field import DayField
from ui.widgets.fields.error_row import ErrorRow, when_changed
from ui.widgets.keys.focus_order import FocusOrder
from ui.widgets.layout.flow import Flow
from ui.widgets.tables.whole_text import WholeText

_PARTS = (
    later("Hạn, phí"),
    later("Giấy tờ"),
    later("Tên"),
    later("Màn hình"),
    later("Lịch sử"),
)
_CHANNELS = {
    Channel.DIRECT: later("Thời hạn, trực tiếp"),
    Channel.ONLINE: later("trực tuyến"),
    Channel.POST: later("bưu chính"),
}
_MOST_PLACES = 999
_LIMITS, _PAPERS, _NAMES, _SCREENS, _HISTORY = range(5)


class ProcedureEditor(QWidget):
    """The fields of one procedure; nothing holds before the page saves it."""

    changed = Signal()

    def __init__(self, this_year: int, view: QWidget, restore: Callable[[], None]) -> None:
        """`view`: where the keys of the parts work; `restore`: the key under the history."""
        super().__init__()
        self._keys_in = view
        self.view: ProcedureView | None = None  # None: a procedure that the catalogue lacks
        self.limits = {channel: QLineEdit() for channel in Channel}
        self.document = QLineEdit()
        self.document.setPlaceholderText(_("số văn bản; có văn bản thì thời hạn là đã xác nhận"))
        self.document_day = DayField(_("Ngày văn bản"), this_year)
        self.starts = DayField(_("Áp dụng từ"), this_year)
        self.starts.setPlaceholderText(_("để trống: từ hôm nay"))
        self.certainty = texts.words("", "warning")
        self.fee, self.papers = FeeEditor(), PapersEditor()
        self.code, self.name, self.field = QLineEdit(), QLineEdit(), QLineEdit()
        self.result, self.decision = QLineEdit(), QLineEdit()
        self.ends = DayField(_("Thôi áp dụng sau ngày"), this_year)
        self.ends.setPlaceholderText(_("để trống: còn áp dụng"))
        self.short_name, self.synonyms = QLineEdit(), QLineEdit()
        self.synonyms.setPlaceholderText(_("cách nhau bằng dấu phẩy: sao y, photo công chứng"))
        self.favourite = QCheckBox(_("Hay dùng: đứng đầu danh sách"))
        self.hidden = QCheckBox(_("Ẩn: không gợi ý khi tìm; gõ mã vẫn thấy"))
        self.place = SpinBox()
        texts.spaced(self.place)
        self.place.setRange(0, _MOST_PLACES)
        self.place.setSpecialValueText(_("theo tần suất"))
        self.history = QListWidget()
        self.restore_key = texts.button(_("Trở lại bản này"), restore, "Alt+R", view)
        self.error = ErrorRow()
        self.stack = QStackedWidget()
        self.tabs: list[QPushButton] = []
        self._direct = ""  # the direct limit before it was edited: equal ones follow it
        self._lay_out()
        self._connect()

    # --- building ---------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        row = Flow()
        for place, name in enumerate(_PARTS):
            key = f"Alt+{place + 1}"
            tab = texts.button(_(name), partial(self.go_to, place), key, self._keys_in, "small")
            tab.setCheckable(True)
            self.tabs.append(tab)
            row.add(tab)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(row)
        column.addWidget(self.stack, 1)
        for part in (
            self._limit_part(),
            self.papers,
            self._name_part(),
            self._screen_part(),
            self._history_part(),
        ):
            self.stack.addWidget(part)
        self.show_part(_LIMITS)

    def _limit_part(self) -> QWidget:
        part, form = _form()
        for channel, name in _CHANNELS.items():
            self.limits[channel].setAccessibleName(_(name))
            self.limits[channel].setPlaceholderText(_("chưa có; ví dụ: 3 ngày làm việc; 15 ngày"))
            texts.row(form, _(name), self.limits[channel])
        form.addRow(self.certainty)
        for name, field in (
            (_("Theo văn bản"), self.document),
            (_("Ngày văn bản"), self.document_day),
            (_("Áp dụng từ"), self.starts),
        ):
            field.setAccessibleName(name)
            texts.row(form, name, field)
        form.addRow(texts.words(_("Phí, lệ phí"), "section"))
        form.addRow(self.fee)
        return part

    def _name_part(self) -> QWidget:
        part, form = _form()
        for name, field in (
            (_("Mã thủ tục"), self.code),
            (_("Tên đầy đủ"), self.name),
            (_("Lĩnh vực"), self.field),
            (_("Kết quả"), self.result),
            (_("Quyết định công bố"), self.decision),
            (_("Thôi áp dụng sau ngày"), self.ends),
        ):
            field.setAccessibleName(name)
            texts.row(form, name, field)
        return part

    def _screen_part(self) -> QWidget:
        part, form = _form()
        about = _(
            "Tên ngắn chỉ hiện trên màn hình; giấy tờ in tên đầy đủ. Những mục này đổi ngay, không "
            "tạo bản mới của thủ tục."
        )
        form.addRow(texts.words(about, "quiet"))
        for name, field in (
            (_("Tên ngắn"), self.short_name),
            (_("Từ dân hay gọi"), self.synonyms),
            (_("Thứ tự riêng"), self.place),
        ):
            field.setAccessibleName(name)
            texts.row(form, name, field)
        form.addRow(self.favourite)
        form.addRow(self.hidden)
        return part

    def _history_part(self) -> QWidget:
        self.history.setAccessibleName(_("Các bản của thủ tục, mới nhất trước"))
        self.history.setWordWrap(True)
        self.history.setItemDelegate(WholeText(self.history))
        self.history.setResizeMode(QListWidget.ResizeMode.Adjust)
        keys = Flow()
        keys.add(self.restore_key)
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.history, 1)
        column.addWidget(keys)
        return part

    def _connect(self) -> None:
        self.limits[Channel.DIRECT].textEdited.connect(self._direct_edited)
        boxes = (self.favourite, self.hidden, self.place)
        for field in (*self._lines(), *boxes):
            when_changed(field, self.changed.emit)
        for stops in (
            (
                *self.limits.values(),
                self.document,
                self.document_day,
                self.starts,
                *self.fee.stops(),
            ),
            (self.papers.name, self.papers.case, *self.papers.counts, self.papers.required),
            (self.code, self.name, self.field, self.result, self.decision, self.ends),
            (self.short_name, self.synonyms, self.place, self.favourite, self.hidden),
        ):
            FocusOrder(self, stops, stops)
        self.fee.changed.connect(self.changed)
        self.papers.changed.connect(self.changed)

    def _lines(self) -> tuple[QLineEdit, ...]:
        days = (self.document_day, self.starts, self.ends)
        names = (self.code, self.name, self.field, self.result, self.decision)
        own = (self.document, self.short_name, self.synonyms)
        return (*self.limits.values(), *days, *names, *own)

    def _direct_edited(self, text: str) -> None:
        """Let the limits of the other channels follow while they were the same."""
        for channel in (Channel.ONLINE, Channel.POST):
            if self.limits[channel].text() == self._direct:
                self.limits[channel].setText(text)
        self._direct = text

    def show_part(self, place: int) -> None:
        """Show one of the five parts."""
        self.stack.setCurrentIndex(place)
        self.history.scheduleDelayedItemsLayout()  # filled while it was hidden, in another width
        for at, tab in enumerate(self.tabs):
            tab.setChecked(at == place)

    def go_to(self, place: int) -> None:
        """Show one of the five parts, with the focus in its first field."""
        self.show_part(place)
        firsts = (
            self.limits[Channel.DIRECT],
            self.papers.name,
            self.name,
            self.short_name,
            self.history,
        )
        firsts[place].setFocus()

    def place_of(self, field: str) -> QWidget:
        """Return where the field of a refusal is typed, its part in front."""
        places: dict[str, tuple[int, QWidget]] = {
            "limit": (_LIMITS, self.limits[Channel.DIRECT]),
            "document": (_LIMITS, self.document),
            "document_day": (_LIMITS, self.document_day),
            "starts": (_LIMITS, self.starts),
            "fee": (_LIMITS, self.fee.amount),
            "fee_exemptions": (_LIMITS, self.fee.exemptions),
            "papers": (_PAPERS, self.papers.name),
            "code": (_NAMES, self.code),
            "name": (_NAMES, self.name),
            "field": (_NAMES, self.field),
            "result": (_NAMES, self.result),
            "decision": (_NAMES, self.decision),
            "ends": (_NAMES, self.ends),
            "short_name": (_SCREENS, self.short_name),
            "synonyms": (_SCREENS, self.synonyms),
            "place": (_SCREENS, self.place),
        }
        part, widget = places.get(field, (_LIMITS, self.limits[Channel.DIRECT]))
        self.show_part(part)
        return widget

    def refuse(self, field: str, message: str) -> bool:
        """Say right under the field what is wrong with it, and bring both into sight.

        False where its place is in no form: then the page says it at its foot.
        """
        place = self.place_of(field)
        above = place.parentWidget()
        form = above.layout() if above is not None else None
        if not isinstance(form, QFormLayout) or form.indexOf(place) < 0:
            place.setFocus()
            return False
        self.error.beside(form, place, place, message)
        QTimer.singleShot(0, self.error, self._error_into_sight)
        return True

    def _error_into_sight(self) -> None:
        texts.into_sight(self.error)
        here = self.focusWidget()
        if here is not None:
            texts.into_sight(here)

    def set_read_only(self, is_read_only: bool) -> None:
        """Let the fields be read but not changed; a new procedure's code can be typed."""
        for line in (*self._lines(), self.fee.words, self.fee.exemptions):
            line.setReadOnly(is_read_only or (line is self.code and self.view is not None))
        boxes = (self.favourite, self.hidden, self.place)
        for widget in (*boxes, *self.fee.boxes(), *self.papers.fields()):
            widget.setEnabled(not is_read_only)

    # --- the procedure ----------------------------------------------------------------------------

    def show_view(self, view: ProcedureView | None) -> None:
        """Show a procedure; None empties the fields for one that the catalogue lacks."""
        self.view = view
        version = view.row.version if view else None
        choice = view.row.choice if view else OfficeChoice()
        for channel, line in self.limits.items():
            line.setText("; ".join(version.limits.get(channel, ())) if version else "")
            line.setCursorPosition(0)
        self._direct = self.limits[Channel.DIRECT].text()
        for line, text in (
            (self.code, version.code if version else ""),
            (self.name, version.name if version else ""),
            (self.field, version.field if version else ""),
            (self.result, version.result if version else ""),
            (self.decision, version.decision if version else ""),
            (self.short_name, choice.short_name),
            (self.synonyms, ", ".join(choice.synonyms)),
            (self.document, ""),
        ):
            line.setText(text)
            line.setCursorPosition(0)
        self.short_name.setPlaceholderText(view.row.short_name if view else "")
        self.code.setReadOnly(version is not None)
        self.document_day.set_day(None)
        self.starts.set_day(None)
        self.ends.set_day(version.effective_to if version else None)
        self.favourite.setChecked(choice.favourite)
        self.hidden.setChecked(choice.hidden)
        self.place.setValue(choice.place or 0)
        self.fee.show_version(version)
        self.papers.show_papers(version.papers if version else (), version.field if version else "")
        self.certainty.setText(certainty(view) if view else "")
        self.certainty.setVisible(bool(self.certainty.text()))
        texts.role(self.certainty, "quiet" if version and _is_certain(version) else "warning")
        self.history.clear()
        self.history.addItems(history_lines(view) if view else [])
        self.history.setCurrentRow(0)

    def edit(self) -> ProcedureEdit:
        """Return the parts that differ from the version shown. Raises Refused for a wrong day."""
        version = self.view.row.version if self.view else None
        document = self.document.text().strip()
        limits = {channel: _limits(line.text()) for channel, line in self.limits.items()}
        same_limits = version is not None and all(
            limits[channel] == tuple(version.limits.get(channel, ())) for channel in Channel
        )
        papers = tuple(self.papers.papers)
        return ProcedureEdit(
            code=self.code.text(),
            starts=_day(self.starts, "starts"),
            document=document,
            document_day=_day(self.document_day, "document_day"),
            name=_changed(self.name, version.name if version else None),
            field=_changed(self.field, version.field if version else None),
            limits=None if same_limits and not document else limits,
            fee=self.fee.fee(version),
            fee_exemptions=_changed(
                self.fee.exemptions, version.fee_exemptions if version else None
            ),
            papers=None if version and papers == version.papers else papers,
            result=_changed(self.result, version.result if version else None),
            decision=_changed(self.decision, version.decision if version else None),
            ends=self._last_day(version),
        )

    def _last_day(self, version: ProcedureVersion | None) -> date | None:
        """Return the last day where it differs from the version's; NO_END where it was cleared."""
        typed = _day(self.ends, "ends")
        if typed == (version.effective_to if version else None):
            return None
        return typed or NO_END

    def choice(self) -> OfficeChoice:
        """Return the words and the place on the screens, as they stand in the fields."""
        words = (word.strip() for word in self.synonyms.text().split(","))
        return OfficeChoice(
            favourite=self.favourite.isChecked(),
            place=self.place.value() or None,
            hidden=self.hidden.isChecked(),
            short_name=self.short_name.text().strip(),
            synonyms=tuple(word for word in words if word),
        )

    def has_changes(self) -> bool:
        """True when something in the fields is not what the desk has."""
        version = self.view.row.version if self.view else None
        had = self.view.row.choice if self.view else OfficeChoice()
        if self.choice() != had:
            return True
        try:
            wanted = self.edit()
        except Refused:
            return True
        if version is None:
            return bool(wanted.code.strip() or wanted.name or wanted.papers)
        same = ProcedureEdit(version.code, wanted.starts)
        return wanted != same


# --- words ----------------------------------------------------------------------------------------


def certainty(view: ProcedureView) -> str:
    """Return how certain the limit of a procedure is, and who confirmed it by which document."""
    version, confirmed = view.row.version, view.row.version.confirmation
    if confirmed is None:
        words = _(own_catalogue.STATUS_WORDS[version.limit_status])
        doubt = "" if version.limit_status is LimitStatus.UNVERIFIED else certainty_words(version)
        source = (
            _("nguồn: {source}").format(source=formatting.source_text(version.source))
            if version.source
            else ""
        )
        return " · ".join(
            part for part in (_("Thời hạn {how}").format(how=words), doubt, source) if part
        )
    day = f"{confirmed.day:%d/%m/%Y}" if confirmed.day else ""
    document = f"{confirmed.document} {day}".strip()
    text = _("Đã xác nhận theo {document}: {official}, {at}").format(
        document=document,
        official=view.names.get(confirmed.official, confirmed.official),
        at=formatting.short(confirmed.at),
    )
    if confirmed.second:
        second = view.names.get(confirmed.second, confirmed.second)
        text = _("{text}; người thứ hai: {second}").format(text=text, second=second)
    choices = max((len(limits) for limits in version.limits.values()), default=0)
    if choices < 2:
        return text
    return _("{text}. Có {n} thời hạn: khi tiếp nhận chọn một.").format(text=text, n=choices)


def _is_certain(version: ProcedureVersion) -> bool:
    return version.limit_status is LimitStatus.CONFIRMED


def history_lines(view: ProcedureView) -> list[str]:
    """Return a paragraph for each version, the newest first: since when, by whom, what changed."""
    lines = []
    for version, before in zip(view.versions, (*view.versions[1:], None), strict=True):
        change = view.change_of(version)
        head = _("Từ {day}").format(day=f"{version.effective_from:%d/%m/%Y}")
        by = _("có sẵn: {source}").format(source=formatting.source_text(version.source))
        if change is not None:
            by = _("{official} ghi {at}").format(
                official=view.names.get(change.entered_by, change.entered_by),
                at=formatting.short(change.entered),
            )
        parts = [" · ".join(part for part in (head, by, change.document if change else "") if part)]
        if before is not None:
            for part in procedure_edit.compared(before, version):
                was, now = part_words(part.what, part.before), part_words(part.what, part.after)
                parts.append(f"{_(PARTS[part.what])}: {was} → {now}")
        lines.append("\n".join(parts))
    return lines


def part_words(what: str, text: str) -> str:
    """Return the value of a part as people read it; a dash for none."""
    if what == "limit_status" and text:
        status, _space, document = text.partition(" ")
        words = _(own_catalogue.STATUS_WORDS[LimitStatus(status)])
        return f"{words} {document}".strip()
    if what in ("favourite", "hidden"):
        return _("có") if text else _("không")
    return text or "—"


def _form() -> tuple[QWidget, QFormLayout]:
    inside = texts.Inside()
    form = QFormLayout(inside)
    form.setContentsMargins(0, 4, 8, 4)
    form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    return texts.scrolled(inside), form


def _limits(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(";") if part.strip())


def _changed(line: QLineEdit, had: str | None) -> str | None:
    text = line.text().strip()
    return None if text == (had or "") else text


def _day(field: DayField, name: str) -> date | None:
    try:
        return field.day()
    except ValueError as error:
        raise Refused(
            "procedure-day",
            _("«{text}» không phải ngày có thật; hãy ghi như 01/12/2026.").format(
                text=field.text().strip()
            ),
            name,
        ) from error
