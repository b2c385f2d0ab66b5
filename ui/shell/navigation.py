"""Requests that a page may make of the window around it."""

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from pathlib import Path

    from cchc_desk.domain.law.procedure import ProcedureVersion
    from cchc_desk.session import Desk
    from cchc_desk.settings import PaperStep
    from ui.city.courier import Courier
    from ui.documents.printing import Paper


class Shell(Protocol):
    """The window, as its pages see it."""

    @property
    def desk(self) -> "Desk": ...

    @property
    def courier(self) -> "Courier": ...

    def settings_changed(self) -> None:
        """The desk's settings were saved: the window shows and obeys them from now on."""

    def restore(self, why: str = "") -> None:
        """Closes the desk and leads to its copies; `why` says why that is offered."""

    def show_unsaved(self, page: str, count: int) -> None:
        """Says beside a page's name how many of its fields were changed and wait to be saved."""

    def set_preference(self, key: str, value: Any) -> None:
        """Another language, theme, text_size or density at once, kept for who is at the desk."""

    def open_page(self, name: str) -> None:
        """Shows a page by its name in ui/shell/pages.py, such as "today" or "intake"."""

    def find_dossiers(self, query: str) -> None:
        """Shows the dossiers found under a name, a code or a number."""

    def begin_intake(self, procedure: "ProcedureVersion") -> None:
        """Shows the intake page with this procedure chosen; what is typed there stays."""

    def show_return(self, code: str) -> None:
        """Shows the return page with this dossier chosen."""

    def open_dossier(self, code: str) -> None:
        """Shows one dossier."""

    def correct_dossier(self, code: str) -> None:
        """Shows what was typed at intake, to be put right."""

    def read_list(self, file: "Path") -> None:
        """Shows what taking a list of another system would do."""

    def back(self) -> None:
        """Shows the page from which the dossier was opened."""

    def open_registration(self, portal_code: str) -> None:
        """Shows what came from the portal on the intake page, to be accepted or refused."""

    def open_letter(self, code: str) -> None:
        """Shows the apology letter's form for a dossier."""

    def preview(self, code: str, kind: str, letter_id: str | None = None) -> None:
        """Shows a paper of a dossier ("receipt", "apology") before it is printed."""

    def preview_set(self, code: str, step: "PaperStep") -> None:
        """Shows the papers that a step of a dossier needs; one alone as preview() does."""

    def show_paper(self, paper: "Paper") -> None:
        """Shows any paper, such as a list, before it is printed."""


class Opener(Shell, Protocol):
    """The window, as Ctrl+K sees it: it opens more than a page asks for."""

    def open_register(self, name: str) -> None:
        """Shows one register by the name that it has in ui/registers/books.py."""

    def open_help(self, topic: str = "", words: str = "") -> None:
        """Shows the help on a topic, at these words of it."""

    def point_at(self, page: str, words: str) -> None:
        """Shows a page and puts the focus on its field or button with these words."""
