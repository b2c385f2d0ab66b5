"""Lists as the provinces' systems give them out, of people who do not exist, with their dirt."""

import random
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from cchc_desk.actions.training import practice

NOW = datetime(2026, 11, 23, 10, 0)
Cell = str | float | datetime
Rows = list[list[Cell]]

PROCEDURES = (
    "Thủ tục đăng ký khai sinh",
    "Cấp bản sao trích lục hộ tịch",
    "Chứng thực bản sao từ bản chính giấy tờ, văn bản do cơ quan có thẩm quyền cấp",
    "Xác nhận tình trạng hôn nhân cho công dân Việt Nam",
    "Đăng ký biến động quyền sử dụng đất, tài sản gắn liền với đất",
)
FIELDS = ("Hộ tịch", "Chứng thực", "Đất đai")
STATES = (
    "Đang xử lý",
    "Đã tiếp nhận",
    "Đã xử lý xong",
    "Yêu cầu bổ sung giấy tờ",
    "Đã trả kết quả",
)
OFFICIALS = ("Lê Thị Bình", "Phạm Quốc Dũng", "Trần Thị Hạnh", "Nguyễn Văn Giang")


@dataclass(frozen=True)
class Truth:
    """What one dossier of a list is and must be read as; None for what its layout does not say."""

    code: str
    received: datetime | None
    due: datetime
    owner: str | None = None
    state: str | None = None


@dataclass(frozen=True)
class MadeList:
    """The rows of a list, and the dossiers in it in their order."""

    rows: Rows
    truths: tuple[Truth, ...]


@dataclass(frozen=True)
class Dossier:
    """One dossier of the made-up province."""

    number: int
    code: str
    procedure: str
    field: str
    owner: str
    submitter: str
    identity: str
    phone: str
    address: str
    submitted: datetime
    received: datetime
    due: datetime
    finished: datetime | None
    state: str
    official: str


def make_dossiers(count: int, dice: random.Random) -> list[Dossier]:
    """Make `count` dossiers, received in the last two months."""
    made = []
    for number in range(1, count + 1):
        person = practice.fake_person(dice, NOW.date())
        back = dice.randrange(1, 60)
        received = (NOW - timedelta(days=back)).replace(
            hour=dice.randrange(7, 17), minute=dice.randrange(60)
        )
        due = received + timedelta(days=dice.choice((1, 3, 5, 10, 15, 30)), hours=1)
        done = due < NOW and dice.random() < 0.7
        made.append(
            Dossier(
                number,
                f"H57.{dice.choice((32, 132))}-{received:%y%m%d}-{number:04d}",
                dice.choice(PROCEDURES),
                dice.choice(FIELDS),
                person.name,
                practice.fake_person(dice, NOW.date()).name,
                person.id_number,
                person.phone,
                person.address,
                received - timedelta(hours=dice.randrange(1, 20)),
                received,
                due,
                due - timedelta(hours=dice.randrange(1, 30)) if done else None,
                "Đã trả kết quả" if done else dice.choice(STATES),
                dice.choice(OFFICIALS),
            )
        )
    return made


def long(moment: datetime | None) -> str:
    return f"{moment:%d/%m/%Y %H:%M:%S}" if moment else ""


def short(moment: datetime | None) -> str:
    return f"{moment:%d/%m/%Y}" if moment else ""


def clock_first(moment: datetime | None) -> str:
    return f"{moment:%H:%M, %d/%m/%Y}" if moment else ""


def bare(moment: datetime | None) -> str:
    return f"{moment.day}/{moment.month}/{moment.year}" if moment else ""


def typed(moment: datetime | None) -> Cell:
    return moment.replace(second=0, microsecond=0) if moment else ""


def day(moment: datetime) -> datetime:
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)


def minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)


def _truths(
    dossiers: Sequence[Dossier],
    cut: Callable[[datetime], datetime],
    *,
    owner: bool = False,
    state: bool = False,
) -> tuple[Truth, ...]:
    return tuple(
        Truth(
            d.code,
            cut(d.received),
            cut(d.due),
            d.owner if owner else None,
            d.state if state else None,
        )
        for d in dossiers
    )


