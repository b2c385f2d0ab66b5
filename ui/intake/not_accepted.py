"""Papers that are not taken in: a slip of what is lacking, a refusal, or a note of what the portal
sent.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cchc_desk.actions.intake import before_acceptance, intake
from cchc_desk.actions.intake.intake import Intake
from cchc_desk.domain.dossiers.registrations import Registration
from cchc_desk.domain.papers.slips import Slip
from cchc_desk.errors import DeskError, Refused
from cchc_desk.i18n import _
from ui import formatting
from ui.look import texts
from ui.shell import jobs, notices, questions
from ui.shell.page import Page
from ui.widgets.question_panel import Line, Lines


class NotAccepted(QWidget):
    """Three keys under the form of `page`; `served` once the citizen's papers are dealt with.

    `read` returns what is typed, None where it cannot be read; `no` shows an error.
    """

    served = Signal()

    def __init__(
        self, page: Page, read: Callable[[], Intake | None], no: Callable[[DeskError], None]
    ) -> None:
        super().__init__()
        self._desk, self._shell, self._read, self._no = page.desk, page.shell, read, no
        self._page = page
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(texts.words(_("Chưa tiếp nhận được?"), "section"))
        column.addWidget(
            texts.button(_("Thiếu giấy tờ: in phiếu"), self.ask_for_lacking, "Alt+Y", page)
        )
        column.addWidget(texts.button(_("Từ chối: in phiếu"), self.refuse, "Alt+W", page))
        self.note = texts.button(_("Chỉ ghi nhận từ Cổng"), self.register, "Alt+G", page)
        column.addWidget(self.note)

    def ask_for_lacking(self) -> None:
        """Nothing is accepted, no code is spent: the citizen goes home with a list."""
        wanted, desk = self._read(), self._desk
        if wanted:
            jobs.run(
                self,
                lambda: intake.lacking(desk, wanted),
                lambda names: self._lacking(wanted, names),
                self._no,
            )

    def _lacking(self, wanted: Intake, names: tuple[str, ...]) -> None:
        items = Lines(
            _("Còn thiếu những gì?"),
            "\n".join(names),
            name="items",
            hint=_("Mỗi dòng một nội dung. F9 khi xong."),
            needed=True,
        )
        usual, desk = _(formatting.USUAL_LACK), self._desk
        reason = Line(_("Lý do"), usual, name="reason")
        questions.ask(
            self._page,
            _("Thiếu giấy tờ – {name}").format(name=wanted.applicant.name),
            (items, reason),
            _("Lập phiếu"),
            lambda: partial(
                before_acceptance.ask_for_lacking,
                desk,
                wanted,
                items.value.splitlines(),
                reason.value,
            ),
            lambda slip: self._slip(slip, "supplement", _("Đã lập phiếu yêu cầu bổ sung")),
            elsewhere=self._no,
        )

    def refuse(self) -> None:
        """A numbered slip with the reason in plain words."""
        wanted, desk = self._read(), self._desk
        if wanted is None:
            return
        reason = Line(
            _("Vì sao không tiếp nhận?"),
            name="reason",
            hint=_("In trong phiếu, viết cho người dân hiểu."),
        )
        questions.ask(
            self._page,
            _("Từ chối tiếp nhận – {name}").format(name=wanted.applicant.name),
            (reason,),
            _("Lập phiếu"),
            lambda: partial(
                before_acceptance.refuse, desk, wanted, reason.value, wanted.portal_code
            ),
            lambda slip: self._slip(slip, "refusal", _("Đã lập phiếu từ chối")),
            elsewhere=self._no,
        )

    def register(self) -> None:
        """Notes what the portal sent, so that its own limit to answer is watched."""
        wanted, desk = self._read(), self._desk
        if wanted and not wanted.portal_code.strip():
            self._no(
                Refused(
                    "portal-code",
                    _("Hãy ghi mã hồ sơ của Cổng (Alt+C) rồi ghi nhận."),
                    "portal_code",
                )
            )
        elif wanted:
            submitted = wanted.received or desk.now()
            jobs.run(
                self,
                lambda: before_acceptance.register_online(
                    desk, wanted, wanted.portal_code, submitted
                ),
                self._registered,
                self._no,
            )

    def _slip(self, slip: Slip, kind: str, done: str) -> None:
        self.served.emit()
        notices.say(
            _("{done} số {number_text}; hãy in và giải thích cho công dân.").format(
                done=done, number_text=slip.number_text
            )
        )
        from ui.documents.printing import paper_of

        paper, number = (
            paper_of(self._desk, slip.id, kind),
            slip.number_text,
        )  # people know it by its number
        title, file = (
            paper.title.replace(slip.id, number),
            paper.file.replace(slip.id, number.replace("/", "-")),
        )
        self._shell.show_paper(replace(paper, title=title, file=file))

    def _registered(self, one: Registration) -> None:
        self.served.emit()
        until = formatting.moment_text(one.answer_by)
        notices.say(
            _("Đã ghi nhận hồ sơ {portal_code} của Cổng; phải trả lời trước {until}.").format(
                portal_code=one.portal_code, until=until
            )
        )
