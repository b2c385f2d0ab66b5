"""Papers of every situation of a dossier, for wards of three times: `make papers` draws them too.

A ward of 2024 with the forms of 2018, one between 01/7 and 14/9/2025 (the decree of 2025 with the
forms of 2018), one of 2026; each with five leaders who sign by five authorities, and citizens of
every address. Two lie outside Cần Thơ, one is named after a person.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from cchc_desk.actions.data import new_desk
from cchc_desk.actions.data.new_desk import SetupPlan
from cchc_desk.actions.documents import paper_setup, printing
from cchc_desk.actions.documents.paper_setup import PaperSetup
from cchc_desk.actions.dossiers import correct, steps
from cchc_desk.actions.dossiers.steps import Return
from cchc_desk.actions.intake import before_acceptance, intake
from cchc_desk.actions.intake.intake import Intake
from cchc_desk.actions.lateness import letters
from cchc_desk.actions.office import clock as office_clock
from cchc_desk.actions.office import signing
from cchc_desk.actions.papers import registers
from cchc_desk.actions.people import accounts
from cchc_desk.actions.people.accounts import NewOfficial
from cchc_desk.actions.training import practice
from cchc_desk.domain.dossiers.dossier import How, PaperCount
from cchc_desk.domain.law.procedure import Channel
from cchc_desk.domain.law.regime import FormSet
from cchc_desk.domain.people.applicant import Applicant, ApplicantKind, Submitter
from cchc_desk.domain.people.officials import Role
from cchc_desk.domain.people.signing import SigningForm
from cchc_desk.domain.time.pauses import PauseKind
from cchc_desk.session import Desk

BIRTH, COPIES, STAY = "1.001193", "2.000815", "1.004222"
_CENTRE = "Trung tâm Phục vụ hành chính công"
_LEADERS = (
    NewOfficial("chi", "Lê Mai Chi", Role.LEADER, "Phó Chủ tịch", practice.PASSWORD),
    NewOfficial("giang", "Võ Thị Trường Giang", Role.LEADER, "Chủ tịch", practice.PASSWORD),
    NewOfficial("khoa", "Đoàn Minh Khoa", Role.LEADER, "Quyền Chủ tịch", practice.PASSWORD),
    NewOfficial("ly", "Tô Thị Hải Lý", Role.LEADER, f"Giám đốc {_CENTRE}", practice.PASSWORD),
    NewOfficial("nam", "Ngô Hoài Nam", Role.LEADER, f"Phó Giám đốc {_CENTRE}", practice.PASSWORD),
)
_MANDATE = "Quyết định số 12/QĐ-UBND ngày 02/01/2024"
_MAN = Applicant(
    ApplicantKind.PERSON,
    "Trần Văn Út",
    id_number="092085001234",
    sex="Nam",
    address="Số 12, hẻm 3, đường Nguyễn Trãi, khóm 2",
    phone="0912345678",
)
_WOMAN = replace(_MAN, name="Nguyễn Thị Ánh Đào", sex="Nữ", email="anhdao@thu.example")
_UNKNOWN = Applicant(ApplicantKind.PERSON, "Thạch Sa Rây", address="Ấp Sóc Mới")
_COMPANY = Applicant(
    ApplicantKind.ORGANISATION,
    "Công ty TNHH Một thành viên Nông sản Ba Xuyên",
    id_number="1801234567",
    address="Số 5, đường Hòa Bình, khóm 1",
    phone="02923820000",
    representative="Lâm Thị Mỹ Phượng",
)
_AGENCY = Applicant(
    ApplicantKind.ORGANISATION,
    "Chi cục Thi hành án dân sự khu vực 3",
    address="Số 1, đường Lý Thường Kiệt",
)
_LONGEST = replace(_WOMAN, name=" ".join(["Huỳnh Nguyễn Thị Ngọc Phương Thảo"] * 6)[:200].strip())
_OWNERS = (_MAN, _WOMAN, _UNKNOWN, _COMPANY, _AGENCY)
_REASONS = (
    "Giấy chứng sinh ghi tên người mẹ không thống nhất với Cơ sở dữ liệu quốc gia về dân cư",
    "Chờ văn bản trả lời của Ủy ban nhân dân xã Vĩnh Thạnh Trung",
    "Máy chủ của thành phố ngừng hoạt động từ ngày 04 đến ngày 06",
)
_PORTAL = "000.00.31.H13-0077"


@dataclass(frozen=True)
class Time:
    """A ward and the moment at which its story begins; `unit` other than the catalogue's."""

    start: datetime
    province: str
    commune: str
    unit_code: str
    unit: str | None = None


