"""The tour of the first day: a few sentences for each role, each beside its subject."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from cchc_desk.domain.people.officials import Role
from cchc_desk.i18n import _
from ui.look import texts

_GAP = 14  # points between the card and what it is about
_NARROWEST, _WIDEST = 34, 62  # letters


@dataclass(frozen=True)
class Stop:
    """One sentence of the tour, and the widget it is about."""

    words: str
    about: QWidget


def begin(
    window: QWidget,
    tabs: Mapping[str, QWidget],
    keys: Mapping[str, QWidget],
    role: Role,
    ended: Callable[[], None],
) -> None:
    """Show the tour of a role over the window; `ended` follows when it was left, at any stop."""
    Tour(_stops(tabs, keys, role), ended, window).open()


def _stops(tabs: Mapping[str, QWidget], keys: Mapping[str, QWidget], role: Role) -> list[Stop]:
    """The stops of a role along the rail (`tabs` by page) and the header (buttons by key)."""
    everyone = [Stop(_("Mỗi trang một việc; phím mở trang ghi ngay bên cạnh."), tabs["today"])]
    intake = Stop(
        _(
            "F2 tiếp nhận: quét thẻ; vài chữ của thủ tục, Enter; thời hạn nếu được hỏi, "
            "Enter; A; F9 hai lần là in giấy hẹn."
        ),
        tabs["intake"],
    )
    giving = Stop(
        _("F4 trả kết quả: quét giấy hẹn. Kết quả không bao giờ bị giữ lại."), tabs["return"]
    )
    late = Stop(
        _("F5 trễ hẹn: báo trước, xin lỗi bằng văn bản, hẹn lại tối đa một lần."), tabs["overdue"]
    )
    of_role = {
        Role.CLERK: [intake, giving, late],
        Role.PROCESSOR: [
            Stop(_("F3 hồ sơ: tìm, mở, bàn giao, ghi «có kết quả»."), tabs["dossiers"]),
            late,
        ],
        Role.LEADER: [
            Stop(
                _("F5 trễ hẹn: đọc thư xin lỗi đã soạn, sửa lý do, ký; ai gây trễ ghi ở đây."),
                tabs["overdue"],
            ),
            Stop(_("F7 sổ sách: tỷ lệ trễ, danh sách phải xin lỗi, báo cáo."), tabs["registers"]),
            Stop(_("F10 phục vụ: «4 xin, 4 luôn» của từng người trong tuần."), tabs["courtesy"]),
        ],
        Role.ADMINISTRATOR: [
            Stop(_("F12 cài đặt: điện thoại của quầy, in trên mỗi giấy hẹn."), tabs["settings"]),
            Stop(_("F12 cũng là nơi thêm người dùng, mỗi người một mật khẩu."), tabs["settings"]),
            Stop(
                _("Lịch nghỉ của năm nhập trong F12; ngày hẹn tính theo lịch ấy."),
                tabs["settings"],
            ),
        ],
    }
    last = [
        Stop(
            _("Ctrl+K tìm mọi thứ: hồ sơ, người, thủ tục, và mọi phím của trang này."),
            keys["Ctrl+K"],
        ),
        Stop(_("F1 mở trợ giúp của đúng trang đang đứng."), keys["F1"]),
        Stop(_("Rời quầy thì khóa: Ctrl+L. Phần đang gõ vẫn còn."), keys["Ctrl+L"]),
    ]
    return [*everyone, *of_role[role], *last]


class Tour(QDialog):
    """A bubble beside stop after stop: Enter goes on, ← back, Esc ends; `seen` is called then."""

    def __init__(self, stops: Sequence[Stop], seen: Callable[[], None], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Giới thiệu"))
        self.setWindowFlags(Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self._stops, self._here, self._window = stops, 0, parent
        self._frame = QFrame(parent)
        self._frame.setObjectName("pointer")
        self._frame.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.count = texts.words("", "quiet")
        self.words = texts.words("", "")
        self.next = texts.button(_("Tiếp"), self.go_on, "Enter", None, "primary")
        self.next.setAutoDefault(True)
        keys = QHBoxLayout()
        self.before = texts.button(_("Lại"), self.go_back, "Left", self)
        keys.addWidget(self.count, 1)
        keys.addWidget(self.before)
        keys.addWidget(texts.button(_("Thôi"), self.reject, "Esc"))
        keys.addWidget(self.next)
        bubble = texts.card()
        column = QVBoxLayout(bubble)
        column.addWidget(self.words, 1)
        column.addLayout(keys)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(bubble)
        self.finished.connect(lambda _result: self._frame.hide())
        self.finished.connect(lambda _result: seen())
        self._show()

    def go_back(self) -> None:
        """The stop before; the first stays."""
        self._here = max(0, self._here - 1)
        self._show()

    def go_on(self) -> None:
        """The next stop; the end behind the last."""
        self._here += 1
        if self._here < len(self._stops):
            self._show()
        else:
            self.accept()

    def _show(self) -> None:
        stop, parent = self._stops[self._here], self._window
        self.words.setText(stop.words)
        self.before.setEnabled(self._here > 0)
        self.count.setText(f"{self._here + 1}/{len(self._stops)}")
        corner = stop.about.mapTo(parent, QPoint(0, 0))
        place = QRect(corner, stop.about.size())
        self._frame.setGeometry(place.adjusted(-3, -3, 3, 3))
        self._frame.raise_()
        self._frame.show()
        letter, room = (
            self.fontMetrics().averageCharWidth(),
            parent.width() - place.right() - 3 * _GAP,
        )
        self.setFixedWidth(max(_NARROWEST * letter, min(room, _WIDEST * letter)))
        self.adjustSize()
        self.move(
            parent.mapToGlobal(self._beside(place, parent.size().width(), parent.size().height()))
        )
        self.next.setFocus()

    def _beside(self, place: QRect, wide: int, high: int) -> QPoint:
        """Return the card's place: right of the thing, else left or under it, within the window."""
        x = (
            place.right() + _GAP
            if place.right() + _GAP + self.width() < wide
            else place.left() - _GAP - self.width()
        )
        y = place.top()
        if x < 0:
            x, y = min(place.left(), wide - self.width() - _GAP), place.bottom() + _GAP
        return QPoint(max(_GAP, x), max(_GAP, min(y, high - self.height() - _GAP)))
