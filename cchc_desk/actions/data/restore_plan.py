"""Before a restore: the copies that there are, and what going back to one of them would lose."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from cchc_desk import paths
from cchc_desk.actions.data.copies import place_now
from cchc_desk.domain.copies import Reason, Soundness
from cchc_desk.domain.ledger.numbers import TakenNumber, highest
from cchc_desk.domain.people.officials import Act, Official
from cchc_desk.domain.permissions import ALLOWED, Permission
from cchc_desk.errors import Refused
from cchc_desk.i18n import _, later
from cchc_desk.long_work import LongWork
from cchc_desk.settings import Settings
from cchc_desk.store.engine import backup, copies
from cchc_desk.store.engine.copies import Copy as Copy
from cchc_desk.store.ledger import going_back, witness
from cchc_desk.store.office import number_series, officials

UNKNOWN = "unknown"  # entries that only the witness knows of
ACT_WORDS = {
    Act.ACCEPT: later("tiếp nhận hồ sơ"),
    Act.READY: later("có kết quả"),
    Act.RETURN: later("trả kết quả"),
    Act.NOTIFY: later("báo trước cho công dân"),
    Act.DRAFT_LETTER: later("soạn thư xin lỗi"),
    Act.SIGN_LETTER: later("ký thư xin lỗi"),
    Act.DELIVER_LETTER: later("trao thư xin lỗi"),
    Act.PRINT: later("in giấy tờ"),
    Act.SETTINGS: later("đổi cài đặt"),
    Act.OFFICIALS: later("người dùng, mật khẩu"),
    Act.HAND_OVER: later("bàn giao"),
    Act.REQUEST: later("yêu cầu bổ sung"),
    Act.TELL: later("báo bổ sung"),
    Act.SUPPLEMENT: later("nhận bổ sung"),
    Act.PAUSE: later("tạm dừng"),
    Act.RESUME: later("tiếp tục"),
    Act.REGISTER: later("ghi đăng ký"),
    Act.REFUSE: later("từ chối tiếp nhận"),
    Act.WITHDRAW: later("rút hồ sơ"),
    Act.STOP: later("dừng giải quyết"),
    Act.UNDO: later("hoàn tác"),
    Act.FIX_RESPONSIBILITY: later("xác định trách nhiệm"),
    Act.PAPER_RECEIPTS: later("giấy hẹn in sẵn"),
    Act.CALENDAR: later("nhập lịch nghỉ"),
    Act.CALENDAR_CONFIRM: later("xác nhận lịch nghỉ"),
    Act.MOVE_DUE: later("dời hạn trả"),
    Act.ANONYMISE: later("ẩn danh"),
    Act.EXPORT: later("xuất danh sách"),
    Act.VISIT: later("lượt phục vụ"),
    Act.RATE: later("đánh giá của công dân"),
    Act.CORRECT: later("đính chính"),
    Act.CANCEL: later("hủy mục ghi nhầm"),
    Act.CERTIFY: later("chứng thực"),
    Act.CATALOGUE: later("sửa danh mục thủ tục"),
    Act.RESTORE: later("khôi phục bản sao"),
    Act.DRILL: later("kiểm tra sao lưu"),
    Act.SET_UP: later("thiết lập, nâng cấp"),
    Act.CLOCK: later("đồng hồ nhảy"),
    Act.CLOCK_CONFIRM: later("xác nhận giờ"),
    Act.CLOCK_SET: later("chỉnh giờ"),
    Act.OBLIGE: later("chờ nghĩa vụ tài chính"),
    Act.PAY: later("đã nộp nghĩa vụ tài chính"),
    Act.SHELVE: later("nơi để hồ sơ"),
    Act.OBJECT: later("ý kiến về trách nhiệm"),
    Act.PROCESS: later("quy trình nội bộ"),
    Act.SEE_CARD: later("xem phiếu tuần"),
    Act.OBSERVE: later("phiếu quan sát"),
    Act.ENROL: later("ghi danh với thành phố"),
    Act.SEND: later("gửi thành phố"),
    Act.TAKE: later("nhận của thành phố"),
    Act.CATALOGUE_CONFIRM: later("xác nhận danh mục"),
    Act.TAKE_LIST: later("nhận danh sách"),
    Act.WATCH: later("theo dõi hồ sơ của danh sách"),
    Act.STATE_SEEN: later("quyết định về dữ liệu không khớp"),
    Act.LESSON: later("bài tập"),
    Act.MACHINE: later("quầy chuyển máy"),
    Act.OWN_DESK: later("quầy mới trên máy này"),
    Act.LOG_IN: later("đăng nhập"),
    Act.RECOVER: later("phiếu khôi phục, khôi phục quản trị"),
    Act.ADD_SCAN: later("thêm bản chụp"),
    Act.REMOVE_SCAN: later("bỏ bản chụp"),
    Act.RESTORE_SCAN: later("đưa bản chụp về"),
    Act.SAVE_SCAN: later("lưu bản chụp"),
    Act.PERSONAL_DATA: later("yêu cầu, sự cố về dữ liệu cá nhân"),
    Act.REBUILD: later("lập lại chỉ mục, dãy số"),
    Act.LEARN_LIST: later("cột, tên, mã của danh sách"),
    Act.ABSENCE: later("vắng mặt, người thay"),
    Act.KEEP_RECEIPT: later("dán biên nhận"),
    Act.REMIND: later("đôn đốc"),
    Act.ANSWER_REMINDER: later("trả lời đôn đốc"),
    Act.FORWARD: later("chuyển hồ sơ nhận thay"),
    Act.FREEZE: later("chốt số liệu tháng"),
    Act.UNFREEZE: later("mở lại số liệu tháng"),
    Act.REPORT_SET: later("đặt bộ báo cáo định kỳ"),
    Act.REPORT_BUNDLE: later("lập bộ báo cáo định kỳ"),
    Act.REPORT_SENT: later("ghi đã gửi bộ báo cáo"),
    Act.AGENCY_RECEIVED: later("cơ quan có thẩm quyền nhận"),
    Act.AWAY_OUT: later("cho quầy lưu động đi"),
    Act.AWAY_BEGIN: later("quầy lưu động bắt đầu"),
    Act.AWAY_CLOSE: later("quầy lưu động đóng"),
    Act.AWAY_BACK: later("nhận quầy lưu động về"),
    Act.AWAY_BOTH: later("hồ sơ cả hai bên cùng làm"),
    Act.AWAY_DECIDE: later("quyết định hồ sơ cả hai bên cùng làm"),
    Act.AWAY_GIVE_UP: later("quầy lưu động không về nữa"),
}


@dataclass(frozen=True)
class LostAct:
    """An act that the copy does not have, and how often; `act` is its word in the ledger."""

    act: str
    count: int

    @property
    def words(self) -> str:
        """The act in words, in the language in use."""
        if self.act == UNKNOWN:
            return _("việc không còn đọc được tên")
        known = next((words for act, words in ACT_WORDS.items() if act.value == self.act), "")
        return _(known) if known else _("việc khác ({act})").format(act=self.act)


class Source(Enum):
    """Source from which the lost acts are known."""

    TODAY = "today"  # the file that is there now
    COPIES = "copies"  # a newer copy: what came after it is not known by name
    WITNESS = "witness"
    NONE = "none"


@dataclass(frozen=True)
class Plan:
    """Effects of putting a copy back: acts lost, and the highest number ever of each series.

    `officials` may do it: those of the file that is there now, else those of the copy.
    """

    copy: Copy
    lost: tuple[LostAct, ...]
    source: Source
    numbers: tuple[TakenNumber, ...]
    officials: tuple[Official, ...]


def copies_of(folder: Path, work: LongWork | None = None) -> tuple[Copy, ...]:
    """Return every copy of the desk in `folder` and its second place, each read to its end.

    And what earlier restores set aside. The last made comes first.
    """
    desk, work = _desk_of(folder), work or LongWork()
    places = [paths.backup_folder(folder), *second_place(folder)]
    found = [copy for place in places for copy in copies.copies_in(place, desk)]
    aside = sorted(folder.glob(f"{paths.ASIDE}-*/{paths.DATABASE}"), reverse=True)
    work.total = len(found) + len(aside)
    read = [copies.read_copy(copy.file, desk) for copy in work.counted(found)]
    return (*read, *(copies.read_copy(file, desk) for file in work.counted(aside)))


def second_place(folder: Path, copy: Path | None = None) -> list[Path]:
    """Return the second place of the desk in `folder`, as it or a copy names it; none if none."""
    for file in (paths.database_file(folder), copy, *_newest_first(folder)):
        known = backup.settings_in(file) if file is not None and file.is_file() else {}
        if known:
            named, mark = (str(known.get(key, "")) for key in ("second_place", "second_place_mark"))
            place = place_now(named, mark) if named else None
            return [place] if place else []
    return []


def _newest_first(folder: Path) -> list[Path]:
    return [copy.file for copy in copies.copies_in(paths.backup_folder(folder))[:3]]


def _desk_of(folder: Path) -> str:
    """Return whose desk lies in `folder`, by its database, its witness or its copies; "" if none
    of them says so.
    """
    known = backup.settings_in(paths.database_file(folder)).get("desk_id", "")
    last = None if known else witness.last_line(folder)
    known = known or (last.desk if last else "")
    if not known:
        made = copies.copies_in(paths.backup_folder(folder))
        known = next((copy.desk for copy in made if copy.is_sound and copy.desk), "")
    return str(known)


def _hostile(copy: Copy) -> Refused:
    """Return the refusal of what cannot be put back, in one sentence."""
    words = {
        Soundness.MISSING: _("Không có tệp {name}; hãy xem lại tên hoặc cắm lại ổ rồi chọn lại."),
        Soundness.LINK: _("{name} chỉ là đường tắt tới tệp khác; hãy chọn chính tệp bản sao."),
        Soundness.NOT_A_DESK: _("{name} không phải dữ liệu của CCHC Desk; hãy chọn tệp desk-….db."),
        Soundness.OTHER_DESK: _(
            "{name} là bản sao của quầy khác, không khôi phục vào đây được; hãy chọn bản khác."
        ),
        Soundness.DAMAGED: _("Bản sao {name} bị hỏng hoặc thiếu một phần; hãy chọn bản khác."),
        Soundness.CHANGED: _(
            "Bản sao {name} không còn như lúc chép (hỏng hoặc bị sửa); hãy chọn bản khác."
        ),
        Soundness.LOCKED: _(
            "Bản sao {name} được mã hóa và khóa không có trên máy này; hãy mở dữ liệu bằng phiếu "
            "khôi phục trước, hoặc chọn bản khác."
        ),
        Soundness.NEWER: _(
            "{name} do bản CCHC Desk mới hơn tạo ra; hãy cài bản mới nhất rồi khôi phục lại."
        ),
    }[copy.soundness].format(name=copy.file.name)
    match copy.soundness:
        case Soundness.MISSING:
            return Refused("copy-missing", words, "file")
        case Soundness.LINK:
            return Refused("copy-link", words, "file")
        case Soundness.NOT_A_DESK:
            return Refused("not-a-desk", words, "file")
        case Soundness.OTHER_DESK:
            return Refused("copy-other-desk", words, "file")
        case Soundness.LOCKED:
            return Refused("copy-locked", words, "file")
        case Soundness.NEWER:
            return Refused("copy-newer", words, "file")
        case _:
            return Refused("copy-damaged", words, "file")


def checked_copy(folder: Path, file: Path | None) -> Copy:
    """Return the copy in `file`, read to its end; the last sound one where that is None.

    Raises Refused with one sentence for anything that cannot be put back: "copy-missing",
    "copy-link", "not-a-desk", "copy-other-desk", "copy-damaged", "copy-locked", "copy-newer",
    "copy-is-desk", "no-copy".
    """
    if file is None:
        sound = (copy for copy in copies_of(folder) if copy.is_sound and _is_copy(folder, copy))
        found = next(sound, None)
        if found is None:
            raise Refused(
                "no-copy",
                _("Không thấy bản sao lành nào của quầy này; hãy cắm USB có bản sao và chọn tệp."),
                "file",
            )
        return found
    if file.absolute() == paths.database_file(folder).absolute():
        raise Refused(
            "copy-is-desk", _("Đó chính là dữ liệu đang dùng, không phải bản sao."), "file"
        )
    copy = copies.read_copy(file, _desk_of(folder))
    if not copy.is_sound:
        raise _hostile(copy)
    return copy


def _is_copy(folder: Path, copy: Copy) -> bool:
    """False for what an earlier restore set aside or copied: that is never chosen by itself."""
    return copy.reason != Reason.RESTORE.value and (
        copy.file.parent.parent != folder or copy.file.parent.name == paths.BACKUPS
    )


def plan(folder: Path, file: Path | None = None) -> Plan:
    """Say what putting this copy back would lose. Raises as checked_copy(). Nothing changes."""
    copy = checked_copy(folder, file)
    lost, source = _lost(folder, copy)
    numbers = highest_numbers(folder, copy)
    return Plan(copy, lost, source, numbers, _who_may(folder, copy))


def _lost(folder: Path, copy: Copy) -> tuple[tuple[LostAct, ...], Source]:
    known, until, source = _lost_by_name(folder, copy)
    noted = [line for line in witness.lines(folder) if line.desk == copy.desk]
    if source is Source.NONE:  # by its head: after an earlier restore numbers come a second time
        missing = going_back.missing(copy.file, [(line.seq, line.head) for line in noted])
        source = Source.WITNESS if noted else source
    else:
        missing = max((line.seq for line in noted), default=until) - until
    if missing > 0:
        known = (*known, LostAct(UNKNOWN, missing))
    return known, source


def _lost_by_name(folder: Path, copy: Copy) -> tuple[tuple[LostAct, ...], int, Source]:
    """Return the lost acts by name, the last entry they reach to, and from where they are known."""
    newer = [
        other.file
        for other in copies.copies_in(paths.backup_folder(folder), copy.desk)
        if other.is_sound and other.head and copy.head and other.head.seq > copy.head.seq
    ]
    for file in (paths.database_file(folder), *newer):
        common = going_back.last_common(copy.file, file) if file.is_file() else None
        acts = going_back.acts_behind(file, common) if common is not None else None
        if acts is not None and common is not None:
            lost = tuple(LostAct(act, count) for act, count in acts)
            is_today = file == paths.database_file(folder)
            until = common + sum(act.count for act in lost)
            return lost, until, Source.TODAY if is_today else Source.COPIES
    return (), copy.head.seq if copy.head else 0, Source.NONE


def highest_numbers(folder: Path, copy: Copy) -> tuple[TakenNumber, ...]:
    """Return the highest number of each series that any file here knows of."""
    database = paths.database_file(folder)
    files = [database, copy.file, *folder.glob(f"{paths.ASIDE}-*/{paths.DATABASE}")]
    for place in (paths.backup_folder(folder), copy.file.parent, *second_place(folder, copy.file)):
        own = copies.copies_in(place, copy.desk)
        files += [other.file for other in own if other.soundness is not Soundness.OTHER_DESK]
    found = [
        number
        for file in dict.fromkeys(files)
        if file.is_file() and _is_of(file, copy.desk)
        for number in number_series.numbers_in(file)
    ]
    last = witness.last_line(folder)
    if last is not None and last.desk == copy.desk:
        found += last.numbers
    return highest((*found, *_numbers_among_bytes(folder, copy)))


def _is_of(file: Path, desk: str) -> bool:
    return str(backup.settings_in(file).get("desk_id", desk)) == desk


def _numbers_among_bytes(folder: Path, copy: Copy) -> Iterator[TakenNumber]:
    """Codes in a database that cannot be opened and in its log, whatever SQLite thinks of them."""
    settings = Settings(backup.settings_in(copy.file))
    database = paths.database_file(folder)
    log = database.with_name(database.name + "-wal")
    readable = bool(backup.settings_in(database))
    for file in (log,) if readable else (database, log):
        if file.is_file():
            yield from number_series.codes_among_bytes(
                file, settings["unit_code"], settings["block_first"], settings["block_last"]
            )


def _who_may(folder: Path, copy: Copy) -> tuple[Official, ...]:
    """Return who may put a copy back, as the present file has them, else the copy."""
    for file in (paths.database_file(folder), copy.file):
        found = officials.officials_in(file) if file.is_file() else ()
        allowed = ALLOWED[Permission.RESTORE]
        may = tuple(who for who in found if who.active and who.role in allowed)
        if may:
            return may
    return ()
