"""The monthly drill of the copies: what it sees, when it is due, its record."""

from datetime import timedelta

import pytest

from cchc_desk.actions.boards.morning import morning
from cchc_desk.actions.data import drill, upkeep
from cchc_desk.actions.intake import intake
from cchc_desk.errors import Refused
from cchc_desk.papers.pdf import page_count
from cchc_desk.session import Desk
from tests.actions.conftest import TableClock, become, make_intake

pytestmark = pytest.mark.one_pc("copies of the file")


def test_a_sound_copy_is_opened_compared_and_noted(desk: Desk, clock: TableClock) -> None:
    intake.accept_dossier(desk, make_intake())
    made = upkeep.backup(desk).copy
    intake.accept_dossier(desk, make_intake())
    become(desk, "dung")
    done = drill.drill(desk)
    assert (done.ok, done.facts.dossiers, done.facts.copy) == (True, 1, made.file.name)
    assert done.facts.head == upkeep.head_text(made.head)
    assert drill.last_drill(desk) == done
    assert upkeep.verify_ledger(desk).problems == ()
    assert page_count(drill.record_pdf(desk, done)) == 1


def test_a_flipped_copy_fails_the_drill_and_the_record_says_why(
    desk: Desk, clock: TableClock
) -> None:
    file = upkeep.backup(desk).copy.file
    content = bytearray(file.read_bytes())
    content[5000] ^= 1
    become(desk, "chi")
    # the same length: only its bytes tell
    file.write_bytes(bytes(content))
    done = drill.drill(desk)
    assert not done.ok
    assert "đã bị đổi từ khi chép" in done.facts.problems[0]
    assert "bytes" in done.facts.failed
    assert drill.record_pdf(desk, done).startswith(b"%PDF")


def test_without_a_copy_and_without_the_right_there_is_no_drill(desk: Desk) -> None:
    for official, code in (("an", "role"), ("dung", "no-copy")):
        become(desk, official)
        with pytest.raises(Refused) as refused:
            drill.drill(desk)
        assert refused.value.code == code


def test_the_day_board_says_when_a_drill_is_due(desk: Desk, clock: TableClock) -> None:
    assert morning(desk).drill == ""
    clock.now += timedelta(days=31)
    assert morning(desk).drill.startswith("Chưa lần nào kiểm tra bản sao")
    upkeep.backup(desk)
    become(desk, "dung")
    drill.drill(desk)
    assert morning(desk).drill == ""
    clock.now += timedelta(days=31)
    assert "Đã một tháng" in morning(desk).drill
