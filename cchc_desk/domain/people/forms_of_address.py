"""Forms of address on papers: a person by sex, an organisation by its kind."""

from cchc_desk.domain.people.applicant import Applicant, ApplicantKind
from cchc_desk.domain.text.vietnamese import fold

_BY_SEX = {"Nam": "Ông", "Nữ": "Bà"}
_PERSON, _ORGANISATION = "Ông/Bà", "Quý Tổ chức"
# First words of an organisation's name, folded; a longer beginning stands before a shorter one.
_BY_BEGINNING = (
    ("cong an", "Quý Cơ quan"),
    ("cong doan", "Quý Công đoàn"),
    ("cong ty", "Quý Công ty"),
    ("chi nhanh cong ty", "Quý Công ty"),
    ("tong cong ty", "Quý Công ty"),
    ("doanh nghiep", "Quý Doanh nghiệp"),
    ("ho kinh doanh", "Quý Hộ kinh doanh"),
    ("hop tac xa", "Quý Hợp tác xã"),
    ("ngan hang", "Quý Ngân hàng"),
    ("truong", "Quý Trường"),
    ("benh vien", "Quý Bệnh viện"),
    ("hoi", "Quý Hội"),
    ("uy ban", "Quý Cơ quan"),
    ("ubnd", "Quý Cơ quan"),
    ("so", "Quý Cơ quan"),
    ("phong", "Quý Cơ quan"),
    ("chi cuc", "Quý Cơ quan"),
    ("cuc", "Quý Cơ quan"),
    ("toa an", "Quý Cơ quan"),
    ("vien kiem sat", "Quý Cơ quan"),
    ("kho bac", "Quý Cơ quan"),
    ("bao hiem xa hoi", "Quý Cơ quan"),
    ("thue", "Quý Cơ quan"),
)


def form_of_address(applicant: Applicant) -> str:
    """Return "Ông", "Bà", "Ông/Bà" where the sex is unknown, or "Quý Công ty" and the like."""
    if applicant.kind is not ApplicantKind.ORGANISATION:
        return _BY_SEX.get(applicant.sex, _PERSON)
    name = f"{fold(applicant.name)} "
    for beginning, form in _BY_BEGINNING:
        if name.startswith(f"{beginning} "):
            return form
    return _ORGANISATION


def addressee(applicant: Applicant) -> str:
    """Return the name as a letter addresses it, "Ông Nguyễn Văn An"; an organisation's alone."""
    if applicant.kind is ApplicantKind.ORGANISATION:
        return applicant.name
    return f"{form_of_address(applicant)} {applicant.name}"
