"""Words that papers share: days, moments, numbers, forms of address."""

from datetime import date, datetime

from cchc_desk.domain.figures import Origin

# The line of a paper that counts some of the dossiers only.
ORIGIN_LINES = {
    Origin.ALL: "",
    Origin.DESK: "Chỉ tính hồ sơ tiếp nhận tại đây.",
    Origin.LIST: "Chỉ tính hồ sơ theo dõi từ tệp của tỉnh.",
}


def number_label(organisation: bool, form_set: str) -> str:
    """Return the name of the number of a person or of an organisation.

    The CMND ended with 2024 (Luật Căn cước [G]): only the forms of 2018 have it.
    """
    if organisation:
        return "Mã số thuế/Mã số doanh nghiệp"
    return {
        "2018": "Số CMND/Thẻ căn cước/Hộ chiếu",
        "2025": "Số định danh cá nhân/Thẻ căn cước/Hộ chiếu",
    }[form_set]


def code_lines(code: str, portal_code: str) -> tuple[str, ...]:
    """Return the lines that name a dossier, with its code of the portal where it came online."""
    portal = f"Mã hồ sơ trên Cổng Dịch vụ công: {portal_code}" if portal_code else ""
    return tuple(line for line in (f"Mã hồ sơ: {code}" if code else "", portal) if line)


def number_line(number: int, symbol: str) -> str:
    """Return `05/PXL-UBND`: a leading zero below ten [G]; the year is not part of it."""
    return f"{number:02d}/{symbol}"


def in_capitals(title: str) -> str:
    """Return a title in capitals; the number of a document keeps its letters («QĐ-TTg»)."""
    return " ".join(word if "/" in word else word.upper() for word in title.split(" "))


def capitalised(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


def date_in_words(day: date) -> str:
    """Return `ngày 03 tháng 8 năm 2026`, a leading zero for days below 10, months 1 and 2.

    By NĐ 30/2020 [G].
    """
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def moment_in_words(at: datetime) -> str:
    """Return `10 giờ 00 phút, ngày 25 tháng 11 năm 2026`."""
    return f"{at.hour:02d} giờ {at.minute:02d} phút, {date_in_words(at.date())}"
