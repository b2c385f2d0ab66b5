"""The verbs of certification: words in, JSON out."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.console.test_registers import empty_ward, tell

__all__ = ["empty_ward", "tell"]
Tell = Callable[..., dict[str, Any]]


def test_certify_answers_numbers_and_sum_and_the_book_has_the_lines(
    tell: Tell, tmp_path: Path
) -> None:
    file = tmp_path / "certify.json"
    papers = [{"name": "Bằng lái xe", "copies": 3}, {"name": "Học bạ", "copies": 1, "pages": 12}]
    asked = {
        "procedure": "2.000815",
        "applicant": {"name": "Nguyễn Thị Ánh Đào"},
        "papers": papers,
        "signer": "chi",
    }
    file.write_text(json.dumps(asked), encoding="utf-8")
    done = tell("an", "certify", str(file))
    assert (done["status"], done["numbers"], done["copies"]) == (10, [1, 2], 4)
    assert (done["volume"], done["fee"]) == ("01/2026-SCT/BS", 20_000)
    period = ("--from", "2026-11-01", "--to", "2026-11-30")
    lines = tell("an", "certifications", *period)["lines"]
    assert [(line["number"], line["paper"], line["fee"]) for line in lines] == [
        (1, "Bằng lái xe", 6_000),
        (2, "Học bạ", 14_000),
    ]
    assert tell("an", "numbers")["series"][0]["symbol"] == "SCT/BS"
    book = tmp_path / "so.pdf"
    assert tell("an", "certification-book", *period, "--out", str(book))["pages"] == 1
    assert book.read_bytes().startswith(b"%PDF")
    empty = tell("an", "certifications", *period, "--book", "contract")
    assert empty["lines"] == []


def test_the_rule_says_what_is_missing(tell: Tell, tmp_path: Path) -> None:
    file = tmp_path / "certify.json"
    file.write_text(json.dumps({"procedure": "2.000884", "applicant": {}, "papers": []}))
    assert tell("an", "certify", str(file)) == {"refused": "certify-id-number"}
