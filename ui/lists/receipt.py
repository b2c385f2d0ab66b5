"""A receipt of another system pasted on a page: shown once, then watched."""

from functools import partial

from PySide6.QtGui import QGuiApplication

from cchc_desk.actions.lists import matching, receipts
from cchc_desk.actions.lists.matching import LikelySame
from cchc_desk.actions.lists.preview import ListPreview, PreviewRow, Verdict
from cchc_desk.actions.lists.taking import ListTaking
from cchc_desk.errors import DeskError, Refused
from cchc_desk.i18n import _, later
from ui import formatting
from ui.shell import jobs, notices, questions
from ui.shell.page import Page
from ui.widgets.question_panel import Choice

_TITLES = {
    Verdict.NEW: later("Theo dõi hồ sơ này?"),
    Verdict.NEWER: later("Hồ sơ này ở đó đã xong. Ghi lại?"),
    Verdict.DIFFERS: later("Biên nhận ghi ngày hẹn khác. Ghi lại chỗ khác?"),
}


def paste(page: Page) -> None:
    """Show what the receipt on the clipboard says, and ask whether it is to be watched."""
    desk, text = page.desk, QGuiApplication.clipboard().text()
    if not text.strip():
        notices.warn(
            _(
                "Chưa có chữ nào để dán. Hãy mở biên nhận ở hệ thống kia, chọn hết chữ (Ctrl+A), "
                "chép (Ctrl+C), rồi về đây dán."
            )
        )
        return

    def read() -> tuple[ListPreview, tuple[LikelySame, ...]]:
        preview = receipts.preview_receipt(desk, text)
        return preview, matching.likely_same(desk, preview)

    jobs.run(page, read, lambda found: _ask(page, text, *found), _refused)


def _ask(page: Page, text: str, preview: ListPreview, likely: tuple[LikelySame, ...]) -> None:
    desk, (one,) = page.desk, preview.rows
    if one.verdict is Verdict.SAME:
        notices.say(
            _("Hồ sơ của biên nhận này đã có ở đây: {code}; không có gì mới.").format(
                code=one.ours
            ),
            _("Mở hồ sơ"),
            partial(page.shell.open_dossier, one.ours),
        )
        return
    if one.verdict is Verdict.SKIPPED:  # it was cancelled here
        notices.warn(str(one.problems[0]))
        return
    ours = [(_("Hồ sơ mới, theo dõi riêng"), "")]
    ours += [
        (
            _("Là hồ sơ {code} đã nhận ở đây: ghép, không tính hai lần").format(code=same.ours),
            same.ours,
        )
        for same in likely
    ]
    which = Choice(_("Cùng người, thủ tục, ngày nhận với một hồ sơ ở đây"), ours, name="code")
    questions.ask(
        page,
        _(_TITLES[one.verdict]),
        (which,) if likely else (),
        _("Theo dõi") if one.verdict is Verdict.NEW else _("Ghi lại"),
        lambda: partial(receipts.take_receipt, desk, text, which.value if likely else ""),
        partial(_taken, page),
        about=_about(preview, one),
    )


def _about(preview: ListPreview, one: PreviewRow) -> str:
    """Say what the receipt says, a line for each fact, and what is doubtful about it."""
    row, layout = one.row, preview.list.reading.layout
    assert row.due is not None, "a receipt without a due moment is refused"
    facts = (
        (_("Mã hồ sơ"), row.code),
        (_("Chủ hồ sơ"), row.owner),
        (_("Thủ tục"), row.procedure),
        (_("Nhận"), formatting.moment_text(row.received) if row.received else ""),
        (_("Hẹn trả"), formatting.moment_text(row.due)),
        (_("Đang ở bước"), row.status_text),
        (_("Nhận ra"), layout.name if layout else ""),
        (_("Chữ đổi từ bảng mã"), preview.list.encoding),
    )
    lines = [f"{name}: {value or _('biên nhận không ghi')}" for name, value in facts[:5]]
    lines += [f"{name}: {value}" for name, value in facts[5:] if value]
    return "\n".join((*lines, *(f"⚠ {problem}" for problem in one.problems)))


def _taken(page: Page, taken: ListTaking) -> None:
    (one,) = taken.preview.rows
    code = one.ours or one.row.code
    said = _("Đang theo dõi {code} của {name}, hẹn trả {due}.")
    if one.verdict is not Verdict.NEW:
        said = _("Đã ghi vào hồ sơ {code}: biên nhận nói khác.")
    due = formatting.moment_text(one.row.due) if one.row.due else ""
    notices.say(
        said.format(code=code, name=one.row.owner or _("người chưa rõ tên"), due=due),
        _("Mở hồ sơ"),
        partial(page.shell.open_dossier, code),
    )
    page.refresh()


def _refused(error: DeskError) -> None:
    notices.warn(error.message) if isinstance(error, Refused) else notices.trouble(error.message)
