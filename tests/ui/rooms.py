"""Every page and every window beside it, one after the other, with something in them: for what must
hold in all.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from cchc_desk.actions.dossiers import progress
from cchc_desk.actions.people import accounts
from cchc_desk.long_work import LongWork
from ui.citizen_screen.window import Mirror
from ui.courtesy.dialogs import ItemsDialog, ObservationDialog
from ui.dossiers import acts
from ui.first_run.wizard import Wizard
from ui.look import style
from ui.shell import pages
from ui.shell.crash import CrashBox
from ui.shell.progress_box import ProgressBox
from ui.shell.window import Window
from ui.widgets.question_panel import QuestionPanel


def every_room(window: Window) -> Iterator[tuple[str, QWidget]]:
    """(name, widget) of each; what was opened is closed again before the next."""
    yield from every_page(window)
    for name, make in _dialogs(window):
        dialog = make()
        dialog.show()
        _settle()
        yield name, dialog
        dialog.close()
        dialog.deleteLater()
        QCoreApplication.sendPostedEvents(dialog, QEvent.Type.DeferredDelete.value)  # really gone
    window.access.lock()
    _settle()
    yield "lock", window.login


def every_page(window: Window) -> Iterator[tuple[str, QWidget]]:
    code = _late(window)
    for spec in pages.PAGES:
        if spec.practice and not window.desk.practice:
            continue
        window.open_page(spec.name)
        if spec.name in ("dossier", "overdue", "return"):
            window.page(spec.name).open(code)
        _settle()
        yield spec.name, window.frame


def _late(window: Window) -> str:
    return progress.find_dossiers(window.desk, only="owed", limit=1)[0].code


def _dialogs(window: Window) -> tuple[tuple[str, Callable[[], QWidget]], ...]:
    desk = window.desk
    code = _late(window)
    dossier = progress.show_dossier(desk, code).dossier
    officials = accounts.list_officials(desk)

    def of_window(open_: Callable[[], None]) -> Callable[[], QWidget]:
        def opened() -> QWidget:
            open_()
            return [one for one in window.findChildren(QDialog) if one.isVisible()][-1]

        return opened

    def asked(act: str) -> QWidget:
        """The panel of an act's questions, on the dossier's page."""
        window.open_dossier(code)
        _settle()
        page = window.page("dossier")
        acts.ACTS[act].do(page, dossier)
        panel = QuestionPanel.standing_in(page)
        assert panel is not None
        return panel

    def crash() -> QWidget:
        box = CrashBox(window)
        box.add("ValueError: …")
        return box

    def wizard() -> QWidget:
        first = Wizard(Path("nowhere"))
        first.resize(window.size())
        first.begin()
        return first

    def mirror() -> QWidget:
        """Asks the most that it ever asks: of somebody whose dossier was late."""
        made = Mirror(desk, window)
        made.code = code
        made.ask_rating(returned=True)
        return made

    return (
        ("palette", of_window(window.open_palette)),
        ("help", of_window(window.open_help)),
        ("tour", of_window(window.open_tour)),
        ("preview", of_window(lambda: window.preview(code, "receipt"))),
        ("question", lambda: asked("request")),
        (
            "responsibility",
            lambda: asked("fix"),
        ),
        ("message", lambda: asked("message")),
        ("observation", lambda: ObservationDialog(window, desk, officials, lambda _kept: None)),
        ("items", lambda: ItemsDialog(window, desk, lambda _kept: None)),
        ("progress", lambda: ProgressBox("Kiểm tra sổ cái", LongWork(), window)),
        ("crash", crash),
        ("wizard", wizard),
        ("mirror", mirror),
    )


def set_appearance(window: Window, theme: str = "light", size: int = 100) -> None:
    """Another look, as a key would choose it."""
    window.set_preference("theme", theme)
    window.set_preference("text_size", size)
    _settle()
    assert (style.theme(), style.size()) == (theme, size)


def _settle() -> None:
    for _time in range(3):
        QApplication.processEvents()
