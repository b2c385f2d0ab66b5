"""Lists on paper: register book, hand-over slip, annex of receipts, apologies, reviews."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from typing import Generic, Protocol

from cchc_desk.domain.dossiers.certifications import BookLine, CertificationBook, sum_of
from cchc_desk.domain.dossiers.codes import short_code
from cchc_desk.domain.dossiers.dossier import How, Status
from cchc_desk.domain.dossiers.register_rows import (
    AnnexRow,
    ApologyRow,
    BookRow,
    FirstPromise,
    HandOverRow,
    LateRow,
    StrikeLine,
)
from cchc_desk.domain.law.fees import money
from cchc_desk.domain.law.procedure import shortened
from cchc_desk.domain.table import Column, Listing, Row
from cchc_desk.domain.text.vietnamese import name_sort_key
from cchc_desk.i18n import _, later
from cchc_desk.papers.forms.receipt import COPIES
from cchc_desk.papers.layout.blocks import Agency, Signature, header, signatures, signing_room
from cchc_desk.papers.layout.fonts import BOLD, ITALIC
from cchc_desk.papers.layout.metadata import Metadata
from cchc_desk.papers.layout.sheet import WIDE, Drawing, Sheet, Style
from cchc_desk.papers.layout.table import table
from cchc_desk.papers.layout.words import date_in_words, in_capitals, moment_in_words

BOOK = "SỔ THEO DÕI HỒ SƠ"
HAND_OVER = "GIẤY BÀN GIAO HỒ SƠ"
ANNEX = "BIÊN BẢN GIAO NHẬN HỒ SƠ"
APOLOGIES = "CÔNG KHAI XIN LỖI VỀ HỒ SƠ TRỄ HẸN"
REVIEW = "DANH SÁCH CÔNG CHỨC GÂY TRỄ HẸN HỒ SƠ"
HEAD_NOTE = "GHI CHÚ TRÁCH NHIỆM NGƯỜI ĐỨNG ĐẦU"
_COPIES = ("Liên 1: Bên giao", "Liên 2: Bên nhận")
_MOVED = (
    "“nay là”: thời hạn sau khi trừ thời gian tạm dừng, đổi lịch nghỉ hoặc hẹn lại; lời hẹn đã in "
    "giữ nguyên."
)
_CLOSING, _SMALL = Style(before=8), Style(font=ITALIC, size=11, before=4)
_SIGN, _STAMP = "(Ký và ghi rõ họ tên)", "(Ký tên, đóng dấu, ghi rõ họ tên)"


@dataclass(frozen=True)
class ListHead:
    """Head of a list: agency, place, day; `about` stands under the title, such as the period."""

    agency: Agency
    place: str
    made: date
    about: str
    watermark: str = ""

    def metadata(self, title: str) -> Metadata:
        return Metadata(title, self.agency.full_name, self.made)


class _OfProcedure(Protocol):
    """A row with the name of a procedure."""

    @property
    def procedure_name(self) -> str: ...


class _Coded(Protocol):
    """A row with the code of a dossier."""

    @property
    def code(self) -> str: ...


# --- cells ----------------------------------------------------------------------------------------

_HOW = {How.COUNTER: later("tại quầy"), How.POST: later("bưu chính")}
_ENDED = {Status.WITHDRAWN: later("Rút"), Status.STOPPED: later("Dừng giải quyết")}


def _moment(at: datetime | None) -> str:
    return f"{at:%H:%M %d/%m/%Y}" if at else ""


def _promise(promise: FirstPromise) -> str:
    """Return the promise as it was printed and, where that has moved, as it is now."""
    printed = _moment(promise.printed)
    if not promise.moved:
        return printed
    return printed + "\n" + _("nay là {moment}").format(moment=_moment(promise.now))


def _book_note(row: BookRow) -> str:
    """Late entry, receipt given by hand, re-appointment, and how the dossier ended."""
    notes = []
    if row.entered != row.accepted:
        notes.append(_("Nhập {when}").format(when=_moment(row.entered)))
    if row.paper_receipt:
        notes.append(_("Giấy in sẵn {number}").format(number=row.paper_receipt))
    if row.due != row.promise.now:
        notes.append(_("Hẹn lại {when}").format(when=_moment(row.due)))
    if row.ended:
        notes.append(f"{_(_ENDED.get(row.status, ''))} {_moment(row.ended)}")
    return "\n".join(notes)


def _certification_note(one: BookLine) -> str:
    void = _("Đã hủy") if one.void else ""
    return "; ".join(filter(None, (void, one.line.note)))


def _short(row: _Coded) -> str:
    return short_code(row.code)


def _short_procedure(row: _OfProcedure) -> str:
    return shortened(row.procedure_name)


# --- columns --------------------------------------------------------------------------------------

_MOMENTS, _RETURN = "Ngày, tháng, năm", "Trả kết quả"
BOOK_COLUMNS: tuple[Column[BookRow], ...] = (
    Column(later("Mã hồ sơ"), lambda row: row.code, 0.125, shown=_short),
    Column(later("Tên TTHC"), lambda row: row.procedure_name, 0.1, shown=_short_procedure),
    Column(
        "Số lượng hồ sơ (bộ)",
        lambda row: str(row.sets),
        0.04,
        "centre",
        short=later("Số bộ"),
        sort=lambda row: row.sets,
    ),
    Column(
        "Tên cá nhân, tổ chức",
        lambda row: row.name,
        0.1,
        short=later("Chủ hồ sơ"),
        sort=lambda row: name_sort_key(row.name),
        personal=True,
    ),
    Column(
        "Địa chỉ, số điện thoại",
        lambda row: "\n".join(filter(None, (row.address, row.phone))),
        0.1,
        short=later("Địa chỉ, điện thoại"),
        personal=True,
    ),
    Column(
        "Cơ quan chủ trì giải quyết",
        lambda row: row.agency.replace("Ủy ban nhân dân", "UBND"),  # else each row has five lines
        0.065,
        short=later("Cơ quan"),
    ),
    Column(
        "Nhận hồ sơ",
        lambda row: _moment(row.accepted),
        0.066,
        group=_MOMENTS,
        short=later("Nhận"),
        sort=lambda row: row.accepted,
    ),
    Column(
        "Hẹn trả kết quả",
        lambda row: _promise(row.promise),
        0.085,
        group=_MOMENTS,
        short=later("Hẹn trả"),
        sort=lambda row: row.promise.printed,
    ),
    Column(
        "Trả kết quả",
        lambda row: _moment(row.returned),
        0.066,
        group=_MOMENTS,
        short=later("Trả"),
        sort=lambda row: row.returned,
    ),
    Column(
        "Phương thức nhận kết quả",
        lambda row: _(_HOW.get(row.returned_how, "")) if row.returned_how else "",
        0.058,
        group=_RETURN,
        short=later("Nhận kết quả"),
    ),
    Column(later("Ký nhận"), lambda row: row.returned_to, 0.09, group=_RETURN),
    Column(later("Ghi chú"), _book_note, 0.069),
)
_HAND_OVER_COLUMNS: tuple[Column[HandOverRow], ...] = (
    Column("Mã hồ sơ", lambda row: row.code, 0.225),
    Column("Tên TTHC", lambda row: row.procedure_name, 0.175),
    Column("Chủ hồ sơ", lambda row: row.name, 0.19, personal=True),
    Column("Hẹn trả", lambda row: _promise(row.promise), 0.13),
    Column("Ghi chú", lambda row: row.note, 0.235),
)
_ANNEX_COLUMNS: tuple[Column[AnnexRow], ...] = (
    Column("Nội dung", lambda row: f"{row.code}\n{row.procedure_name}", 0.225),
    Column("Đơn vị", lambda row: row.agency, 0.12),
    Column("Ngày nhận", lambda row: _moment(row.accepted), 0.115),
    Column("Ngày hẹn trả", lambda row: _moment(row.due), 0.115),
    Column("Thời hạn xử lý", lambda row: row.limit, 0.095),
    Column("Số lượng hồ sơ", lambda row: str(row.sets), 0.08, "centre"),
    Column("Họ và tên", lambda row: row.name, 0.19),
)


def _certification_columns(book: CertificationBook) -> tuple[Column[BookLine], ...]:
    """Return the columns of one book in the words of the Decree's model (docs/papers.md)."""
    requester, paper, made = _BOOK_WORDS[book]
    copies: Column[BookLine] = Column(
        made,
        lambda one: str(one.line.copies),
        0.075,
        "centre",
        short=later("Số bản"),
        sort=lambda one: one.line.copies,
    )
    return (
        Column(
            "Số thứ tự/ số chứng thực",
            lambda one: one.line.number_text,
            0.075,
            "centre",
            short=later("Số chứng thực"),
            sort=lambda one: (one.line.year * 100_000) + one.line.number,
        ),
        Column(
            "Ngày, tháng, năm chứng thực",
            lambda one: f"{one.line.at:%d/%m/%Y}",
            0.095,
            "centre",
            short=later("Ngày chứng thực"),
            sort=lambda one: one.line.at,
        ),
        Column(
            requester,
            lambda one: one.requester,
            0.18,
            short=later("Người yêu cầu"),
            sort=lambda one: name_sort_key(one.name),
            personal=True,
        ),
        Column(
            paper,
            lambda one: one.line.paper,
            0.22,
            short=later("Giấy tờ, văn bản"),
            # The note, which says it on paper, leaves where there is no room for all columns.
            shown=lambda one: f"✗ {_('đã hủy')} · {one.line.paper}" if one.void else one.line.paper,
        ),
        Column(
            "Họ tên, chức danh người ký chứng thực",
            lambda one: one.signed_by,
            0.165,
            short=later("Người ký chứng thực"),
        ),
        *((copies,) if made else ()),
        Column(
            "Lệ phí/ phí chứng thực (đồng)",
            lambda one: "" if one.line.fee is None else money(one.line.fee).removesuffix(" đ"),
            0.09,
            "right",
            short=later("Lệ phí (đồng)"),
            sort=lambda one: one.line.fee,
        ),
        Column("Ghi chú", _certification_note, 0.1 if made else 0.175, short=later("Ghi chú")),
    )


