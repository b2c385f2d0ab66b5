"""The owner of a dossier (a person or an organisation), its submitter, and their phone numbers."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from typing import Any

from cchc_desk.domain.people.birth import Birth, first_day_of, read_birth
from cchc_desk.domain.text.numbers import (
    ascii_digits,
    in_one_piece,
    joined_passports,
    numbers_in,
    without_first_label,
)
from cchc_desk.domain.text.vietnamese import clean_line
from cchc_desk.errors import Refused
from cchc_desk.i18n import Message, later

LONGEST_TEXT = 200  # characters, for every text a person may type here
_EARLIEST_BIRTH = date(1900, 1, 1)

# docs/sources.md [V]; new ranges appear (095 is not in it), so it only warns.
_MOBILE = re.compile(r"0(3[2-9]|5[25689]|7[06-9]|8[1-9]|9[0-46-9])[0-9]{7}")
_LANDLINE = re.compile(r"02[0-9]{9}")  # docs/sources.md [G]
_NUMBERS_ALONE = re.compile(r"[0-9+\s.,;/&|()·‐‑–—_-]*")
_ADDRESS_OF_THE_NET = re.compile(
    r"://|^www\.|^(?:mailto|javascript|data|file|tel):|\S@\S+\.\S", re.IGNORECASE
)
_WHOLE_NUMBER = re.compile(r"0[0-9]{9,}")
_BETWEEN_PHONES = " - "
# Twelve digits or nine, grouped by any sign, and what kind of number it is behind them.
_SIGNS = r"[\s.,·/'_–-]?"
_OF_A_PERSON = re.compile(
    rf"((?:[0-9]{_SIGNS}){{11}}[0-9]|(?:[0-9]{_SIGNS}){{8}}[0-9]) ?(?:\((?:cccd|cmnd|cmt)\))?",
    re.IGNORECASE,
)
_MOST_ID_DIGITS = 12


class ApplicantKind(Enum):
    """Kind of a dossier's owner."""

    PERSON = "person"
    ORGANISATION = "organisation"


class PhoneWarning(Enum):
    """A doubt about a phone number, to be read back to the citizen; the value is stable."""

    NOT_A_NUMBER = "phone-not-a-number"
    UNKNOWN_RANGE = "phone-unknown-range"


@dataclass(frozen=True)
class Applicant:
    """The owner of a dossier (chủ hồ sơ).

    `id_number` is a person's 12-digit number (or old 9-digit one), or an organisation's tax or
    registration number; `born` and `sex` ("Nam", "Nữ" or empty) belong to persons, `representative`
    to organisations. Unknown is empty.
    """

    kind: ApplicantKind
    name: str
    id_number: str = ""
    born: Birth | None = None
    sex: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    representative: str = ""


@dataclass(frozen=True)
class Submitter:
    """The person who brought a dossier that is not theirs (người nộp); `relation`: con, vợ, …"""

    name: str
    id_number: str = ""
    phone: str = ""
    relation: str = ""

    @property
    def with_relation(self) -> str:
        """The name, and what they are to the owner: "Trần Văn Đức (con)"."""
        name, relation = self.name.strip(), self.relation.strip()
        return f"{name} ({relation})" if relation else name


def handed_in_by(owner: Applicant, submitter: Submitter | None) -> str:
    """Return the name of the person at the counter: the submitter, a representative, the owner.

    "" for an organisation that named nobody: whoever signs for it writes the name.
    """
    if submitter:
        return submitter.name
    return owner.representative if owner.kind is ApplicantKind.ORGANISATION else owner.name


def tidy_applicant(applicant: Applicant) -> Applicant:
    """Return the applicant with every text as one clean NFC line and a Vietnamese phone number."""
    changed = _untidy(applicant)
    return replace(applicant, **changed) if changed else applicant


def tidy_submitter(submitter: Submitter) -> Submitter:
    """Return the submitter with every text as one clean NFC line and a Vietnamese phone number."""
    changed = _untidy(submitter)
    return replace(submitter, **changed) if changed else submitter


