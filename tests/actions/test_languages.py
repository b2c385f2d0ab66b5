"""Whatever the window speaks: papers, the ledger and words to citizens stay Vietnamese, to the
byte.
"""

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
from gettext import NullTranslations
from pathlib import Path
from typing import Any

import pytest

from cchc_desk import i18n
from cchc_desk.actions.boards import morning, roster
from cchc_desk.actions.catalogue import process
from cchc_desk.actions.data import opening, upkeep
from cchc_desk.actions.documents import paper_setup, printing, saving
from cchc_desk.actions.dossiers import (
    correct,
    history,
    messages,
    progress,
    reminders,
    steps,
    take_back,
)
from cchc_desk.actions.dossiers.steps import Return
from cchc_desk.actions.intake import before_acceptance, intake, paper_receipts
from cchc_desk.actions.lateness import letters, responsibility
from cchc_desk.actions.lists import taking
from cchc_desk.actions.office import office_calendar, office_settings
from cchc_desk.actions.papers import one_page_history, registers
from cchc_desk.domain.dossiers.dossier import How
from cchc_desk.domain.dossiers.reminders import Asker
from cchc_desk.domain.law.procedure import ProcessStep
from cchc_desk.domain.time.calendar import DayKind, SpecialDay
from cchc_desk.domain.time.deadlines import parse_limit
from cchc_desk.domain.time.pauses import PauseKind
from cchc_desk.errors import Refused, Trouble
from cchc_desk.i18n import in_vietnamese
from cchc_desk.session import Desk
from cchc_desk.settings import BY_KEY
from cchc_desk.store.engine.database import run
from cchc_desk.store.engine.tables import metadata
from cchc_desk.store.ledger import journal
from tests.actions.conftest import MONDAY, WHY, TableClock, become, make_intake
from tests.engines import copy_desk

YEAR = (date(2026, 1, 1), date(2026, 12, 31))
OF_ITS_OWN = (
    "letter",
    "facts_sha256",
    "paper",
    "seal",
    "tables",
)  # what differs from one playing of the same story to the next


class Marked(NullTranslations):
    """A language that says the Vietnamese text between marks: what went through the catalogue can
    be seen.
    """

    def gettext(self, message: str) -> str:
        return f"⟦{message}⟧"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"⟦{msgid1}⟧"


@pytest.fixture(autouse=True)
def vietnamese_again() -> Iterator[None]:
    yield
    i18n.use("vi")