TIMES = {
    "2018": Time(
        datetime(2024, 3, 4, 8),
        "Cần Thơ",
        "Ninh Kiều",
        "000.00.31.H13",
        "Ủy ban nhân dân phường Xuân Khánh",
    ),
    "summer": Time(datetime(2025, 7, 7, 8), "Hải Phòng", "Ngô Quyền", "H24.31"),
    "2025": Time(datetime(2026, 3, 2, 8), "An Giang", "Mỹ Hòa Hưng", "H01.31"),
}


class Office:
    """A ward with a clock that stands where it is put; nobody has taken anything in."""

    def __init__(self, folder: Path, time: Time) -> None:
        self.now = time.start
        plan = SetupPlan(
            province=time.province,
            commune=time.commune,
            unit_code=time.unit_code,
            desk_name="Quầy số 1",
            block_first=1,
            block_last=9999,
            office_hours={"mon-fri": "07:30-11:30,13:00-17:00"},
            officials=(*(o for o in practice.OFFICIALS if o.role is not Role.LEADER), *_LEADERS),
            unit_name=time.unit,
            hotline="0292 3820 000",
            known_passwords=True,
        )
        self.desk = new_desk.set_up(folder, plan, lambda: self.now)
        self.people = {one.id: one for one in accounts.list_officials(self.desk)}
        self.letters = 0
        self.be("dung")
        for id_, form in (
            ("khoa", SigningForm.ACTING),
            ("ly", SigningForm.BY_ORDER),
            ("nam", SigningForm.AUTHORISED),
        ):
            signing.keep_signing(self.desk, id_, self.people[id_].title, form, _MANDATE)
        self.people = {one.id: one for one in accounts.list_officials(self.desk)}
        self.be("an")

    @property
    def notes_stop(self) -> bool:
        """The forms of 2018 have no notice of stopping."""
        forms = self.desk.regime_today().forms_on(self.now.date())
        return forms.form_set is FormSet.FORMS_2025

    def be(self, who: str) -> Desk:
        self.desk.official = self.people[who]
        return self.desk

    def days(self, days: int) -> None:
        """Go to eight o'clock of the working day so many after today."""
        day = self.now.date()
        for _day in range(days):
            day = self.desk.calendar.next_working_day(day)
        self.now = datetime(day.year, day.month, day.day, 8)
        if self.desk.clock_doubt():  # quiet days
            office_clock.confirm(self.desk)

    def take_in(self, owner: Applicant, **more: Any) -> str:
        wanted = replace(an_intake(owner), **more)
        self.now += timedelta(minutes=5)
        return intake.accept_dossier(self.be("an"), wanted).code

    def letter(self, code: str, new_due: datetime | None, *reasons: str) -> bytes:
        """Sign a letter by the authority whose turn it is."""
        desk = self.be(_LEADERS[self.letters % len(_LEADERS)].id)
        self.letters += 1
        said = "\n".join(reasons or _REASONS[:1])
        letter = letters.draft_and_sign(desk, code, "other", new_due, said)
        pdf = printing.paper_pdf(desk, code, "apology", letter.id)
        self.be("an")
        return pdf

    def proposed(self, code: str) -> datetime:
        return letters.propose_new_due(self.desk, code)


def an_intake(owner: Applicant) -> Intake:
    papers = (PaperCount("Tờ khai đăng ký khai sinh", original=1), PaperCount("Giấy chứng sinh", 1))
    return Intake(BIRTH, owner, papers=papers, limit="1 ngày làm việc")


def situations(folder: Path, time: Time) -> Iterator[tuple[str, bytes]]:
    """(name, PDF) of every situation in one ward."""
    office = Office(folder, time)
    yield from _receipts(office)
    yield from _slips(office)
    yield from _letters(office)
    yield from _mistakes(office)
    yield from _returns(office)
    yield from _lists(office, time)