_BOOK_TITLES = {
    CertificationBook.COPY: "SỔ CHỨNG THỰC BẢN SAO TỪ BẢN CHÍNH",
    CertificationBook.SIGNATURE: "SỔ CHỨNG THỰC CHỮ KÝ/CHỨNG THỰC ĐIỂM CHỈ",
    CertificationBook.TRANSLATOR: "SỔ CHỨNG THỰC CHỮ KÝ NGƯỜI DỊCH",
    CertificationBook.CONTRACT: "SỔ CHỨNG THỰC HỢP ĐỒNG, GIAO DỊCH",
}
_BOOK_WORDS = {
    CertificationBook.COPY: (
        "Họ tên của người yêu cầu chứng thực",
        "Tên của bản chính giấy tờ, văn bản",
        "Số bản sao đã được chứng thực",
    ),
    CertificationBook.SIGNATURE: (
        "Họ tên, số giấy tờ tùy thân của người yêu cầu chứng thực",
        "Tên của giấy tờ, văn bản chứng thực chữ ký/điểm chỉ",
        "Số lượng giấy tờ, văn bản đã được chứng thực chữ ký/điểm chỉ",
    ),
    CertificationBook.TRANSLATOR: (
        "Họ tên, số giấy tờ tùy thân của người yêu cầu chứng thực",
        "Tên của giấy tờ, văn bản chứng thực chữ ký người dịch",
        "Số lượng giấy tờ, văn bản đã được chứng thực chữ ký người dịch",
    ),
    CertificationBook.CONTRACT: (
        "Họ tên, số giấy tờ tùy thân của người yêu cầu chứng thực",
        "Tên hợp đồng, giao dịch được chứng thực",
        "",
    ),
}
CERTIFICATION_COLUMNS = {book: _certification_columns(book) for book in CertificationBook}
APOLOGY_COLUMNS: tuple[Column[ApologyRow], ...] = (
    Column(later("Mã hồ sơ"), lambda row: row.code, 0.175, shown=_short),
    Column("Chủ hồ sơ", lambda row: row.name, 0.13, short=later("Tên (đã che)")),
    Column(later("Thủ tục"), lambda row: row.procedure_name, 0.15, shown=_short_procedure),
    Column(
        later("Hẹn trả"),
        lambda row: _promise(row.promise),
        0.12,
        sort=lambda row: row.promise.printed,
    ),
    Column(later("Lý do"), lambda row: row.reason, 0.185),
    Column(later("Hẹn lại"), lambda row: _moment(row.new_due), 0.1, sort=lambda row: row.new_due),
    Column(later("Thư số"), lambda row: row.letter_number, 0.105),
)
STRIKE_COLUMNS: tuple[Column[StrikeLine], ...] = (
    Column(
        later("Công chức"),
        lambda row: row.official,
        0.13,
        sort=lambda row: name_sort_key(row.official),
        personal=True,
    ),
    Column("Mức", lambda row: row.times, 0.085, short=later("Số lần")),
    Column(later("Mã hồ sơ"), lambda row: row.code, 0.175, shown=_short),
    Column(later("Thủ tục"), lambda row: row.procedure_name, 0.175, shown=_short_procedure),
    Column(
        later("Hẹn trả"),
        lambda row: _promise(row.promise),
        0.12,
        sort=lambda row: row.promise.printed,
    ),
    Column(later("Nguyên nhân"), lambda row: row.cause, 0.13),
    Column(later("Ý kiến"), lambda row: row.objection, 0.15),
)
_GONE = {Status.WITHDRAWN: later("rút {day}"), Status.STOPPED: later("dừng {day}")}


