"""Lists of the provinces' systems, read to the last row or refused with a way out, never wrong."""

import random
import unicodedata
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from cchc_desk.actions.lists.known import shipped
from cchc_desk.actions.lists.reading import ListFile, read_file
from cchc_desk.domain.lists.columns import NoReading
from cchc_desk.domain.lists.fields import Field, fingerprint
from cchc_desk.domain.lists.reading import ListReading, read_list
from cchc_desk.domain.lists.rows import Kind
from cchc_desk.errors import Refused
from tests.actions.lists import provinces
from tests.actions.lists.containers import CONTAINERS, lines
from tests.actions.lists.provinces import LAYOUTS, NOW, MadeList, Rows, make_dossiers

# Read by the names of their columns; no two of them are alike.
WITHOUT_LAYOUT = ("register-in-work", "opencps-ticked", "paper-style")
Promises = dict[str, tuple[datetime | None, datetime | None]]


def made(layout: str, count: int = 20, seed: int = 7) -> MadeList:
    dice = random.Random(seed)
    return LAYOUTS[layout](make_dossiers(count, dice), dice)


def read_rows(rows: Rows) -> ListReading:
    numbered = [(number, row) for number, row in enumerate(rows, 1) if any(c != "" for c in row)]
    return read_list(numbered, shipped(), NOW)


def promises(reading: ListReading) -> Promises:
    return {r.code: (r.received, r.due) for r in reading.rows if r.kind is Kind.DOSSIER}


def truth(of: MadeList) -> Promises:
    return {t.code: (t.received, t.due) for t in of.truths}


def in_file(tmp_path: Path, content: bytes, name: str = "ds.xls") -> ListFile:
    file = tmp_path / name
    file.write_bytes(content)
    return read_file(file, NOW)


def why(rows: Rows) -> str:
    with pytest.raises(NoReading) as caught:
        read_rows(rows)
    return str(caught.value.message)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_is_read_to_its_last_row_in_every_container(
    tmp_path: Path, layout: str
) -> None:
    of = made(layout, 9)
    for container, write in CONTAINERS.items():
        reading = in_file(tmp_path, write(of.rows)).reading
        assert promises(reading) == truth(of), container
        names = {r.code: (r.owner, r.status_text) for r in reading.rows if r.kind is Kind.DOSSIER}
        for one in of.truths:
            owner, state = names[one.code]
            assert one.owner in (None, owner), container
            assert one.state in (None, state), container
        known = reading.layout.key if reading.layout else ""
        assert known == layout or layout in WITHOUT_LAYOUT, container


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_list_of_one_dossier_is_read_too(layout: str) -> None:
    of = made(layout, 1)
    assert promises(read_rows(of.rows)) == truth(of)


def dossier_rows(of: MadeList) -> list[bool]:
    codes = {t.code for t in of.truths}
    return [any(cell in codes for cell in row if isinstance(cell, str)) for row in of.rows]


def with_body(of: MadeList, change: Callable[[list[provinces.Cell]], list[provinces.Cell]]) -> Rows:
    marks = dossier_rows(of)
    return [change(list(row)) if mark else row for row, mark in zip(of.rows, marks, strict=True)]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_rows_that_are_shifted_against_their_headings_are_read_rightly_or_refused(
    layout: str,
) -> None:
    of = made(layout, 10)
    width = max(map(len, of.rows))
    read, refusals = 0, set()
    for place in range(0, width, 1 if width < 14 else 3):
        for change in (
            lambda row, at=place: row[:at] + row[at + 1 :],
            lambda row, at=place: [*row[:at], "", *row[at:]],
            lambda row, at=place: [*row[:at], "abc", *row[at:]],
        ):
            try:
                found = promises(read_rows(with_body(of, change)))
            except NoReading as refusal:
                refusals.add(str(refusal.message))
                continue
            read += 1
            for code, (_received, due) in found.items():
                assert due == truth(of)[code][1]
    assert read  # some are certain
    assert all("Hãy" in refusal for refusal in refusals)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_columns_in_another_order_are_read_by_their_headings(layout: str) -> None:
    of = made(layout)
    if layout in (
        "register",
        "register-67134",
        "register-in-work",
        "by-field",
        "td-list",
        "paper-style",
    ):
        pytest.skip("a heading over several rows, or rows that lack a cell")
    width = max(map(len, of.rows))
    order = random.Random(3).sample(range(width), width)
    mixed = [[(row + [""] * width)[place] for place in order] for row in of.rows]
    assert promises(read_rows(mixed)) == truth(of)