def normalise_phone(text: str) -> str:
    """Return a phone number in its Vietnamese form: "+84 912.345.678" -> "0912345678".

    Two numbers stay two: "0912345678 - 0987654321". One from abroad keeps its "+". A text with
    words stays as typed, on one line.
    """
    line = ascii_digits(clean_line(text))
    numbers = numbers_in(line)
    is_clear = len(numbers) == 1 or all(map(_WHOLE_NUMBER.fullmatch, numbers))
    if not (numbers and is_clear and _NUMBERS_ALONE.fullmatch(line)):
        return line
    is_from_abroad = line.lstrip("( ").startswith("+") and not numbers[0].startswith("0")
    return f"{'+' * is_from_abroad}{_BETWEEN_PHONES.join(numbers)}"


def tidy_id_number(text: str, kind: ApplicantKind = ApplicantKind.PERSON) -> str:
    """Return an identity number in one piece, "CCCD 092 190.001-234" -> "092190001234".

    A tax code keeps the dash before a branch; two numbers, and a text with letters, stay as typed.
    """
    line = without_first_label(clean_line(text))
    if kind is not ApplicantKind.PERSON:
        return "-".join(in_one_piece(part, ".") for part in line.split("-"))
    if found := _OF_A_PERSON.fullmatch(ascii_digits(line)):
        return re.sub(r"[^0-9]", "", found[1])
    joined = in_one_piece(joined_passports(line), ".-–")
    return line if joined != line and len(joined) > _MOST_ID_DIGITS else joined


def phone_warning(text: str) -> PhoneWarning | None:
    """Return the doubt about a phone number, or None; an empty one is fine (no duty)."""
    phones = normalise_phone(text).split(_BETWEEN_PHONES)
    return next(filter(None, map(_doubt_about, phones)), None)


def _doubt_about(phone: str) -> PhoneWarning | None:
    if not phone or _MOBILE.fullmatch(phone) or _LANDLINE.fullmatch(phone):
        return None
    return (
        PhoneWarning.UNKNOWN_RANGE
        if re.fullmatch(r"[0-9]{10,11}", phone)
        else PhoneWarning.NOT_A_NUMBER
    )


def check_applicant(applicant: Applicant, today: date) -> None:
    """Raise the first of `applicant_problems`."""
    for problem in applicant_problems(applicant, today):
        raise problem


def check_submitter(submitter: Submitter) -> None:
    """Raise the first of `submitter_problems`."""
    for problem in submitter_problems(submitter):
        raise problem


def applicant_problems(applicant: Applicant, today: date) -> tuple[Refused, ...]:
    """Return every Refused that forbids saving this applicant; its `field` names the attribute.

    Codes: "name-empty", "name-scan", "name-letters", "text-too-long", "born-in-future",
    "born-too-early", "email-wrong".
    """
    problems = [*_name_problems(applicant, Message("chủ hồ sơ")), *_length_problems(applicant)]
    if clean_line(applicant.representative) and not has_letters(applicant.representative):
        problems.append(_no_name(Message("người đại diện"), "representative"))
    born = first_day_of(applicant.born) if applicant.born else None
    if born is not None and born > today:
        problems.append(
            Refused(
                "born-in-future",
                Message("Ngày sinh ở sau ngày hôm nay; kiểm tra lại năm sinh."),
                "born",
            )
        )
    if born is not None and born < _EARLIEST_BIRTH:
        problems.append(
            Refused(
                "born-too-early",
                Message("Ngày sinh trước năm 1900; kiểm tra lại năm sinh."),
                "born",
            )
        )
    if applicant.email.strip() and not re.fullmatch(r"[^@\s]+@[^@\s]+", applicant.email.strip()):
        problems.append(
            Refused(
                "email-wrong",
                Message("Thư điện tử phải có dạng ten@noi.vn; sửa lại hoặc để trống."),
                "email",
            )
        )
    return tuple(problems)


def submitter_problems(submitter: Submitter) -> tuple[Refused, ...]:
    """Return every Refused that forbids saving this submitter; its `field` names the attribute.

    Codes: "name-empty", "name-scan", "name-letters", "text-too-long".
    """
    return (*_name_problems(submitter, Message("người nộp")), *_length_problems(submitter))


_SEXES = frozenset(("", "nam", "nữ", "nu", "khác", "khac", "male", "female", "m", "f"))


