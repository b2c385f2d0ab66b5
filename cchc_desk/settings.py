"""All settings of the desk as data: key, type, default, description."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any
from urllib.parse import urlsplit

from cchc_desk.errors import Refused
from cchc_desk.i18n import Message, _, later


@dataclass(frozen=True)
class Setting:
    """One setting: `kind` is the Python type of its value, `words` its description.

    `least`, `most`: bounds of a number. `paper`: name of the kind of paper it is for, `sizes` the
    sheets that one may be printed on. `rule` refuses a value of a key, None for one that fits; it
    is asked at set-up as on the settings page. `fixed`: set at set-up, never changed. `of_machine`:
    it belongs to a PC; in a ward each station has its own.
    """

    key: str
    kind: type
    default: Any
    words: str
    least: int | None = None
    most: int | None = None
    paper: str = ""
    sizes: tuple[str, ...] = ()
    rule: "Rule | None" = None
    fixed: bool = False
    of_machine: bool = False

    @property
    def about(self) -> str:
        """Its label on the settings page, in the language in use."""
        return _(self.words).format(paper=_(self.paper))


Rule = Callable[[str, Any], Refused | None]  # of a key and its value

# --- rules of single values -----------------------------------------------------------------------

MOST_LETTERS = 300  # of a text: what is longer stands on no paper
_MOST_OFFSET = 50.0  # mm
MOST_INTERNAL_DAYS = 30
# Of the nine indices of NĐ 61/2018 those that an office scores itself, and the most for each.
SCORED_BY_OFFICE, MOST_POINTS = (2, 4, 5, 6, 7, 8), 2
# Old and new identifiers of an agency (docs/sources.md, "Codes").
_UNIT_CODE = re.compile(r"\d{3}(\.\d{2,3}){2}\.[A-Z]\d{2}|[A-Z]\d{2}(\.\d{2,3}){1,3}", re.A)


def _unit_code(key: str, value: str) -> Refused | None:
    if _UNIT_CODE.fullmatch(value):
        return None
    return Refused(
        "unit-code", Message("Mã định danh có dạng H13.31 hoặc 000.00.31.H13; hãy nhập lại."), key
    )


def _desk_name(key: str, value: str) -> Refused | None:
    if any(map(str.isalnum, value)):
        return None
    return Refused("desk-name", Message("Hãy đặt tên cho quầy, ví dụ «Quầy 1»."), key)


def _named(key: str, value: str) -> Refused | None:
    if any(map(str.isalpha, value)):
        return None
    return Refused(
        "setting", Message("Chỗ này không để trống được: nó đứng trên mọi giấy tờ."), key
    )


def _symbol(key: str, value: str) -> Refused | None:
    parts = re.split("[-./&]", value)
    fits = all(parts) and all(char in "0123456789" or _is_latin(char) for char in "".join(parts))
    if fits and len(value) <= 30 and any(map(str.isalpha, value)):
        return None
    return Refused(
        "setting", Message("Ký hiệu chỉ gồm chữ cái, số và dấu - . / &, ví dụ PXL-UBND."), key
    )


def _is_latin(char: str) -> bool:
    return char.isalpha() and unicodedata.name(char, "").startswith("LATIN ")


def _proxy(key: str, value: str) -> Refused | None:
    if not value:
        return None
    try:
        parts = urlsplit(value)
        fits = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:  # no port, no address
        fits = False
    if fits and parts.path in ("", "/") and not parts.query and value.isascii():
        return None
    return Refused(
        "setting", Message("Địa chỉ proxy có dạng http://10.0.0.1:3128, hoặc để trống."), key
    )


def _page_file(key: str, value: str) -> Refused | None:
    if not value or (value.casefold().endswith((".html", ".htm")) and re.search(r"[\\/]", value)):
        return None
    return Refused(
        "setting",
        Message("Hãy ghi cả thư mục và tên tệp .html, ví dụ D:\\bang-sanh\\bang.html."),
        key,
    )


def _second_language(key: str, value: str) -> Refused | None:
    return (
        None
        if value in ("", "en")
        else Refused("setting", Message("Tiếng thứ hai để trống, hoặc là en."), key)
    )


def _days_by_field(key: str, value: dict[Any, Any]) -> Refused | None:
    fits = all(
        isinstance(field, str) and type(days) is int and 0 <= days <= MOST_INTERNAL_DAYS
        for field, days in value.items()
    )
    return (
        None
        if fits
        else Refused(
            "setting",
            Message(
                "Mỗi lĩnh vực một số ngày làm việc từ 0 đến {most}, ví dụ «Hộ tịch»: 2.",
                most=MOST_INTERNAL_DAYS,
            ),
            key,
        )
    )


def _own_points(key: str, value: dict[Any, Any]) -> Refused | None:
    fits = all(
        number in map(str, SCORED_BY_OFFICE) and type(points) is int and 0 <= points <= MOST_POINTS
        for number, points in value.items()
    )
    return (
        None
        if fits
        else Refused(
            "setting",
            Message(
                "Mỗi chỉ số đơn vị tự chấm ({numbers}) có 0, 1 hoặc 2 điểm.",
                numbers=", ".join(map(str, SCORED_BY_OFFICE)),
            ),
            key,
        )
    )


def _offset(key: str, value: list[Any]) -> Refused | None:
    fits = len(value) == 2 and all(
        type(part) in (int, float) and abs(part) <= _MOST_OFFSET for part in value
    )
    return (
        None
        if fits
        else Refused("setting", Message("Lệch lề là hai số mm, mỗi số từ −50 đến 50."), key)
    )


def _text_fault(key: str, value: str) -> Refused | None:
    """Return the fault of any text, which is to be one line that can be seen; None for none."""
    if len(value) > MOST_LETTERS:
        return Refused(
            "setting", Message("Dài quá {most} ký tự; hãy viết ngắn lại.", most=MOST_LETTERS), key
        )
    if not value.isprintable():
        return Refused(
            "setting", Message("Có ký tự không nhìn thấy được; hãy gõ lại bằng bàn phím."), key
        )
    return None


# --- the settings ---------------------------------------------------------------------------------

_STANDARD_HOURS = {"mon-fri": "07:30-11:30,13:00-17:00"}

ALL: tuple[Setting, ...] = (
    Setting(
        "practice",
        bool,
        False,
        later("Phường tập huấn: số liệu giả, giấy tờ in dấu mờ"),
        fixed=True,
    ),
    Setting(
        "parent_agency", str, "", later("Cơ quan cấp trên (dòng đầu của giấy tờ)"), rule=_named
    ),
    Setting("unit_name", str, "", later("Tên cơ quan"), rule=_named),
    Setting("unit_code", str, "", later("Mã định danh đơn vị"), rule=_unit_code),
    Setting("place", str, "", later("Địa danh ghi trước ngày tháng"), rule=_named),
    Setting("desk_name", str, "", later("Tên quầy"), rule=_desk_name),
    Setting("block_first", int, 1, later("Số hồ sơ đầu của quầy trong ngày"), 1, 9999),
    Setting("block_last", int, 9999, later("Số hồ sơ cuối của quầy trong ngày"), 1, 9999),
    Setting("letter_block_first", int, 1, later("Số thư xin lỗi đầu của quầy trong năm"), 1, 99999),
    Setting(
        "letter_block_last", int, 99999, later("Số thư xin lỗi cuối của quầy trong năm"), 1, 99999
    ),
    Setting("office_hours", dict, _STANDARD_HOURS, later("Giờ làm việc trong tuần")),
    Setting(
        "due_at_closing",
        bool,
        False,
        later("Hẹn trả vào giờ đóng cửa (Bộ luật Dân sự 2015, Điều 147–148)"),
    ),
    Setting("letter_symbol", str, "PXL-UBND", later("Ký hiệu của thư xin lỗi"), rule=_symbol),
    Setting(
        "letter_by_registrar", bool, False, later("Văn thư cấp số thư xin lỗi (nhập tay khi ký)")
    ),
    Setting(
        "signers",
        dict,
        {},
        later("Hình thức ký của từng lãnh đạo: [TM, KT, Q, TL hoặc TUQ; văn bản giao quyền]"),
    ),
    Setting(
        "local_order",
        str,
        "",
        later("Văn bản của địa phương về xin lỗi, hẹn lại (số, ngày, cơ quan; ghi trên giấy tờ)"),
    ),
    Setting("notice_days", int, 1, later("Báo trước mấy ngày làm việc khi sắp trễ hẹn"), 1, 10),
    Setting("soon_days", int, 2, later("«Sắp hết hạn» là còn mấy ngày làm việc"), 1, 10),
    Setting(
        "internal_days",
        dict,
        {},
        later("Hạn nội bộ: trước ngày hẹn mấy ngày làm việc, theo lĩnh vực («*»: lĩnh vực khác)"),
        rule=_days_by_field,
    ),
    Setting(
        "nine_indices",
        dict,
        {},
        later("Điểm đơn vị tự chấm theo chín chỉ số của Nghị định 61/2018: số của chỉ số, 0 đến 2"),
        rule=_own_points,
    ),
    Setting(
        "untouched_days", int, 3, later("Nhắc hồ sơ không ai đụng tới sau mấy ngày làm việc"), 1, 60
    ),
    Setting(
        "clock_leap_days",
        int,
        20,
        later("Đồng hồ nhảy quá mấy ngày giữa hai lần ghi thì báo"),
        1,
        366,
    ),
    Setting(
        "online_answer_hours",
        int,
        8,
        later("Hồ sơ từ Cổng phải trả lời tiếp nhận trong mấy giờ làm việc (chưa kiểm chứng)"),
        1,
        80,
    ),
    Setting(
        "keep_names_years",
        int,
        5,
        later("Sau mấy năm từ ngày đóng hồ sơ được ẩn danh thông tin cá nhân (chưa kiểm chứng)"),
        1,
        99,
    ),
    Setting(
        "limits_by_two",
        bool,
        False,
        later("Thời hạn trong danh mục thủ tục phải có người thứ hai xác nhận"),
    ),
    Setting(
        "supplement_symbol", str, "HDHS", later("Ký hiệu của phiếu yêu cầu bổ sung"), rule=_symbol
    ),
    Setting("scan_most_mb", int, 10, later("Bản chụp: một tệp lớn nhất mấy MB"), 1, 50),
    Setting("scan_most_files", int, 30, later("Bản chụp: mỗi hồ sơ nhiều nhất mấy tệp"), 1, 200),
    Setting(
        "lists_folder",
        str,
        "",
        later("Tệp của tỉnh: thư mục mà danh sách hồ sơ của hệ thống khác được lưu vào"),
        of_machine=True,
    ),
    Setting(
        "receipt_identity",
        bool,
        False,
        later("Dán biên nhận, chép sang hệ thống khác: lấy cả số định danh"),
    ),
    Setting(
        "scan_folder",
        str,
        "",
        later("Bản chụp: thư mục mà máy quét hay máy ảnh ghi tệp vào"),
        of_machine=True,
    ),
    Setting(
        "refusal_symbol",
        str,
        "TCHS",
        later("Ký hiệu của phiếu từ chối tiếp nhận (chưa kiểm chứng)"),
        rule=_symbol,
    ),
    Setting(
        "stop_symbol",
        str,
        "TB-UBND",
        later("Ký hiệu của thông báo dừng giải quyết (chưa kiểm chứng)"),
        rule=_symbol,
    ),
    Setting("reminder_symbol", str, "PĐĐ", later("Ký hiệu của phiếu đôn đốc"), rule=_symbol),
    Setting(
        "reminder_hours",
        int,
        24,
        later("Đôn đốc phải trả lời trong mấy giờ làm việc"),
        1,
        80,
    ),
    Setting(
        "apology_old_title",
        bool,
        False,
        later("Thư xin lỗi vẫn mang tên cũ «Phiếu xin lỗi và hẹn lại ngày trả kết quả»"),
    ),
    Setting(
        "idle_minutes",
        int,
        10,
        later("Khóa màn hình sau mấy phút không dùng (0: không khóa)"),
        0,
        240,
    ),
    Setting(
        "mirror_second",
        str,
        "",
        later("Tiếng thứ hai trên màn hình cho công dân (để trống, hoặc en)"),
        rule=_second_language,
    ),
    Setting(
        "lobby_file",
        str,
        "",
        later("Bảng sảnh: tệp .html mà TV mở (để trống: không ghi)"),
        rule=_page_file,
        of_machine=True,
    ),
    Setting(
        "lobby_names", bool, False, later("Bảng sảnh: ghi cả tên đã che (Nguyễn T. Á. Đ.) bên mã")
    ),
    Setting("hotline", str, "", later("Điện thoại liên hệ in trên giấy hẹn")),
    Setting(
        "city_minutes",
        int,
        30,
        later("Tự gửi thành phố sau mỗi mấy phút (0: chỉ gửi khi bấm)"),
        0,
        1440,
    ),
    Setting(
        "city_proxy",
        str,
        "",
        later("Máy chủ trung gian (proxy) để ra mạng, ví dụ http://10.0.0.1:3128"),
        rule=_proxy,
    ),
    Setting(
        "courtesy_items",
        list,
        [],
        later("Thứ tự và lời của «4 xin, 4 luôn»: [mã, lời] của từng điều"),
    ),
)
# How each kind of paper is printed: size, printer, and the offset that holds where the printer has
# none of its own.
PAPERS = {
    "receipt": later("giấy hẹn"),
    "supplement": later("phiếu yêu cầu bổ sung"),
    "refusal": later("phiếu từ chối"),
    "apology": later("thư xin lỗi"),
    "stop": later("thông báo dừng giải quyết"),
    "control": later("phiếu kiểm soát"),
    "return": later("giấy biên nhận trả kết quả"),
    "correction": later("phiếu đính chính"),
    "reminder": later("phiếu đôn đốc"),
    "label": later("nhãn hồ sơ"),
    "history": later("lý lịch hồ sơ"),
    "morning": later("phiếu buổi sáng"),
    "test": later("trang thử máy in"),
}
# By NĐ 30/2020/NĐ-CP papers are A4: only what the citizen carries away may be smaller, the label,
# which is drawn on A6 anyway, and the page that tries a printer.
SIZES = ("A4", "A5")
ON_A5 = ("receipt", "label", "test")
ALL += tuple(
    setting
    for kind, name in PAPERS.items()
    for setting in (
        Setting(
            f"{kind}_paper",
            str,
            "A4",
            later("Khổ giấy của {paper}"),
            paper=name,
            sizes=SIZES if kind in ON_A5 else SIZES[:1],
        ),
        Setting(
            f"{kind}_offset",
            list,
            [0.0, 0.0],
            later("Lệch lề {paper} (mm)"),
            paper=name,
            rule=_offset,
            of_machine=True,
        ),
        Setting(f"{kind}_printer", str, "", later("Máy in {paper}"), paper=name, of_machine=True),
    )
)


class PaperStep(Enum):
    """A step that papers go with; the value is part of the settings' keys."""

    ACCEPT = "accept"
    SUPPLEMENT = "supplement"
    HAND_OVER = "hand-over"
    LETTER = "letter"
    STOP = "stop"
    READY = "ready"
    RETURN = "return"