def test_moments_in_all_their_spellings_are_the_same_moment() -> None:
    from cchc_desk.domain.lists.moments import read_moment

    for text in (
        "15/01/2026 08:30:00", "08:30, 15/01/2026", "08:30 15/01/2026", "15/1/2026 8:30",
        "8H30 NGÀY 15/1/2026", "15/01/2026 08:30:00 - 4 ngày", "2026-01-15T08:30:00.000",
        "Ngày 15/1/2026 08:30", "15-01-2026 08 giờ 30 phút", "15/1/2026 8:30:00 SA",
        datetime(2026, 1, 15, 8, 30, 20), 46037.3541667, "Thứ Năm, 15/01/2026 08:30",
        "T5 15/1/2026 08:30", "08:30 - 15/01/2026", "2026/01/15 08:30", "20260115083000",
        "15/01/2026 08:30 (Thứ năm)", "15/01/2026 08:30:00 (Đã quá hạn 4 ngày)", "'15/1/2026 08:30",
        "8 giờ 30 phút, ngày 15 tháng 1 năm 2026", "15-Jan-2026 08:30", "Jan 15, 2026 8:30 AM",
        "2026-01-15T01:30:00.000Z", "2026-01-15T08:30:00+07:00", "15／01／2026 08:30",
    ):  # fmt: skip
        assert read_moment(text) == datetime(2026, 1, 15, 8, 30), text
    for text in (
        "", "32/1/2026", "15/01/2026 25:00", "15/13/2026", "abc", "15/01", 12.0, "15/01/2026 8:3",
        "15/01/2026 08:", "9999-12-31T23:59:59Z", "0001-01-01T01:00:00+09:00",
        "01/01/0001", "0001-01-01T00:00:00",
    ):  # fmt: skip
        assert read_moment(text) is None, text


SPELLINGS = {
    "english": "No.|Dossier code|Applicant|Procedure|Received date|Due date|Status",
    "snake": "id|ma_ho_so|ten_chu_ho_so|ten_thu_tuc|ngay_tiep_nhan|ngay_hen_tra|trang_thai",
    "camel": "Id|maHoSo|tenChuHoSo|tenThuTuc|ngayTiepNhan|ngayHenTra|trangThai",
    "with formats": "STT|Mã hồ sơ (*)|Chủ hồ sơ|Thủ tục|Ngày tiếp nhận (dd/mm/yyyy)|Ngày hẹn trả "
    "(dd/MM/yyyy)|Trạng thái",
    "long": "STT|Mã số hồ sơ|Tên chủ hồ sơ (cá nhân/tổ chức)|Tên thủ tục|Ngày, giờ tiếp nhận hồ sơ|"
    "Ngày, giờ hẹn trả kết quả|Tình trạng giải quyết",
}


def table(
    heading: str, say: Callable[[datetime], provinces.Cell] = provinces.short, count: int = 15
) -> tuple[Rows, Promises]:
    """A plain list under these headings, its moments as `say` writes them."""
    dossiers = make_dossiers(count, random.Random(5))
    rows: Rows = [list(heading.split("|"))]
    for d in dossiers:
        rows.append(
            [str(d.number), d.code, d.owner, d.procedure, say(d.received), say(d.due), d.state]
        )
    return rows, {d.code: (provinces.day(d.received), provinces.day(d.due)) for d in dossiers}


@pytest.mark.parametrize("heading", SPELLINGS.values(), ids=SPELLINGS)
def test_headings_are_known_in_other_spellings(heading: str) -> None:
    rows, meant = table(heading)
    reading = read_rows(rows)
    assert promises(reading) == meant
    assert [row.owner for row in reading.rows] == [row[2] for row in rows[1:]]


PLAIN = SPELLINGS["snake"]


def test_a_code_is_read_through_what_programs_write_around_it() -> None:
    rows, meant = table(PLAIN)
    for around in ("Mã: {}", "{}\n(Trực tuyến)", "\u200b{}", "Mã số hồ sơ: {}"):
        dirty = [rows[0], *([row[0], around.format(row[1]), *row[2:]] for row in rows[1:])]
        assert promises(read_rows(dirty)) == meant
    spaced = [rows[0], *([row[0], str(row[1]).replace("-", " - "), *row[2:]] for row in rows[1:])]
    assert promises(read_rows(spaced)) == meant