@pytest.fixture
def marked(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Speaks the marked language from the call on."""

    def speak() -> None:
        i18n.use("en")
        monkeypatch.setattr(i18n, "_catalogue", Marked())

    return speak


def story(desk: Desk, clock: TableClock) -> dict[str, str]:
    """A desk's week in which every act with words of its own is done; answers the code of each
    paper's dossier.
    """
    become(desk, "dung")
    process.set_process(desk, "1.007919", [ProcessStep("Thẩm định", "processor", minutes=30)])
    become(desk, "an")
    on_paper = paper_receipts.print_blank(desk, 2)[0]
    paper_receipts.void(desk, on_paper[1], "Giấy bị ướt")
    before_acceptance.register_online(desk, make_intake(), "G22.1", MONDAY)
    refused = before_acceptance.refuse(desk, make_intake(), "Không thuộc thẩm quyền", "G22.1")
    lacking = before_acceptance.ask_for_lacking(
        desk, make_intake(), ["Giấy chứng sinh"], "Thiếu giấy tờ"
    )
    late = intake.accept_dossier(desk, make_intake(limit="2 giờ", paper_receipt=on_paper[0])).code
    asked = intake.accept_dossier(desk, make_intake("Trần Văn Bảo", limit="3 ngày làm việc")).code
    again = intake.accept_dossier(desk, make_intake("Đỗ Văn Cường", limit="3 giờ")).code
    stopped = intake.accept_dossier(desk, make_intake("Lê Thị Bích", limit="5 ngày")).code
    withdrawn = intake.accept_dossier(desk, make_intake("Phạm Văn Lộc", limit="trong ngày")).code
    elsewhere = intake.accept_dossier(desk, make_intake("Hồ Thị Yến", limit="4 giờ 45 phút")).code
    steps.hand_over(desk, [late, again, asked], "binh")
    steps.hand_over(desk, [elsewhere], "binh", agency="Công an phường")
    steps.request_supplement(desk, asked, "Thiếu trích lục")
    steps.tell_supplement(desk, asked, How.PHONE)
    steps.pause(desk, elsewhere, PauseKind.FIELD_CHECK, "Xem thực địa")
    steps.resume(desk, elsewhere)
    steps.oblige(desk, stopped, "Lệ phí trước bạ")
    letters.notify(desk, stopped, How.MESSAGE)
    steps.shelve(desk, stopped, "Kệ 2")
    reminders.remind(desk, late, Asker.CITIZEN, How.PHONE, "Bao giờ xong?")
    reminders.answer(desk, late, "Chiều mai có kết quả")
    clock.now = datetime(2026, 11, 24, 16, 0)
    steps.supplement_brought(desk, asked)
    steps.obligation_met(desk, stopped)
    steps.withdraw(desk, withdrawn, "Đổi ý")
    steps.undo(desk, withdrawn, "Ghi nhầm")
    letters.draft_what_is_owed(desk)
    letters.draft_mistake_letter(desk, stopped, "Ghi sai tên")
    become(desk, "chi")
    due = letters.propose_new_due(desk, late)
    letter = letters.draft_and_sign(
        desk, late, "verification", due, responsible="binh", own_fault=True
    )
    letters.deliver_letter(desk, letter.id, How.COUNTER)
    for code in (late, again):
        responsibility.fix_responsibility(desk, code, "absence", "binh", own_fault=True)
    responsibility.object_to(desk, late, "Chờ xác minh")
    steps.stop(desk, stopped, "Công dân không đủ điều kiện")
    steps.mark_ready(desk, late)
    steps.return_result(desk, late, Return("Nguyễn Thị Ánh Đào", how=How.POST))
    for kind in ("receipt", "apology"):
        printing.log_printed(desk, late, kind)
    move_the_calendar(desk)
    return {
        "late": late,
        "asked": asked,
        "stopped": stopped,
        "refused": refused.id,
        "lacking": lacking.id,
    }


def put_right(desk: Desk, code: str) -> None:
    """A name typed wrong, an entry made by mistake, a hand-over taken back."""
    taken_in = correct.begin(desk, code).taken_in
    who = replace(taken_in.applicant, name="Nguyễn Thị Ánh Đào Hoa", phone="")
    correct.correct(desk, code, replace(taken_in, applicant=who, sets=2), "Gõ nhầm")
    mistaken = intake.accept_dossier(desk, make_intake("Nhập Hai Lần")).code
    steps.hand_over(desk, [mistaken], "binh")
    take_back.undo(desk, mistaken, "Nhầm người")
    correct.cancel(desk, mistaken, "Nhập hai lần")


def move_the_calendar(desk: Desk) -> None:
    """One day of rest more, then shorter hours: open promises move."""
    become(desk, "dung")
    rest = SpecialDay(date(2026, 11, 27), DayKind.OFF, "Nghỉ bão", "CĐ 12/CĐ-UBND", "")
    entered = office_calendar.enter_year(
        desk, 2026, "CĐ 12/CĐ-UBND", [*desk.calendar.days_of(2026)[:1], rest]
    )
    become(desk, "chi")
    assert office_calendar.confirm_year(desk, entered.id)
    hours = {"mon-tue": "07:30-11:30,13:00-17:00"}
    assert office_calendar.moves_by_hours(desk, hours)
    office_settings.change_settings(
        desk, {"office_hours": hours, "hotline": "0292 3812 345"}, move_promises=True
    )


def papers_of(desk: Desk, told: dict[str, str]) -> dict[str, bytes]:
    """Every paper that the desk makes, by its name."""
    become(desk, "chi")
    kinds = dict.fromkeys(paper_setup.KINDS, told["late"]) | {
        "stop": told["stopped"],
        "refusal": told["refused"],
    }
    made = {
        kind: printing.paper_pdf(desk, code, kind)
        for kind, code in (kinds | {"supplement": told["asked"]}).items()
    }
    made["lacking"] = printing.paper_pdf(desk, told["lacking"], "supplement")
    return made | {
        "hand-over slip": registers.hand_over_slip(desk, [told["late"]]),
        "roster": roster.roster(desk),
        "receipt annex": registers.receipt_annex(desk, [told["late"]]),
        "public apologies": registers.apology_list(desk, *YEAR),
        "review list": registers.review_list(desk, 2026),
        "head note": registers.head_note(desk, *YEAR),
    }


def ledger_of(desk: Desk) -> list[tuple[str, dict[str, Any]]]:
    with desk.database.read() as connection:
        found = [
            (entry.act, json.loads(details))
            for entry, _salt, details in journal.entries(connection)
        ]
    for _act, facts in found:
        if facts.get("kind") == "receipt":  # it carries the head of its own ledger
            facts.pop("pdf_sha256", None)
    return [
        (act, {key: value for key, value in facts.items() if key not in OF_ITS_OWN})
        for act, facts in found
    ]


def everything_in(desk: Desk) -> str:
    with desk.database.read() as connection:
        return "\n".join(
            str(run(connection, f"SELECT * FROM {table}").fetchall()) for table in metadata.tables
        )


@pytest.fixture
def second(ward: Path, tmp_path: Path) -> Iterator[tuple[Desk, TableClock]]:
    """Another copy of the same ward, on a clock of its own."""
    clock = TableClock()
    copy_desk(ward, tmp_path / "second")
    opened = opening.open_desk(tmp_path / "second", clock)
    yield opened, clock
    opened.close()


def test_what_is_kept_never_depends_on_the_language_of_the_window(
    desk: Desk, clock: TableClock, second: tuple[Desk, TableClock], marked: Callable[[], None]
) -> None:
    story(desk, clock)
    marked()
    story(*second)
    assert "⟦" not in everything_in(second[0])
    assert ledger_of(second[0]) == ledger_of(desk)
    assert "Chờ xác minh" in everything_in(second[0])


def test_every_paper_is_the_same_to_the_byte(
    desk: Desk, clock: TableClock, marked: Callable[[], None]
) -> None:
    told = story(desk, clock)
    put_right(desk, told["late"])
    in_source = papers_of(desk, told)
    i18n.use("en")
    assert papers_of(desk, told) == in_source
    marked()
    assert papers_of(desk, told) == in_source
    book = registers.register_book(desk, *YEAR, reason=WHY)  # noted: the morning's head moves
    i18n.use("vi")
    assert registers.register_book(desk, *YEAR, reason=WHY) == book


def test_a_history_printed_in_one_language_is_whole_in_another(
    desk: Desk, clock: TableClock
) -> None:
    told = story(desk, clock)
    with desk.database.read() as connection:
        dossier = progress.the_dossier(connection, told["late"])
        text = one_page_history._text(dossier, one_page_history._lines(connection, dossier.code))
    i18n.use("en")
    assert one_page_history.check_history(desk, one_page_history.check_code(text), told["late"]).ok


def test_words_for_the_citizen_stay_vietnamese(
    desk: Desk, clock: TableClock, marked: Callable[[], None]
) -> None:
    told = story(desk, clock)
    codes = [told[name] for name in ("late", "asked", "stopped")]
    in_source = [messages.messages_for(desk, code) for code in codes]
    marked()
    assert [messages.messages_for(desk, code) for code in codes] == in_source


def test_the_window_is_answered_in_its_language(desk: Desk, clock: TableClock) -> None:
    told = story(desk, clock)
    i18n.use("en")
    with desk.database.read() as connection:
        said = [line.words for line in history.lines(connection, told["late"])]
    assert "Handed over Nguyễn Thị Hoài An → Trần Quốc Bình: Processing" in said
    assert "Apology letter drafted: Time needed to verify and check the dossier" in said
    assert "Result returned by post to Nguyễn Thị Ánh Đào" in said
    with pytest.raises(Refused, match=f"The result of dossier {told['late']} was already returned"):
        steps.return_result(desk, told["late"], Return("Nguyễn Thị Ánh Đào"))
    desk.official = None
    with pytest.raises(Refused, match="Log in before doing this"):
        progress.day_board(desk)


def test_numbers_of_the_window_follow_its_language(desk: Desk) -> None:
    assert morning.fuse_words(responsibility.fuse(desk, *YEAR)) == "chưa có hồ sơ nào để tính."
    i18n.use("en")
    assert morning.fuse_words(responsibility.fuse(desk, *YEAR)) == "no dossier to count yet."
    limit = parse_limit("1 ngày làm việc")
    assert (limit.words, limit.text) == ("1 working day", "1 ngày làm việc")
    assert parse_limit("4 giờ 45 phút").words == "4 hours 45 minutes"


def test_every_setting_says_what_it_is_in_each_language() -> None:
    assert BY_KEY["receipt_paper"].about == "Khổ giấy của giấy hẹn"
    i18n.use("en")
    assert BY_KEY["receipt_paper"].about == "Paper size of the receipt"


def test_a_broken_ledger_is_told_in_the_language_of_the_window(
    desk: Desk, marked: Callable[[], None]
) -> None:
    marked()
    with pytest.raises(Refused, match="⟦Đầu sổ cái"):
        upkeep.verify_ledger(desk, "nonsense")


def test_vietnamese_holds_in_one_thread_alone() -> None:
    i18n.use("en")
    heard: list[str] = []
    with in_vietnamese():
        other = threading.Thread(target=lambda: heard.append(parse_limit("2 ngày").words))
        other.start()
        other.join()
        assert parse_limit("2 ngày").words == "2 ngày"
        assert i18n.language() == "vi"
    assert heard == ["2 days"]
    assert i18n.language() == "en"


def test_what_the_operating_system_says_is_told_in_the_language_in_use(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="không có tệp hay thư mục này"):
        saving.save_pdf(b"", tmp_path / "none" / "paper.pdf")
    with pytest.raises(Trouble, match="đó là thư mục, không phải tệp"):
        saving.save_pdf(b"", tmp_path)
    i18n.use("en")
    with pytest.raises(Trouble, match="there is no such file or folder"):
        office_calendar.text_of(tmp_path / "none.csv")
    assert i18n.os_reason(OSError(9999, "something rare")) == "something rare"


def test_what_a_list_leaves_at_the_desk_is_vietnamese(
    desk: Desk, marked: Callable[[], None], tmp_path: Path
) -> None:
    """It comes back on letters and in the ledger, whoever took the list."""
    file = tmp_path / "a.csv"
    rows = "Mã hồ sơ,Ngày tiếp nhận,Ngày hẹn trả\nA.1-261101-0001,01/11/2026,{due}/11/2026\n"
    become(desk, "an")
    marked()
    for due in (28, 30):
        file.write_text(rows.format(due=due), encoding="utf-8")
        taking.take_list(desk, file)
    i18n.use("vi")
    view = progress.show_dossier(desk, "A.1-261101-0001")
    kept = (view.dossier.system, view.dossier.applicant.name, view.dossier.procedure_name)
    assert kept == ("hệ thống khác", "Chủ hồ sơ A.1-261101-0001", "chưa rõ thủ tục")
    assert view.disagreements[0].theirs == "00:00 ngày 30/11/2026"