@dataclass(frozen=True)
class SetPart:
    """One kind of paper in the set of a step, and how many of it are usual."""

    step: PaperStep
    kind: str
    usual: int

    @property
    def key(self) -> str:
        """The setting that has the number in use."""
        return f"set_{self.step.value}_{self.kind}"


PAPER_STEPS = {
    PaperStep.ACCEPT: later("Tiếp nhận hồ sơ"),
    PaperStep.SUPPLEMENT: later("Yêu cầu bổ sung"),
    PaperStep.HAND_OVER: later("Bàn giao hồ sơ"),
    PaperStep.LETTER: later("Ký thư xin lỗi"),
    PaperStep.STOP: later("Dừng giải quyết"),
    PaperStep.READY: later("Có kết quả"),
    PaperStep.RETURN: later("Trả kết quả"),
}
# A receipt is in two copies by itself (liên 1, liên 2).
SET_PARTS = (
    SetPart(PaperStep.ACCEPT, "receipt", 1),
    SetPart(PaperStep.ACCEPT, "control", 1),
    SetPart(PaperStep.ACCEPT, "label", 1),
    SetPart(PaperStep.SUPPLEMENT, "supplement", 1),
    SetPart(PaperStep.SUPPLEMENT, "control", 0),
    SetPart(PaperStep.HAND_OVER, "control", 1),
    SetPart(PaperStep.HAND_OVER, "label", 0),
    SetPart(PaperStep.LETTER, "apology", 1),
    SetPart(PaperStep.STOP, "stop", 1),
    SetPart(PaperStep.STOP, "control", 0),
    SetPart(PaperStep.READY, "control", 1),
    SetPart(PaperStep.READY, "label", 0),
    SetPart(PaperStep.RETURN, "return", 1),
    SetPart(PaperStep.RETURN, "control", 0),
)
_SET_WORDS = {
    PaperStep.ACCEPT: later("Bộ giấy khi tiếp nhận: số bản {paper}"),
    PaperStep.SUPPLEMENT: later("Bộ giấy khi yêu cầu bổ sung: số bản {paper}"),
    PaperStep.HAND_OVER: later("Bộ giấy khi bàn giao: số bản {paper}"),
    PaperStep.LETTER: later("Bộ giấy khi ký thư xin lỗi: số bản {paper}"),
    PaperStep.STOP: later("Bộ giấy khi dừng giải quyết: số bản {paper}"),
    PaperStep.READY: later("Bộ giấy khi có kết quả: số bản {paper}"),
    PaperStep.RETURN: later("Bộ giấy khi trả kết quả: số bản {paper}"),
}
ALL += tuple(
    Setting(part.key, int, part.usual, _SET_WORDS[part.step], 0, 9, paper=PAPERS[part.kind])
    for part in SET_PARTS
)
# Each book of certification: its volume in use, and this desk's own block of numbers in a year.
BOOKS = {
    "copy": later("sổ chứng thực bản sao"),
    "signature": later("sổ chứng thực chữ ký, điểm chỉ"),
    "translator": later("sổ chứng thực chữ ký người dịch"),
    "contract": later("sổ chứng thực hợp đồng, giao dịch"),
}
ALL += tuple(
    setting
    for book, name in BOOKS.items()
    for setting in (
        Setting(f"{book}_volume", int, 1, later("Quyển số của {paper}"), 1, 99, paper=name),
        Setting(
            f"{book}_first", int, 1, later("Số đầu của quầy trong {paper}"), 1, 99999, paper=name
        ),
        Setting(
            f"{book}_last",
            int,
            99999,
            later("Số cuối của quầy trong {paper}"),
            1,
            99999,
            paper=name,
        ),
    )
)
ALL += (
    Setting("second_place", str, "", later("Nơi thứ hai giữ bản sao (USB, ổ khác, ổ chung)")),
    Setting("second_place_mark", str, "", later("Dấu của nơi thứ hai giữ bản sao")),
)
ALL += (
    Setting(
        "printer_offset",
        dict,
        {},
        later("Lệch lề của từng máy in (mm: phải, xuống)"),
        of_machine=True,
    ),
    Setting(
        "clock_correction",
        dict,
        {},
        later("Giờ quầy chỉnh so với giờ máy (phút)"),
        of_machine=True,
    ),
)
BY_KEY = {setting.key: setting for setting in ALL}

