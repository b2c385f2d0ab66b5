"""Thử đầu đọc mã: the keys that a scanner sent, their meaning, and what to set."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from cchc_desk.actions.intake.intake import card_of
from cchc_desk.domain.people.birth import birth_text
from cchc_desk.domain.people.identity_card import Card
from cchc_desk.domain.table import Column, Listing
from cchc_desk.errors import Refused
from cchc_desk.i18n import _, _n, later
from cchc_desk.session import Desk
from ui.look import texts
from ui.look.tokens import SPACE
from ui.shell.navigation import Shell
from ui.shell.page import Page
from ui.widgets.keys.scanner import LONGEST_GAP_MS, SHORTEST_SCAN, ScannerFilter
from ui.widgets.layout.columns import Columns
from ui.widgets.tables.line_table import LineTable
from ui.widgets.tables.when_empty import WhenEmpty

SILENCE_MS = 400  # after which nothing more belongs to the scan
_CONTROLS = {
    "\r": "Enter", "\n": "LF", "\t": "Tab", "\b": "Backspace", "\x1b": "Esc",
    "\x1c": "FS", "\x1d": "GS", "\x1e": "RS", "\x1f": "US", " ": "␣",
}  # fmt: skip
_DOSSIER = re.compile(r"[0-9A-Z.]+-[0-9]{6}-[0-9]{4}")
_FEW = 3  # keys
_ENDS = ("\r", "\n", "\t")
_PAUSES, _MAY_BREAK = (
    "|, ",
    "\N{ZERO WIDTH SPACE}",
)  # where the line may go on below: it has no blank of its own
_HOW = (
    later(
        "1. Quét một mã bất kỳ: thẻ căn cước, giấy hẹn, trang thử máy in. Con trỏ ở đâu cũng được."
    ),
    later(
        "2. Đầu đọc cần: kiểu bàn phím USB (USB keyboard, HID), bố trí bàn phím US, tiếng Việt "
        "gửi bằng Unicode."
    ),
    later(
        "3. Sau mỗi mã gửi một Enter (suffix CR), không thêm ký tự nào ở đầu, không chờ giữa các "
        "ký tự."
    ),
    later(
        "4. Các mã cài đặt ấy in trong sách hướng dẫn đi kèm đầu đọc; quét chúng rồi thử lại ở đây."
    ),
    later("5. Bộ gõ tiếng Việt (UniKey, ibus) nên ở chế độ tiếng Anh (E) khi quét thẻ."),
)


@dataclass(frozen=True)
class Key:
    """One arrival: its text, how long after the one before it, whether an input method sent it."""

    text: str
    gap_ms: float
    composed: bool
    first: bool


@dataclass(frozen=True)
class Finding:
    """Result of a scan in sentences; `advice` names the settings to change, if any."""

    shown: str
    pace: str
    end: str
    meaning: tuple[str, ...]
    advice: tuple[str, ...]


class ScannerPage(Page):
    """Everything scanned or typed while this page shows is looked at and goes nowhere."""

    def __init__(self, desk: Desk, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(desk, shell, parent)
        self._keys: list[Key] = []
        self._scan: str | None = None
        self._listening = False
        self.field = QLineEdit()
        self.field.setAccessibleName(_("Ô quét thử"))
        self.field.setPlaceholderText(_("quét vào đây, hoặc gõ thử: Nguyễn Thị Hường"))
        self.arrived, self.pace, self.end = (
            texts.words(_("Chưa nhận được gì.")),
            texts.words("", "quiet"),
            texts.words("", "quiet"),
        )
        self.meaning, self.advice = texts.words(""), texts.words("", "warning")
        self.table = LineTable(later("Từng ký tự"), ordered=True)
        texts.with_it(self.field, self.meaning)
        self._lay_out()
        self._silence = QTimer(self, singleShot=True, interval=SILENCE_MS)
        self._silence.timeout.connect(self.look)
        texts.shortcut(self, "Esc", lambda: shell.open_page("settings"))

    def _lay_out(self) -> None:
        left, right = QVBoxLayout(), QVBoxLayout()
        for column in (left, right):
            column.setSpacing(SPACE)
        left.addWidget(texts.words(_("Đặt đầu đọc thế nào"), "section"))
        for line in _HOW:
            left.addWidget(texts.words(_(line)))
        back = QHBoxLayout()
        back.addWidget(
            texts.button(_("Về Cài đặt"), lambda: self.shell.open_page("settings"), "Esc")
        )
        back.addStretch(1)
        left.addLayout(back)
        left.addStretch(1)
        right.addWidget(self.field)
        for title, labels in (
            (_("Đã nhận được"), (self.arrived, self.pace, self.end)),
            (_("Chương trình hiểu là"), (self.meaning, self.advice)),
        ):
            right.addWidget(texts.words(title, "section"))
            for label in labels:
                right.addWidget(label)
        right.addWidget(self.table, 1)
        columns = Columns()
        columns.add(left, 2)
        columns.add(right, 3)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 12, 0, 0)
        heading = texts.words(_("Thử đầu đọc mã"), "title")
        heading.setContentsMargins(16, 0, 16, 0)
        page.addWidget(heading)
        page.addWidget(columns, 1)
        for label in (self.pace, self.end, self.meaning, self.advice):
            label.hide()
        texts.lines(self.table, 9)
        WhenEmpty(self.table, _("Quét xong, từng ký tự nhận được hiện ở đây."))

    # --- what comes -------------------------------------------------------------------------------

    def shown(self) -> None:
        self._listen(True)
        self.field.setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        self._listen(False)
        super().hideEvent(event)

    def _listen(self, listening: bool) -> None:
        if listening == self._listening:
            return
        self._listening = listening
        for scanner in _scanners():
            scanner.key_came.connect(self._came) if listening else scanner.key_came.disconnect(
                self._came
            )

    def scanned(self, text: str) -> bool:
        self._scan = text
        self._silence.start()
        return True

    def _came(self, text: str, gap_ms: float, composed: bool) -> None:
        if not text:
            return
        if not self._silence.isActive():
            self._keys, self._scan = [], None
        self._keys.append(Key(text, gap_ms, composed, first=not self._keys))
        self._silence.start()

    def look(self) -> None:
        """Report the keys since the last silence; a few alone are a person's and left out."""
        self._silence.stop()
        if len(self._keys) < _FEW:
            return
        finding = look_at(self._keys, self._scan)
        for label, lines in (
            (self.arrived, (finding.shown,)),
            (self.pace, (finding.pace,)),
            (self.end, (finding.end,)),
            (self.meaning, finding.meaning),
            (self.advice, finding.advice),
        ):
            label.setText("\n".join(lines))
            label.setVisible(bool(lines))
        self.table.fill(Listing(_COLUMNS, tuple(self._keys)))


