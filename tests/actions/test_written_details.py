"""The text of the ledger's details, which its chain covers: every act is written byte for byte as
it was before it had a class.

written_details.json was made by the program as it was while writers passed keywords.
"""

import json
import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

import resources
from cchc_desk import __version__
from cchc_desk.actions.catalogue import own_catalogue, procedure_import
from cchc_desk.actions.catalogue.procedure_edit import ProcedureEdit
from cchc_desk.actions.city import sending, updates
from cchc_desk.actions.courtesy import courtesy
from cchc_desk.actions.data import personal_data, repair
from cchc_desk.actions.data.personal_data import NewRequest
from cchc_desk.actions.documents import printing, scans
from cchc_desk.actions.dossiers import anonymise, correct, steps
from cchc_desk.actions.exports import tables
from cchc_desk.actions.intake import before_acceptance, certify, intake, paper_receipts
from cchc_desk.actions.intake.certify import Request, ToCertify
from cchc_desk.actions.lateness import letters
from cchc_desk.actions.office import clock as office_clock
from cchc_desk.actions.office import office_settings
from cchc_desk.actions.people import accounts, people, recovery
from cchc_desk.actions.people.accounts import NewOfficial
from cchc_desk.actions.training import practice
from cchc_desk.domain.city import Arrival
from cchc_desk.domain.courtesy import Mark, Moment, Observation
from cchc_desk.domain.dossiers.dossier import How
from cchc_desk.domain.law.procedure import Channel, OfficeChoice
from cchc_desk.domain.ledger import facts
from cchc_desk.domain.people.officials import Role
from cchc_desk.domain.personal_data import Outcome
from cchc_desk.domain.table import Column, Listing
from cchc_desk.errors import Refused
from cchc_desk.session import Desk
from cchc_desk.store.city import outbox
from cchc_desk.store.engine.database import run
from cchc_desk.store.ledger import journal
from cchc_desk.sync import wire
from cchc_desk.sync.parcel import Invitation
from tests.actions.conftest import MONDAY, WHY, TableClock, become, make_intake
from tests.actions.documents.test_scans import picture
from tests.actions.test_languages import put_right, story

