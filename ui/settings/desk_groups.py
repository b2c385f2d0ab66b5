"""The groups of the desk's own settings, made from their declarations."""

from collections.abc import Iterable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit, QWidget

from cchc_desk.actions.data import new_desk
from cchc_desk.actions.data.new_desk import SetupFault
from cchc_desk.actions.office import office_calendar, office_settings
from cchc_desk.actions.office.office_calendar import Move
from cchc_desk.actions.office.office_settings import SettingChange
from cchc_desk.domain.people.officials import Official
from cchc_desk.domain.permissions import ALLOWED, Permission
from cchc_desk.errors import DeskError
from cchc_desk.i18n import _, _n, later
from cchc_desk.settings import BOOKS, BY_KEY, FOLDERS, PAPER_STEPS, PAPERS, SET_PARTS, SetPart
from ui import formatting
from ui.look import texts
from ui.settings.group import Edit, Group, edits_text, field_of, show_value, value_of, value_text
from ui.shell import jobs, notices
from ui.shell.page import Page
from ui.widgets.fields.error_row import ErrorRow, when_changed
from ui.widgets.layout.flow import Flow
from ui.widgets.question_panel import Choice, QuestionPanel

# Title of each group and its settings in their order; the rest is set where it is used (paper size
# and offset).
HOURS_GROUP = later("Giờ làm việc")
SETS_GROUP = later("Bộ giấy của từng bước")
GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        later("Cơ quan và quầy"),
        ("parent_agency", "unit_name", "unit_code", "place", "desk_name", "hotline"),
    ),
    (HOURS_GROUP, ("due_at_closing",)),
    (
        later("Số hồ sơ và nhắc việc"),
        (
            "block_first",
            "block_last",
            "limits_by_two",
            "notice_days",
            "soon_days",
            "untouched_days",
            "online_answer_hours",
            "reminder_hours",
        ),
    ),
    (
        later("Thư, giấy tờ và người ký"),
        (
            "local_order",
            "letter_symbol",
            "letter_by_registrar",
            "letter_block_first",
            "letter_block_last",
            "apology_old_title",
            "supplement_symbol",
            "refusal_symbol",
            "stop_symbol",
            "reminder_symbol",
        ),
    ),
    (later("Tệp của tỉnh"), ("lists_folder", "receipt_identity")),
    (later("Bản chụp giấy tờ"), ("scan_most_mb", "scan_most_files", "scan_folder")),
    (
        later("Khóa màn hình, màn hình cho công dân"),
        ("idle_minutes", "mirror_second", "lobby_file", "lobby_names"),
    ),
    (
        later("Sổ chứng thực"),
        tuple(f"{book}_{what}" for book in BOOKS for what in ("volume", "first", "last")),
    ),
    (SETS_GROUP, tuple(part.key for part in SET_PARTS)),
    (later("Gửi thành phố"), ("city_minutes", "city_proxy")),
)
_KEEP = later("Giữ nguyên ngày đã hẹn")
_DAYS = ("mon-fri", "sat", "sun")


def desk_groups(page: Page, error: ErrorRow) -> list["DeskGroup"]:
    """Return a form for each of GROUPS, all on `page`."""
    kinds = {HOURS_GROUP: HoursGroup, SETS_GROUP: SetsGroup}
    return [kinds.get(title, DeskGroup)(page, _(title), keys, error) for title, keys in GROUPS]