def test_a_due_moment_that_was_moved_is_not_the_promise() -> None:
    rows, meant = table(PLAIN)
    moved = [row[5:6] if n else ["Ngày hẹn trả ban đầu"] for n, row in enumerate(rows)]
    later = [
        [*row[:5], row[5] if n == 0 else "30/12/2026", *row[6:], *first]
        for n, (row, first) in enumerate(zip(rows, moved, strict=True))
    ]
    reading = read_rows(later)
    assert promises(reading) == meant
    assert {row.next_due for row in reading.rows} == {datetime(2026, 12, 30)}
    later[0][7] = "Ngày hẹn trả"
    assert "hai cột cùng nghĩa" in why(later)


def test_days_that_may_be_months_are_refused_and_one_exchanged_column_is_put_right() -> None:
    def american(moment: datetime) -> provinces.Cell:
        early = moment.replace(day=moment.day % 12 + 1)
        return f"{early:%m/%d/%Y}"

    rows, _meant = table(PLAIN, american)
    for number, row in enumerate(rows[1:]):
        row[1] = f"BN{number + 1000}"  # a code that names no day
        row[4], row[5] = f"11/{number % 9 + 1:02d}/2026", f"11/{number % 9 + 3:02d}/2026"
    assert "ngày trước hay tháng trước" in why(rows)
    rows, meant = table(PLAIN)
    for row in rows[1:]:
        due = datetime.strptime(str(row[5]), "%d/%m/%Y")
        row[4] = datetime.strptime(str(row[4]), "%d/%m/%Y")
        row[5] = due.replace(day=due.month, month=due.day) if due.day <= 12 else row[5]
    assert promises(read_rows(rows)) == meant


def test_what_stands_for_no_day_is_no_promise() -> None:
    rows, meant = table(PLAIN)
    for row, word in zip(rows[1:], ("Không quy định", "31/12/9999", "01/01/1900"), strict=False):
        del meant[str(row[1])]
        row[5] = word
    assert promises(read_rows(rows)) == meant


def test_one_row_that_lost_a_cell_is_not_read() -> None:
    of = made("register", 12)
    rows: Rows = [list(row) for row in of.rows]
    del rows[6][8]
    (row,) = (row for row in read_rows(rows).rows if row.kind is Kind.UNREADABLE)
    assert "lệch cột" in str(row.problems[0])


