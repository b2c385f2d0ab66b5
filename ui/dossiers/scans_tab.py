"""The scans of a dossier: dropped, chosen or pasted, shown small, opened, saved, put away."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMimeData, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QIcon, QImage, QPainter, QPixmap
from PySide6.QtWidgets import (
    QFileDialog,
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from cchc_desk.actions.documents import scans
from cchc_desk.actions.documents.scans import Waiting
from cchc_desk.actions.lists.folder import LIST_SUFFIXES
from cchc_desk.domain.dossiers.scans import Scan
from cchc_desk.errors import DeskError, Refused
from cchc_desk.i18n import _, _n
from cchc_desk.session import Desk
from ui import formatting
from ui.documents.scan_preview import ScanDialog, picture_of
from ui.look import texts
from ui.look.tokens import SPACE
from ui.shell import jobs, notices, questions
from ui.shell.page import Page
from ui.widgets.layout.flow import Flow
from ui.widgets.question_panel import Line

_SIDE = 110  # of a thumbnail, in points
_LOOK_MS = 3000  # between two looks into the watched folder
_NAMED = 3  # of the files that wait
_KINDS = "PDF, JPEG, PNG (*.pdf *.jpg *.jpeg *.png)"
_KB = 1024
_LETTERS = 18  # of a name under its picture; the tip has all of it


@dataclass(frozen=True)
class _Taken:
    """Files that were to be added: those that were, and why others were not."""

    added: Sequence[Scan]
    refused: Sequence[str]


class ScansTab(QWidget):
    """Of the dossier `code`; `counted` says how many there are."""

    counted = Signal(int)
    waits = Signal(int)  # how many files of the watched folder are offered
    folder = Path.home()  # where the last file was chosen since the program began

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page, self.code = page, ""
        self._of: dict[int, Scan] = {}
        self._pictures: dict[int, QImage] = {}
        self._known: frozenset[Waiting] | None = None  # of the folder before the program began
        self._seen: frozenset[Waiting] = frozenset()  # at the last look
        self._missing = False  # the folder, as was said
        self._folder, self._looking = "", False
        self.waiting: list[Waiting] = []
        self.list = QListWidget()
        self.list.setAccessibleName(_("Bản chụp giấy tờ"))
        self.list.setViewMode(QListWidget.ViewMode.IconMode)
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.list.setMovement(QListWidget.Movement.Static)
        self.list.setWordWrap(True)
        self.list.setIconSize(QSize(_SIDE, _SIDE))
        self.list.setSpacing(4)
        self.list.itemActivated.connect(lambda _item: self.open())
        self.empty = texts.words(
            _("Chưa có bản chụp nào. Kéo tệp thả vào đây, bấm Ctrl+V để dán ảnh, hoặc chọn tệp."),
            "quiet",
        )
        self.offer = texts.words("", "strong")
        self.offer_row = QWidget()
        self._lay_out()
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 0)
        column.setSpacing(SPACE)
        offered = QVBoxLayout(self.offer_row)
        offered.setContentsMargins(0, 0, 0, 0)
        row = Flow()
        row.add(texts.button(_("Thêm vào hồ sơ này"), self.take_waiting, "", self, "primary"))
        row.add(texts.button(_("Bỏ qua"), self.dismiss, "", self, "small"))
        offered.addWidget(self.offer)
        offered.addWidget(row)
        self.offer_row.hide()
        column.addWidget(self.offer_row)
        acts = Flow()
        self.add_button = texts.button(_("Thêm tệp"), self.choose, "Shift+A", self._page)
        self.open_button = texts.button(_("Mở"), self.open, "", self)
        self.save_button = texts.button(_("Lưu ra tệp"), self.ask_and_save, "Ctrl+S", self)
        self.remove_button = texts.button(_("Bỏ bản chụp"), self.remove, "Del", self)
        for button in (self.add_button, self.open_button, self.save_button, self.remove_button):
            acts.add(button)
        column.addWidget(acts)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        column.addWidget(self.empty, 1)
        column.addWidget(self.list, 1)
        texts.fitted(self.list, self._fit)
        self.list.currentRowChanged.connect(lambda _row: self._allow())
        self._allow()

    def _fit(self) -> None:
        """Hold one row of pictures, and the beginning of the next."""
        self.list.setMinimumHeight(round(self._room().height() * 1.3))

    def _room(self) -> QSize:
        """Return the room of one picture with its two lines."""
        type_ = self.list.fontMetrics()
        wide = type_.averageCharWidth() * (_LETTERS + 2)
        return QSize(max(_SIDE + 20, wide), _SIDE + 3 * type_.lineSpacing())

    def take_room(self, wanted: bool) -> None:
        """Take height for the pictures in front, none behind another tab."""
        policy = QSizePolicy.Policy
        self.setSizePolicy(policy.Preferred, policy.Preferred if wanted else policy.Ignored)

    # --- showing ----------------------------------------------------------------------------------

    def show_of(self, code: str) -> None:
        """Ask for the scans of this dossier as they are now."""
        if code != self.code:
            self.code, self._pictures = code, {}
            self._show(())
        find = partial(scans.list_scans, self._page.desk, code)
        jobs.run(self, find, partial(self._shown, code))

    def _shown(self, code: str, found: tuple[Scan, ...]) -> None:
        if code == self.code:
            self._show(found)

    def _show(self, found: tuple[Scan, ...]) -> None:
        chosen = self._chosen()
        self._of = {scan.number: scan for scan in found}
        self.list.clear()
        for scan in found:
            item = QListWidgetItem(_words(scan))
            item.setData(Qt.ItemDataRole.UserRole, scan.number)
            item.setToolTip(texts.tip(f"{scan.name}\n{formatting.moment_text(scan.added)}"))
            item.setSizeHint(self._room())
            self.list.addItem(item)
            if chosen and chosen.number == scan.number:
                self.list.setCurrentItem(item)
        if found and self.list.currentRow() < 0:
            self.list.setCurrentRow(0)
        self.setFocusProxy(self.list if found else self.add_button)
        is_first = bool(found) and self.list.isHidden() and self.add_button.hasFocus()
        self.empty.setVisible(not found)
        self.list.setVisible(bool(found))
        if is_first:  # its keys are for the scan that has come
            self.list.setFocus()
        self.counted.emit(len(found))
        self._allow()
        self._draw_next()

    def _allow(self) -> None:
        why = scans.why_not(self._page.desk)
        texts.allow(self.add_button, why)
        none = None if self._of else _("Hồ sơ chưa có bản chụp nào.")
        for button in (self.open_button, self.save_button, self.remove_button):
            texts.allow(button, why or none)

    def _draw_next(self) -> None:
        """Draw the thumbnails one after the other: other jobs come between."""
        code, may = self.code, scans.why_not(self._page.desk) is None
        if not may:  # nor may who came after those that saw them
            self._pictures = {}
        for row in range(self.list.count()):
            item = self.list.item(row)
            scan = self._of[item.data(Qt.ItemDataRole.UserRole)]
            if scan.number in self._pictures:
                if item.icon().isNull():
                    item.setIcon(_icon(self._pictures[scan.number], self.devicePixelRatioF()))
            elif may:
                side = round(_SIDE * self.devicePixelRatioF())
                draw = partial(self._thumbnail, scan, side)
                got, none = partial(self._drawn, code, scan.number), QImage()
                jobs.run(self, draw, got, partial(_instead, got, none))
                return

    def _thumbnail(self, scan: Scan, side: int) -> QImage:
        content = scans.scan_content(self._page.desk, scan.code, scan.number)
        return picture_of(content, scan.kind, side)

    def _drawn(self, code: str, number: int, image: QImage) -> None:
        if code == self.code:
            self._pictures[number] = image
            self._draw_next()

    def _chosen(self) -> Scan | None:
        item = self.list.currentItem()
        return self._of.get(item.data(Qt.ItemDataRole.UserRole)) if item else None

    # --- adding -----------------------------------------------------------------------------------

    def choose(self) -> None:
        """Ask for files and add them."""
        chosen, _filter = QFileDialog.getOpenFileNames(
            self, _("Thêm bản chụp"), str(ScansTab.folder), _KINDS
        )
        if chosen:
            ScansTab.folder = Path(chosen[0]).parent
            self.add_files([Path(file) for file in chosen])

    def takes(self, dropped: QMimeData) -> bool:
        """Return True for files of this computer, but for a list, which the window takes."""
        files = _files_in(dropped)
        return bool(files) and not all(file.suffix.lower() in LIST_SUFFIXES for file in files)

    def add_dropped(self, dropped: QMimeData) -> None:
        self.add_files(_files_in(dropped))

    def paste(self) -> None:
        """Add the picture, or the files, on the clipboard."""
        board = QGuiApplication.clipboard()
        if files := _files_in(board.mimeData()):
            self.add_files(files)
        elif not (image := board.image()).isNull():
            desk, code, name = self._page.desk, self.code, _("ảnh dán.png")
            self._run(lambda: _taken(lambda: scans.add_scan(desk, code, name, _png(image))))
        else:
            notices.warn(_("Không có ảnh hay tệp nào để dán."))

    def add_files(self, files: Iterable[Path]) -> None:
        """Add files one by one; those that are refused say why, the others are in."""
        desk, code, chosen = self._page.desk, self.code, list(files)
        if not code:
            return

        def read() -> list[Callable[[], Scan]]:
            return [_read(desk, code, file) for file in chosen]

        # Beside the worker: a share that hangs holds up no act on a dossier.
        jobs.run_outside(self, read, lambda adding: self._run(lambda: _taken(*adding)))

    def _run(self, take: Callable[[], _Taken]) -> None:
        if self.code:
            jobs.run(self, take, self._added)

    def _added(self, taken: _Taken) -> None:
        if taken.added:
            count = len(taken.added)
            notices.say(_n("Đã thêm {n} bản chụp vào hồ sơ.", count).format(n=count))
            self._page.refresh()
        if taken.refused:
            notices.trouble(" ".join(taken.refused))

    # --- what is done with one --------------------------------------------------------------------

    def open(self) -> None:
        scan = self._chosen()
        if scan is not None:
            content = partial(scans.scan_content, self._page.desk, scan.code, scan.number)
            jobs.run(self, content, partial(self._open, scan))

    def _open(self, scan: Scan, content: bytes) -> None:
        title = f"{scan.name} – {scan.code}"
        save = partial(self._ask_where, scan)
        ScanDialog(title, content, scan.kind, save, self.window()).open()

    def ask_and_save(self) -> None:
        scan = self._chosen()
        if scan is not None:
            self._ask_where(scan)

    def _ask_where(self, scan: Scan) -> None:
        proposed = str(ScansTab.folder / scans.file_name(scan))
        chosen, _filter = QFileDialog.getSaveFileName(self, _("Lưu ra tệp"), proposed)
        if chosen:
            self.save(scan, Path(chosen))

    def save(self, scan: Scan, target: Path) -> None:
        ScansTab.folder = target.parent
        save = partial(scans.save_scan, self._page.desk, scan.code, scan.number, target)
        jobs.run(self, save, lambda _scan: self._saved(target))

    def _saved(self, target: Path) -> None:
        self._page.refresh()
        notices.say(_("Đã lưu {name} vào {folder}.").format(name=target.name, folder=target.parent))

    def remove(self) -> None:
        scan = self._chosen()
        if scan is None:
            return
        desk = self._page.desk
        reason = Line(_("Vì sao bỏ bản chụp? (ghi vào sổ cái)"), name="reason")
        questions.ask(
            self._page,
            _("Bỏ bản chụp «{name}»").format(name=scan.name),
            (reason,),
            _("Bỏ bản chụp"),
            lambda: partial(scans.remove_scan, desk, scan.code, scan.number, reason.value),
            self._removed,
        )

    def _removed(self, scan: Scan) -> None:
        self._page.refresh()
        back = partial(scans.restore_scan, self._page.desk, scan.code, scan.number)
        notices.undoable(
            _("Đã bỏ bản chụp «{name}».").format(name=scan.name),
            lambda: jobs.run(self, back, lambda _scan: self._page.refresh()),
        )

    # --- the watched folder -----------------------------------------------------------------------

    def look(self) -> None:
        """Look into the scanner's folder, where one is set and this page is in front."""
        desk = self._page.desk
        folder = desk.settings["scan_folder"]
        if folder != self._folder:  # another one: what lies there is not new
            self._folder, self._known = folder, None
        wanted = self._page.isVisible() and self.code and folder and not self._looking
        if wanted and scans.why_not(desk) is None:
            self._looking = True
            find = partial(scans.waiting_files, desk)
            jobs.run_outside(self, find, self._looked, self._cannot_look)

    def _looked(self, found: frozenset[Waiting]) -> None:
        self._looking = self._missing = False
        if self._known is None:  # what lay there before is not new
            self._known = found
        whole = found & self._seen  # as large as at the last look: written to its end
        self._seen = found
        new = sorted(whole - self._known, key=lambda one: one.changed)
        if new != self.waiting:
            self.waiting = new
            self._offer()

    def _cannot_look(self, error: DeskError) -> None:
        """Say it once; what lies in the folder when it comes back is not new."""
        self._looking = False
        if not self._missing:
            notices.warn(error.message)
        self._missing, self._known = True, None

    def _offer(self) -> None:
        count = len(self.waiting)
        names = ", ".join(one.name for one in self.waiting[-_NAMED:])
        more = "…" if count > _NAMED else ""
        self.offer.setText(
            _n("Có {n} tệp mới từ máy quét: {names}", count).format(n=count, names=names + more)
        )
        self.offer_row.setVisible(bool(count))
        self.waits.emit(count)

    def take_waiting(self) -> None:
        files = [one.file for one in self.waiting]
        self.dismiss()
        self.add_files(files)

    def dismiss(self) -> None:
        """Offer these no more."""
        self._known = (self._known or frozenset()) | frozenset(self.waiting)
        self.waiting = []
        self._offer()


