"""What the clerk says once about lists: columns, names, codes, the other system's due date."""

import random
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from cchc_desk.actions.data import upkeep
from cchc_desk.actions.dossiers import progress
from cchc_desk.actions.intake import intake
from cchc_desk.actions.lateness import letters
from cchc_desk.actions.lists import matching, preview, taking
from cchc_desk.actions.lists.preview import Verdict
from cchc_desk.domain.lists.fields import Field
from cchc_desk.domain.lists.watched import Difference
from cchc_desk.errors import Refused
from cchc_desk.session import Desk
from tests.actions.conftest import TableClock, become, desk, make_intake, ward
from tests.actions.lists.containers import xlsx
from tests.actions.lists.provinces import Dossier, igate, make_dossiers

__all__ = ["desk", "ward"]


@pytest.fixture
def clock() -> TableClock:
    return TableClock()


def write(file: Path, rows: list[Dossier]) -> Path:
    file.write_bytes(xlsx(igate(rows, random.Random(1)).rows))
    return file


def received_on(day: datetime, count: int = 1) -> list[Dossier]:
    """Open dossiers of a province that were received on a day and are due in four days."""
    made = make_dossiers(count, random.Random(3))
    return [
        replace(
            one,
            code=f"H57.32-{day:%y%m%d}-{number:04d}",
            submitted=day,
            received=day,
            due=day + timedelta(days=4),
            finished=None,
            state="Đang xử lý",
            official="Lý Văn Xa",
        )
        for number, one in enumerate(made, 1)
    ]


def test_columns_that_the_clerk_named_are_known_the_next_time(desk: Desk, tmp_path: Path) -> None:
    head = "Khóa,Ai,Vào,Ra"
    file = tmp_path / "a.csv"
    file.write_text(f"{head}\nA.1-261101-0001,Lê Ba,01/11/2026,30/11/2026\n", encoding="utf-8")
    with pytest.raises(Refused):
        preview.preview_list(desk, file)
    chosen = {
        "Khóa": Field.CODE, "Ai": Field.OWNER, "Vào": Field.RECEIVED, "Ra": Field.DUE,
    }  # fmt: skip
    assert taking.take_list(desk, file, chosen=chosen).taken == 1
    file.write_text(
        f"  {head.upper()}\nA.1-261102-0002,Lê Tư,02/11/2026,30/11/2026\n", encoding="utf-8"
    )
    found = preview.preview_list(desk, file)
    assert found.list.reading.layout is not None
    assert found.list.reading.layout.key.startswith("own-")
    assert [one.verdict for one in found.rows] == [Verdict.NEW]
    assert taking.take_list(desk, file).taken == 1
    become(desk, "chi")
    assert upkeep.verify_ledger(desk).problems == ()


def test_a_name_in_lists_is_asked_about_once(desk: Desk, tmp_path: Path, clock: TableClock) -> None:
    first, second, last = received_on(clock.now - timedelta(days=2), 3)
    found = preview.preview_list(desk, write(tmp_path / "a.xlsx", [first, last]))
    assert "Lý Văn Xa" in matching.unknown_officials(desk, found)
    with pytest.raises(Refused) as caught:
        matching.name_official(desk, "Lý Văn Xa", "nobody")
    assert caught.value.code == "unknown-official"
    matching.name_official(desk, "LÝ  VĂN XA", "binh")
    found = preview.preview_list(desk, write(tmp_path / "b.xlsx", [second, last]))
    assert "Lý Văn Xa" not in matching.unknown_officials(desk, found)
    taking.take_list(desk, tmp_path / "b.xlsx")
    assert progress.show_dossier(desk, second.code).dossier.holder == "binh"


def test_a_dossier_of_ours_under_another_code_is_joined_by_the_clerks_yes(
    desk: Desk, tmp_path: Path, clock: TableClock
) -> None:
    own = intake.accept_dossier(desk, make_intake())
    view = progress.show_dossier(desk, own.code).dossier
    (other,) = received_on(clock.now)
    listed = replace(other, owner=view.applicant.name, procedure=view.procedure_name)
    file = write(tmp_path / "a.xlsx", [listed])
    (same,) = matching.likely_same(desk, preview.preview_list(desk, file))
    assert (same.theirs, same.ours) == (listed.code, own.code)
    matching.join_code(desk, same.ours, same.theirs)
    matching.part_code(desk, same.ours, same.theirs)
    assert matching.likely_same(desk, preview.preview_list(desk, file)) == (same,)
    matching.join_code(desk, same.ours, same.theirs)
    done = taking.take_list(desk, file)
    assert done.taken == 0
    assert [row.code for row in progress.find_dossiers(desk)] == [own.code]
    assert matching.likely_same(desk, preview.preview_list(desk, file)) == ()
    finished = replace(listed, finished=clock.now, state="Đã trả kết quả")
    taking.take_list(desk, write(tmp_path / "b.xlsx", [finished]))
    what = {one.what for one in progress.show_dossier(desk, own.code).disagreements}
    assert Difference.FINISHED in what
    assert Difference.GONE not in what
    with pytest.raises(Refused) as caught:
        matching.join_code(desk, own.code, own.code)
    assert caught.value.code == "already-watched"
    with pytest.raises(Refused) as caught:
        matching.part_code(desk, same.ours, same.theirs)
    assert caught.value.code == "list-taken"


def test_the_other_due_date_is_taken_over_as_the_one_reappointment(
    desk: Desk, tmp_path: Path, clock: TableClock
) -> None:
    (one,) = received_on(clock.now - timedelta(days=8))
    taking.take_list(desk, write(tmp_path / "a.xlsx", [one]))
    with pytest.raises(Refused) as caught:
        matching.accept_their_due(desk, one.code, "volume")
    assert caught.value.code == "no-other-due"
    later = (clock.now + timedelta(days=3)).replace(hour=16, minute=0)
    taking.take_list(desk, write(tmp_path / "b.xlsx", [replace(one, due=later)]))
    letter = matching.accept_their_due(desk, one.code, "volume")
    assert letter.new_due == later
    first = progress.show_dossier(desk, one.code).dossier
    assert first.second_due is None  # a draft binds nobody
    become(desk, "chi")
    letters.sign_letter(desk, letter.id)
    assert progress.show_dossier(desk, one.code).dossier.second_due == later
