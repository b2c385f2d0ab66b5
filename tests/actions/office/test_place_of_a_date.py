"""The place before a date: the bare name, in full for persons, events and numbers, and that of the
committee that was named at set-up.
"""

from dataclasses import replace
from pathlib import Path

import pytest

from cchc_desk.actions.data import new_desk
from cchc_desk.actions.office import places
from cchc_desk.actions.training import practice


@pytest.mark.parametrize(
    ("unit_name", "place"),
    [
        ("Ủy ban nhân dân phường Ninh Kiều", "Ninh Kiều"),
        ("Ủy ban nhân dân phường Xuân Khánh, quận Ninh Kiều", "Xuân Khánh"),
        ("Ủy ban nhân dân phường Ngô Quyền", "Phường Ngô Quyền"),
        ("UỶ BAN NHÂN DÂN XÃ Nguyễn Phích", "Xã Nguyễn Phích"),
        ("Ủy ban nhân dân phường 1 Bảo Lộc", "Phường 1 Bảo Lộc"),
        ("Ủy ban nhân dân phường Điện Biên Phủ", "Phường Điện Biên Phủ"),
        ("Chi cục Thuế khu vực XIX", ""),
    ],
)
def test_the_place_of_a_committee(unit_name: str, place: str) -> None:
    assert places.place_in(unit_name) == place


@pytest.mark.parametrize(
    ("change", "unit_name", "place"),
    [
        ({}, "Ủy ban nhân dân phường Ninh Kiều", "Ninh Kiều"),
        (
            {"province": "Hải Phòng", "commune": "Ngô Quyền", "unit_name": None},
            "Ủy ban nhân dân Phường Ngô Quyền",
            "Phường Ngô Quyền",
        ),
        (
            {"unit_name": "Ủy ban nhân dân phường Xuân Khánh"},
            "Ủy ban nhân dân phường Xuân Khánh",
            "Xuân Khánh",
        ),
        (
            {"unit_name": "Ban Quản lý chợ nổi", "place": "Cái Răng"},
            "Ban Quản lý chợ nổi",
            "Cái Răng",
        ),
        ({"unit_name": "Ban Quản lý chợ nổi"}, "Ban Quản lý chợ nổi", "Ninh Kiều"),
    ],
)
def test_a_new_desk_dates_its_papers_from_its_own_place(
    tmp_path: Path, change: dict[str, str | None], unit_name: str, place: str
) -> None:
    plan = replace(practice.plan(), **change)  # type: ignore[arg-type]
    desk = new_desk.set_up(tmp_path / "desk", plan)
    assert desk.settings["unit_name"] == unit_name
    assert desk.settings["place"] == place


def test_every_unit_named_after_somebody_is_one_of_today() -> None:
    codes = {
        commune.code: commune.name
        for province in places.provinces()
        for commune in places.communes(province.code)
    }
    for row in places._rows("communes/named_after.csv"):
        assert codes[row["code"]] == row["name"]
        assert row["mark"] == "G"
