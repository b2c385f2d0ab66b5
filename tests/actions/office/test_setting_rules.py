"""A setting is held against the same rules at set-up and on its page; one set-up at a time."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Barrier

import pytest

from cchc_desk.actions.data import new_desk, opening
from cchc_desk.actions.dossiers import progress
from cchc_desk.actions.intake import intake
from cchc_desk.actions.office import office_settings
from cchc_desk.actions.training import practice
from cchc_desk.errors import Refused
from cchc_desk.session import Desk
from cchc_desk.store.engine.set_up_lock import alone_in
from tests.actions.conftest import become, keep_settings, make_intake

RLO = "\N{RIGHT-TO-LEFT OVERRIDE}"


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("unit_code", ""),
        ("unit_code", "h13.999"),
        ("unit_code", "../../x"),
        ("unit_name", ""),
        ("unit_name", "..."),
        ("parent_agency", "   "),
        ("place", ""),
        ("desk_name", "-"),
        ("desk_name", "Quầy " + "x" * 400),
        ("letter_symbol", ""),
        ("letter_symbol", "PXL UBND"),
        ("letter_symbol", "אבג"),
        ("supplement_symbol", "05/../x"),
        ("refusal_symbol", "=1+1"),
        ("stop_symbol", "TB\nUBND;"),
        ("city_proxy", "file:///etc/passwd"),
        ("city_proxy", "ftp://a"),
        ("city_proxy", "http://"),
        ("city_proxy", "http://a:99999"),
        ("city_proxy", "javascript:1"),
        ("mirror_second", "fr"),
        ("practice", False),
        ("receipt_offset", [1]),
        ("receipt_offset", [1, 1e9]),
        ("receipt_offset", ["x", 1]),
        ("block_first", 9999),
        ("letter_block_last", 0),
        ("copy_first", 50_000),
    ],
)
def test_the_page_takes_nothing_that_set_up_would_not(desk: Desk, key: str, value: object) -> None:
    become(desk, "dung")
    if key == "block_first":
        office_settings.change_settings(desk, {"block_last": 5})
    if key == "copy_first":
        office_settings.change_settings(desk, {"copy_last": 5})
    before = desk.settings[key]
    with pytest.raises(Refused) as refused:
        office_settings.change_settings(desk, {key: value})
    assert refused.value.field == key
    assert desk.settings[key] == before


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("city_proxy", "http://10.0.0.1:3128"),
        ("city_proxy", "https://proxy.cantho.gov.vn/"),
        ("city_proxy", ""),
        ("letter_symbol", "PXL-TTPVHCC"),
        ("letter_symbol", "QĐ-UBND"),
        ("unit_code", "000.00.31.H13"),
        ("desk_name", "Quầy 2"),
        ("hotline", ""),
        ("local_order", "Quyết định 15/2024/QĐ-UBND ngày 05/6/2024 của UBND thành phố"),
    ],
)
def test_what_offices_really_write_is_taken(desk: Desk, key: str, value: str) -> None:
    become(desk, "dung")
    office_settings.change_settings(desk, {key: value})
    assert desk.settings[key] == value


def test_a_mark_that_turns_the_text_round_is_cleaned_away(desk: Desk) -> None:
    become(desk, "dung")
    office_settings.change_settings(desk, {"letter_symbol": f"PXL{RLO}-UBND"})
    assert desk.settings["letter_symbol"] == "PXL-UBND"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"unit_name": "..."}, "unit_name"),
        ({"parent_agency": "?"}, "parent_agency"),
        ({"place": "-"}, "place"),
        ({"desk_name": "!"}, "desk_name"),
        ({"hotline": "0" * 400}, "hotline"),
        ({"unit_code": "H13.31\n"}, "unit_code"),
    ],
)
def test_set_up_takes_nothing_that_the_page_would_not(
    tmp_path: Path, change: dict[str, str], field: str
) -> None:
    plan = replace(practice.plan(), **change)  # type: ignore[arg-type]
    with pytest.raises(Refused) as refused:
        new_desk.set_up(tmp_path / "desk", plan)
    assert refused.value.field == field
    assert not (tmp_path / "desk").exists()


def test_of_two_set_ups_at_once_one_makes_the_desk(tmp_path: Path) -> None:
    folder, together = tmp_path / "desk", Barrier(4)

    def set_up(number: int) -> str:
        together.wait()
        try:
            plan = replace(practice.plan(), desk_name=f"Quầy {number}")
            new_desk.set_up(folder, plan).close()
        except Refused as refused:
            return refused.code
        return ""

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(set_up, range(4)))
    assert sorted(answers) == ["", "desk-exists", "desk-exists", "desk-exists"]
    desk = opening.open_desk(folder)
    assert desk.settings["desk_name"] == f"Quầy {answers.index('')}"
    desk.close()
    assert not [
        file.name
        for file in folder.iterdir()
        if not file.name.startswith(("desk.db", "desk.witness"))
    ]


def test_a_set_up_that_was_killed_keeps_no_other_out(tmp_path: Path) -> None:
    (tmp_path / "set-up.lock").write_bytes(b"")
    (tmp_path / "desk.new").write_bytes(b"half a desk")
    new_desk.set_up(tmp_path, practice.plan()).close()
    assert opening.desk_exists(tmp_path)
    with alone_in(tmp_path):
        assert (tmp_path / "set-up.lock").exists()
    assert not (tmp_path / "set-up.lock").exists()


def test_dossiers_of_a_desk_whose_code_has_small_letters_are_still_opened(desk: Desk) -> None:
    keep_settings(desk, {"unit_code": "h13.999"})  # as an older version took it
    code = intake.accept_dossier(desk, make_intake()).code
    assert code.startswith("h13.999-")
    assert progress.show_dossier(desk, code).dossier.code == code