def _outcome(row: LateRow) -> str:
    """Return the day of the result, or of the end without one."""
    if row.gone and row.ended:
        return _(_GONE[row.gone]).format(day=f"{row.ended:%d/%m/%Y}")
    return f"{row.ready:%d/%m/%Y}" if row.ready else _("chưa có")


LATE_COLUMNS: tuple[Column[LateRow], ...] = (
    Column(later("Mã hồ sơ"), lambda row: row.code, 0.2, shown=_short),
    Column(
        later("Chủ hồ sơ"),
        lambda row: row.name,
        sort=lambda row: name_sort_key(row.name),
        personal=True,
    ),
    Column(later("Thủ tục"), lambda row: row.procedure_name, 0.3, shown=_short_procedure),
    Column(later("Người giữ"), lambda row: row.holder_name, 0.18),
    Column(
        later("Hẹn trả"),
        lambda row: _promise(row.promise),
        0.13,
        sort=lambda row: row.promise.printed,
    ),
    Column(
        later("Có kết quả"),
        lambda row: _outcome(row),
        0.13,
        sort=lambda row: row.ready,
    ),
)


# --- papers ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _List(Generic[Row]):
    """One list on paper: lines above the numbered table (`opening`) and below it (`closing`).

    `moved`: a promise in the table is not what was printed. A column without a width stands on the
    screen only.
    """

    title: str
    head: ListHead
    columns: tuple[Column[Row], ...]
    rows: Sequence[Row]
    number: Column[int] | None
    signed: Sequence[Signature] = ()
    opening: Sequence[str] = ()
    closing: Sequence[str] = ()
    moved: bool = False
    size: float = 11
    nothing: str = "Không có hồ sơ nào."