def igate(dossiers: Sequence[Dossier], dice: random.Random) -> MadeList:
    heading: list[Cell] = [
        "Số hồ sơ ", "Tên  thủ tục hành chính", "Tên lĩnh vực", "Phòng ban", "Ngày tiếp nhận",
        "Ngày hẹn\ntrả", "Ngày kết thúc xử lý", "Cơ quan/đơn vị", "Chủ hồ sơ", "Số điện thoại",
        "Cán bộ xử lý hiện tại", "Trạng thái hồ sơ",
    ]  # fmt: skip
    nfd = [unicodedata.normalize("NFD", str(text)) for text in heading]
    rows: Rows = [list(nfd)]
    for d in dossiers:
        rows.append([
            d.code, d.procedure, d.field, "UBND phường Thử", typed(d.received), typed(d.due),
            typed(d.finished), "UBND phường Thử", d.owner, float(d.phone),
            "##".join((d.official, "Lê Văn Hai")) if d.number % 7 == 0 else d.official, d.state,
        ])  # fmt: skip
    again = list(rows[min(3, len(rows) - 1)])
    again[10] = "Người khác"
    rows.append(again)  # the same dossier at its next stage
    return MadeList(rows, _truths(dossiers, minute, owner=True, state=True))


def igate_short(dossiers: Sequence[Dossier], dice: random.Random) -> MadeList:
    rows: Rows = [[
        "Số hồ sơ", "Tên thủ tục hành chính", "Tên lĩnh vực", "Phòng ban", "Ngày tiếp nhận",
        "Hạn xử lý", "Cán bộ xử lý hiện tại", "Trạng thái",
    ]]  # fmt: skip
    for d in dossiers:
        due = f"{d.due:%d/%m/%Y %H:%M:%S} - 4 ngày"
        rows.append([
            d.code, d.procedure, d.field, "UBND", long(d.received), due, d.official, d.state
        ])  # fmt: skip
    return MadeList(rows, _truths(dossiers, minute, state=True))


def td_tracking(dossiers: Sequence[Dossier], dice: random.Random) -> MadeList:
    rows: Rows = [["", ""], ["", ""], [
        "STT", "Đơn vị tiếp nhận", "Tên thủ tục hành chính", "Mã hồ sơ", "Trạng thái", "Địa chỉ",
        "Người nộp", "Chủ hồ sơ", "Ngày nộp hồ sơ", "Ngày nhận", "Ngày hẹn trả",
        "Ngày kết thúc xử lý",
    ]]  # fmt: skip
    for d in dossiers:
        rows.append([
            str(d.number), "UBND phường Thử", d.procedure, d.code, d.state, d.address, d.submitter,
            d.owner, long(d.submitted), long(d.received), long(d.due), long(d.finished),
        ])  # fmt: skip
    return MadeList(rows, _truths(dossiers, minute, owner=True, state=True))


def td_misaligned(dossiers: Sequence[Dossier], dice: random.Random) -> MadeList:
    rows: Rows = [[
        "STT", "Đơn vị tiếp nhận", "Người tiếp nhận", "Tên thủ tục hành chính", "Mã hồ sơ",
        "Trạng thái", "Địa chỉ", "Chủ hồ sơ", "Ngày nộp hồ sơ", "Ngày nhận", "Ngày hẹn trả",
        "Ngày kết thúc xử lý",
    ]]  # fmt: skip
    for d in dossiers:
        handed = d.received + timedelta(hours=3)
        rows.append([
            str(d.number), "UBND phường Thử", d.procedure, d.code, d.state, d.address, d.owner,
            long(d.submitted), long(d.received), long(d.due), long(handed),
        ])  # fmt: skip
    return MadeList(rows, _truths(dossiers, minute, owner=True, state=True))


def annex_1(dossiers: Sequence[Dossier], dice: random.Random) -> MadeList:
    rows: Rows = [
        ["PHỤ LỤC I"], ["DANH SÁCH HỒ SƠ QUÁ HẠN"], ["Từ ngày 01/11/2026 đến ngày 23/11/2026"], [],
        ["STT", "Mã hồ sơ", "Ngày tiếp nhận", "Ngày hẹn trả", "Ngày có kết quả",
         "Đơn vị giải quyết", "Ghi chú"],
    ]  # fmt: skip
    for place, d in enumerate(dossiers):
        if place % 5 == 0:
            rows.append([f"UBND phường số {place}"])
        rows.append([
            str(place % 5 + 1), d.code, short(d.received), short(d.due), short(d.finished), "UBND",
            "",
        ])  # fmt: skip
    rows += [["Tổng cộng", str(len(dossiers))], ["Người lập biểu", "", "", "Chủ tịch"]]
    return MadeList(rows, _truths(dossiers, day))


