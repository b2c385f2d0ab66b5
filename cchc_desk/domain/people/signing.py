"""Authority by which a leader signs, as it stands over the name (NĐ 30/2020, Phụ lục I, II.7)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from cchc_desk.domain.people.applicant import has_letters
from cchc_desk.domain.people.officials import Official
from cchc_desk.domain.text.vietnamese import clean_line, fold
from cchc_desk.errors import Refused
from cchc_desk.i18n import Message, later

_AGENCY, _HEAD = "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"
LONGEST_MANDATE = 200


class SigningForm(Enum):
    """Form of signing; the value is stored."""

    HEAD = "TM"
    ACTING = "Q"
    DEPUTY = "KT"
    BY_ORDER = "TL"
    AUTHORISED = "TUQ"


FORM_NAMES = {
    SigningForm.HEAD: later("Chủ tịch: TM. ỦY BAN NHÂN DÂN"),
    SigningForm.DEPUTY: later("Phó Chủ tịch ký thay: KT. CHỦ TỊCH"),
    SigningForm.ACTING: later("Quyền Chủ tịch: Q. CHỦ TỊCH"),
    SigningForm.BY_ORDER: later("Ký thừa lệnh: TL. CHỦ TỊCH"),
    SigningForm.AUTHORISED: later("Ký thừa ủy quyền: TUQ. CHỦ TỊCH"),
}
# Signing for the head needs a paper that says so.
WITH_MANDATE = frozenset({SigningForm.BY_ORDER, SigningForm.AUTHORISED, SigningForm.ACTING})
_BY_TITLE = {  # beginnings of a title, folded: «Phó Chủ tịch UBND phường»
    "chu tich": SigningForm.HEAD,
    "pho chu tich": SigningForm.DEPUTY,
    "quyen chu tich": SigningForm.ACTING,
}


@dataclass(frozen=True)
class Signing:
    """One official's form of signing; `mandate`: the paper that gives it, "" for none."""

    form: SigningForm
    mandate: str = ""


def signing_of(official: Official, kept: Mapping[str, Signing]) -> Signing | None:
    """Return how the official signs: as kept for them, else by a title that says it, else None."""
    if official.id in kept:
        return kept[official.id]
    title = f"{fold(official.title)} "
    for beginning, form in _BY_TITLE.items():
        if title.startswith(f"{beginning} "):
            return Signing(form)
    return None


def signer_lines(official: Official, kept: Mapping[str, Signing]) -> tuple[str, ...]:
    """Return the lines over the signature, in capitals.

    Raises Refused("signer-title") while the program does not know by what authority they sign.
    """
    signing = signing_of(official, kept)
    if signing is None:
        raise Refused(
            "signer-title",
            Message(
                "Chưa rõ {name} ký với thẩm quyền nào; hãy ghi chức vụ và hình thức ký trước.",
                name=official.name,
            ),
            "signer",
        )
    title = clean_line(official.title).upper()
    return {
        SigningForm.HEAD: (_AGENCY, _HEAD),
        SigningForm.DEPUTY: (_AGENCY, f"KT. {_HEAD}", f"PHÓ {_HEAD}"),
        SigningForm.ACTING: (_AGENCY, f"Q. {_HEAD}"),
        SigningForm.BY_ORDER: (f"TL. {_HEAD}", title),
        SigningForm.AUTHORISED: (f"TUQ. {_HEAD}", title),
    }[signing.form]


def check_signing(title: str, signing: Signing) -> None:
    """Raise Refused("signer-title") without a title, ("signer-mandate") without a paper for it."""
    if not has_letters(title):
        raise Refused("signer-title", Message("Hãy ghi chức vụ của người ký."), "title")
    if signing.form in WITH_MANDATE and not signing.mandate:
        raise Refused(
            "signer-mandate",
            Message(
                "Ký thừa lệnh, thừa ủy quyền, quyền Chủ tịch cần ghi văn bản giao quyền (số, ngày)."
            ),
            "mandate",
        )
    if len(signing.mandate) > LONGEST_MANDATE:
        raise Refused(
            "signer-mandate",
            Message("Tên văn bản giao quyền dài quá {most} ký tự.", most=LONGEST_MANDATE),
            "mandate",
        )
