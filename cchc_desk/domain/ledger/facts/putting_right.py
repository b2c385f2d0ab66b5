"""Facts of acts that put right what was typed wrong or done by mistake."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from cchc_desk.domain.ledger.facts.base import Clear, DossierFacts, Facts, Names, Personal
from cchc_desk.domain.people.officials import Act
from cchc_desk.i18n import _, later, moment

# What a correction may change, by its key, in the order in which it is read.
CORRECTED_NAMES: Mapping[str, str] = {
    "kind": later("loại chủ hồ sơ"),
    "name": later("họ tên"),
    "id_number": later("số định danh"),
    "born": later("ngày sinh"),
    "sex": later("giới tính"),
    "address": later("địa chỉ"),
    "phone": later("điện thoại"),
    "email": later("email"),
    "representative": later("người đại diện"),
    "submitter_name": later("người nộp"),
    "submitter_id_number": later("số giấy tờ của người nộp"),
    "submitter_phone": later("điện thoại của người nộp"),
    "submitter_relation": later("quan hệ của người nộp"),
    "procedure": later("thủ tục"),
    "limit": later("thời hạn"),
    "channel": later("hình thức nộp"),
    "sets": later("số bộ"),
    "papers": later("giấy tờ nộp"),
    "note": later("ghi chú"),
}


@dataclass(frozen=True)
class Corrected(DossierFacts):
    """Fields typed wrong at intake, `before` and `after` by the keys of CORRECTED_NAMES.

    `due_before`, `due`: the promise that another procedure made anew, before anything was printed;
    None where the promise stays. `after_printing`: the procedure changed on a printed promise.
    """

    reason: Personal
    before: Mapping[Clear, Personal]
    after: Mapping[Clear, Personal]
    due_before: datetime | None = None
    due: datetime | None = None
    after_printing: bool = False

    act = Act.CORRECT

    def sentence(self, names: Names) -> str:
        moved = ""
        if self.due_before and self.due:
            moved = _("; hẹn trả {before} → {due} (chưa in giấy nào)").format(
                before=moment(self.due_before), due=moment(self.due)
            )
        changes = "; ".join(self._changes())
        text = _("Sửa thông tin: {changes}{moved}. Lý do: {reason}")
        return text.format(changes=changes, moved=moved, reason=self.reason)

    def _changes(self) -> Iterator[str]:
        for key, name in CORRECTED_NAMES.items():
            if key in self.after:
                before, after = self.before.get(key, ""), self.after[key]
                empty = _("trống")
                yield f"{_(name)} «{before or empty}» → «{after or empty}»"


@dataclass(frozen=True)
class Cancelled(DossierFacts):
    """An entry made by mistake; its number stays used, an apology's draft is dropped."""

    reason: Personal
    dropped_draft: Clear | None = None

    act = Act.CANCEL

    def sentence(self, names: Names) -> str:
        return _("Hủy do nhập sai: {reason}").format(reason=self.reason)


@dataclass(frozen=True)
class Reopened(Facts):
    """The registration of the portal waits again: its dossier was an entry made by mistake."""

    portal_code: Clear
    cancelled: Clear

    act = Act.CANCEL


@dataclass(frozen=True)
class TakenBack(DossierFacts):
    """The last act on a dossier was taken back; `taken_back` is its word in the ledger."""

    taken_back: Clear
    reason: Personal

    act = Act.UNDO

    def sentence(self, names: Names) -> str:
        done = _(_TAKEN_BACK.get(self.taken_back, self.taken_back))
        return _("Hoàn tác «{done}»: {reason}").format(done=done, reason=self.reason)


_TAKEN_BACK = {
    Act.HAND_OVER.value: later("bàn giao"),
    Act.SHELVE.value: later("nơi để hồ sơ"),
    Act.NOTIFY.value: later("báo trước"),
    Act.REQUEST.value: later("yêu cầu bổ sung"),
    Act.PAUSE.value: later("tạm dừng"),
    Act.OBLIGE.value: later("yêu cầu nghĩa vụ tài chính"),
}