class DeskGroup(Group):
    """Some settings of the desk; saving them is all or nothing, and can be undone."""

    def __init__(self, page: Page, title: str, keys: Iterable[str], error: ErrorRow) -> None:
        super().__init__(title, error)
        self.page, self.desk, self.shell = page, page.desk, page.shell
        self.fields: dict[str, QWidget] = {}
        self._held: dict[str, object] = {}
        self._is_filled_in = False
        self.add_days()
        self.add_settings(keys)
        self.add_keys(_("Lưu cài đặt"), _("Bỏ phần đang sửa"))

    def add_days(self) -> None:
        """Fields that stand first."""

    def add_settings(self, keys: Iterable[str]) -> None:
        """A field for each setting, each on a line of its own."""
        for key in keys:
            setting = BY_KEY[key]
            field = self.fields[key] = field_of(setting)
            self.add(_(setting.about), field)
            if key in FOLDERS and isinstance(field, QLineEdit):
                self._add_choice(field)

    def _add_choice(self, field: QLineEdit) -> None:
        """A key that asks for the folder of this field."""

        def choose() -> None:
            there = field.text() or str(Path.home())
            if name := QFileDialog.getExistingDirectory(self, _("Chọn thư mục"), there):
                field.setText(name)
                field.setFocus()

        row, key = Flow(), texts.button(_("Chọn thư mục…"), choose, "Alt+C", self)
        key.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Tab goes from field to field
        row.add(key)
        self.form.addRow(row)

    def fill(self) -> None:
        """Show what holds."""
        self._held = {key: self.desk.settings[key] for key in self.typed()}
        self.put(self._held)

    def typed(self) -> dict[str, object]:
        """The settings as they are typed."""
        return {key: value_of(field) for key, field in self.fields.items()}

    def put(self, typed: dict[str, object]) -> None:
        """Show these as if they had been typed."""
        self._is_filled_in = True  # every field would have all of them marked
        for key, field in self.fields.items():
            show_value(field, typed[key])
        self._is_filled_in = False
        self.mark()

    def changes(self) -> dict[str, object]:
        typed = self.typed()
        return {key: value for key, value in typed.items() if value != self._held.get(key)}

    def edits(self) -> tuple[Edit, ...]:
        if not self._held:
            return ()
        return tuple(
            Edit(
                self.field(key),
                _(BY_KEY[key].about),
                value_text(self._held[key]),
                value_text(value),
            )
            for key, value in self.changes().items()
        )

    def field(self, key: str) -> QWidget:
        return self.fields[key]

    # --- saving -----------------------------------------------------------------------------------

    def save(self) -> None:
        """Keep what was changed in this group, and say what that was."""
        if self.changes():
            self.keep(move_promises=False)
        else:
            notices.say(
                _("Chưa sửa gì trong «{group}»: không có gì để lưu.").format(group=self.title)
            )

    def keep(self, *, move_promises: bool) -> None:
        before, edits, changes = dict(self._held), self.edits(), self.changes()

        def kept() -> tuple[SettingChange, ...]:
            office_settings.change_settings(self.desk, changes, move_promises=move_promises)
            now = self.desk.settings  # hours are tidied before they are kept
            return tuple(SettingChange(key, before[key], now[key]) for key in changes)

        def saved(undo: tuple[SettingChange, ...]) -> None:
            self.fill()
            self.error.clear()
            self.shell.settings_changed()
            done = _n("Đã đổi {n} mục: {what}", len(edits)).format(
                n=len(edits), what=edits_text(edits)
            )
            if move_promises:  # the promises that moved do not move back
                notices.say(done)
            else:
                notices.undoable(done, partial(self._undo, undo, edits))

        jobs.run(self, kept, saved, self._not_saved)

    def _undo(self, changes: tuple[SettingChange, ...], edits: tuple[Edit, ...]) -> None:
        back = partial(office_settings.restore_settings, self.desk, changes)

        def undone(_answer: None) -> None:
            self.fill()
            self.shell.settings_changed()
            notices.say(
                _("Đã trả lại như trước: {what}").format(
                    what="; ".join(f"{edit.words}: «{edit.before}»" for edit in edits)
                )
            )

        jobs.run(self, back, undone, lambda error: notices.warn(error.message))

    def drop(self) -> None:
        """Put back what holds; that can be undone too."""
        edits, typed = self.edits(), self.typed()
        if not edits:
            return
        self.fill()
        self.error.clear()
        notices.undoable(
            _("Đã bỏ phần sửa chưa lưu: {what}").format(what=edits_text(edits)),
            partial(self.put, typed),
        )

    def mark(self) -> None:
        if self._is_filled_in:
            return
        super().mark()
        if self.drop_button is not None:
            texts.allow(self.drop_button, None if self.edits() else _("Chưa sửa gì ở đây."))

    def show_rights(self, official: Official | None) -> None:
        """Say at once who may not change this."""
        may = official is not None and official.role in ALLOWED[Permission.SETTINGS]
        self.say("" if may else _("Chỉ lãnh đạo và quản trị đổi được; bạn xem thì được."))

    def _not_saved(self, error: DeskError) -> None:
        self.refuse(error, dict(self.fields), self.first())