def annex_2(dossiers: Sequence[Dossier], dice: random.Random) -> MadeList:
    rows: Rows = [
        ["DANH SÁCH HỒ SƠ ĐANG XỬ LÝ QUÁ HẠN"],
        ["STT", "Mã hồ sơ", "Ngày tiếp nhận", "Ngày hẹn trả", "Đơn vị giải quyết",
         "Cán bộ đang xử lý", "Ghi chú"],
    ]  # fmt: skip
    for d in dossiers:
        several = f"{d.official}; Lê Văn Hai##Trần Ba"
        rows.append([
            str(d.number), d.code, short(d.received), short(d.due), "UBND", several, ""
        ])  # fmt: skip
    return MadeList(rows, _truths(dossiers, day))


def register(dossiers: Sequence[Dossier], dice: random.Random) -> MadeList:
    rows: Rows = [
        ["SỔ THEO DÕI HỒ SƠ"], [],
        ["STT", "Mã hồ sơ", "Nội dung hồ sơ", "Số lượng (bộ)", "Họ tên chủ hồ sơ",
         "Địa chỉ chủ hồ sơ", "Số điện thoại", "Ngày, tháng, năm", "", "Trả kết quả", "", "",
         "Người nhận hồ sơ", "Địa bàn phát sinh hồ sơ", "Ghi chú"],
        ["", "", "", "", "", "", "", "Nhận hồ sơ", "Hẹn trả kết quả", "Ngày nhận kết quả",
         "Bên giao (Ký tên)", "Bên nhận (Ký tên)", "", "", ""],
    ]  # fmt: skip
    for d in dossiers:
        rows.append([
            float(d.number), d.code, d.procedure, 1.0, d.owner, d.address, d.phone,
            clock_first(d.received), clock_first(d.due), clock_first(d.finished), "", "",
            d.official, "Khu vực 1", "",
        ])  # fmt: skip
    return MadeList(rows, _truths(dossiers, minute, owner=True))


def register_67134(dossiers: Sequence[Dossier], dice: random.Random) -> MadeList:
    rows: Rows = [
        ["TT", "Mã hồ sơ", "Tên TTHC", "Tên cá nhân, tổ chức", "Địa chỉ, số điện thoại",
         "Cơ quan chủ trì giải quyết", "Ngày, tháng, năm", "", "", "Phương thức nhận kết quả",
         "Ký nhận"],
        ["", "", "", "", "", "", "Nhận hồ sơ", "Hẹn trả kết quả", "Trả kết quả", "", ""],
        [str(number) for number in range(1, 12)],
    ]  # fmt: skip
    for d in dossiers:
        rows.append([
            str(d.number), d.code, d.procedure, d.owner, f"{d.address}, {d.phone}", "UBND",
            short(d.received), short(d.due), short(d.finished), "Trực tiếp", "",
        ])  # fmt: skip
    return MadeList(rows, _truths(dossiers, day, owner=True))


def by_procedure(dossiers: Sequence[Dossier], dice: random.Random) -> MadeList:
    rows: Rows = [[
        "TT", "Mã hồ sơ hành chính", "Họ tên người nộp", "Số CMND/HC/Thẻ CC người nộp",
        "Địa chỉ người nộp", "Điện thoại người nộp", "Họ tên chủ hồ sơ",
        "Số CMND/HC/Thẻ CC chủ hồ sơ", "Địa chỉ chủ hồ sơ", "Điện thoại chủ hồ sơ",
        "Họ tên người tiếp nhận", "Nội dung hồ sơ", "Ngày tiếp nhận hồ sơ",
        "Ngày hẹn trả kết quả", "Ngày có kết quả", "Ngày trả công dân",
        "Họ tên người nhận kết quả", "Đối tượng tiếp nhận", "Email người nộp", "Email chủ hồ sơ",
        "Hình thức nộp hồ sơ", "Tổng phí, lệ phí đã nộp",
    ]]  # fmt: skip
    for place, d in enumerate(dossiers):
        if place % 6 == 0:
            rows += [[f"Lĩnh vực: {d.field}"], [f"1. {d.procedure}"]]
        rows.append([
            str(d.number), d.code, d.submitter, float(d.identity), d.address, f"{d.phone}.0",
            d.owner, float(d.identity), d.address, float(d.phone), d.official, d.procedure,
            bare(d.received), bare(d.due), bare(d.finished), bare(d.finished), d.owner, "Cá nhân",
            "", "", "Trực tiếp", 8000.0,
        ])  # fmt: skip
        if place % 6 == 5:
            rows.append(["Tổng số hồ sơ", "6"])
    return MadeList(rows, _truths(dossiers, day, owner=True))


