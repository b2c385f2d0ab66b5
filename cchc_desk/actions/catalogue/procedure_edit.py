"""A version of a procedure from what the office edits: each part checked, compared with before."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from cchc_desk.actions.dossiers.steps import line_of
from cchc_desk.actions.intake.intake import LONGEST_PAPER, MOST_OF_A_PAPER, MOST_PAPERS
from cchc_desk.actions.office.printable import printable_line
from cchc_desk.domain.law.fees import FeeRule, fee_words, read_fee
from cchc_desk.domain.law.procedure import (
    Channel,
    Confirmation,
    LimitStatus,
    PaperLabel,
    ProcedureVersion,
    match_code,
)
from cchc_desk.domain.ledger.facts.office import PartChanged
from cchc_desk.domain.people.officials import Official
from cchc_desk.domain.text.vietnamese import clean_line
from cchc_desk.domain.time.deadlines import parse_limit
from cchc_desk.errors import Refused
from cchc_desk.i18n import _, later
from cchc_desk.session import Desk

LONGEST_NAME = 600
MOST_LIMITS = 6
NO_END = date.max
_FARTHEST = timedelta(days=2 * 366)
_CODE = re.compile(r"[0-9]\.[0-9]{6}")

# The parts of a version by their keys in the ledger and the command line.
PARTS = {
    "name": later("Tên"),
    "field": later("Lĩnh vực"),
    "limit_direct": later("Thời hạn, trực tiếp"),
    "limit_online": later("Thời hạn, trực tuyến"),
    "limit_post": later("Thời hạn, bưu chính"),
    "limit_status": later("Độ chắc của thời hạn"),
    "fee": later("Phí, lệ phí"),
    "fee_exemptions": later("Miễn, giảm"),
    "papers": later("Giấy tờ"),
    "result": later("Kết quả"),
    "decision": later("Quyết định công bố"),
    "effective_to": later("Ngày thôi áp dụng"),
    "favourite": later("Hay dùng"),
    "place": later("Thứ tự riêng"),
    "hidden": later("Ẩn"),
    "short_name": later("Tên ngắn"),
    "synonyms": later("Từ hay gọi"),
}


@dataclass(frozen=True)
class ProcedureEdit:
    """The parts of a procedure that change; None leaves a part as it is.

    `limits` confirms them where it comes with a `document`, the decision that sets them, of
    `document_day`. `fee` is a rule, or words where it cannot be summed. The version begins on
    `starts`, today when None; `ends` is the last day of the procedure itself, NO_END for none.
    """

    code: str
    starts: date | None = None
    document: str = ""
    document_day: date | None = None
    name: str | None = None
    field: str | None = None
    limits: Mapping[Channel, tuple[str, ...]] | None = None
    fee: FeeRule | str | None = None
    fee_exemptions: str | None = None
    papers: tuple[PaperLabel, ...] | None = None
    result: str | None = None
    decision: str | None = None
    ends: date | None = None


def check_code(text: str) -> str:
    """Return the national code in a text. Raises Refused("procedure-code")."""
    code = match_code(text)
    if not _CODE.fullmatch(code):
        raise Refused(
            "procedure-code",
            _("Mã thủ tục «{code}» không đúng; mã có dạng 1.001193.").format(
                code=clean_line(text)[:20]
            ),
            "code",
        )
    return code


def check_start(desk: Desk, edit: ProcedureEdit) -> date:
    """Return the day on which the version begins. Raises Refused("procedure-starts")."""
    today = desk.now().date()
    starts = edit.starts or today
    if not today <= starts <= today + _FARTHEST:
        raise Refused(
            "procedure-starts",
            _("Bản mới áp dụng từ hôm nay hoặc một ngày sau đó; hồ sơ đã nhận giữ bản của mình."),
            "starts",
        )
    return starts


def changed_version(
    desk: Desk, me: Official, base: ProcedureVersion | None, edit: ProcedureEdit
) -> ProcedureVersion:
    """Return `base` with the parts of `edit`; it is the first of its day.

    Raises Refused("procedure-name"), ("procedure-ends") and those of the edit's parts.
    """
    document = line_of(edit.document, "document")
    starts = edit.starts or desk.now().date()
    before = base or _blank(check_code(edit.code), starts, desk.settings["unit_name"])
    version = replace(
        before,
        effective_from=starts,
        effective_to=_last_day(edit.ends, before.effective_to, starts),
        ordinal=1,
        name=_text(edit.name, before.name, "name", LONGEST_NAME),
        field=_text(edit.field, before.field, "field"),
        fee_exemptions=_text(edit.fee_exemptions, before.fee_exemptions, "fee_exemptions"),
        result=_text(edit.result, before.result, "result"),
        decision=_text(edit.decision, before.decision, "decision"),
        papers=before.papers if edit.papers is None else _checked_papers(edit.papers),
    )
    if not version.name or not version.field:
        raise Refused(
            "procedure-name",
            _("Thủ tục mới cần có tên và lĩnh vực."),
            "field" if version.name else "name",
        )
    if edit.fee is not None:
        version = _with_fee(version, edit.fee)
    if edit.limits is None:
        return version
    return _with_limits(version, edit.limits, _confirmation(desk, me, document, edit))


def _last_day(new: date | None, old: date | None, starts: date) -> date | None:
    ends = old if new is None else new
    if ends is not None and ends < starts:
        raise Refused(
            "procedure-ends",
            _("Ngày thôi áp dụng không thể ở trước ngày bắt đầu của bản mới."),
            "ends",
        )
    return None if ends == NO_END else ends


def _text(new: str | None, old: str, name: str, most: int = 0) -> str:
    if new is None:
        return old
    if not most:
        return line_of(new, name)
    return within(printable_line(new, name), name, most)


def within(line: str, name: str, most: int) -> str:
    """Return the line, of `most` letters. Raises Refused("text-long")."""
    if len(line) > most:
        raise Refused(
            "text-long",
            _("Nội dung dài quá {most} ký tự; hãy viết gọn lại.").format(most=most),
            name,
        )
    return line


def _blank(code: str, starts: date, office: str) -> ProcedureVersion:
    return ProcedureVersion(
        code=code,
        name="",
        field="",
        effective_from=starts,
        effective_to=None,
        limits=dict.fromkeys(Channel, ()),
        limit_status=LimitStatus.UNKNOWN,
        fee="Chưa rõ mức thu",
        fee_exemptions="",
        result="",
        decision="",
        papers=(),
        frequent=None,
        mark="",
        source=office,
    )


def _with_fee(version: ProcedureVersion, fee: FeeRule | str) -> ProcedureVersion:
    """Return the version with a fee as a rule; words that can be summed become one."""
    if isinstance(fee, FeeRule):
        exemptions = printable_line(fee.exemptions, "fee_exemptions") or version.fee_exemptions
        rule = replace(fee, exemptions=exemptions)
        return replace(version, fee=fee_words(rule), fee_rule=rule, fee_exemptions=exemptions)
    words = line_of(fee, "fee")
    return replace(version, fee=words, fee_rule=read_fee(words))


def _confirmation(
    desk: Desk, me: Official, document: str, edit: ProcedureEdit
) -> Confirmation | None:
    """Return the confirmation of the limits by their document; None where none is named."""
    if not document:
        return None
    if edit.document_day and edit.document_day > desk.now().date():
        raise Refused(
            "procedure-document",
            _("Ngày của văn bản không thể ở sau hôm nay; hãy xem lại."),
            "document_day",
        )
    return Confirmation(document, edit.document_day, me.id, desk.now())


def _with_limits(
    version: ProcedureVersion,
    limits: Mapping[Channel, tuple[str, ...]],
    confirmation: Confirmation | None,
) -> ProcedureVersion:
    """Return the version with limits that every channel reads; certain by their document."""
    wanted = {channel: _checked_limits(limits.get(channel, ())) for channel in Channel}
    counts = [len(texts) for texts in wanted.values()]
    if not any(counts):
        status = LimitStatus.UNKNOWN
    elif max(counts) > 1:
        status = LimitStatus.SEVERAL
    else:
        status = LimitStatus.CONFIRMED if confirmation else LimitStatus.UNVERIFIED
    return replace(
        version,
        limits=wanted,
        limit_status=status,
        confirmation=confirmation if any(counts) else None,
    )


def _checked_limits(texts: Iterable[str]) -> tuple[str, ...]:
    wanted = tuple(dict.fromkeys(parse_limit(text).text for text in texts if text.strip()))
    if len(wanted) > MOST_LIMITS:
        raise Refused(
            "limits-many",
            _("Một hình thức nộp có tối đa {most} thời hạn.").format(most=MOST_LIMITS),
            "limit",
        )
    return wanted


def _checked_papers(papers: tuple[PaperLabel, ...]) -> tuple[PaperLabel, ...]:
    if len(papers) > MOST_PAPERS:
        raise Refused(
            "papers-many",
            _("Một hồ sơ ghi tối đa {most} loại giấy tờ.").format(most=MOST_PAPERS),
            "papers",
        )
    wanted = tuple(replace(paper, name=printable_line(paper.name, "papers")) for paper in papers)
    for paper in wanted:
        if not paper.name or len(paper.name) > LONGEST_PAPER:
            raise Refused(
                "paper-name",
                _("Tên giấy tờ cần có và dài không quá {most} ký tự.").format(most=LONGEST_PAPER),
                "papers",
            )
        counts = (paper.original, paper.certified, paper.copy)
        if not all(0 <= count <= MOST_OF_A_PAPER for count in counts):
            raise Refused(
                "paper-count",
                _("Số bản của «{name}» từ 0 đến {most}.").format(
                    name=paper.name, most=MOST_OF_A_PAPER
                ),
                "papers",
            )
    names = [paper.name for paper in wanted]
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise Refused(
            "paper-twice",
            _("«{name}» có hai dòng; hãy bỏ một dòng.").format(name=twice),
            "papers",
        )
    return wanted


def compared(before: ProcedureVersion | None, after: ProcedureVersion) -> tuple[PartChanged, ...]:
    """Return the parts that differ, each before and after; all of a new procedure's."""
    had = dict(_parts(before)) if before else {}
    return tuple(
        PartChanged(after.code, what, had.get(what, ""), text)
        for what, text in _parts(after)
        if had.get(what, "") != text
    )


def _parts(version: ProcedureVersion) -> Iterator[tuple[str, str]]:
    """Yield each part's key (PARTS) and its value in the catalogue's own words."""
    yield "name", version.name
    yield "field", version.field
    for channel in Channel:
        yield f"limit_{channel.value}", "; ".join(version.limits.get(channel, ()))
    confirmed = version.confirmation
    by = f" ({confirmed.document})" if confirmed else ""
    yield "limit_status", f"{version.limit_status.value}{by}"
    yield "fee", version.fee
    yield "fee_exemptions", version.fee_exemptions
    yield "papers", "; ".join(map(paper_words, version.papers))
    yield "result", version.result
    yield "decision", version.decision
    yield "effective_to", version.effective_to.isoformat() if version.effective_to else ""


def paper_words(paper: PaperLabel) -> str:
    """Return a paper with its counts as "name (1/0/2)", and a star where it is required."""
    counts = f"{paper.original}/{paper.certified}/{paper.copy}"
    return f"{paper.name} ({counts}){'*' if paper.required else ''}"
