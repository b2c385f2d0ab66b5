"""The first PC of a ward whose server was just made ready: docs/ward.md, step by step."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from cchc_desk.actions.data import opening, wards
from cchc_desk.errors import Trouble
from tests.ui.conftest import MakeWindow, log_in, press
from tests.ui.first_run.test_first_run import PASSWORD, choose_ward, enter, people, wizard
from tools.postgres import running_postgres


def test_whoever_joined_an_empty_ward_sets_it_up_in_the_window(
    make_window: MakeWindow, tmp_path: Path
) -> None:
    desk, invitation = tmp_path / "desk", tmp_path / "thu-moi-1.json"
    with running_postgres() as server:
        wards.make_ready(server.replace("+psycopg", ""), invitation)
        wards.join(desk, invitation, "Quầy 1")
        with pytest.raises(Trouble) as trouble:
            opening.open_desk(desk)
        assert trouble.value.code == "no-desk"

        window = make_window(desk)
        assert not wizard(window).open.isVisible()
        choose_ward(window)
        assert not wizard(window).desk.encrypt.isVisible()
        enter(window, "31", "", "", "", "", "", "")
        people(window)
        assert "Dữ liệu nằm ở máy chủ của phường." in wizard(window).summary.text()
        press(window, Qt.Key.Key_Return)
        assert len(wizard(window).sheet.code.text().split("-")) == 8
        press(window, Qt.Key.Key_F9)
        log_in(window, "dao", PASSWORD)
        enter(window, "mưa rào tháng bảy", "mưa rào tháng bảy")
        assert window.who.text() == "Nguyễn Thị Ánh Đào"
        assert window.desk.on_server
        assert not (desk / "desk.db").exists()
        window.close()
