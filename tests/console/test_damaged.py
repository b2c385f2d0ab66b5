"""One damaged value is one damaged line: the desk goes on around it."""

import json
import os
import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tools.campaign import damage
from tools.campaign.damage import TUESDAY, Damage, Ward

SAMPLE = 24
pytestmark = pytest.mark.one_pc("values that a typed column cannot hold")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ward]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(os.environ, "CCHC_PASSWORD", "practice")
        yield damage.make_full_ward(tmp_path_factory.mktemp("whole") / "ward")


@pytest.fixture
def ward(whole: Ward, tmp_path: Path) -> Ward:
    (tmp_path / "ward").mkdir()
    (tmp_path / "ward" / "desk.db").write_bytes((whole.folder / "desk.db").read_bytes())
    return Ward(tmp_path / "ward")


@pytest.mark.sweep
def test_a_sample_of_the_campaign(whole: Ward, tmp_path: Path) -> None:
    """All of it: python -m tools.campaign.damage (docs/reliability.md)."""
    every = list(damage.damages_of(whole.folder / "desk.db"))
    sample = random.Random(7).sample(every, SAMPLE)
    counts, faults = damage.campaign(sample, whole, tmp_path)
    assert [f"{fault.damage} {fault.verb}: {fault.said}" for fault in faults] == []
    assert counts["damaged"] > SAMPLE / 2


@pytest.mark.parametrize(
    ("column", "kind"),
    [("first_due", "text"), ("status", "huge"), ("limit_text", "bad JSON"), ("code", "blob")],
)
def test_a_damaged_dossier_is_a_line_and_named_on_the_day_board(
    ward: Ward, column: str, kind: str
) -> None:
    before = len(ward.do("an", "find", "")["dossiers"])
    last = str(ward.do("an", "find", "")["dossiers"][-1]["code"])
    assert damage.inflict(ward.folder / "desk.db", Damage("dossiers", column, kind))
    found = ward.do("an", "find", "")["dossiers"]
    assert len(found) == before
    (bad,) = [row for row in found if row.get("damaged")]
    assert bad["name"] == "hồ sơ bị hỏng"
    assert bad["code"] in ward.do("an", "today")["damaged"]
    assert ward.do("an", "show", last if bad["code"] != last else found[0]["code"])["code"]
    code, answer = ward.run("an", "show", bad["code"])
    assert (code, answer["error"]["code"]) in ((3, "row-unreadable"), (1, "unknown-dossier"))


@pytest.mark.parametrize("kind", ["negative", "huge"])
@pytest.mark.parametrize(("table", "column"), [("dossiers", "n"), ("applicants", "dossier")])
def test_a_damaged_number_of_a_row_stops_no_other_dossier(
    ward: Ward, table: str, column: str, kind: str
) -> None:
    assert damage.inflict(ward.folder / "desk.db", Damage(table, column, kind))
    file = ward.file("accept.json", damage.DOSSIER)
    assert ward.do("an", "accept", file, now=TUESDAY)["code"]


@pytest.mark.parametrize("kind", ["huge", "real"])
def test_a_damaged_number_of_a_book_makes_no_gaps_without_end(ward: Ward, kind: str) -> None:
    """It took all the memory of the machine."""
    assert damage.inflict(ward.folder / "desk.db", Damage("certifications", "number", kind))
    with less_memory():
        assert ward.do("an", "numbers")