def _instead(got: Callable[[QImage], None], none: QImage, _error: DeskError) -> None:
    """Draw nothing where a scan cannot be shown: opening it says why."""
    got(none)


def _read(desk: Desk, code: str, file: Path) -> Callable[[], Scan]:
    """Read a file and return what adds it to the dossier, or raises why it cannot be."""
    try:
        content = scans.read_file(desk, file)
    except Refused as refused:
        return partial(_raise, refused)
    return partial(scans.add_scan, desk, code, file.name, content)


def _raise(refused: Refused) -> Scan:
    raise refused


def _taken(*adding: Callable[[], Scan]) -> _Taken:
    """Add one after the other; a refusal stops none of the others."""
    added: list[Scan] = []
    refused: list[str] = []
    for add in adding:
        try:
            added.append(add())
        except Refused as error:
            refused.append(error.message)
    return _Taken(added, tuple(dict.fromkeys(refused)))


def _files_in(dropped: QMimeData | None) -> list[Path]:
    urls = dropped.urls() if dropped is not None else []
    return [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]


def _png(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())


def _icon(image: QImage, ratio: float) -> QIcon:
    """Return the picture at the foot of a square, in its own colours when it is chosen too."""
    if image.isNull():
        return QIcon()
    side = round(_SIDE * ratio)
    square = QPixmap(side, side)
    square.fill(Qt.GlobalColor.transparent)
    painter = QPainter(square)
    painter.drawImage((side - image.width()) // 2, side - image.height(), image)
    painter.end()
    square.setDevicePixelRatio(ratio)
    icon = QIcon(square)
    icon.addPixmap(square, QIcon.Mode.Selected)
    return icon


def _words(scan: Scan) -> str:
    size = scan.size / _KB
    large = f"{size / _KB:.1f} MB".replace(".", ",") if size >= _KB else f"{max(1, round(size))} KB"
    name = scan.name if len(scan.name) <= _LETTERS else f"{scan.name[: _LETTERS - 1]}…"
    return f"{name}\n{scan.kind.name} · {large}"
