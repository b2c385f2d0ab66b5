"""The settings as data: key, type, default, description. Nothing about the desk is set anywhere else."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from cchc_desk.errors import Refused


@dataclass(frozen=True)
class Setting:
    """One setting; `kind` is the Python type of its value, `about` the words beside it on the settings page."""

    key: str
    kind: type
    default: Any
    about: str
    least: int | None = None
    most: int | None = None


_STANDARD_HOURS = {"mon-fri": "07:30-11:30,13:00-17:00"}

ALL: tuple[Setting, ...] = (
    Setting("practice", bool, False, "Phường tập huấn: số liệu giả, giấy tờ in dấu mờ"),
    Setting("parent_agency", str, "", "Cơ quan cấp trên (dòng đầu của giấy tờ)"),
    Setting("unit_name", str, "", "Tên cơ quan"),
    Setting("unit_code", str, "", "Mã định danh đơn vị"),
    Setting("place", str, "", "Địa danh ghi trước ngày tháng"),
    Setting("desk_name", str, "", "Tên quầy"),
    Setting("block_first", int, 1, "Số hồ sơ đầu của quầy trong ngày", 1, 9999),
    Setting("block_last", int, 9999, "Số hồ sơ cuối của quầy trong ngày", 1, 9999),
    Setting("letter_block_first", int, 1, "Số thư xin lỗi đầu của quầy trong năm", 1, 99999),
    Setting("letter_block_last", int, 99999, "Số thư xin lỗi cuối của quầy trong năm", 1, 99999),
    Setting("office_hours", dict, _STANDARD_HOURS, "Giờ làm việc trong tuần"),
    Setting("due_at_closing", bool, False, "Hẹn trả vào giờ đóng cửa (Bộ luật Dân sự 2015, Điều 147–148)"),
    Setting("letter_symbol", str, "PXL-UBND", "Ký hiệu của thư xin lỗi"),
    Setting("letter_by_registrar", bool, False, "Văn thư cấp số thư xin lỗi (nhập tay khi ký)"),
    Setting("signer_authority", str, "TM. ỦY BAN NHÂN DÂN", "Thẩm quyền ký"),
    Setting("signer_title", str, "CHỦ TỊCH", "Chức vụ người ký (nhiều dòng cách nhau bằng dấu |)"),
    Setting("notice_days", int, 1, "Báo trước mấy ngày làm việc khi sắp trễ hẹn", 1, 10),
    Setting("soon_days", int, 2, "«Sắp hết hạn» là còn mấy ngày làm việc", 1, 10),
    Setting("untouched_days", int, 3, "Nhắc hồ sơ không ai đụng tới sau mấy ngày làm việc", 1, 60),
    Setting("clock_leap_days", int, 20, "Đồng hồ nhảy quá mấy ngày giữa hai lần ghi thì báo", 1, 366),
    Setting("online_answer_hours", int, 8, "Hồ sơ từ Cổng phải trả lời tiếp nhận trong mấy giờ làm việc [G]", 1, 80),
    Setting("keep_names_years", int, 5, "Sau mấy năm từ ngày đóng hồ sơ được ẩn danh thông tin cá nhân [G]", 1, 99),
    Setting("supplement_symbol", str, "HDHS", "Ký hiệu của phiếu yêu cầu bổ sung"),
    Setting("refusal_symbol", str, "TCHS", "Ký hiệu của phiếu từ chối tiếp nhận [G]"),
    Setting("stop_symbol", str, "TB-UBND", "Ký hiệu của thông báo dừng giải quyết [G]"),
    Setting("police_forms", bool, True, "Thủ tục cư trú ghi tên mẫu CT04, CT05, CT06 (Thông tư 56/2021/TT-BCA)"),
    Setting(
        "apology_old_title", bool, False, "Thư xin lỗi vẫn mang tên cũ «Phiếu xin lỗi và hẹn lại ngày trả kết quả»"
    ),
    Setting("idle_minutes", int, 10, "Khóa màn hình sau mấy phút không dùng (0: không khóa)", 0, 240),
    Setting("hotline", str, "", "Điện thoại liên hệ in trên giấy hẹn"),
)
# How each kind of paper is printed: size, offset, printer.
PAPERS = {
    "receipt": "giấy hẹn",
    "supplement": "phiếu yêu cầu bổ sung",
    "refusal": "phiếu từ chối",
    "apology": "thư xin lỗi",
    "stop": "thông báo dừng giải quyết",
    "control": "phiếu kiểm soát",
    "return": "giấy biên nhận trả kết quả",
    "label": "nhãn hồ sơ",
    "history": "lý lịch hồ sơ",
    "morning": "phiếu buổi sáng",
}
ALL += tuple(
    setting
    for kind, name in PAPERS.items()
    for setting in (
        Setting(f"{kind}_paper", str, "A4", f"Khổ giấy của {name}"),
        Setting(f"{kind}_offset", list, [0.0, 0.0], f"Lệch lề {name} (mm)"),
        Setting(f"{kind}_printer", str, "", f"Máy in {name}"),
    )
)
BY_KEY = {setting.key: setting for setting in ALL}

# What each official likes at the window; nothing that the desk promises or counts depends on it.
PREFERENCES = {
    preference.key: preference
    for preference in (
        Setting("language", str, "vi", "Ngôn ngữ của cửa sổ"),
        Setting("theme", str, "light", "Nền sáng, nền tối hoặc tương phản cao"),
        Setting("text_size", int, 100, "Cỡ chữ (%)", 100, 200),
        Setting("tables", dict, {}, "Bề rộng các cột và thứ tự của từng bảng"),
        Setting("tour_seen", bool, False, "Đã xem phần giới thiệu"),
        Setting("courtesy_strip", bool, True, "Hiện dải «4 xin, 4 luôn»"),
    )
}


class Settings(Mapping[str, Any]):
    """The desk's settings, read only; keys that were never set answer their default."""

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


def checked(key: str, value: Any, among: Mapping[str, Setting] = BY_KEY) -> Any:
    """`value` when it fits the setting `key` of those `among`; Refused ("setting", field=key) otherwise."""
    setting = among.get(key)
    if setting is None:
        raise Refused("setting", f"Không có cài đặt nào tên là «{key}».", key)
    if not _is_of(setting.kind, value):
        raise Refused("setting", f"«{setting.about}» không nhận giá trị này; hãy nhập lại.", key)
    too_low = setting.least is not None and value < setting.least
    too_high = setting.most is not None and value > setting.most
    if too_low or too_high:
        raise Refused("setting", f"«{setting.about}» phải từ {setting.least} đến {setting.most}.", key)
    return value