# Each official's own settings of the window; no promise and no count depends on them.
PREFERENCES = {
    preference.key: preference
    for preference in (
        Setting("language", str, "vi", later("Ngôn ngữ của cửa sổ")),
        Setting("theme", str, "light", later("Nền sáng, nền tối hoặc tương phản cao")),
        Setting("text_size", int, 100, later("Cỡ chữ (%)"), 100, 200),
        Setting("density", str, "cosy", later("Khoảng cách: thoáng hoặc gọn")),
        Setting("tables", dict, {}, later("Bề rộng các cột và thứ tự của từng bảng")),
        Setting("dossier_list", dict, {}, later("Bộ lọc đã lưu và xem nhanh của danh sách hồ sơ")),
        Setting("tour_seen", bool, False, later("Đã xem phần giới thiệu")),
        Setting("copy_order", str, "", later("Thứ tự chép sang hệ thống khác")),
        Setting("courtesy_strip", bool, False, later("Mở dải «4 xin, 4 luôn»")),
    )
}


class Settings(Mapping[str, Any]):
    """The desk's settings, read only; keys that were never set have their default."""

    def __init__(self, stored: Mapping[str, Any]) -> None:
        self._stored = dict(stored)

    def __getitem__(self, key: str) -> Any:
        return self._stored.get(key, BY_KEY[key].default)

    def __iter__(self) -> Iterator[str]:
        return iter(BY_KEY)

    def __len__(self) -> int:
        return len(BY_KEY)