def _receipts(office: Office) -> Iterator[tuple[str, bytes]]:
    desk, code = office.desk, ""
    for name, owner in zip(("man", "woman", "unknown", "company", "agency"), _OWNERS, strict=True):
        code = office.take_in(owner)
        yield f"receipt-{name}", printing.paper_pdf(desk, code, "receipt")
    fourteen = tuple(PaperCount(f"Giấy tờ thứ {n} của hồ sơ", 1, 0, 2) for n in range(1, 15))
    proxy = Submitter("Lý Ơn", "092190004321", "0987654321", "con")
    before_acceptance.register_online(desk, an_intake(_WOMAN), _PORTAL, office.now)
    for name, owner, more in (
        ("online", _WOMAN, {"portal_code": _PORTAL}),
        ("proxy-post", _MAN, {"submitter": proxy, "channel": Channel.POST}),
        ("fourteen", _MAN, {"papers": fourteen}),
        ("longest", _LONGEST, {}),
        ("stay", _WOMAN, {"procedure": STAY, "limit": "7 ngày làm việc"}),
        ("copies", _COMPANY, {"procedure": COPIES}),
    ):
        code = office.take_in(owner, **more)
        yield f"receipt-{name}", printing.paper_pdf(desk, code, "receipt")
        if name in ("online", "longest"):
            yield f"label-{name}", printing.paper_pdf(desk, code, "label")
            yield f"control-{name}", printing.paper_pdf(desk, code, "control")
        if name in ("proxy-post", "longest", "fourteen", "copies"):
            yield f"receipt-{name}-a5", on_a5(desk, code)
    printing.log_printed(desk, code, "receipt")
    taken_in = correct.begin(desk, code).taken_in
    changed = replace(taken_in.applicant, address="Số 7, đường Hòa Bình, khóm 1")
    correct.correct(desk, code, replace(taken_in, applicant=changed), "Gõ nhầm số nhà")
    yield "correction", printing.paper_pdf(desk, code, "correction")
    printing.log_printed(desk, code, "receipt")
    yield "receipt-exchanged-again", printing.paper_pdf(desk, code, "receipt")


def on_a5(desk: Desk, code: str) -> bytes:
    """Draw a receipt on A5 once."""
    paper_setup.keep_paper_setup(desk, "receipt", PaperSetup("A5", 0, 0))
    pdf = printing.paper_pdf(desk, code, "receipt")
    paper_setup.keep_paper_setup(desk, "receipt", PaperSetup("A4", 0, 0))
    return pdf


def _slips(office: Office) -> Iterator[tuple[str, bytes]]:
    desk, items = office.desk, ["Bản sao giấy chứng sinh", "Giấy chứng nhận kết hôn của cha mẹ"]
    for name, owner in (("man", _MAN), ("agency", _AGENCY)):
        code = office.take_in(owner)
        steps.request_supplement(desk, code, _REASONS[0], items)
        yield f"supplement-{name}", printing.paper_pdf(desk, code, "supplement")
        slip = before_acceptance.refuse(desk, an_intake(owner), "Không thuộc thẩm quyền của xã")
        yield f"refusal-{name}", printing.paper_pdf(desk, slip.id, "refusal")
    slip = before_acceptance.ask_for_lacking(desk, an_intake(_UNKNOWN), items, "Hồ sơ chưa đủ")
    yield "lacking-unknown", printing.paper_pdf(desk, slip.id, "supplement")
    portal = _PORTAL.replace("77", "78")
    before_acceptance.register_online(desk, an_intake(_WOMAN), portal, office.now)
    slip = before_acceptance.refuse(desk, an_intake(_WOMAN), "Ảnh giấy tờ không đọc được", portal)
    yield "refusal-online", printing.paper_pdf(desk, slip.id, "refusal")


def _open(office: Office, code: str) -> None:
    """Leave the dossier as it is."""


def _ready(office: Office, code: str) -> None:
    steps.mark_ready(office.be("binh"), code)


def _returned(office: Office, code: str) -> None:
    _ready(office, code)
    office.now += timedelta(hours=1)
    steps.return_result(office.be("an"), code, Return("Lý Ơn"))


def _withdrawn(office: Office, code: str) -> None:
    steps.withdraw(office.be("an"), code, "Công dân không còn nhu cầu")


def _stopped(office: Office, code: str) -> None:
    steps.stop(office.be("chi"), code, "Người yêu cầu không bổ sung giấy tờ sau 30 ngày")


_LIVES: dict[str, Callable[[Office, str], None]] = {
    "open": _open,
    "ready": _ready,
    "returned": _returned,
    "withdrawn": _withdrawn,
    "stopped": _stopped,
}


