"""The board of the waiting room: who stands where, and nothing of anybody but the code."""

import os
import re
from datetime import datetime
from pathlib import Path

import pytest

from cchc_desk.actions.boards import lobby
from cchc_desk.actions.dossiers import steps
from cchc_desk.actions.intake import intake
from cchc_desk.actions.lateness import letters
from cchc_desk.domain.lobby import LobbyBoard, LobbyLine, LobbyPart
from cchc_desk.errors import Refused
from cchc_desk.output_file import output_file
from cchc_desk.papers.lobby_page import lobby_page
from cchc_desk.session import Desk
from tests.actions.conftest import TableClock, become, keep_settings, make_intake

NAMES = ("Nguyễn Thị Ánh Đào", "Lê Văn Tám", "Võ Thị Ba", "Cao Thị Bốn")
LATE = datetime(2026, 11, 26, 9, 0)


@pytest.fixture
def codes(desk: Desk, clock: TableClock) -> dict[str, str]:
    """One result that waits, one due today, one put off by a letter, one late without."""
    found = {}
    for number, name in enumerate(NAMES):
        limit = "3 ngày làm việc" if number == 1 else "1 ngày làm việc"
        clock.now = datetime(2026, 11, 23, 10, number)
        found[name] = intake.accept_dossier(
            desk, make_intake(name, limit=limit, id_number=f"09219000123{number}")
        ).code
    steps.mark_ready(desk, found[NAMES[0]])
    clock.now = LATE
    become(desk, "chi")
    letters.draft_and_sign(desk, found[NAMES[2]], "volume", datetime(2026, 11, 30, 9, 0))
    become(desk, "an")
    clock.now = datetime(2026, 11, 27, 8, 0)
    return found


def test_each_stands_in_its_part(desk: Desk, codes: dict[str, str]) -> None:
    board = lobby.board(desk)
    ready, today, put_off, late = (codes[name] for name in NAMES)
    assert [line.code for line in board.of(LobbyPart.READY)] == [ready]
    assert [(line.code, line.said) for line in board.of(LobbyPart.TODAY)] == [
        (today, "trước 10:01")
    ]
    assert {(line.code, line.said) for line in board.of(LobbyPart.SORRY)} == {
        (put_off, "hẹn lại ngày 30/11/2026"),
        (late, "xin hỏi tại quầy"),
    }


def test_nothing_of_anybody_stands_in_the_page_but_codes(
    desk: Desk, codes: dict[str, str], tmp_path: Path
) -> None:
    keep_settings(desk, {"lobby_file": str(tmp_path / "exports" / "bang.html")})
    written = lobby.refresh_board(desk)
    assert written is not None
    page = written.file.read_text("utf-8")
    assert written.lines == 4
    for code in codes.values():
        assert code.partition("-")[2] in page
    shown = page.casefold()
    for name in NAMES:
        assert not any(re.search(rf"\b{word}\b", shown) for word in name.casefold().split())
    for personal in ("09219000123", "0912345678", "nguyễn trãi", "khai sinh"):
        assert personal not in shown


def test_names_are_masked_where_the_office_shows_them(desk: Desk, codes: dict[str, str]) -> None:
    keep_settings(desk, {"lobby_names": True})
    page = lobby_page(lobby.board(desk)).decode()
    assert "Nguyễn T. Á. Đ." in page
    assert "Ánh" not in page
    assert "0912345678" not in page


def test_the_page_loads_and_runs_nothing_and_asks_for_itself_again(
    desk: Desk, codes: dict[str, str]
) -> None:
    keep_settings(desk, {"unit_name": "UBND phường <b>Ninh</b> & Kiều", "lobby_names": True})
    page = lobby_page(lobby.board(desk)).decode()
    assert '<meta http-equiv="refresh" content="60">' in page
    assert "default-src 'none'" in page
    assert not re.search(r"<script|src=|href=|url\(|@import", page)
    assert "UBND phường &lt;b&gt;Ninh&lt;/b&gt; &amp; Kiều" in page
    assert "PHƯỜNG TẬP HUẤN – SỐ LIỆU GIẢ" in page


def test_what_has_no_room_is_counted(desk: Desk, clock: TableClock) -> None:
    for _dossier in range(lobby.MOST + 3):
        steps.mark_ready(desk, intake.accept_dossier(desk, make_intake()).code)
    board = lobby.board(desk)
    assert (len(board.lines), board.more) == (lobby.MOST, 3)
    assert "Còn 3 hồ sơ nữa" in lobby_page(board).decode()


def test_it_goes_on_while_nobody_is_logged_in_and_never_into_the_data(
    desk: Desk, tmp_path: Path
) -> None:
    desk.official = None
    assert lobby.board(desk).lines == ()
    assert lobby.refresh_board(desk) is None
    keep_settings(desk, {"lobby_file": str(tmp_path / "bang.html")})
    with pytest.raises(Refused) as no:
        lobby.refresh_board(desk)
    assert no.value.code == "output-target"


@pytest.mark.skipif(os.name == "nt", reason="the folder's rights hold there")
def test_another_account_may_read_it_for_the_tv_and_no_other_file(
    desk: Desk, tmp_path: Path
) -> None:
    page = lobby.write_board(desk, tmp_path / "exports" / "bang.html").file
    assert page.stat().st_mode & 0o777 == 0o644
    with output_file(tmp_path / "exports" / "so.csv") as out:
        out.write(b"1")
    assert (tmp_path / "exports" / "so.csv").stat().st_mode & 0o777 == 0o600


def board_of(part: LobbyPart, count: int, name: str = "") -> LobbyBoard:
    lines = tuple(LobbyLine(part, f"H13.999-261123-{n:04d}", None, name) for n in range(count))
    return LobbyBoard("Ủy ban nhân dân phường Ninh Kiều", LATE, lines, 0, practice=False)


def test_codes_are_as_large_as_there_is_room_and_never_run_out_of_it() -> None:
    heading = 4  # read from afar, the codes are larger than that
    assert board_of(LobbyPart.READY, 10).type_size(LobbyPart.READY) > heading
    assert board_of(LobbyPart.SORRY, 5).type_size(LobbyPart.SORRY) > heading
    full = board_of(LobbyPart.SORRY, lobby.MOST, "Nguyễn T. Á. Đ.")
    assert lobby.MOST * full.type_size(LobbyPart.SORRY) * (1.25 + 0.95) < 74
    assert full.type_size(LobbyPart.READY) > heading
