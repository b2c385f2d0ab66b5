"""Watched dossiers: thirty days of a province's lists, and their letters."""

import io
import random
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from pathlib import Path

import pypdf
import pytest

from cchc_desk.actions.data import upkeep
from cchc_desk.actions.documents import printing
from cchc_desk.actions.dossiers import correct, progress
from cchc_desk.actions.lateness import letters, responsibility
from cchc_desk.actions.lists import taking
from cchc_desk.actions.lists.preview import Verdict
from cchc_desk.domain.dossiers.dossier import How
from cchc_desk.domain.lists.watched import Difference
from cchc_desk.errors import Refused
from cchc_desk.session import Desk
from tests.actions.conftest import TableClock, become, desk, ward
from tests.actions.lists.containers import xlsx
from tests.actions.lists.provinces import Dossier, igate, make_dossiers

__all__ = ["desk", "ward"]

FIRST_DAY = datetime(2026, 9, 28, 8, 0)
DAYS = 30


@pytest.fixture
def clock() -> TableClock:
    return TableClock()


@dataclass
class Known:
    """What an independent reader of the lists remembers of one dossier."""

    due: datetime
    finished: datetime | None = None
    asked: bool = False


class Province:
    """A made-up system: it gives out a list a day, late, with changed dates and lost rows."""

    def __init__(self, dice: random.Random) -> None:
        self.dice = dice
        self.now = FIRST_DAY
        self.dossiers: list[Dossier] = []

    def work_a_day(self) -> None:
        """Take dossiers in, finish some, quietly change a due date, note an end a day late."""
        for _new in range(self.dice.randrange(1, 5)):
            (made,) = make_dossiers(1, self.dice)
            number = len(self.dossiers) + 1
            received = self.now.replace(hour=self.dice.randrange(7, 16), minute=7)
            due = received + timedelta(days=self.dice.choice((1, 3, 7)))
            self.dossiers.append(
                replace(
                    made,
                    number=number,
                    code=f"H57.32-{received:%y%m%d}-{number:04d}",
                    submitted=received,
                    received=received,
                    due=due.replace(hour=16, minute=30),
                    finished=None,
                    state="Đang xử lý",
                )
            )
        for place, one in enumerate(self.dossiers):
            if one.finished is None and self.dice.random() < 0.2:
                done = max(one.received + timedelta(hours=2), self.now - timedelta(hours=3))
                self.dossiers[place] = replace(one, finished=done, state="Đã trả kết quả")
            elif one.finished is None and self.dice.random() < 0.05:
                moved = one.due + timedelta(days=5)
                self.dossiers[place] = replace(one, due=moved)

    def give_out(self) -> list[Dossier]:
        """Return today's list: some rows are lost, the newest come a day late."""
        return [
            one
            for one in self.dossiers
            if self.dice.random() > 0.05 and one.received.date() < self.now.date()
        ]


def write(file: Path, rows: list[Dossier], dice: random.Random) -> Path:
    file.write_bytes(xlsx(igate(rows, dice).rows))
    return file


def remember(known: dict[str, Known], rows: list[Dossier], now: datetime) -> None:
    for one in rows:
        found = known.setdefault(one.code, Known(one.due.replace(second=0)))
        if one.finished and found.finished is None:
            found.finished = one.finished.replace(second=0, microsecond=0)


def is_late(one: Known, now: datetime) -> bool:
    return (one.finished or now) > datetime.combine(one.due.date(), time(23, 59))


def test_thirty_days_of_lists_end_each_day_in_the_count_of_an_independent_reader(
    desk: Desk, tmp_path: Path, clock: TableClock
) -> None:
    dice = random.Random(31)
    province, known = Province(dice), dict[str, Known]()
    first_file: Path | None = None
    for number in range(DAYS):
        province.now = clock.now = FIRST_DAY + timedelta(days=number)
        province.work_a_day()
        rows = province.give_out()
        if not rows:
            continue
        become(desk, "an")
        file = write(tmp_path / f"{number}.xlsx", rows, dice)
        first_file = first_file or file
        taking.take_list(desk, file)
        remember(known, rows, clock.now)
        check_day(desk, known, clock.now)
        if number % 5 == 4:  # an older list read again changes nothing
            before = state(desk)
            taking.take_list(desk, first_file, again=True)
            assert state(desk) == before
    assert len(known) > 40
    assert any(is_late(one, clock.now) for one in known.values())
    what = {d.what for code in known for d in progress.show_dossier(desk, code).disagreements}
    assert what >= {Difference.DUE, Difference.GONE}
    become(desk, "chi")
    assert upkeep.verify_ledger(desk).problems == ()


def check_day(desk: Desk, known: dict[str, Known], now: datetime) -> None:
    rows = {row.code: row for row in progress.find_dossiers(desk, limit=10_000)}
    assert rows.keys() == known.keys()
    for code, one in known.items():
        assert rows[code].first_due == one.due
        assert rows[code].late == is_late(one, now), code
        assert bool(rows[code].letters_owed) == is_late(one, now), code
    late = sum(is_late(one, now) for one in known.values())
    done = sum(one.finished is not None for one in known.values())
    open_late = sum(is_late(one, now) and not one.finished for one in known.values())
    fuse = responsibility.fuse(desk, FIRST_DAY.date(), now.date()).fuse
    assert (fuse.late, fuse.total) == (late, done + open_late)
    assert responsibility.strikes(desk, now.year) == ()


