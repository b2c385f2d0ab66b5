"""No personal data leaves the desk: a ward full of marked names and numbers; every byte that goes
out is searched.
"""

import base64
import re
import zlib
from collections.abc import Callable, Iterator
from datetime import timedelta

from cchc_desk.actions.city import sending
from cchc_desk.actions.courtesy import courtesy
from cchc_desk.actions.documents import scans
from cchc_desk.actions.dossiers import steps
from cchc_desk.actions.dossiers.steps import Return
from cchc_desk.actions.intake import before_acceptance, intake
from cchc_desk.actions.intake.intake import Intake
from cchc_desk.actions.lateness import letters, responsibility
from cchc_desk.city.office import City
from cchc_desk.domain.courtesy import Mark, Moment, Observation
from cchc_desk.domain.dossiers.dossier import How, LetterState
from cchc_desk.domain.people.applicant import Applicant, ApplicantKind, Submitter
from cchc_desk.domain.people.officials import Official
from cchc_desk.domain.text.vietnamese import fold
from cchc_desk.session import Desk
from cchc_desk.sync.parcel import schema
from tests.actions.conftest import TableClock, become, make_intake
from tests.actions.documents.test_scans import picture
from tests.city.conftest import enrol, later_by, serving
from tests.city.faulty import faulty_line

MARK = "Dấuvết"  # in every name and every text that somebody types
ID, PHONE = "079190", "09876"  # how every number begins


def marked(n: int, organisation: bool = False) -> Intake:
    """An acceptance in which every field that a person fills bears a mark."""
    who = Applicant(
        kind=ApplicantKind.ORGANISATION if organisation else ApplicantKind.PERSON,
        name=f"{MARK} Tên Chủ {n}",
        id_number=f"{ID}{n:06d}" if not organisation else f"{ID}{n:04d}",
        address=f"{n} đường {MARK}, phường {MARK}",
        phone=f"{PHONE}{n:05d}",
        email=f"dauvet{n}@example.vn",
        representative=f"{MARK} Đại Diện" if organisation else "",
    )
    other = Submitter(
        f"{MARK} Người Nộp {n}", f"{ID}{n + 500:06d}", f"{PHONE}{n + 500:05d}", f"con {MARK}"
    )
    plain = make_intake(limit=("1 ngày làm việc", "3 giờ", "trong ngày")[n % 3])
    return Intake(
        plain.procedure, who, other, papers=plain.papers, note=f"ghi chú {MARK}", limit=plain.limit
    )


def fill(desk: Desk, clock: TableClock) -> None:
    """Everything that can be typed about people, in every state a dossier can have."""
    become(desk, "chi")
    codes = [
        intake.accept_dossier(desk, marked(n, organisation=n % 4 == 0)).code for n in range(12)
    ]
    before_acceptance.refuse(desk, marked(50), f"từ chối vì {MARK}")
    before_acceptance.ask_for_lacking(desk, marked(51), [f"thiếu {MARK}"], f"lý do {MARK}")
    before_acceptance.register_online(
        desk, marked(52), f"{ID}-PORTAL", clock.now - timedelta(hours=1)
    )
    steps.hand_over(
        desk,
        [*codes[:4], codes[5]],
        "binh",
        step_name=f"bước {MARK}",
        agency=f"cơ quan {MARK}",
        note=f"{MARK}",
    )
    steps.shelve(desk, codes[0], f"kệ {MARK}")
    scans.add_scan(desk, codes[0], f"CCCD {MARK}.jpg", picture())
    steps.request_supplement(desk, codes[1], f"thiếu {MARK}", [f"giấy {MARK}"])
    steps.withdraw(desk, codes[2], f"rút {MARK}")
    steps.stop(desk, codes[3], f"dừng {MARK}")
    letters.notify(desk, codes[5], How.PHONE)
    letters.draft_mistake_letter(desk, codes[6], f"sai {MARK}")
    later_by(clock, days=4)
    letters.draft_what_is_owed(desk)
    letters.sign_all(desk)
    for row in letters.letters(desk, LetterState.SIGNED)[:4]:
        letters.deliver_letter(desk, row.letter.id, How.COUNTER, f"{MARK} Người Nhận Thư")
    responsibility.fix_responsibility(desk, codes[5], "own-error", "binh", True, f"bước {MARK}")
    responsibility.object_to(desk, codes[5], f"ý kiến {MARK}")
    steps.mark_ready(desk, codes[5])
    steps.return_result(
        desk, codes[5], Return(f"{MARK} Người Nhận", f"giấy {MARK}", authority=f"giấy {MARK}")
    )
    courtesy.record_visit(desk, ["greet"], code=codes[5], moment=Moment.LATE)
    courtesy.rate(desk, codes[5], 4, told=True)
    marks = tuple((item.key, Mark.DONE) for item in courtesy.items(desk))
    courtesy.observe(desk, Observation("an", clock.now, marks, f"tốt {MARK}", f"cần {MARK}"))


def readings(sent: bytes) -> Iterator[bytes]:
    """The bytes themselves, and whatever in them can be decoded or inflated."""
    yield sent
    for part in re.findall(rb"[A-Za-z0-9_-]{20,}", sent):
        raw = base64.urlsafe_b64decode(part + b"=" * (-len(part) % 4))
        yield raw
        try:
            yield zlib.decompress(raw)
        except zlib.error:
            continue


def test_every_byte_that_leaves(
    city: City, make_desk: Callable[..., Desk], clock: TableClock
) -> None:
    desk = make_desk()
    fill(desk, clock)
    with serving(city) as served, faulty_line(served.port) as line:
        enrol(desk, type(city)(**{**vars(served.city), "url": line.url}))
        assert sending.send(desk).receipts == (1,)
        sent = b"\n".join(line.requests)
    later_by(clock, hours=1)
    intake.accept_dossier(desk, marked(60))
    assert sending.write_bag(desk, desk.folder / "exports" / "usb.cchc") == 1
    everything = [*readings(sent), *readings((desk.folder / "exports" / "usb.cchc").read_bytes())]
    assert any(b'"late":[{' in one for one in everything), "the late dossiers are told, by code"
    words = [one.decode("utf-8", "ignore") for one in everything]
    for text in words:
        assert MARK.lower() not in text.lower()
        assert "dauvet" not in fold(text)
        assert ID not in text
        assert PHONE not in text
    names = [official.name for official in _officials(desk)]
    assert not [name for name in names for text in words if name in text]


def _officials(desk: Desk) -> list[Official]:
    from cchc_desk.actions.people import accounts

    return list(accounts.list_officials(desk))


def test_the_shapes_have_no_field_for_a_citizen() -> None:
    shapes = schema()["$defs"]
    sent = (
        "Parcel",
        "Day",
        "Flow",
        "LateDossier",
        "Courtesy",
        "Ledger",
        "Entry",
        "Fuse",
        "Versions",
        "Register",
    )
    told = {name for shape in sent for name in shapes[shape]["properties"]}
    assert told.isdisjoint(
        {
            "name",
            "applicant",
            "submitter",
            "address",
            "phone",
            "email",
            "id_number",
            "note",
            "reason",
        }
    )