def by_field(dossiers: Sequence[Dossier], dice: random.Random) -> MadeList:
    rows: Rows = [
        ["TT", "Mã hồ sơ hành chính", "Ngày tiếp nhận hồ sơ", "Người nhận", "Ngày hẹn trả kết quả",
         "Trạng thái, kết quả", "", "", "Hồ sơ quá hạn", "", "Hồ sơ chưa đủ điều kiện",
         "Hồ sơ không giải quyết"],
        ["", "", "", "", "", "Đang giải quyết", "Đang chờ bổ sung hồ sơ",
         "Đã gửi kết quả về bộ phận TN&TKQ", "Số ngày quá hạn giải quyết",
         "Thời hạn trả kết quả lần sau", "", ""],
    ]  # fmt: skip
    for d in dossiers:
        rows.append([
            str(d.number), d.code, short(d.received), d.official, short(d.due), "x", "", "", "", "",
            "", "",
        ])  # fmt: skip
    return MadeList(rows, _truths(dossiers, day))


def opencps(dossiers: Sequence[Dossier], dice: random.Random) -> MadeList:
    rows: Rows = [[
        "Mã hồ sơ", "Nội dung", "Chủ hồ sơ", "Ngày tiếp nhận", "Ngày hẹn trả", "Trạng thái",
        "Hạn xử lý",
    ]]  # fmt: skip
    for d in dossiers:
        rows.append([
            d.code, d.procedure, d.owner, bare(d.received), bare(d.due), d.state,
            bare(d.due - timedelta(days=1)),
        ])  # fmt: skip
    return MadeList(rows, _truths(dossiers, day, owner=True, state=True))


def commune_sheet(dossiers: Sequence[Dossier], dice: random.Random) -> MadeList:
    rows: Rows = [["BẢNG THEO DÕI"], [
        "STT", "Số hồ sơ", "Quy trình", "Tên đơn vị", "Cơ quan xử lý", "Cán bộ xử lý", "Ngày nhận",
        "Ngày trả", "Trả thực tế",
    ]]  # fmt: skip
    for d in dossiers:
        rows.append([
            float(d.number), d.code, d.procedure, "Thôn 1", "UBND xã", d.official,
            typed(day(d.received)), typed(day(d.due)), typed(d.finished and day(d.finished)),
        ])  # fmt: skip
    return MadeList(rows, _truths(dossiers, day))


def _line(text: str) -> list[Cell]:
    return [text]


def land(dossiers: Sequence[Dossier], dice: random.Random) -> MadeList:
    rows: Rows = [
        *[_line(f"Dòng giới thiệu {number}") for number in range(6)],
        ["STT", "Mã Hồ Sơ", "Chủ Sử Dụng", "Địa Chỉ", "Tờ", "Thửa", "Loại Hồ Sơ", "Số Biên Lai",
         "Ngày Hẹn", "Ngày Trả Kết Quả", "Người Nhận", "Ghi Chú"],
    ]  # fmt: skip
    for d in dossiers:
        rows.append([
            float(d.number), d.code, d.owner, d.address, 12.0, 305.0, d.procedure, "000123",
            typed(day(d.due)), typed(d.finished and day(d.finished)), "", "",
        ])  # fmt: skip
    rows += [["Người lập", "", "", "", "", "", "", "", "Giám đốc"], ["Lê Thị Bình"]]
    return MadeList(rows, tuple(Truth(d.code, None, day(d.due), d.owner) for d in dossiers))


