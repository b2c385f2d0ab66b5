"""Settings, calendar and law changed by another process bind the open desk from its next act on."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from pathlib import Path

import pytest

import resources
from cchc_desk.actions.catalogue import catalogue
from cchc_desk.actions.dossiers import messages
from cchc_desk.actions.intake import intake
from cchc_desk.actions.lateness import letters
from cchc_desk.actions.office import office_calendar, office_settings
from cchc_desk.actions.people import accounts
from cchc_desk.domain.law.procedure import Channel
from cchc_desk.domain.ledger.facts.courtesy import Visited
from cchc_desk.errors import Refused
from cchc_desk.session import Desk
from cchc_desk.store.ledger import journal
from tests import elsewhere
from tests.actions.conftest import TableClock, become, make_intake

STORM = """ngày;loại;tên;văn bản
24/11/2026;nghỉ lễ;Ngày Văn hóa Việt Nam;NQ 28/2026/QH16
25/11/2026;nghỉ hoán đổi;Nghỉ phòng, chống bão;CĐ 12/CĐ-UBND
"""
DUE = datetime(2026, 11, 25, 10, 0)  # one working day from Monday: the 24th is a holiday


def previewed(desk: Desk) -> datetime:
    preview = intake.preview_promise(desk, "1.001193", Channel.DIRECT, "1 ngày làm việc")
    assert preview.due is not None
    return preview.due.moment


def test_the_next_number_is_of_the_new_block(desk: Desk) -> None:
    assert intake.accept_dossier(desk, make_intake()).code.endswith("-0001")
    elsewhere.change_settings(desk.folder, {"block_first": 501, "block_last": 502})
    codes = [intake.accept_dossier(desk, make_intake()).code[-4:] for _ in range(2)]
    assert codes == ["0501", "0502"]
    with pytest.raises(Refused, match="0501–0502"):
        intake.accept_dossier(desk, make_intake())


def test_what_is_promised_now_is_due_at_closing(desk: Desk) -> None:
    assert previewed(desk) == DUE
    elsewhere.change_settings(desk.folder, {"due_at_closing": True})
    assert previewed(desk) == DUE.replace(hour=17)
    assert intake.accept_dossier(desk, make_intake()).due == DUE.replace(hour=17)


def test_a_promise_is_first_made_by_the_new_settings_without_a_look_before(desk: Desk) -> None:
    elsewhere.change_settings(desk.folder, {"due_at_closing": True, "block_first": 800})
    dossier = intake.accept_dossier(desk, make_intake())
    assert (dossier.due, dossier.code[-4:]) == (DUE.replace(hour=17), "0800")


def test_a_date_worked_out_without_a_dossier_follows(desk: Desk) -> None:
    elsewhere.change_settings(desk.folder, {"due_at_closing": True})
    due = catalogue.deadline(desk, datetime(2026, 11, 23, 10, 0), "1 ngày làm việc")
    assert due.moment == DUE.replace(hour=17)


def test_a_year_confirmed_elsewhere_counts_for_every_act_after(desk: Desk, tmp_path: Path) -> None:
    table = tmp_path / "lich.csv"
    table.write_text(STORM, encoding="utf-8")
    words = ("calendar-enter", str(table), "--year", "2026", "--document", "CĐ 12/CĐ-UBND")
    entered = elsewhere.cchc(desk.folder, "dung", *words)
    assert previewed(desk) == DUE  # nobody has confirmed it
    elsewhere.cchc(desk.folder, "chi", "calendar-confirm", entered["id"])
    assert previewed(desk) == DUE.replace(day=26)
    assert intake.accept_dossier(desk, make_intake()).due == DUE.replace(day=26)
    assert date(2026, 11, 25) in {day.day for day in office_calendar.year_in_force(desk, 2026)}


def test_office_hours_set_elsewhere_are_those_of_a_new_due_date(
    desk: Desk, clock: TableClock
) -> None:
    code = intake.accept_dossier(desk, make_intake()).code
    elsewhere.change_settings(desk.folder, {"office_hours": {"mon-sat": "07:00-11:00"}})
    clock.now = datetime(2026, 11, 27, 16, 0)  # Friday, after the new closing: two days from then
    assert letters.propose_new_due(desk, code) == datetime(2026, 12, 1, 7, 0)


def test_law_taken_elsewhere_is_the_law_of_the_next_dossier(desk: Desk) -> None:
    before = intake.accept_dossier(desk, make_intake())
    regimes = json.loads(resources.read_text("law/regimes.json"))
    newest = dict(regimes[-1]) | {"key": "moi", "valid_from": "2026-11-20"}
    regimes[-1]["valid_to"] = "2026-11-19"
    elsewhere.take_law(desk.folder, [*regimes, newest])
    after = intake.accept_dossier(desk, make_intake())
    assert (before.regime, after.regime) == (regimes[-1]["key"], "moi")


def test_what_the_citizen_hears_names_the_telephone_set_elsewhere(desk: Desk) -> None:
    code = intake.accept_dossier(desk, make_intake()).code
    elsewhere.change_settings(desk.folder, {"hotline": "0292 3820 000"})
    assert "LH 0292 3820 000" in messages.messages_for(desk, code).sms


def test_settings_changed_here_keep_what_another_process_changed(desk: Desk) -> None:
    become(desk, "dung")
    elsewhere.change_settings(desk.folder, {"block_last": 50})
    with pytest.raises(Refused, match="dải số"):
        office_settings.change_settings(desk, {"block_first": 51})
    elsewhere.change_settings(desk.folder, {"office_hours": {"mon-fri": "08:00-12:00"}})
    office_settings.change_settings(desk, {"hotline": "0292 3820 000"})
    assert desk.calendar.sessions_on(date(2026, 11, 23))[0].opens.hour == 8
    assert desk.settings["office_hours"] == {"mon-fri": "08:00-12:00"}


def test_what_was_rolled_back_here_is_not_believed(desk: Desk) -> None:
    become(desk, "dung")
    with pytest.raises(Refused):
        office_settings.change_settings(desk, {"hotline": "1", "block_first": 0})
    assert desk.settings["hotline"] == ""


def test_one_transaction_sees_one_snapshot_though_another_thread_knows_more(desk: Desk) -> None:
    def hotline() -> str:
        with desk.read():
            return str(desk.settings["hotline"])

    with desk.read(), ThreadPoolExecutor(1) as other:
        elsewhere.change_settings(desk.folder, {"hotline": "0292 3820 000"})
        assert other.submit(hotline).result() == "0292 3820 000"
        assert desk.settings["hotline"] == ""
    assert hotline() == "0292 3820 000"


def test_an_act_is_entered_under_who_began_it_though_the_window_is_locked_meanwhile(
    desk: Desk,
) -> None:
    with desk.write() as connection:
        accounts.log_out(desk)
        desk.record(connection, Visited("greeting", ()))
    with desk.read() as connection:
        assert [entry.official for entry, *_ in journal.entries(connection)][-1] == "an"