def _is_of(kind: type, value: Any) -> bool:
    return isinstance(value, kind) and not (kind is int and isinstance(value, bool))


def wrong_kind(stored: Mapping[str, Any]) -> str | None:
    """Return the first stored setting whose value is of another kind than the setting's."""
    for key, value in stored.items():
        known = BY_KEY.get(key)
        if known and value != known.default and not _is_of(known.kind, value):
            return key
    return None


def sizes_told(setting: Setting) -> str:
    """Return one sentence on the sheets that this kind of paper may be printed on."""
    if len(setting.sizes) > 1:
        return _("Khổ giấy là A4 hoặc A5.")
    return _(
        "Chỉ giấy hẹn và nhãn hồ sơ in được trên A5; {paper} in trên A4 theo Nghị định "
        "30/2020/NĐ-CP."
    ).format(paper=_(setting.paper))


def checked(key: str, value: Any, among: Mapping[str, Setting] = BY_KEY) -> Any:
    """Return `value` when it fits the setting `key` of those `among`.

    Raises Refused, field `key`: "setting", "paper-size", or that of the setting's own rule.
    """
    setting = among.get(key)
    if setting is None or setting.fixed:
        raise Refused("setting", _("Không có cài đặt nào tên là «{key}».").format(key=key), key)
    if not _is_of(setting.kind, value):
        raise Refused(
            "setting",
            _("«{setting}» không nhận giá trị này; hãy nhập lại.").format(setting=setting.about),
            key,
        )
    refusal = setting.rule(key, value) if setting.rule else None
    if setting.kind is str:
        refusal = refusal or _text_fault(key, value)
    if refusal:
        raise refusal
    if setting.sizes and value not in setting.sizes:
        raise Refused("paper-size", sizes_told(setting), key)
    too_low = setting.least is not None and value < setting.least
    too_high = setting.most is not None and value > setting.most
    if too_low or too_high:
        raise Refused(
            "setting",
            _("«{setting}» phải từ {least} đến {most}.").format(
                setting=setting.about, least=setting.least, most=setting.most
            ),
            key,
        )
    return value


FOLDERS = ("lists_folder", "scan_folder")  # of other programs: there when they are set
# The first and the last of each block of numbers.
BLOCKS = (
    ("block_first", "block_last"),
    ("letter_block_first", "letter_block_last"),
    *((f"{book}_first", f"{book}_last") for book in BOOKS),
)


def check_blocks(settings: Mapping[str, Any]) -> None:
    """Check that no block of numbers ends before it begins. Raises Refused("block")."""
    for first, last in BLOCKS:
        if settings[first] > settings[last]:
            raise Refused("block", _("Số đầu của dải số không được lớn hơn số cuối."), first)