def register_book_pdf(head: ListHead, rows: Sequence[BookRow]) -> bytes:
    """Return Mẫu 06 (2018) / 07 (2025), landscape; columns as remembered [G] (docs/papers.md)."""
    note = (
        "Ghi chú: Sổ theo dõi hồ sơ được lập theo từng lĩnh vực hoặc nhóm lĩnh vực theo yêu cầu "
        "quản lý."
    )
    book = _List(
        BOOK,
        replace(head, about=f"Quyển số: …………. {head.about}"),
        BOOK_COLUMNS,
        rows,
        Column("STT", str, 0.036, "centre"),
        signed=[Signature(), Signature("NGƯỜI GIỮ SỔ", _SIGN, "")],
        closing=[note],
        moved=any(row.promise.moved for row in rows),
        size=9,
    )
    return _pdf(book, paper=WIDE)


def certification_book_pdf(
    head: ListHead, book: CertificationBook, lines: Sequence[BookLine]
) -> bytes:
    """Return a book of certification of a period, landscape, with the sums under its lines.

    The first column is the number in the book itself; the model has no other.
    """
    volumes = list(dict.fromkeys(one.line.volume_text for one in lines))
    about = [f"Quyển số {', '.join(volumes)}" if volumes else "", head.about]
    sums = sum_of(lines)
    made = "" if book is CertificationBook.CONTRACT else f", {sums.copies} bản"
    fees = money(sums.fees).removesuffix(" đ")
    total = f"Tổng số: {sums.count} việc chứng thực{made}; lệ phí, phí: {fees} đồng."
    made_book = _List(
        _BOOK_TITLES[book],
        replace(head, about=". ".join(filter(None, about))),
        CERTIFICATION_COLUMNS[book],
        lines,
        None,
        signed=[
            Signature(),
            Signature("NGƯỜI KÝ CHỨNG THỰC", _STAMP, stamped=True),
        ],
        closing=[total],
        size=10,
        nothing="Không có việc chứng thực nào trong kỳ.",
    )
    return _pdf(made_book, paper=WIDE)