class SetsGroup(DeskGroup):
    """Numbers of each paper that a step needs: one line a step, its papers beside one another."""

    def add_settings(self, keys: Iterable[str]) -> None:
        about = texts.words(
            _(
                "Sau mỗi bước, «In bộ giấy» (Shift+B) in các giấy tờ này, mỗi loại bấy nhiêu bản. "
                "Giấy hẹn tự có hai liên; 0 là không in."
            ),
            "quiet",
        )
        self.form.addRow(about)
        texts.fitted(  # words stand beside words here, with no border between them
            about,
            lambda: self.form.setHorizontalSpacing(2 * about.fontMetrics().averageCharWidth()),
        )
        self._labels: dict[QWidget, QLabel] = {}
        for step, words in PAPER_STEPS.items():
            row = Flow()
            for part in SET_PARTS:
                if part.step is step:
                    row.add(self._part(part))
            self.form.addRow(_(words), row)

    def _part(self, part: SetPart) -> QWidget:
        field = self.fields[part.key] = field_of(BY_KEY[part.key])
        field.setAccessibleName(BY_KEY[part.key].about)
        when_changed(field, self.mark)
        self.stops.append(field)
        both = texts.beside(_(PAPERS[part.kind]), field)
        label = both.findChild(QLabel)
        assert isinstance(label, QLabel), "made with it"
        self._labels[field] = label
        return both

    def label_of(self, field: QWidget) -> QWidget | None:
        return self._labels.get(field)


class HoursGroup(DeskGroup):
    """The week's hours; others ask what becomes of the promises that are open."""

    def add_days(self) -> None:
        kept = self.desk.settings["office_hours"]
        self.hours = {days: QLineEdit() for days in dict.fromkeys((*_DAYS, *kept))}
        for days, field in self.hours.items():
            field.setPlaceholderText(_("07:30-11:30,13:00-17:00; để trống: nghỉ"))
            texts.letters(field, 24)
            self.add(
                _("Giờ làm việc {days_text}").format(days_text=formatting.weekdays(days)), field
            )

    def typed(self) -> dict[str, object]:
        hours = {
            days: field.text().strip() for days, field in self.hours.items() if field.text().strip()
        }
        return super().typed() | {"office_hours": hours}

    def put(self, typed: dict[str, object]) -> None:
        hours = typed["office_hours"]
        assert isinstance(hours, dict)
        for days, field in self.hours.items():
            field.setText(hours.get(days, ""))
        super().put(typed)

    def field(self, key: str) -> QWidget:
        return self._changed_day() if key == "office_hours" else super().field(key)

    def _changed_day(self) -> QWidget:
        held = self._held.get("office_hours")
        assert isinstance(held, dict)
        changed = (
            field
            for days, field in self.hours.items()
            if field.text().strip() != held.get(days, "")
        )
        return next(changed, self.hours[_DAYS[0]])

    def save(self) -> None:
        hours, desk = self.changes().get("office_hours"), self.desk
        if not isinstance(hours, dict):
            super().save()
            return

        def asked() -> tuple[tuple[SetupFault, ...], tuple[Move, ...]]:
            faults = tuple(new_desk.hours_faults(hours))
            return faults, () if faults else office_calendar.moves_by_hours(desk, hours)

        jobs.run(self, asked, lambda answer: self._asked(*answer), self._not_saved)

    def _asked(self, faults: tuple[SetupFault, ...], moves: tuple[Move, ...]) -> None:
        """Other hours would move open promises: the one who changes them decides."""
        for fault in faults[:1]:
            self.wrong(self.hours[fault.days or _DAYS[0]], fault.refusal.message)
            return
        if not moves:
            self.keep(move_promises=False)
            return
        move = _n("Đổi {count} lời hẹn theo giờ mới", len(moves)).format(count=len(moves))
        ways = [(_(_KEEP), False), (move, True)]
        what = Choice(_("Hồ sơ đang giải quyết thì sao?"), ways, chosen=False)

        def answered(panel: QuestionPanel) -> None:
            panel.finish()
            self.keep(move_promises=what.value)

        QuestionPanel.ask(self.page, _("Đổi giờ làm việc"), (what,), _("Ghi lại"), answered)
