"""Nonsense from outside is refused at its door with a sentence, and nothing is changed."""

import json
from pathlib import Path
from typing import Any

import pytest

from cchc_desk import console
from tests.console.test_console import DOSSIER
from tests.console.test_registers import Tell, empty_ward, tell

__all__ = ["empty_ward", "tell"]


def file_of(folder: Path, content: Any) -> str:
    (folder / "file.json").write_text(json.dumps(content), encoding="utf-8")
    return str(folder / "file.json")


def with_person(**changes: Any) -> dict[str, Any]:
    return DOSSIER | {"applicant": DOSSIER["applicant"] | changes}


@pytest.mark.parametrize(
    "name",
    [
        *("...", "12345", "-", "''", "=1+1", "http://a.b", "«»", "½", "ª", "{0}"),
        *(
            "www.abc.vn",
            "a@b.vn",
            "mailto:a",
            "javascript:alert(1)",
            "Lan a@b.vn",
        ),
    ],
)
def test_a_name_has_letters(tell: Tell, tmp_path: Path, name: str) -> None:
    assert tell("an", "accept", file_of(tmp_path, with_person(name=name))) == {
        "refused": "name-letters"
    }


@pytest.mark.parametrize("name", ["", " ", "\u2800", "\u00ad"])
def test_a_name_that_nobody_sees_is_none(tell: Tell, tmp_path: Path, name: str) -> None:
    assert tell("an", "accept", file_of(tmp_path, with_person(name=name))) == {
        "refused": "name-empty"
    }


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (with_person(id_number="abc"), "id-digits"),
        (with_person(phone="xyz"), "phone-digits"),
        (with_person(sex="?"), "sex-unknown"),
        (DOSSIER | {"received": "2019-11-23T09:00"}, "received-long-ago"),
        (DOSSIER | {"received": "2025-11-23T09:00"}, "received-long-ago"),
        (DOSSIER | {"received": "2026-11-23"}, "file-field"),  # a day alone is no moment
        (DOSSIER | {"chanel": "post"}, "file-field"),
        (DOSSIER | {"Applicant": {}}, "file-field"),
        (with_person(adress="x"), "file-field"),
        (DOSSIER | {"submitter": {"name": "Bảy", "is": "con"}}, "file-field"),
        (DOSSIER | {"papers": [{"name": "Tờ khai", "orignal": 1}]}, "file-field"),
    ],
)
def test_what_cannot_be_meant_is_not_taken(
    tell: Tell, tmp_path: Path, content: dict[str, Any], code: str
) -> None:
    assert tell("an", "accept", file_of(tmp_path, content)) == {"refused": code}
    assert tell("an", "find", "")["dossiers"] == []


def test_a_name_has_letters_at_every_door(tell: Tell, tmp_path: Path) -> None:
    code = tell("an", "accept", file_of(tmp_path, DOSSIER | {"limit": "2 giờ"}))["code"]
    tell("an", "ready", code)
    moved = {"applicant": {"name": "..."}}
    request = ("personal-data", "request", "--kind", "see", "--contact", "0912345678")
    for refused, *words in (
        ("name-letters", "correct", code, file_of(tmp_path, moved), "--reason", "gõ nhầm tên"),
        ("returned-to", "return", code, "--to", "12345"),
        ("returned-to", "return", code, "--to", "http://a.b"),
        ("request-field", *request, "--about", "xem dữ liệu", "--person", "..."),
    ):
        assert tell("an", *words) == {"refused": refused}
    (letter,) = (tell("an", "mistake-letter", code, "--reason", "Ghi nhầm họ tên"),)
    tell("chi", "sign", letter["letter"])
    said = tell("an", "deliver", letter["letter"], "--how", "counter", "--to", "=1+1")
    assert said == {"refused": "returned-to"}
    assert tell("an", "return", code, "--to", "Đào")["status"] == 10


def test_an_officials_file_has_no_unknown_key(tell: Tell, tmp_path: Path) -> None:
    new = {"id": "em", "name": "Võ Thị Em", "role": "clerk", "titel": "Công chức"}
    assert tell("dung", "official", "add", file_of(tmp_path, new)) == {"refused": "file-field"}


def test_papers_of_last_december_may_still_come_in_january(tell: Tell, tmp_path: Path) -> None:
    late = DOSSIER | {"received": "2026-12-31T15:00"}
    assert "code" in tell("an", "accept", file_of(tmp_path, late), now="2027-01-04T08:00")