def hand_over_slip_pdf(
    head: ListHead, giver: str, receiver: str, at: datetime | None, rows: Sequence[HandOverRow]
) -> bytes:
    """Return two copies; `at` is None where the note of each row names the moment."""
    slip = _List(
        HAND_OVER,
        head,
        _HAND_OVER_COLUMNS,
        rows,
        Column("TT", str, 0.045, "centre"),
        signed=[
            Signature("NGƯỜI GIAO", _SIGN, giver),
            Signature("NGƯỜI NHẬN", _SIGN, receiver),
        ],
        opening=[
            f"Bên giao: {giver}.",
            f"Bên nhận: {receiver}.",
            f"Thời gian giao, nhận: {moment_in_words(at) if at else 'ghi ở từng hồ sơ'}.",
        ],
        moved=any(row.promise.moved for row in rows),
        size=10.5,
    )
    copies = [partial(_page, slip, f"({copy})") for copy in _COPIES]
    return Drawing(head.metadata(HAND_OVER), "A4", copies, watermark=head.watermark).pdf()


def receipt_annex_pdf(
    head: ListHead, opening: Sequence[str], rows: Sequence[AnnexRow], submitter: str, official: str
) -> bytes:
    """Return two copies of the list of dossiers handed in at once."""
    annex = _List(
        ANNEX,
        head,
        _ANNEX_COLUMNS,
        rows,
        Column("STT", str, 0.06, "centre"),
        signed=[
            Signature("NGƯỜI NỘP HỒ SƠ", _SIGN, submitter),
            Signature("NGƯỜI TIẾP NHẬN HỒ SƠ", _SIGN, official),
        ],
        opening=opening,
        size=10,
    )
    copies = [partial(_page, annex, f"({copy})") for copy in COPIES]
    return Drawing(head.metadata(ANNEX), "A4", copies, watermark=head.watermark).pdf()


def apology_list_pdf(head: ListHead, rows: Sequence[ApologyRow], signer: Sequence[str]) -> bytes:
    """Return the list for the notice board [G]; the head of `head.agency` signs."""
    opening = (
        f"{head.agency.name} công khai xin lỗi các cá nhân, tổ chức có hồ sơ trễ hẹn trả kết quả "
        "sau đây:"
    )
    sorry = f"{head.agency.name} thành thật xin lỗi các cá nhân, tổ chức có tên trên đây./."
    apologies = _List(
        APOLOGIES,
        head,
        APOLOGY_COLUMNS,
        rows,
        Column("TT", str, 0.035, "centre"),
        signed=[Signature(), Signature("\n".join(signer), _STAMP, stamped=True)],
        opening=[opening],
        closing=[sorry],
        moved=any(row.promise.moved for row in rows),
        size=10,
    )
    return _pdf(apologies, paper=WIDE)


def review_list_pdf(head: ListHead, rows: Sequence[StrikeLine], order: str) -> bytes:
    """Return the list of officials with two and more strikes; `order`: what it rests on, or ""."""
    rule = _rule(
        order,
        "xem xét, đánh giá không hoàn thành nhiệm vụ đối với công chức gây trễ hẹn từ 3 lần.",
    )
    review = _List(
        REVIEW,
        head,
        STRIKE_COLUMNS,
        rows,
        Column("TT", str, 0.035, "centre"),
        signed=[Signature(), Signature("NGƯỜI LẬP DANH SÁCH", _SIGN, "")],
        closing=rule,
        moved=any(row.promise.moved for row in rows),
        size=10,
    )
    return _pdf(review, paper=WIDE)