def late_2015(dossiers: Sequence[Dossier], dice: random.Random) -> MadeList:
    rows: Rows = [[
        "STT", "Số biên nhận", "Người nộp", "Địa chỉ", "Ngày nhận", "Ngày hẹn trả",
        "Số ngày quá hạn", "Tình trạng trễ hạn", "Cán bộ trễ hạn",
    ]]  # fmt: skip
    truths = []
    for d in dossiers:
        code = f"{d.number:05d}/2026"
        truths.append(Truth(code, day(d.received), day(d.due), d.owner))
        rows.append([
            str(d.number), code, d.owner, d.address, bare(d.received), bare(d.due), "3",
            "Trễ ở khâu thụ lý", d.official,
        ])  # fmt: skip
    return MadeList(rows, tuple(truths))


def lobby(dossiers: Sequence[Dossier], dice: random.Random) -> MadeList:
    rows: Rows = [["Mã hồ sơ", "Người nộp", "Cán bộ xử lý", "Hạn trả"]]
    for d in dossiers:
        due = f"{d.due.hour}H{d.due.minute:02d} NGÀY {bare(d.due)}"
        rows.append([d.code, d.owner.upper(), d.official, due])
    return MadeList(
        rows, tuple(Truth(d.code, None, minute(d.due), d.owner.upper()) for d in dossiers)
    )


def td_content(dossiers: Sequence[Dossier], dice: random.Random) -> MadeList:
    made = td_tracking(dossiers, dice)
    made.rows[2][2] = "Nội dung hồ sơ"
    return made


def register_in_work(dossiers: Sequence[Dossier], dice: random.Random) -> MadeList:
    """The register with the columns of forwarding, and of those that wait for a signature."""
    rows: Rows = [
        ["SỔ THEO DÕI HỒ SƠ"],
        ["TT", "Mã hồ sơ", "Tên TTHC", "Tên cá nhân, tổ chức", "Địa chỉ, số điện thoại",
         "Cơ quan chủ trì giải quyết", "Ngày, tháng, năm", "", "", "", "", "",
         "Phương thức nhận kết quả", "Ký nhận"],
        ["", "", "", "", "", "", "Nhận hồ sơ", "Hẹn trả kết quả",
         "Chuyển HS tới cơ quan giải quyết", "Nhận KQ từ cơ quan giải quyết", "Ngày có kết quả",
         "Trả kết quả", "", ""],
        [str(number) for number in range(1, 15)],
    ]  # fmt: skip
    for d in dossiers:
        rows.append([
            str(d.number), d.code, d.procedure, d.owner, f"{d.address}, {d.phone}", "UBND",
            short(d.received), short(d.due), short(d.received), short(d.finished),
            short(d.finished), short(d.finished), "Trực tiếp", "",
        ])  # fmt: skip
    return MadeList(rows, _truths(dossiers, day, owner=True))


_TICKED: tuple[tuple[str, Callable[[Dossier], Cell]], ...] = (
    ("Mã hồ sơ", lambda d: d.code),
    ("Mã thủ tục", lambda d: "1.001193"),
    ("Nội dung", lambda d: d.procedure),
    ("Cơ quan thụ lý", lambda d: "UBND phường Thử"),
    ("Sổ theo dõi", lambda d: d.field),
    ("Chủ hồ sơ", lambda d: d.owner),
    ("Địa chỉ", lambda d: d.address),
    ("Số điện thoại", lambda d: float(d.phone)),
    ("Thư điện tử", lambda d: ""),
    ("Người nộp hồ sơ", lambda d: d.submitter),
    ("Điện thoại liên lạc", lambda d: d.phone),
    ("Ngày gửi", lambda d: bare(d.submitted)),
    ("Ngày tiếp nhận", lambda d: bare(d.received)),
    ("Ngày hẹn trả", lambda d: bare(d.due)),
    ("Ngày gia hạn", lambda d: ""),
    ("Ngày hoàn thành", lambda d: bare(d.finished)),
    ("Ngày trả", lambda d: bare(d.finished)),
    ("Trạng thái", lambda d: d.state),
    ("Trực tuyến", lambda d: "Có" if d.number % 2 else "Không"),
    ("Mã hồ sơ gốc", lambda d: f"{d.code}-1" if d.number % 4 == 0 else ""),
    ("Ghi chú xử lý", lambda d: ""),
    ("Ghi chú nộp.", lambda d: "nộp thay" if d.number % 3 == 0 else ""),
    ("Chi tiết nội dung", lambda d: d.procedure),
    ("Hạn xử lý", lambda d: bare(d.due - timedelta(days=1))),
)  # fmt: skip