def test_an_unknown_key_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], empty_ward: Path
) -> None:
    file = file_of(tmp_path, {"steps": [], "step": []})
    words = ["--data", str(empty_ward), "--as", "chi", "process", "1.001193", "--file", file]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CCHC_PASSWORD", "practice")
        assert console.main(words) == 1
    assert "«step»" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    [
        ("strikes", "--year", "-1"),
        ("strikes", "--year", "10000"),
        ("strikes", "--year", "1" + "0" * 20),
        ("numbers", "--year", "0"),
        ("courtesy", "report", "--from", "2026-01-01", "--to", "9999-12-31"),
        ("courtesy", "card", "--week", "0001-01-01"),
        ("show", "a\0b"),
        ("deadline", "--accepted", "0001-01-01T00:00", "--limit", "3 ngày"),
    ],
)
def test_a_number_is_bounded_before_anything_is_counted_with_it(
    tell: Tell, words: tuple[str, ...]
) -> None:
    assert tell("chi", *words) == {"refused": "usage"}


def test_a_check_code_of_thousands_of_digits_is_none(tell: Tell, tmp_path: Path) -> None:
    code = tell("an", "accept", file_of(tmp_path, DOSSIER))["code"]
    said = tell("an", "check-history", "9" * 5000 + "-3F9A-01BC-77D2", "--code", code)
    assert said.get("ok") is False or "refused" in said


def test_a_day_alone_is_no_moment(tell: Tell) -> None:
    limit = ("--limit", "1 ngày làm việc")
    assert tell("an", "deadline", "--accepted", "2026-11-23", *limit) == {"refused": "usage"}
    assert "due" in tell("an", "deadline", "--accepted", "2026-11-23T10:00", *limit)


ENDLESS = Path("/dev/zero")


@pytest.mark.skipif(not ENDLESS.exists(), reason="this system has no file without an end")
def test_a_file_without_an_end_is_read_only_so_far(tell: Tell, tmp_path: Path) -> None:
    """Read whole it would take all of the machine's memory: here no more than a part of it."""
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (4 << 30, before[1]))
    try:
        said = [
            tell(who, *words)
            for who, *words in (
                ("an", "accept", str(ENDLESS)),
                ("dung", "official", "add", str(ENDLESS)),
                ("dung", "procedure-import", str(ENDLESS)),
                ("chi", "calendar-enter", str(ENDLESS), "--year", "2027", "--document", "TB 1"),
                ("chi", "list-read", str(ENDLESS)),
                ("chi", "take", str(ENDLESS)),
                ("chi", "enrol", str(ENDLESS)),
            )
        ]
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)
    assert [one["refused"] for one in said] == [
        *("usage", "usage", "sheet-file", "calendar-file", "sheet-file", "too-large", "invitation")
    ]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"name": "a@b.vn"}, "official-name"),
        ({"name": "x" * 300}, "text-long"),
        ({"title": "x" * 300}, "text-long"),
    ],
)
def test_an_official_has_a_name_that_fits_on_paper(
    tell: Tell, tmp_path: Path, changes: dict[str, str], code: str
) -> None:
    new = {"id": "em", "name": "Võ Thị Em", "role": "clerk"} | changes
    assert tell("dung", "official", "add", file_of(tmp_path, new)) == {"refused": code}


@pytest.mark.parametrize("bad", ["...", "www.abc.vn", "12345"])
def test_a_name_has_letters_before_acceptance_and_on_a_signature_too(
    tell: Tell, tmp_path: Path, bad: str
) -> None:
    portal = ("--portal-code", "000.00.00.H13-261123-0007", "--submitted", "2026-11-23T08:00")
    submitter = DOSSIER | {"submitter": {"name": bad}}
    company = DOSSIER | {
        "applicant": {"kind": "organisation", "name": "Công ty A", "representative": bad}
    }
    refusal = {"refused": "name-letters"}
    for content in (with_person(name=bad), submitter, company):
        assert tell("an", "accept", file_of(tmp_path, content)) == refusal
        assert tell("an", "register", file_of(tmp_path, content), *portal) == refusal
        refused = content | {"reason": "Không đúng thẩm quyền"}
        assert tell("an", "refuse", file_of(tmp_path, refused)) == refusal
    said = tell("chi", "signer", "chi", "--title", bad, "--form", "TM")
    assert said == {"refused": "signer-title"}


@pytest.mark.parametrize(
    ("code", "submitted", "refused"),
    [
        ("x", "2026-11-23T08:00", "portal-code"),
        ("'; drop table 1", "2026-11-23T08:00", "portal-code"),
        ("000.00.00.H13-261123-0007", "2019-11-23T08:00", "received-long-ago"),
    ],
)
def test_a_registration_of_the_portal_has_a_code_and_is_of_these_weeks(
    tell: Tell, tmp_path: Path, code: str, submitted: str, refused: str
) -> None:
    portal = ("--portal-code", code, "--submitted", submitted)
    assert tell("an", "register", file_of(tmp_path, DOSSIER), *portal) == {"refused": refused}
    assert tell("an", "registrations")["registrations"] == []