def _letters(office: Office) -> Iterator[tuple[str, bytes]]:
    """Letters before the due day, and after a first or second promise broke, to every address."""
    desk = office.desk
    for owner in (_WOMAN, _COMPANY):
        code = office.take_in(owner)
        office.now += timedelta(hours=1)
        kind = owner.kind.value
        yield f"letter-before-{kind}", office.letter(code, office.proposed(code))
    code = office.take_in(_MAN)
    letters.draft_what_is_owed(office.be("an"))
    office.days(2)
    letters.draft_what_is_owed(desk)
    yield "letter-draft-no-reason", printing.paper_pdf(desk, code, "apology")
    yield "letter-several-reasons", office.letter(code, office.proposed(code), *_REASONS)
    printing.log_printed(desk, code, "apology")
    yield "letter-again", printing.paper_pdf(desk, code, "apology")

    first = [office.take_in(_OWNERS[number]) for number in range(len(_LIVES))]
    second = [office.take_in(_OWNERS[number - 3]) for number in range(len(_LIVES))]
    office.days(3)
    for code, (name, life) in zip(first, _LIVES.items(), strict=True):
        yield from _ended(office, code, "first", name, life)
    for code in second:
        office.letter(code, office.proposed(code))
    office.days(4)
    for code, (name, life) in zip(second, _LIVES.items(), strict=True):
        yield from _ended(office, code, "second", name, life)

    code = office.take_in(_WOMAN)  # its promise was moved by a pause, then broke
    office.now += timedelta(hours=1)
    steps.request_supplement(office.be("binh"), code, _REASONS[0], ["Giấy chứng sinh"])
    office.days(2)
    steps.supplement_brought(office.be("an"), code)
    office.days(3)
    yield "letter-moved", office.letter(code, office.proposed(code))
    steps.pause(office.be("binh"), code, PauseKind.OPINION, "Chờ ý kiến Công an")
    office.days(5)
    steps.resume(desk, code)
    office.days(9)
    yield "letter-moved-second", office.letter(code, None)
    before_acceptance.register_online(
        office.be("an"), an_intake(_MAN), _PORTAL.replace("77", "79"), office.now
    )
    code = office.take_in(_MAN, portal_code=_PORTAL.replace("77", "79"))
    office.days(3)
    yield "letter-online", office.letter(code, office.proposed(code))
    code = office.take_in(_LONGEST)
    office.days(3)
    yield "letter-longest", office.letter(code, office.proposed(code), *_REASONS)


def _ended(
    office: Office, code: str, which: str, name: str, life: Callable[[Office, str], None]
) -> Iterator[tuple[str, bytes]]:
    """Let a late dossier come to its outcome, and sign the letter for it."""
    life(office, code)
    if name == "stopped" and office.notes_stop:
        yield f"stop-{which}", printing.paper_pdf(office.desk, code, "stop")
    office.now += timedelta(minutes=10)
    fresh = office.proposed(code) if (which, name) == ("first", "open") else None
    yield f"letter-{which}-{name}", office.letter(code, fresh)


def _mistakes(office: Office) -> Iterator[tuple[str, bytes]]:
    for name, owner, life in (("open", _MAN, _open), ("ready", _AGENCY, _ready)):
        code = office.take_in(owner)
        office.now += timedelta(hours=1)
        life(office, code)
        letter = letters.draft_mistake_letter(
            office.be("giang"), code, "Ghi sai năm sinh của cháu trên giấy khai sinh"
        )
        letters.sign_letter(office.desk, letter.id)
        yield f"mistake-{name}", printing.paper_pdf(office.desk, code, "apology", letter.id)


def _returns(office: Office) -> Iterator[tuple[str, bytes]]:
    """Receipts of results, a stop in time, and the history of a dossier that ended."""
    desk = office.desk
    for name, owner, given in (
        ("person", _WOMAN, Return(_WOMAN.name)),
        ("proxy", _MAN, Return("Lý Ơn", authority="Giấy ủy quyền ngày 01/3", originals="Giấy hẹn")),
        ("post", _COMPANY, Return("Lâm Thị Mỹ Phượng", how=How.POST, papers_back="Bản chính")),
    ):
        code = office.take_in(owner)
        office.now += timedelta(hours=1)
        _ready(office, code)
        steps.return_result(office.be("an"), code, given)
        yield f"return-{name}", printing.paper_pdf(desk, code, "return")
    code = office.take_in(_MAN)
    steps.hand_over(desk, [code], "binh", note="Hồ sơ gấp")
    office.days(4)
    _returned(office, code)
    yield "return-late", printing.paper_pdf(desk, code, "return")
    yield "control-late", printing.paper_pdf(desk, code, "control")
    yield "history-late", printing.paper_pdf(desk, code, "history")
    code = office.take_in(_COMPANY)
    office.now += timedelta(hours=1)
    steps.stop(office.be("an"), code, "Tổ chức đã giải thể")
    if office.notes_stop:
        yield "stop-in-time", printing.paper_pdf(desk, code, "stop")
    yield "history-stopped", printing.paper_pdf(desk, code, "history")


def _lists(office: Office, time: Time) -> Iterator[tuple[str, bytes]]:
    desk, first, last = office.be("giang"), time.start.date(), office.now.date()
    yield "signed-letters", printing.signed_letters_pdf(desk)
    yield "register-book", registers.register_book(desk, first, last, reason="Nộp đoàn kiểm tra")
    yield "apology-list", registers.apology_list(desk, first, last)
    yield "review-list", registers.review_list(desk, last.year)
    yield "head-note", registers.head_note(desk, first, last)
    yield "morning", printing.paper_pdf(desk, "", "morning")