def test_a_file_that_was_cut_is_refused_whole(tmp_path: Path) -> None:
    of = made("igate", 12)
    for container in ("csv", "html", "mhtml", "spreadsheetml", "tsv-utf16"):
        content = CONTAINERS[container](of.rows)
        with pytest.raises(Refused) as caught:
            in_file(tmp_path, content[: len(content) * 2 // 3])
        assert caught.value.code == "sheet-file"


def test_true_dates_that_a_foreign_workbook_exchanged_are_put_right() -> None:
    of = made("igate", 40)

    def exchanged(row: list[provinces.Cell]) -> list[provinces.Cell]:
        cells: list[provinces.Cell] = []
        for cell in row:
            if isinstance(cell, datetime) and cell.day <= 12:
                cells.append(cell.replace(month=cell.day, day=cell.month))
            else:
                cells.append(f"{cell:%d/%m/%Y %H:%M}" if isinstance(cell, datetime) else cell)
        return cells

    reading = read_rows(with_body(of, exchanged))
    assert promises(reading) == truth(of)
    assert "hiểu lầm ngày thành tháng" in str(reading.doubts[0])


def test_days_written_month_first_are_seen() -> None:
    of = made("opencps", 40)

    def american(row: list[provinces.Cell]) -> list[provinces.Cell]:
        cells: list[provinces.Cell] = []
        for cell in row:
            parts = cell.split("/") if isinstance(cell, str) else []
            cells.append("/".join((parts[1], parts[0], parts[2])) if len(parts) == 3 else cell)
        return cells

    assert promises(read_rows(with_body(of, american))) == truth(of)


def test_phones_and_identities_get_back_what_the_workbook_cut() -> None:
    dice = random.Random(7)
    dossiers = make_dossiers(9, dice)
    reading = read_rows(provinces.by_procedure(dossiers, dice).rows)
    rows = [row for row in reading.rows if row.kind is Kind.DOSSIER]
    assert [row.phone for row in rows] == [d.phone for d in dossiers]
    assert [row.owner_id for row in rows] == [d.identity for d in dossiers]
    several = read_rows(provinces.annex_2(dossiers, dice).rows).rows[0]
    assert several.officials == (dossiers[0].official, "Lê Văn Hai", "Trần Ba")


def test_what_is_no_dossier_is_skipped_and_what_cannot_be_read_is_named() -> None:
    of = made("opencps", 6)
    rows = [list(row) for row in of.rows]
    rows[2][4] = "ngày mai"
    rows[3][4] = ""
    rows[4][0] = ""
    rows[5][4] = "1/1/2026"
    kinds = {row.number: (row.kind, [str(p) for p in row.problems]) for row in read_rows(rows).rows}
    assert kinds[2] == (Kind.DOSSIER, [])
    assert kinds[3] == (Kind.UNREADABLE, ["Ngày «ngày mai» không đọc được."])
    assert kinds[4][0] is Kind.SKIPPED
    assert "ngày hẹn trả" in kinds[4][1][0]
    assert kinds[5] == (Kind.UNREADABLE, ["Dòng này không có mã hồ sơ."])
    assert kinds[6] == (Kind.UNREADABLE, ["Ngày hẹn trả ở trước ngày tiếp nhận."])


def test_the_same_code_with_another_promise_is_for_the_clerk_to_decide() -> None:
    of = made("opencps", 4)
    again = [*of.rows, [*of.rows[1][:4], "31/12/2026", *of.rows[1][5:]]]
    same = [*of.rows, of.rows[1]]
    twice = [row for row in read_rows(again).rows if row.code == of.truths[0].code]
    assert [row.kind for row in twice] == [Kind.UNREADABLE] * 2
    assert promises(read_rows(same)) == truth(of)


@pytest.mark.parametrize(
    ("heading", "words"),
    [
        ("STT | Lĩnh vực giải quyết | Tổng số hồ sơ tiếp nhận (3) | Trực tuyến (4) | Trực tiếp, "
         "dịch vụ bưu chính (5) | Từ kỳ trước (6) | Tổng số hồ sơ đã giải quyết (7) | Trước hạn (8)"
         " | Đúng hạn (9) | Quá hạn (10) | Tổng số hồ sơ đang giải quyết (11) | Trong hạn (12) | "
         "Quá hạn (13)", "biểu tổng hợp"),
        ("STT | Đơn vị tiếp nhận | Người tiếp nhận | Tên thủ tục hành chính | Mã hồ sơ | Trạng thái"
         " | Địa chỉ | Chủ hồ sơ | Ngày nộp hồ sơ | Ngày nhận", "không có ngày hẹn trả"),
        ("STT | Mã TTHC | Tên Thủ tục hành chính | Lĩnh vực | Cơ quan công bố | Loại TTHC | Cơ "
         "quan thực hiện | Cấp thực hiện | Mức độ cung cấp | Phí - lệ phí | Đơn vị thực hiện",
         "danh mục thủ tục"),
        ("TTHC | Tên quy trình | Bí danh | ID | Tên Form | Mã Action | Thời gian | Nhóm người "
         "dùng | Phòng ban", "cấu hình quy trình"),
        ("STT | Cán bộ thụ lý | Số lần trễ hạn", "số lần trễ hạn"),
        ("Họ tên | Ngày sinh | Quê quán | Lớp", "Hãy chọn đúng tệp"),
    ],
)  # fmt: skip
def test_a_list_without_promises_is_refused_by_what_it_is(heading: str, words: str) -> None:
    titles: list[provinces.Cell] = [text.strip() for text in heading.split(" | ")]
    row: list[provinces.Cell] = [f"{number}" for number in range(len(titles))]
    assert words in why([["TIÊU ĐỀ"], titles, row, row])


@pytest.mark.parametrize("encoding", ["cp1258", "TCVN3", "VNI"])
def test_a_list_in_an_old_encoding_is_read_in_unicode(tmp_path: Path, encoding: str) -> None:
    of = made("td-tracking")
    found = in_file(tmp_path, old_bytes(lines(of.rows, ","), encoding), "ds.csv")
    assert promises(found.reading) == truth(of)
    texts = {row.owner for row in found.reading.rows}
    assert all(unicodedata.is_normalized("NFC", text) for text in texts)
    # the table of TCVN3 has no capitals with tones: its offices had a font of their own for them
    owners = {str(row[7]).lower() for row in of.rows[3:]}
    assert {text.lower() for text in texts} == owners
    assert found.encoding == ("" if encoding == "cp1258" else encoding)


def old_bytes(text: str, encoding: str) -> bytes:
    """Vietnamese text as an office of 2000 wrote it."""
    if encoding == "cp1258":
        made_of = []
        for char in text:
            try:
                made_of.append(char.encode("cp1258"))
            except UnicodeEncodeError:
                base, *marks = list(unicodedata.normalize("NFD", char))
                shape = [mark for mark in marks if mark in "\u0302\u0306\u031b"]
                tone = [mark for mark in marks if mark not in shape]
                whole = unicodedata.normalize("NFC", base + "".join(shape))
                made_of.append((whole + "".join(tone)).encode("cp1258"))
        return b"".join(made_of)
    from cchc_desk.domain.text import legacy_text

    if encoding == "TCVN3":
        table = {new: old for old, new in legacy_text._TCVN3_LETTERS.items()}
        lower = {new.upper(): old for new, old in table.items() if new.upper() not in table}
        return "".join(table.get(c, lower.get(c, c)) for c in text).encode("latin-1", "replace")
    return "".join(map(_vni, text)).encode("latin-1", "replace")


def _vni(char: str) -> str:
    from cchc_desk.domain.text import legacy_text

    alone = {new: old for old, new in legacy_text._VNI_ALONE.items()}
    if char.lower() in alone:
        old = alone[char.lower()]
        return old.upper() if char.isupper() else old
    base, *marks = list(unicodedata.normalize("NFD", char))
    found = "".join(marks)
    tables = (
        (legacy_text._VNI_TONES, ""),
        (legacy_text._VNI_CIRCUMFLEX, "\u0302"),
        (legacy_text._VNI_BREVE, "\u0306"),
    )
    for table, shape in tables:
        for old, mark in table.items():
            if found and sorted(found) == sorted(shape + mark):
                return base + (old.upper() if base.isupper() else old)
    if "\u031b" in found:  # ơ, ư with a tone
        horned = alone[unicodedata.normalize("NFC", base.lower() + "\u031b")]
        tone = found.replace("\u031b", "")
        written = next(old for old, mark in legacy_text._VNI_TONES.items() if mark == tone)
        return (horned + written).upper() if base.isupper() else horned + written
    return char


def test_the_sheet_that_holds_the_list_is_found_and_two_of_them_are_asked_about(
    tmp_path: Path,
) -> None:
    from tests.actions.lists.containers import book

    of, other = made("opencps"), made("igate", 5, 9)
    file = tmp_path / "two.xlsx"
    file.write_bytes(book({"Bìa": [["Báo cáo"]], "Danh sách": of.rows, "Trống": []}))
    assert read_file(file, NOW).sheet == "Danh sách"
    file.write_bytes(book({"A": of.rows, "B": other.rows}))
    with pytest.raises(Refused, match="«A», «B»") as caught:
        read_file(file, NOW)
    assert caught.value.code == "list-sheet"
    assert promises(read_file(file, NOW, sheet="B").reading) == truth(other)
    with pytest.raises(Refused, match="không có trang"):
        read_file(file, NOW, sheet="C")


def test_an_unknown_layout_is_read_with_the_columns_that_the_clerk_chose() -> None:
    of = made("opencps")
    rows: Rows = [["Khóa", "Việc", "Ai", "Vào", "Ra", "Sao", "Khác"], *of.rows[1:]]
    assert "tự chọn cột" in why(rows)
    numbered = [(number, row) for number, row in enumerate(rows, 1)]
    chosen = {"Khóa": Field.CODE, "Vào": Field.RECEIVED, "Ra": Field.DUE, "Ai": Field.OWNER}
    assert promises(read_list(numbered, shipped(), NOW, chosen)) == truth(of)


def test_a_layout_is_known_again_whatever_the_dirt_of_its_headings() -> None:
    clean = ("Số hồ sơ", "Ngày hẹn trả", "Tổng (3)")
    dirty = ("  Số  hồ sơ ", unicodedata.normalize("NFD", "Ngày hẹn\ntrả"), "TỔNG")
    assert fingerprint(clean) == fingerprint(dirty)
    keys = [layout.fingerprint for layout in shipped().layouts]
    assert len(set(keys)) == len(keys)
    assert all(layout.source for layout in shipped().layouts)


def test_bombs_are_refused_unopened(tmp_path: Path) -> None:
    entity = (
        b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;">]>'
        b'<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet>&c;'
        b"</Worksheet></Workbook>"
    )
    wide = b"<table>" + b"<tr><td colspan=999>a</td></tr>" * 3 + b"</table>"
    for content in (entity, wide, b"<table></table>", b"\x00\x01\x02" * 50, b"", b"abc"):
        with pytest.raises(Refused) as caught:
            in_file(tmp_path, content)
        assert caught.value.message.count(".") >= 1
