"""The verbs of lists: read, taken as watched dossiers, taken again."""

import random
from datetime import timedelta
from pathlib import Path

from python_calamine import CalamineWorkbook

from tests.actions.lists.containers import xlsx
from tests.actions.lists.provinces import LAYOUTS, make_dossiers
from tests.console.test_registers import Tell, code, empty_ward, tell

__all__ = ["code", "empty_ward", "tell"]


def a_list(file: Path, count: int = 12) -> Path:
    dice = random.Random(4)
    file.write_bytes(xlsx(LAYOUTS["igate"](make_dossiers(count, dice), dice).rows))
    return file


def test_a_list_is_read_and_nothing_is_written(tell: Tell, tmp_path: Path) -> None:
    answer = tell("an", "list-read", str(a_list(tmp_path / "ds.xls")))
    assert answer["layout"] == "igate"
    assert answer["heading_row"] == 1
    assert answer["columns"]["due"] == "Ngày hẹn trả"
    assert answer["counts"] == {
        "new": 12, "newer": 0, "same": 0, "differs": 0, "unreadable": 0, "skipped": 1,
    }  # fmt: skip
    assert {row["verdict"] for row in answer["rows"]} == {"new", "skipped"}
    assert len(answer["sha256"]) == 64
    assert tell("an", "find", answer["rows"][0]["code"])["dossiers"] == []
    layouts = tell("an", "list-layouts")["layouts"]
    assert {"igate", "opencps", "td-list"} <= {layout["key"] for layout in layouts}


def test_a_taken_list_is_watched_and_the_same_bytes_are_refused(tell: Tell, tmp_path: Path) -> None:
    file, result = a_list(tmp_path / "ds.xlsx"), tmp_path / "kq.xlsx"
    taken = tell("an", "list-take", str(file), "--result", str(result))
    assert taken["taken"] == taken["counts"]["new"] == 12
    rows = CalamineWorkbook.from_path(result).get_sheet_by_index(0).to_python()
    assert rows[0][:2] == ["Dòng", "Mã hồ sơ"]
    assert len(rows) == 1 + len(taken["rows"])
    code = taken["rows"][0]["code"]
    shown = tell("an", "show", code)
    assert shown["origin"] == "list"
    assert shown["system"] == "VNPT iGate"
    assert shown["disagreements"] == []
    assert shown["promises"][0]["due"] == taken["rows"][0]["due"]
    assert tell("an", "list-take", str(file)) == {"refused": "list-again"}
    again = tell("an", "list-take", str(file), "--again")
    assert again["taken"] == 0
    assert again["counts"]["same"] == 12
    assert tell("chi", "verify")["ok"]


def test_what_is_no_list_is_refused_with_its_reason(tell: Tell, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("Họ tên,Lớp\nAn,5A\n", encoding="utf-8")
    assert tell("an", "list-read", str(file)) == {"refused": "list"}
    file.write_bytes(b"\xd0\xcf\x11\xe0" + bytes(600))
    assert tell("an", "list-read", str(file)) == {"refused": "sheet-file"}


def test_an_unknown_layout_is_mapped_by_the_clerk(tell: Tell, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text(
        "Khóa,Ai,Vào,Ra\nA.1-261101-0001,Lê Ba,01/11/2026,30/11/2026\n", encoding="utf-8"
    )
    assert tell("an", "list-read", str(file)) == {"refused": "list"}
    chosen = "Khóa=code,Vào=received,Ra=due,Ai=owner"
    answer = tell("an", "list-read", str(file), "--map", chosen)
    assert answer["columns"]["due"] == "Ra"
    assert [row["verdict"] for row in answer["rows"]] == ["new"]


def test_another_due_date_is_a_disagreement_and_the_promise_stays(
    tell: Tell, tmp_path: Path
) -> None:
    dice = random.Random(4)
    made = make_dossiers(6, dice)
    file = tmp_path / "ds.xlsx"
    file.write_bytes(xlsx(LAYOUTS["igate"](made, dice).rows))
    first = tell("an", "list-take", str(file))
    from dataclasses import replace

    later = [replace(made[0], due=made[0].due + timedelta(days=9)), *made[1:5]]
    file.write_bytes(xlsx(LAYOUTS["igate"](later, dice).rows))
    second = tell("an", "list-take", str(file))
    assert second["counts"]["differs"] == 1
    due = first["rows"][0]["due"]
    shown = tell("an", "show", made[0].code)
    assert shown["due"] == due
    (found,) = shown["disagreements"]
    assert found["what"] == "due"
    assert found["seen"]
    gone = tell("an", "show", made[5].code)
    open_there = made[5].finished is None
    assert [one["what"] for one in gone["disagreements"]] == (["gone"] if open_there else [])


def test_figures_of_the_desk_and_of_lists_add_up(tell: Tell, tmp_path: Path) -> None:
    tell("an", "list-take", str(a_list(tmp_path / "ds.xlsx", 30)))
    period = ("--from", "2026-01-01", "--to", "2026-12-31")
    found = {one: tell("chi", "fuse", *period, "--origin", one) for one in ("all", "desk", "list")}
    assert found["all"] == tell("chi", "fuse", *period)
    assert found["list"]["late"] > 0
    for part in ("late", "total"):
        assert found["all"][part] == found["desk"][part] + found["list"][part]
    for part in ("late", "apologised", "told_in_time"):
        whole = [found[one]["apologies"][part] for one in ("all", "desk", "list")]
        assert whole[0] == whole[1] + whole[2]
    assert found["all"]["apologies"]["late"] == len(found["all"]["dossiers"])
    assert tell("chi", "strikes", "--origin", "list")["officials"] == []


def test_a_code_of_a_list_is_joined_and_parted(tell: Tell, code: str) -> None:
    theirs = "H57.32-261123-0009"
    said = {"code": code, "theirs": theirs}
    assert tell("an", "list-same", code, "--theirs", theirs) == said
    assert tell("an", "list-same", code, "--theirs", theirs, "--undo") == said
    ledger = tell("an", "show", code)["ledger"]
    assert f"Không phải cùng một hồ sơ với mã {theirs}" in ledger[-1]["words"]


RECEIPT = """Mã số hồ sơ: H57.132-261104-0583 - Số phiếu: 26.10229
Công dân/ Tổ chức: LÊ THỊ BƯỞI
Tên hồ sơ: Đăng ký khai sinh
Ngày nhận: 10:56 04/11/2026; ngày hẹn trả: 10:56 01/12/2026."""


def test_a_receipt_is_shown_first_and_watched_with_yes(tell: Tell, tmp_path: Path) -> None:
    file = tmp_path / "bien-nhan.txt"
    file.write_text(RECEIPT, encoding="utf-8")
    shown = tell("an", "list-receipt", str(file))
    assert (shown["code"], shown["verdict"], shown["taken"]) == ("H57.132-261104-0583", "new", 0)
    assert (shown["layout"], shown["labels"]["due"]) == ("counter-page", "ngày hẹn trả")
    assert tell("an", "find", shown["code"])["dossiers"] == []
    assert tell("an", "list-receipt", str(file), "--yes")["taken"] == 1
    assert tell("an", "show", shown["code"])["due"] == "2026-12-01T10:56"
    assert tell("an", "list-receipt", str(file), "--yes") == {"refused": "receipt-known"}
    assert tell("binh", "list-receipt", str(file), "--yes") == {"refused": "role"}
    file.write_text("xin chào", encoding="utf-8")
    assert tell("an", "list-receipt", str(file)) == {"refused": "receipt"}
    assert tell("chi", "verify")["ok"]
