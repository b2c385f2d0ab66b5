"""The verbs of the office's catalogue: a procedure set and confirmed, a list imported."""

import json
from pathlib import Path
from typing import Any

from tests.console.test_registers import Tell, empty_ward, tell

__all__ = ["empty_ward", "tell"]


def file_of(folder: Path, content: dict[str, Any]) -> str:
    file = folder / "procedure.json"
    file.write_text(json.dumps(content), encoding="utf-8")
    return str(file)


def test_a_procedure_is_set_from_a_file_of_what_changes(tell: Tell, tmp_path: Path) -> None:
    wanted = {
        "code": "1.001193",
        "limit": "trong ngày",
        "document": "QĐ 12/QĐ-UBND",
        "document_date": "2026-11-02",
        "fee": {"unit": "case", "amount": 8000},
        "papers": [{"name": "Tờ khai", "original": 1}],
        "short_name": "Khai sinh",
        "synonyms": ["giấy khai sinh"],
        "favourite": True,
        "order": 1,
    }
    answer = tell("dung", "procedure", "set", file_of(tmp_path, wanted))
    assert (answer["code"], answer["version"]) == ("1.001193", "2026-11-23")
    assert answer["changed"]["fee"]["after"] == "8.000 đồng/trường hợp"
    shown = tell("an", "procedure", "show", "1.001193")
    assert shown["limit_status"] == "confirmed"
    assert shown["confirmation"]["document_date"] == "2026-11-02"
    assert [shown["short_name"], shown["favourite"], shown["order"]] == ["Khai sinh", True, 1]
    assert [version["version"] for version in shown["versions"]] == ["2026-11-23", "2026-07-17"]
    assert tell("an", "procedure", "set", file_of(tmp_path, wanted)) == {"refused": "role"}
    wrong = {"code": "1.001193", "fee": {"unit": "page", "amount": "8000"}}
    assert tell("dung", "procedure", "set", file_of(tmp_path, wrong)) == {"refused": "fee"}
    typo = {"code": "1.001193", "limti": "trong ngày"}
    assert tell("dung", "procedure", "set", file_of(tmp_path, typo)) == {"refused": "file-field"}


def test_a_list_is_compared_then_taken(tell: Tell, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text(
        "code,name,field,time_limit,fee,documents\n"
        "1.001193,Thủ tục đăng ký khai sinh,Hộ tịch,,,\n"
        "9.111111,Cấp giấy đi đường,Giao thông,3 ngày,5.000 đồng/lần,Đơn | Bản sao\n"
        "xx,Không mã,Hộ tịch,,,\n",
        encoding="utf-8",
    )
    preview = tell("dung", "procedure-import", str(file))
    assert preview["counts"] == {"new": 1, "changed": 0, "same": 1, "skipped": 0, "unreadable": 1}
    assert [row["verdict"] for row in preview["rows"]] == ["same", "new", "unreadable"]
    assert tell("an", "procedure", "show", "9.111111") == {"refused": "unknown-procedure"}
    taken = tell("dung", "procedure-import", str(file), "--take", "--document", "QĐ 5")
    assert taken["taken"]
    shown = tell("an", "procedure", "show", "9.111111")
    assert [paper["name"] for paper in shown["papers"]] == ["Đơn", "Bản sao"]
    assert shown["changes"][0]["document"] == "QĐ 5"