def look_at(keys: Sequence[Key], scan: str | None) -> Finding:
    """Return what came and its meaning; `scan` is None when it was taken for typing."""
    gaps = [key.gap_ms for key in keys[1:]]
    shown = "".join(
        visible(char) + _MAY_BREAK * (char in _PAUSES) for key in keys for char in key.text
    )
    pace = _n("{n} ký tự; trung bình {mean} ms, lâu nhất {most} ms một ký tự.", len(keys)).format(
        n=len(keys), mean=f"{sum(gaps) / len(gaps):.0f}", most=f"{max(gaps):.0f}"
    )
    last = keys[-1].text[-1]
    ended = (
        _("Kết thúc bằng {key}.").format(key=_CONTROLS[last])
        if last in _ENDS
        else _("Không có Enter ở cuối.")
    )
    return Finding(shown, pace, ended, _meaning(keys, scan), tuple(_advice(keys, last, max(gaps))))


def visible(char: str) -> str:
    """A character as it can be read: control characters by their name."""
    if char in _CONTROLS:
        return _CONTROLS[char] if char == " " else f"‹{_CONTROLS[char]}›"
    return char if char.isprintable() else f"‹U+{ord(char):04X}›"


def _meaning(keys: Sequence[Key], scan: str | None) -> tuple[str, ...]:
    if scan is None:
        return (_("Chưa nhận ra là đầu đọc: coi như người gõ, chữ ở lại trong ô."),)
    if "|" not in scan:
        return (_a_code(scan),)
    try:
        card = card_of(scan)
    except Refused as refusal:
        return (_("Thẻ căn cước, nhưng không đọc được."), refusal.message)
    retyped = any("\b" in key.text for key in keys)
    whole = (
        _("Bộ gõ đã xóa và gõ lại khi quét; đã ghép lại đúng.")
        if retyped
        else _("Chữ tiếng Việt còn nguyên.")
    )
    return (_("Thẻ căn cước. {whole}").format(whole=whole), *_fields(card))


def _a_code(scan: str) -> str:
    if _DOSSIER.fullmatch(scan):
        return _("Mã hồ sơ {code}: sẽ mở hồ sơ này.").format(code=scan)
    return _("«{text}» không phải thẻ căn cước, không phải mã hồ sơ.").format(text=scan)


def _fields(card: Card) -> tuple[str, ...]:
    issued = f"{card.issued:%d/%m/%Y}" if card.issued else ""
    pairs = (
        (_("Số định danh"), card.id_number),
        (_("Số CMND cũ"), card.old_id),
        (_("Họ tên"), card.name),
        (_("Ngày sinh"), birth_text(card.born)),
        (_("Giới tính"), _(card.sex)),
        (_("Địa chỉ"), card.address),
        (_("Ngày cấp"), issued),
    )
    return tuple(f"{name}: {value}" for name, value in pairs if value)


def _advice(keys: Sequence[Key], last: str, slowest: float) -> Iterator[str]:
    """Settings of the scanner to change; empty where all is well."""
    if last not in _ENDS:
        yield _("Đặt đầu đọc gửi Enter (suffix CR) sau mỗi mã.")
    if slowest > LONGEST_GAP_MS:
        sentence = _(
            "Đầu đọc gửi chậm (quá {most} ms một ký tự): đặt thời gian chờ giữa các ký tự bằng 0."
        )
        yield sentence.format(most=LONGEST_GAP_MS)
    if len(keys) <= SHORTEST_SCAN:
        yield _("Mã quá ngắn: chương trình chỉ nhận mã từ {least} ký tự.").format(
            least=SHORTEST_SCAN
        )
    if any(key.composed or "\b" in key.text for key in keys):
        yield _("Bộ gõ tiếng Việt đang bật: chuyển sang tiếng Anh (E) trước khi quét thẻ.")
    if keys[0].text in _CONTROLS and keys[0].text != " ":
        yield _("Đầu đọc gửi thêm ký tự ở đầu mã: bỏ tiền tố (prefix).")


_COLUMNS: tuple[Column[Key], ...] = (
    Column(later("Ký tự"), lambda key: "".join(map(visible, key.text))),
    Column(later("Mã"), lambda key: " ".join(f"U+{ord(char):04X}" for char in key.text)),
    Column(
        later("Sau mấy ms"),
        lambda key: "" if key.first else f"{key.gap_ms:.0f}",
        sort=lambda key: None if key.first else key.gap_ms,
    ),
    Column(later("Qua"), lambda key: _("bộ gõ") if key.composed else _("bàn phím")),
)


def _scanners() -> list[ScannerFilter]:
    application = QApplication.instance()
    return application.findChildren(ScannerFilter) if application is not None else []
