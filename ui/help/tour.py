"""The tour of the first day: seven sentences, each beside its subject. Enter goes on, Esc ends."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from cchc_desk.i18n import _
from ui.look import texts

_GAP = 14  # points between the card and what it is about
_NARROWEST, _WIDEST = 34, 62  # letters


@dataclass(frozen=True)
class Stop:
    """One sentence of the tour, and the widget it is about."""

    words: str
    about: QWidget


def tour_stops(tabs: Mapping[str, QWidget], keys: Mapping[str, QWidget]) -> list[Stop]:
    """Seven stops along the rail (`tabs` by page) and the header (buttons by key)."""
    return [
        Stop(_("Mỗi trang một việc; phím mở trang ghi ngay bên cạnh."), tabs["today"]),
        Stop(
            _(
                "F2 tiếp nhận: quét thẻ; vài chữ của thủ tục, Enter; thời hạn nếu được hỏi, "
                "Enter; A; F9 hai lần là in giấy hẹn."
            ),
            tabs["intake"],
        ),
        Stop(
            _("F4 trả kết quả: quét giấy hẹn. Kết quả không bao giờ bị giữ lại."),
            tabs["return"],
        ),
        Stop(
            _("F5 trễ hẹn: báo trước, xin lỗi bằng văn bản, hẹn lại tối đa một lần."),
            tabs["overdue"],
        ),
        Stop(
            _("Ctrl+K tìm mọi thứ: hồ sơ, người, thủ tục, và mọi phím của trang này."),
            keys["Ctrl+K"],
        ),
        Stop(_("F1 mở trợ giúp của đúng trang đang đứng."), keys["F1"]),
        Stop(_("Rời quầy thì khóa: Ctrl+L. Phần đang gõ vẫn còn."), keys["Ctrl+L"]),
    ]


class Tour(QDialog):
    """A small card that walks from stop to stop; `seen` is called when it ends, however it ends."""

    def __init__(self, stops: Sequence[Stop], seen: Callable[[], None], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Giới thiệu"))
        self._stops, self._here, self._window = stops, 0, parent
        self._frame = QFrame(parent)
        self._frame.setObjectName("pointer")
        self._frame.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.count = texts.words("", "quiet")
        self.words = texts.words("", "")
        self.next = texts.button(_("Tiếp"), self.go_on, "Enter", None, "primary")
        self.next.setAutoDefault(True)
        keys = QHBoxLayout()
        keys.addWidget(self.count, 1)
        keys.addWidget(texts.button(_("Thôi"), self.reject, "Esc"))
        keys.addWidget(self.next)
        column = QVBoxLayout(self)
        column.addWidget(self.words, 1)
        column.addLayout(keys)
        self.finished.connect(lambda _result: self._frame.hide())
        self.finished.connect(lambda _result: seen())
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
