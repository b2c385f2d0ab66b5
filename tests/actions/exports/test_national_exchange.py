"""The file for other systems: the ten national states, the fields as the data names them, who took
it in the ledger.
"""

import csv
import json
from datetime import date
from pathlib import Path

import pytest

from cchc_desk.actions.dossiers import steps
from cchc_desk.actions.exports import national_exchange
from cchc_desk.actions.intake import intake
from cchc_desk.errors import Refused, Trouble
from cchc_desk.session import Desk
from cchc_desk.store.ledger import journal
from tests.actions.conftest import WHY, TableClock, become, make_intake

DAY = date(2026, 11, 23)


def test_dossiers_leave_in_the_names_and_states_of_the_exchange(
    desk: Desk, tmp_path: Path, clock: TableClock
) -> None:
    exports = tmp_path / "exports"
    become(desk, "chi")
    codes = [
        intake.accept_dossier(desk, make_intake(name)).code
        for name in ("Nguyễn Thị Ánh Đào", '=HYPERLINK("x")')
    ]
    steps.mark_ready(desk, codes[0])
    steps.withdraw(desk, codes[1], "Xin rút")
    assert national_exchange.export_exchange(desk, exports / "hoso.json", DAY, DAY, WHY) == 2
    first, second = json.loads((exports / "hoso.json").read_text(encoding="utf-8"))["HoSo"]
    assert tuple(first) == national_exchange.field_names()
    assert first["MaHoSo"] == codes[0]
    assert first["ChuHoSo"] == "Nguyễn Thị Ánh Đào"
    assert (first["TrangThaiHoSo"], second["TrangThaiHoSo"]) == ("9", "7")
    assert (first["NgayTiepNhan"], first["NgayKetThucXuLy"], first["NgayTra"]) == (
        "20261123100000",
    ) * 2 + ("",)
    assert (first["KenhThucHien"], first["MaTTHC"]) == ("1", "1.001193")
    national_exchange.export_exchange(desk, exports / "hoso.csv", DAY, DAY, WHY)
    with (exports / "hoso.csv").open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.DictReader(file)) == [first, second]
    with desk.database.read() as connection:
        taken = [
            json.loads(details)
            for entry, _salt, details in journal.entries(connection)
            if entry.act == "export"
        ]
    assert [(facts["title"], facts["lines"]) for facts in taken] == [
        ("exchange", 2),
        ("exchange", 2),
    ]


def test_a_period_without_dossiers_a_wrong_one_and_a_place_that_cannot_be_written(
    desk: Desk, tmp_path: Path
) -> None:
    become(desk, "chi")
    exports = tmp_path / "exports"
    assert national_exchange.export_exchange(desk, exports / "khong.json", DAY, DAY, WHY) == 0
    with pytest.raises(Refused, match="kỳ phải"):
        national_exchange.export_exchange(desk, exports / "x.json", DAY, date(2026, 11, 22), WHY)
    with pytest.raises(Trouble):
        national_exchange.export_exchange(desk, exports / "khong-co" / "x.json", DAY, DAY, WHY)
