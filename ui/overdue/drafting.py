"""Letters drafted: the one that is filled in, or every one that is owed."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from cchc_desk.actions.catalogue.catalogue import Cause
from cchc_desk.actions.lateness import letters
from cchc_desk.domain.dossiers.dossier import Letter
from cchc_desk.i18n import _, _n
from cchc_desk.session import Desk, Sight
from ui.overdue.letter_form import LetterText
from ui.overdue.reason_question import ask_reason
from ui.shell import jobs, notices


class Drafting(QObject):
    """Drafts letters; its panel opens in the page that owns it."""

    drafted = Signal()  # the letter that was filled in
    changed = Signal()  # any letters: the list is to be read again
    refused = Signal(object)  # DeskError that the page shows at its field

    def __init__(self, page: QWidget, desk: Desk) -> None:
        super().__init__(page)
        self._page = page
        self._desk = desk

    def draft(self, code: str, text: LetterText, seen: Sight) -> None:
        """Draft the letter of a dossier, or correct its draft."""
        desk = self._desk
        drafting = partial(
            letters.draft_apology,
            desk,
            code,
            text.cause or "",
            text.new_due,
            text.reason,
            text.responsible,
            text.own_fault,
        )
        jobs.run(self._page, desk.as_seen(seen, drafting), self._drafted, self.refused.emit)

    def _drafted(self, letter: Letter) -> None:
        notices.say(_("Đã soạn thư xin lỗi cho {code}; chờ lãnh đạo ký.").format(code=letter.code))
        self.drafted.emit()
        self.changed.emit()

    def draft_all(self, names: Mapping[str, str], causes: Sequence[Cause]) -> None:
        """Draft every letter that is owed or will be; each still has to be read and signed.

        `names`: of the applicants of the dossiers listed, by code; the others are not late yet.
        """
        desk = self._desk
        jobs.run(
            self._page,
            lambda: letters.draft_what_is_owed(desk),
            lambda drafted: self._drafted_all(drafted, names, causes),
        )

    def _drafted_all(
        self, drafted: tuple[Letter, ...], names: Mapping[str, str], causes: Sequence[Cause]
    ) -> None:
        """Say how many; those that are not late yet were not in the list, so that is said too."""
        sentence = _n(
            "Đã soạn sẵn {count} thư; hãy đọc lại từng thư rồi trình lãnh đạo ký.", len(drafted)
        ).format(count=len(drafted))
        no_reason = [letter for letter in drafted if not letter.reason]
        if no_reason:
            reasons = _n("{count} thư chưa có lý do: chọn thư, ghi lý do, F9.", len(no_reason))
            sentence = f"{sentence} {reasons.format(count=len(no_reason))}"
        early = sum(letter.code not in names for letter in drafted)
        also = _n("{count} thư trong đó là của hồ sơ chưa trễ mà hôm nay phải báo trước.", early)
        said = [sentence, *([also.format(count=early)] if early else [])]
        notices.say(" ".join(said) if drafted else _("Không còn thư nào phải soạn."))
        self.changed.emit()
        if no_reason:
            asked = [(letter, names.get(letter.code, "")) for letter in no_reason]
            ask_reason(self._page, self._desk, asked, causes, self.changed.emit)