def opencps_all(dossiers: Sequence[Dossier], dice: random.Random) -> MadeList:
    rows: Rows = [[heading for heading, _value in _TICKED]]
    rows += [[value(d) for _heading, value in _TICKED] for d in dossiers]
    return MadeList(rows, _truths(dossiers, day, owner=True, state=True))


def opencps_ticked(dossiers: Sequence[Dossier], dice: random.Random) -> MadeList:
    """Columns as some clerk ticked them: the needed ones and any of the others."""
    needed = ("Mã hồ sơ", "Chủ hồ sơ", "Ngày tiếp nhận", "Ngày hẹn trả", "Trạng thái")
    ticked = [one for one in _TICKED if one[0] in needed or dice.random() < 0.4]
    rows: Rows = [[heading for heading, _value in ticked]]
    rows += [[value(d) for _heading, value in ticked] for d in dossiers]
    return MadeList(rows, _truths(dossiers, day, owner=True, state=True))


def land_extension(dossiers: Sequence[Dossier], dice: random.Random) -> MadeList:
    rows: Rows = [
        *[_line(f"Dòng giới thiệu {number}") for number in range(6)],
        ["STT", "Mã Hồ Sơ", "Chủ Sử Dụng", "Địa Chỉ", "Tờ", "Thửa", "Loại Hồ Sơ", "Số Biên Lai",
         "Thời Hạn Cũ", "Thời Hạn Mới", "Ghi Chú / Lý Do Gia Hạn"],
    ]  # fmt: skip
    for d in dossiers:
        rows.append([
            float(d.number), d.code, d.owner, d.address, 12.0, 305.0, d.procedure, "000123",
            typed(day(d.due)), typed(day(d.due + timedelta(days=7))), "chờ đo đạc",
        ])  # fmt: skip
    rows += [["Người lập", "", "", "", "", "", "", "", "Giám đốc"], ["Lê Thị Bình"]]
    return MadeList(rows, tuple(Truth(d.code, None, day(d.due), d.owner) for d in dossiers))


def paper_style(dossiers: Sequence[Dossier], dice: random.Random) -> MadeList:
    """A workbook drawn like a paper form: titles, a heading of three rows, breaks in its cells."""
    rows: Rows = [
        [], ["UBND PHƯỜNG THỬ"], ["DANH MỤC THEO DÕI HỒ SƠ"], [],
        ["STT", "Mã\nhồ sơ", "Hồ sơ", "", "", "Thời gian ", "", "", "Kết quả", "", "Ghi chú "],
        ["", "", "Tên \nthủ tục", "Chủ \nhồ sơ", "Địa chỉ", "Ngày \ntiếp nhận", "Hẹn", "",
         "Trạng thái", "Ngày \ntrả", ""],
        ["", "", "", "", "", "", "Ngày \nhẹn trả", "Hạn \nxử lý", "", "", ""],
    ]  # fmt: skip
    for d in dossiers:
        rows.append([
            float(d.number), d.code, d.procedure, d.owner, d.address, typed(day(d.received)),
            typed(day(d.due)), typed(day(d.due - timedelta(days=1))), d.state,
            typed(d.finished and day(d.finished)), "",
        ])  # fmt: skip
    rows += [[], ["", "NGƯỜI LẬP", "", "", "", "", "", "", "CHỦ TỊCH"]]
    return MadeList(rows, _truths(dossiers, day, owner=True, state=True))


LAYOUTS: dict[str, Callable[[Sequence[Dossier], random.Random], MadeList]] = {
    "igate": igate,
    "igate-short": igate_short,
    "td-tracking": td_tracking,
    "td-list": td_misaligned,
    "766-late": annex_1,
    "766-open-late": annex_2,
    "register": register,
    "register-67134": register_67134,
    "by-procedure": by_procedure,
    "by-field": by_field,
    "opencps": opencps,
    "commune-sheet": commune_sheet,
    "land": land,
    "late-2015": late_2015,
    "lobby": lobby,
    "td-content": td_content,
    "register-in-work": register_in_work,
    "opencps-all": opencps_all,
    "opencps-ticked": opencps_ticked,
    "land-extension": land_extension,
    "paper-style": paper_style,
}