def nonsense_problems(who: Applicant | Submitter) -> list[Refused]:
    """Return a Refused for each text that cannot be what its field asks for.

    Codes: "id-digits", "phone-digits", "sex-unknown". In what spelling a number stands is free.
    """
    problems = []
    if isinstance(who, Applicant) and clean_line(who.sex).casefold() not in _SEXES:
        words = Message("Giới tính ghi Nam, Nữ hoặc Khác, hay để trống.")
        problems.append(Refused("sex-unknown", words, "sex"))
    if clean_line(who.id_number) and not any(map(str.isdigit, who.id_number)):
        words = Message("Số giấy tờ phải có chữ số; hãy nhập lại hoặc để trống.")
        problems.append(Refused("id-digits", words, "id_number"))
    phone = clean_line(who.phone)
    if phone and " " not in phone and not any(map(str.isdigit, phone)):  # words say whom to ask
        words = Message("Số điện thoại phải có chữ số; hãy nhập lại hoặc để trống.")
        problems.append(Refused("phone-digits", words, "phone"))
    return problems


_LABELS = {
    "name": later("Tên"),
    "id_number": later("Số giấy tờ"),
    "sex": later("Giới tính"),
    "address": later("Địa chỉ"),
    "phone": later("Số điện thoại"),
    "email": later("Thư điện tử"),
    "representative": later("Người đại diện"),
    "relation": later("Quan hệ"),
}


def _texts(who: Applicant | Submitter) -> dict[str, str]:
    return {name: value for name in _LABELS if isinstance(value := getattr(who, name, None), str)}


def _untidy(who: Applicant | Submitter) -> dict[str, Any]:
    """Return the tidy form of each text that is not tidy, by field."""
    texts = _texts(who)
    tidy = {field: clean_line(text) for field, text in texts.items()}
    tidy["phone"] = normalise_phone(who.phone)
    kind = who.kind if isinstance(who, Applicant) else ApplicantKind.PERSON
    tidy["id_number"] = tidy_id_number(who.id_number, kind)
    return {field: text for field, text in tidy.items() if text != texts[field]}


def _name_problems(who: Applicant | Submitter, owner: Message) -> list[Refused]:
    if not clean_line(who.name):
        empty = Message("Chưa có tên {owner}; quét thẻ căn cước hoặc nhập tên.", owner=owner)
        return [Refused("name-empty", empty, "name")]
    if "|" in who.name:  # the card's fields are parted by it: a broken scan left its text here
        broken_scan = Message(
            "Tên {owner} còn lẫn nội dung mã của thẻ; hãy xóa ô tên rồi quét lại hoặc nhập tên.",
            owner=owner,
        )
        return [Refused("name-scan", broken_scan, "name")]
    if not has_letters(who.name):
        return [_no_name(owner, "name")]
    return []


def _no_name(owner: Message, field: str) -> Refused:
    no_name = Message(
        "Tên {owner} phải là tên người hay tổ chức, có chữ cái; hãy nhập lại.", owner=owner
    )
    return Refused("name-letters", no_name, field)


def has_letters(name: str) -> bool:
    """True for what may be the name of somebody: it has letters, and is no address of the net."""
    has_some = any(unicodedata.category(char) in ("Lu", "Ll", "Lt") for char in name)
    return has_some and not _ADDRESS_OF_THE_NET.search(name)


def _length_problems(who: Applicant | Submitter) -> list[Refused]:
    return [
        Refused(
            "text-too-long",
            Message(
                "{label} dài quá {most} ký tự; hãy viết ngắn lại.",
                label=Message(_LABELS[field]),
                most=LONGEST_TEXT,
            ),
            field,
        )
        for field, text in _texts(who).items()
        if len(text) > LONGEST_TEXT and len(clean_line(text)) > LONGEST_TEXT
    ]


def applicant_in(form: Mapping[str, Any]) -> Applicant:
    """Return the person of a stored form."""
    facts = form["applicant"]
    born = read_birth(facts["born"] or "")
    return Applicant(**facts | {"kind": ApplicantKind(facts["kind"]), "born": born})


def submitter_in(form: Mapping[str, Any]) -> Submitter | None:
    """Return the submitter of a stored form, None when the person came in person."""
    return Submitter(**form["submitter"]) if form["submitter"] else None