@contextmanager
def less_memory() -> Iterator[None]:
    """Two gigabytes more than the process has now, so that a test never takes the machine's."""
    import resource

    before = resource.getrlimit(resource.RLIMIT_AS)
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    resource.setrlimit(resource.RLIMIT_AS, (pages * resource.getpagesize() + 2**31, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)


@pytest.mark.parametrize(
    ("table", "column", "kind"),
    [
        ("journal", "seq", "negative"),
        ("journal", "hash", "no UTF-8"),
        ("process_steps", "minutes", "text"),
        ("process_steps", "minutes", "negative"),
    ],
)
def test_what_hangs_on_a_damaged_row_goes_on_and_verify_names_it(
    ward: Ward, table: str, column: str, kind: str
) -> None:
    before = ward.do("an", "verify", now=TUESDAY)["problems"]
    assert damage.inflict(ward.folder / "desk.db", Damage(table, column, kind))
    assert ward.do("an", "today", now=TUESDAY)
    assert ward.do("an", "accept", ward.file("accept.json", damage.DOSSIER), now=TUESDAY)["code"]
    assert set(ward.do("an", "verify", now=TUESDAY)["problems"]) - set(before)


@pytest.mark.parametrize("kind", ["text", "real", "no UTF-8"])
def test_a_damaged_number_of_a_letter_stops_no_morning(ward: Ward, kind: str) -> None:
    assert damage.inflict(ward.folder / "desk.db", Damage("letters", "number", kind))
    assert ward.do("an", "today")
    assert ward.do("an", "draft-letters")
    assert ward.do("an", "morning-sheet", "--out", str(ward.folder.parent / "sheet.pdf"))


def test_a_dossier_that_lost_its_promise_keeps_no_other_from_its_letter(ward: Ward) -> None:
    assert damage.inflict(ward.folder / "desk.db", Damage("promises", "dossier", "text"))
    assert "letters" in ward.do("an", "draft-letters")


def test_a_dossier_whose_code_is_none_keeps_no_other_from_its_letter(ward: Ward) -> None:
    assert damage.inflict(ward.folder / "desk.db", Damage("dossiers", "code", "no UTF-8"))
    assert "letters" in ward.do("an", "draft-letters")


@pytest.mark.parametrize(
    ("table", "column"),
    [("frozen_papers", "frozen"), ("journal", "at"), ("promises", "made")],
)
def test_a_moment_of_another_zone_is_a_damaged_one(ward: Ward, table: str, column: str) -> None:
    """Compared with one of the desk it would be an error of the program."""
    assert damage.inflict(ward.folder / "desk.db", Damage(table, column, "zone"))
    assert ward.run("an", "verify")[1]["ok"] is False
    assert ward.run("an", "verify", "--recent")[0] == 0


@pytest.mark.parametrize("kind", ["zone", "bad date", "blob"])
def test_a_damaged_request_of_a_citizen_stops_no_morning(
    ward: Ward, tmp_path: Path, kind: str
) -> None:
    assert damage.inflict(ward.folder / "desk.db", Damage("citizen_requests", "answer_by", kind))
    assert ward.do("an", "morning-sheet", "--out", str(tmp_path / "x.pdf"), now=TUESDAY)
    period = ("--from", "2026-01-01", "--to", "2026-12-31")
    assert ward.do("chi", "personal-data", "requests", *period)["requests"] == []


@pytest.mark.parametrize("column", ["series", "period"])
def test_a_name_of_a_series_that_is_no_text_stops_no_act_and_is_named(
    ward: Ward, tmp_path: Path, column: str
) -> None:
    assert damage.inflict(ward.folder / "desk.db", Damage("numbers", column, "blob"))
    file = tmp_path / "accept.json"
    file.write_text(json.dumps(damage.DOSSIER), encoding="utf-8")
    assert ward.do("an", "accept", str(file))["code"]
    assert ward.do("an", "verify")["ok"] is False
    assert ward.run("an", "check")[0] == 0


def test_a_bad_form_of_a_submitter_takes_down_no_list(ward: Ward) -> None:
    """SQLite itself reads that JSON, and would refuse the whole list."""
    assert damage.inflict(ward.folder / "desk.db", Damage("applicants", "submitter", "bad JSON"))
    assert [row for row in ward.do("an", "find", "")["dossiers"] if row.get("damaged")]


def test_a_damaged_symbol_of_a_slip_stops_no_list_of_numbers(ward: Ward) -> None:
    before = {one["symbol"] for one in ward.do("chi", "numbers")["series"]}
    assert damage.inflict(ward.folder / "desk.db", Damage("slips", "symbol", "no UTF-8"))
    assert {one["symbol"] for one in ward.do("chi", "numbers")["series"]} <= before


def test_a_letter_that_is_no_utf_8_is_shown_with_a_sign(ward: Ward) -> None:
    assert damage.inflict(ward.folder / "desk.db", Damage("applicants", "name", "no UTF-8"))
    names = {row["name"] for row in ward.do("an", "find", "")["dossiers"]}
    assert any("\ufffd" in name for name in names)
    assert ward.do("dung", "verify")["ok"] is False


@pytest.mark.parametrize(
    "spoil",
    [
        "UPDATE settings SET value = '{' WHERE key = 'office_hours'",
        "UPDATE settings SET value = '\"x\"' WHERE key = 'block_last'",
        "DELETE FROM settings WHERE key = 'desk_id'",
        "DELETE FROM schema",
        "UPDATE schema SET version = -1",
        "DROP TABLE schema",
        "DROP TABLE journal",
        "DROP TABLE dossiers",
        "ALTER TABLE dossiers RENAME COLUMN status TO state",
    ],
)
def test_without_its_foundations_the_desk_says_so_and_what_to_do(ward: Ward, spoil: str) -> None:
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(ward.folder / "desk.db")) as connection, connection:
        connection.execute(spoil)
    code, answer = ward.run("an", "today")
    assert (code, answer["error"]["code"]) == (3, "damaged")
    assert "khôi phục bản sao gần nhất" in answer["error"]["message"]