def _rule(order: str, rule: str) -> list[str]:
    """Return the rule of an order; an office without an order has none to state."""
    return [f"Căn cứ {order}: {rule}"] if order else []


def head_note_pdf(
    head: ListHead, opening: Sequence[str], rows: Sequence[LateRow], order: str
) -> bytes:
    """Return the late dossiers laid on the head of the unit; `order`: what it rests on, or ""."""
    rule = _rule(
        order,
        "cơ quan, đơn vị có tỷ lệ hồ sơ trễ hẹn từ 5% xem như không hoàn thành nhiệm vụ và xem xét "
        "xử lý kỷ luật đối với người đứng đầu.",
    )
    note = _List(
        HEAD_NOTE,
        head,
        LATE_COLUMNS,
        rows,
        Column("TT", str, 0.06, "centre"),
        signed=[Signature(), Signature("NGƯỜI ĐỨNG ĐẦU", "(Ký, xác nhận đã xem)", "")],
        opening=opening,
        closing=rule,
        moved=any(row.promise.moved for row in rows),
    )
    return _pdf(note, paper=WIDE)


def listing_pdf(head: ListHead, title: str, listing: Listing[Row]) -> bytes:
    """Return any list of the screen; its columns share the width by how much stands in them."""
    room = 1 - _NUMBER_WIDTH
    weights = [
        min(_WIDEST, max([_NARROWEST, len(column.heading), *map(_longest_line, texts)]))
        for column, texts in zip(listing.columns, _columns_of_texts(listing), strict=True)
    ]
    columns = tuple(
        replace(column, title=column.heading, width=room * weight / sum(weights), group="")
        for column, weight in zip(listing.columns, weights, strict=True)
    )
    number: Column[int] = Column("TT", str, _NUMBER_WIDTH, "centre")
    made = _List(in_capitals(title), head, columns, listing.rows, number, size=_SIZE_OF_ANY)
    return _pdf(made, paper=WIDE if sum(weights) > _LETTERS_UPRIGHT else "A4")


_NUMBER_WIDTH = 0.05
_NARROWEST, _WIDEST = 8, 34  # letters by which a column is measured
_LETTERS_UPRIGHT = 90  # of all columns on an upright page
_SIZE_OF_ANY = 9.5


def _columns_of_texts(listing: Listing[Row]) -> list[list[str]]:
    lines = list(listing.cells())
    return [[line[place] for line in lines] for place in range(len(listing.columns))]


def _longest_line(text: str) -> int:
    return max(map(len, text.split("\n")), default=0)


def _pdf(made: _List[Row], *, paper: str = "A4") -> bytes:
    """Return the list in one copy."""
    about, watermark = made.head.metadata(f"{made.title} {made.head.about}"), made.head.watermark
    return Drawing(about, paper, [partial(_page, made, "")], watermark=watermark).pdf()


def _page(made: _List[Row], copy: str, sheet: Sheet) -> None:
    head = made.head
    sheet.foot = " · ".join(filter(None, (made.title, copy.strip("()").partition(":")[0])))
    header(sheet, head.agency, "", f"{head.place}, {date_in_words(head.made)}")
    sheet.paragraph(made.title, Style(font=BOLD, size=14, before=12, align="centre", role="H1"))
    for line in filter(None, (head.about, copy)):
        sheet.paragraph(line, Style(font=ITALIC, size=12, before=1, align="centre"))
    for line in made.opening:
        sheet.paragraph(line, Style(before=4))
    sheet.y += 8 * sheet.scale
    moved = [_MOVED] if made.moved else []
    below = signing_room(sheet, made.signed) if made.signed else 0
    below += sum(sheet.height_of(line, _CLOSING) for line in made.closing)
    below += sum(sheet.height_of(line, _SMALL) for line in moved)
    on_paper = [column for column in made.columns if column.width]
    table(sheet, on_paper, made.rows, number=made.number, size=made.size, below=below)
    if not made.rows:
        sheet.paragraph(made.nothing, Style(font=ITALIC, before=4))
    for line in moved:
        sheet.paragraph(line, _SMALL)
    for line in made.closing:
        sheet.paragraph(line, _CLOSING)
    if made.signed:
        signatures(sheet, made.signed)