WRITTEN = Path(__file__).parent / "written_details.json"
_OWN = (  # differs from one desk to the next
    (re.compile(r"[0-9a-f]{64}"), "<hash>"),
    (re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"), "<id>"),
    (re.compile(r'"key": "[^"]+"'), '"key": "<key>"'),
    (re.compile(r'"version": "[^"]+"'), '"version": "<version>"'),
    # Of schema 9.
    (re.compile(r', "taken": \[\{[^]]+\}\]'), ""),
    (re.compile(r'"sums": \[[^]]+\], '), ""),
    (re.compile(r', "sums": \[[^]]+\]'), ""),
    (re.compile(r', "(paper_sizes|passwords|passwords_to_change)": "<hash>"'), ""),
    (re.compile(r'"paper_sizes": "<hash>", '), ""),
    (re.compile(r'"absences": "<hash>", '), ""),
    (re.compile(r'"report_(sets|bundles)": "<hash>", '), ""),
)
# Acts that came later than written_details.json: as they were written first.
_LATER = (
    (
        "take-list",
        '{"differs": 0, "file": "ds.xlsx", "layout": "igate", "mended": 0, "new": 1, "newer": 0, '
        '"same": 0, "sha256": "ab", "skipped": 0, "system": "VNPT iGate", "unreadable": 0}',
    ),
    ("learn-list", '{"columns": {"Ra": "due"}, "fingerprint": "0f"}'),
    ("learn-list", '{"not_theirs": "H57.32-261123-0009"}'),
    (
        "watch",
        '{"due": "2026-11-27T10:00", "name": "Đào", "procedure": "Khai sinh", '
        '"received": "2026-11-20T08:00", "row": 7, "sha256": "ab", "system": "VNPT iGate"}',
    ),
    (
        "keep-receipt",
        '{"sha256": "ab", "system": "Trang một cửa", "text": "Mã số hồ sơ: H57.132-261104-0583"}',
    ),
    (
        "state-seen",
        '{"heads": [{"head": "0123456789ab", "seq": 7}], "last": 5, "reason": "Ổ đĩa hỏng"}',
    ),
    (
        "restore",
        '{"aside": "trước-khi-khôi-phục", "copy": "desk-1.db", "head": "7-0123", "lost": '
        '{"accept": 2}, "lost_heads": [{"head": "0123456789ab", "seq": 9}], "series": 3}',
    ),
    (
        "drill",
        '{"copy": "desk-1.db", "dossiers": 4, "entries": 9, "head": "9-0123", '
        '"made": "2026-11-23T10:00", "sha256": "ab"}',
    ),
    (
        "absence",
        '{"absence": 1, "first": "2026-11-25", "last": "2026-11-26", "official": "an", '
        '"reason": "Đi học", "stand_in": "chi"}',
    ),
    ("absence", '{"ended": 1, "official": "an"}'),
    (
        "remind",
        '{"answer_by": "2026-11-26T10:00", "asker": "citizen", "holder": "an", "how": "phone", '
        '"number": "01/PĐĐ", "receiver": "an", "time": 1, "words": "Bao giờ xong?"}',
    ),
    ("forward", '{"agency": "UBND xã B", "forward_by": "2026-11-23T17:00", "in_time": true}'),
    (
        "agency-received",
        '{"agency": "UBND xã B", "due": "2026-11-27T09:00", "received": "2026-11-23T09:00"}',
    ),
    (
        "answer-reminder",
        '{"answer": "Mai có", "in_time": true, "numbers": ["01/PĐĐ"]}',
    ),
    ("machine", '{"before": "1f", "machine": "2e"}'),
    (
        "own-desk",
        '{"before": "a", "changes": {"block_first": 501}, "desk": "b", "other_machine": "1f", '
        '"own_machine": "2e"}',
    ),
    ("freeze", '{"report": "ii-06a"}'),
    ("unfreeze", '{"reason": "Sửa số liệu"}'),
    (
        "report-set",
        '{"closing": 31, "due_day": 5, "every": "month", "name": "Tháng", "receiver": "Sở Nội vụ", '
        '"report_set": 1, "reports": ["ii-06a"]}',
    ),
    ("report-set", '{"name": "Tháng", "removed": 1}'),
    (
        "report-bundle",
        '{"bundle": 1, "file": "a.zip", "first": "2026-11-01", "frozen": ["ii-06a"], '
        '"last": "2026-11-30", "report_set": 1, "reports": ["ii-06a"], "sha256": "ab"}',
    ),
    ("report-sent", '{"bundle": 1, "how": "Bản giấy", "on": "2026-12-02"}'),
    ("lesson", '{"lesson": "first-receipt", "run": 1, "score": 9}'),
    (
        "away-out",
        '{"away": "b", "blocks": {"first": 9500, "last": 9999, "letter_first": 99000, '
        '"letter_last": 99999}, "changes": {"block_last": 9499}, "name": "Ấp 5", '
        '"rows_from": 500000, "until": "2026-11-24"}',
    ),
    (
        "away-begin",
        '{"changes": {"block_first": 9500}, "head": "0f", "home": "a", "name": "Ấp 5", "seq": 7}',
    ),
    ("away-close", '{"by": "chi"}'),
    (
        "away-back",
        '{"away": "b", "both": ["H13.999-261123-0001"], "changed": 1, "entries": 9, "head": "0f", '
        '"new": 2, "numbers": [{"number": 9501, "period": "261123", "series": "dossier"}], '
        '"ratings": ["H13.999-261123-0002"], "same": [{"codes": ["x", "y"], "number": "G22.2", '
        '"what": "portal_code"}], "seq": 16, "sha256": "ab"}',
    ),
    ("away-both", '{"acts": 2, "at_away": {"hash": "0f", "seq": 9}, "away": "b", "name": "Ấp 5"}'),
    ("away-decide", '{"away": "b", "name": "Ấp 5", "side": "home"}'),
    ("away-give-up", '{"away": "b", "reason": "Máy bị mất"}'),
)


@pytest.mark.one_pc("the check of the file, which copies it first")
def test_every_act_is_written_as_it_was_before_it_had_a_class(
    desk: Desk, clock: TableClock, tmp_path: Path
) -> None:
    codes = story(desk, clock)
    at_the_counter(desk, clock)
    of_the_desk(desk, tmp_path)
    behind_its_back(desk, codes["asked"])
    years_later(desk, clock, codes["late"])
    with desk.database.write() as connection:
        run(connection, "UPDATE numbers SET next = 1 WHERE series = 'dossier'")
    repair.check_and_rebuild(desk)
    of_the_catalogue(desk, tmp_path)
    code = of_certification(desk)
    of_people(desk)
    of_scans(desk, code, tmp_path)
    of_personal_data(desk)
    of_the_clock(desk)
    with desk.database.read() as connection:
        found = [
            [entry.act, entry.code, details] for entry, _, details in journal.entries(connection)
        ]
    assert f'"version": "{__version__}"' in found[0][2]
    written = [[act, _without_own(code), _without_own(details)] for act, code, details in found]
    assert written == json.loads(WRITTEN.read_text(encoding="utf-8"))


def test_every_act_is_read_as_what_is_written_again_the_same() -> None:
    written = [(act, details) for act, _, details in json.loads(WRITTEN.read_text("utf-8"))]
    written += _LATER
    assert {act for act, _ in written} == set(facts.BY_ACT)
    for act, details in written:
        fact, proofs = facts.read(act, details), facts.read_envelope(details)
        assert facts.written({**fact.encode(), **proofs.encode()}) == details


def _without_own(text: str) -> str:
    for own, instead in _OWN:
        text = own.sub(instead, text)
    return text


def at_the_counter(desk: Desk, clock: TableClock) -> None:
    """A week's courtesy, a registration of the portal that becomes a dossier, drafts dropped."""
    become(desk, "an")
    before_acceptance.register_online(desk, make_intake(), "G22.2", MONDAY)
    code = intake.accept_dossier(desk, make_intake("Võ Thị Em", portal_code="G22.2")).code
    courtesy.record_visit(desk, ["smile", "greet"], code=code, moment=Moment.GREETING)
    courtesy.record_visit(desk, [], moment=Moment.THANKS)
    courtesy.rate(desk, code, 5)
    courtesy.rate(desk, code, 4)
    due = letters.propose_new_due(desk, code)
    letters.draft_apology(desk, code, "other", due, "Cán bộ nghỉ ốm")
    steps.mark_ready(desk, code)
    courtesy.weekly_card(desk, "an", clock.now.date())
    become(desk, "chi")
    marks = tuple((item.key, Mark.DONE) for item in courtesy.items(desk))
    courtesy.observe(desk, Observation("an", clock.now, marks, "Chào trước", "Nói chậm hơn"))
    printing.log_printed(desk, "", "morning")


def of_certification(desk: Desk) -> str:
    """Two papers of one citizen certified while they wait."""
    become(desk, "an")
    person = make_intake().applicant
    papers = (ToCertify("Học bạ", 3, 5), ToCertify("Căn cước"))
    return certify.certify(desk, Request("2.000815", person, papers, "chi")).dossier.code


def of_scans(desk: Desk, code: str, folder: Path) -> None:
    """A scan added, saved, removed, taken back."""
    become(desk, "an")
    scan = scans.add_scan(desk, code, "CCCD Đào.png", picture("PNG"))
    scans.save_scan(desk, code, scan.number, folder / "exports" / "ra.png")
    scans.remove_scan(desk, code, scan.number, "Quét nhầm")
    scans.restore_scan(desk, code, scan.number)


def of_personal_data(desk: Desk) -> None:
    """A request answered after its term was extended, and a breach."""
    become(desk, "chi")
    asked = personal_data.take_request(
        desk, NewRequest("see", "Võ Thị Em", "0912345678", "Hồ sơ khai sinh")
    )
    personal_data.acknowledge(desk, asked.number_text)
    personal_data.extend(desk, asked.number_text, "Hồ sơ lưu ở kho")
    personal_data.answer(desk, asked.number_text, Outcome.GRANTED, "Đã cho xem")
    personal_data.note_breach(desk, desk.now(), "Mất máy", "Danh sách", 12, "Đã khóa máy")


def of_the_desk(desk: Desk, folder: Path) -> None:
    """Its people, its lists that leave it, its city."""
    become(desk, "dung")
    new = NewOfficial("khanh", "Ngô Gia Khánh", Role.CLERK, "Công chức", practice.PASSWORD)
    accounts.add_official(desk, new)
    accounts.change_password(desk, practice.PASSWORD, "mật khẩu khác")
    numbers = Listing((Column[int]("Mã", str, personal=True),), (1, 2))
    tables.export_table(desk, folder / "exports" / "so.csv", "Sổ theo dõi", numbers, reason=WHY)
    key = wire.public_text(Ed25519PrivateKey.generate())
    unit = desk.settings["unit_code"]
    sending.enrol(desk, Invitation("Thành phố Cần Thơ", unit, "ABCD-EFGH-JKLM-NPQR", key))
    now, law = desk.now(), {"regimes": json.loads(resources.read_text("law/regimes.json"))}
    day = {
        "date": "2027-01-01",
        "kind": "off",
        "name": "Tết Dương lịch",
        "document": "CĐ 1",
        "mark": "",
    }
    year = {"year": 2027, "document": "CĐ 1", "days": [day]}
    with desk.database.write() as connection:
        for number, kind, body in ((1, "law", law), (2, "law", law), (3, "calendar", year)):
            came = Arrival(number, kind, f"Mục {number}", now, now, body, "waiting", None, None, "")
            outbox.add_arrival(connection, came, "")
    updates.take(desk, 1)
    updates.undo(desk, 1)
    updates.leave(desk, 2)
    updates.take(desk, 3)


def of_the_catalogue(desk: Desk, folder: Path) -> None:
    become(desk, "dung")
    choice = OfficeChoice(favourite=True, short_name="Khai sinh", synonyms=("giấy khai sinh",))
    limits = dict.fromkeys(Channel, ("trong ngày",))
    edit = ProcedureEdit("1.001193", document="QĐ 12/QĐ-UBND", limits=limits)
    own_catalogue.set_procedure(desk, edit, choice)
    office_settings.change_settings(desk, {"limits_by_two": True})
    waiting = own_catalogue.set_procedure(desk, replace(edit, code="1.000656")).change
    dropped = own_catalogue.set_procedure(desk, replace(edit, code="1.000894")).change
    assert waiting
    assert dropped
    become(desk, "chi")
    own_catalogue.confirm_change(desk, waiting.id)
    become(desk, "dung")
    own_catalogue.drop_change(desk, dropped.id)
    file = folder / "list.csv"
    file.write_text("Mã TTHC,Tên,Lĩnh vực\n9.999999,Thủ tục riêng,Hộ tịch\n", encoding="utf-8")
    procedure_import.take_import(desk, file, "QĐ 13/QĐ-UBND")


def of_people(desk: Desk) -> None:
    """Who comes in, and who does not."""
    for password in ("sai", "sai", "sai", "sai", "sai"):
        with pytest.raises(Refused):
            accounts.log_in(desk, "khanh", password)
    accounts.log_in(desk, "an", practice.PASSWORD, at_window=True)
    become(desk, "dung")
    people.lift_wait(desk, "khanh")
    people.change(desk, "khanh", title="Công chức tiếp nhận")
    people.switch(desk, "khanh", active=False)
    sheet = recovery.new_sheet(desk)
    recovery.recover(desk, {"chi": practice.PASSWORD}, "dung", sheet.code)


def behind_its_back(desk: Desk, code: str) -> None:
    """Rows are changed without an act; the next acts note it."""
    with desk.database.write() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        raw.execute("UPDATE dossiers SET place = 'Kệ 9' WHERE code = ?", (code,))
        raw.execute("UPDATE settings SET value = '\"khác\"' WHERE key = 'hotline'")
    become(desk, "chi")
    letters.notify(desk, code, How.COUNTER)
    office_settings.change_settings(desk, {"soon_days": 4})


def years_later(desk: Desk, clock: TableClock, code: str) -> None:
    """The clock leaps, the people of a closed dossier are forgotten."""
    clock.now = datetime(2037, 1, 5, 9, 0)
    become(desk, "dung")
    assert anonymise.anonymise(desk, code, "Hết thời hạn lưu").closed
    assert clock.now.date() > date(2037, 1, 1)
    become(desk, "chi")
    before_acceptance.register_online(desk, make_intake(), "G22.3", clock.now)
    put_right(desk, intake.accept_dossier(desk, make_intake()).code)
    mistaken = intake.accept_dossier(desk, make_intake(portal_code="G22.3")).code
    correct.cancel(desk, mistaken, "Nhập nhầm người")
    paper_receipts.restore(desk, "GT-261123-0002", "Giấy còn tốt")


def of_the_clock(desk: Desk) -> None:
    """Somebody looks at the clock, and sets the desk's own."""
    office_clock.confirm(desk)
    office_clock.set_clock(desk, desk.now() + timedelta(minutes=90))