def state(desk: Desk) -> list[tuple[str, datetime, bool, int]]:
    rows = progress.find_dossiers(desk, limit=10_000)
    return [(row.code, row.first_due, row.late, row.letters_owed) for row in rows]


def test_a_late_watched_dossier_has_its_letter_its_strike_and_its_one_reappointment(
    desk: Desk, tmp_path: Path, clock: TableClock
) -> None:
    (made,) = make_dossiers(1, random.Random(3))
    received = clock.now - timedelta(days=10)
    made = replace(
        made,
        code=f"H57.32-{received:%y%m%d}-0001",
        submitted=received,
        received=received,
        due=clock.now - timedelta(days=3),
        finished=None,
        state="Đang xử lý",
        official="Lê Văn Bình",
    )
    taking.take_list(desk, write(tmp_path / "a.xlsx", [made], random.Random(1)))
    (owed,) = letters.draft_what_is_owed(desk)
    assert owed.code == made.code
    new_due = letters.propose_new_due(desk, made.code)
    drafted = letters.draft_apology(desk, made.code, "volume", new_due)
    become(desk, "chi")
    signed = letters.sign_letter(desk, drafted.id)
    letters.deliver_letter(desk, signed.id, How.COUNTER)
    view = progress.show_dossier(desk, made.code)
    assert view.dossier.field == ""  # this list names none: nor does the letter
    pages = pypdf.PdfReader(io.BytesIO(printing.paper_pdf(desk, made.code, "apology"))).pages
    assert "lĩnh vực" not in "".join(page.extract_text() for page in pages)
    assert view.dossier.second_due == new_due
    assert view.history[0].words.startswith(
        "Theo dõi từ danh sách VNPT iGate, dòng 3"
    )  # the last of its rows
    assert view.problems == ()
    assert view.allowed["print-receipt"] is not None
    assert "danh sách" in view.allowed["print-receipt"]
    # another list with a later date is a disagreement, no second re-appointment
    become(desk, "an")
    moved = replace(made, due=clock.now + timedelta(days=20))
    taking.take_list(desk, write(tmp_path / "b.xlsx", [moved], random.Random(1)))
    view = progress.show_dossier(desk, made.code)
    assert view.dossier.second_due == new_due
    assert [one.what for one in view.disagreements] == [Difference.DUE]


def test_a_dossier_taken_in_here_and_found_in_a_list_is_never_counted_twice(
    desk: Desk, tmp_path: Path, clock: TableClock
) -> None:
    from cchc_desk.actions.intake import intake
    from tests.actions.conftest import make_intake

    own = intake.accept_dossier(desk, make_intake())
    (made,) = make_dossiers(1, random.Random(3))
    listed = replace(
        made, code=own.code, received=own.accepted, due=own.first_due, submitted=own.accepted
    )
    done = taking.take_list(
        desk,
        write(
            tmp_path / "a.xlsx",
            [replace(listed, finished=None, state="Đang xử lý")],
            random.Random(1),
        ),
    )
    assert done.taken == 0
    (row,) = progress.find_dossiers(desk)
    assert row.code == own.code
    later = replace(listed, finished=clock.now, state="Đã xử lý xong")
    taking.take_list(desk, write(tmp_path / "b.xlsx", [later], random.Random(1)))
    view = progress.show_dossier(desk, own.code)
    assert view.dossier.ready is None  # only the desk says when its own are ready
    assert [one.what for one in view.disagreements] == [Difference.FINISHED]


def test_a_processor_takes_no_list(desk: Desk, tmp_path: Path) -> None:
    file = write(tmp_path / "a.xlsx", make_dossiers(3, random.Random(1)), random.Random(1))
    become(desk, "binh")
    with pytest.raises(Refused) as caught:
        taking.take_list(desk, file)
    assert caught.value.code == "role"


def test_a_row_that_was_cancelled_here_is_skipped_and_the_others_are_taken(
    desk: Desk, tmp_path: Path
) -> None:
    dice = random.Random(4)
    made = make_dossiers(6, dice)
    file = tmp_path / "ds.xlsx"
    file.write_bytes(xlsx(igate(made[:4], dice).rows))
    assert taking.take_list(desk, file).taken == 4
    correct.cancel(desk, made[0].code, "Nhầm tệp")
    file.write_bytes(xlsx(igate(made, dice).rows))
    taken = taking.take_list(desk, file)
    assert taken.taken == 2
    (skipped,) = [one for one in taken.preview.rows if one.row.code == made[0].code]
    assert skipped.verdict is Verdict.SKIPPED
    assert "đã hủy ở đây" in str(skipped.problems[0])
    assert upkeep.verify_ledger(desk).ok
