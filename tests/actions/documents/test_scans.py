"""Scans kept with a dossier: what is taken and what is refused, put away, forgotten, checked."""

import io
import os
import random
import struct
import time
import zlib
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from cchc_desk.actions.data import opening, upkeep
from cchc_desk.actions.documents import scans
from cchc_desk.actions.dossiers import anonymise, progress, steps, take_back
from cchc_desk.actions.intake import intake
from cchc_desk.domain.dossiers.scans import ScanKind
from cchc_desk.errors import Refused, Trouble
from cchc_desk.session import Desk
from cchc_desk.store.engine import backup
from cchc_desk.store.engine.database import run
from tests.actions.conftest import TableClock, become, keep_settings, make_intake
from tests.engines import by_hand


@pytest.fixture
def code(desk: Desk) -> str:
    return intake.accept_dossier(desk, make_intake()).code


def picture(form: str = "JPEG", side: int = 60) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (side, side), "white").save(buffer, form)
    return buffer.getvalue()


def pdf(change: Callable[[pikepdf.Pdf], None] | None = None, **how: object) -> bytes:
    buffer = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page(page_size=(595, 842))
        if change:
            change(document)
        document.save(buffer, **how)
    return buffer.getvalue()


def refusal(desk: Desk, code: str, content: bytes) -> str:
    with pytest.raises(Refused) as refused:
        scans.add_scan(desk, code, "quet.pdf", content)
    assert refused.value.field == "file"
    return refused.value.code


# --- taken ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (picture("JPEG"), ScanKind.JPEG),
        (picture("PNG"), ScanKind.PNG),
        (pdf(), ScanKind.PDF),
        (pdf(object_stream_mode=pikepdf.ObjectStreamMode.generate), ScanKind.PDF),
    ],
)
def test_a_file_is_known_by_its_content_and_comes_back_as_it_was(
    desk: Desk, code: str, tmp_path: Path, content: bytes, kind: ScanKind
) -> None:
    file = tmp_path / "cccd.exe"  # what it is called says nothing
    file.write_bytes(content)
    scan = scans.add_file(desk, code, file)
    assert (scan.kind, scan.name, scan.size) == (kind, "cccd.exe", len(content))
    assert scans.list_scans(desk, code) == (scan,)
    target = tmp_path / "exports" / scans.file_name(scan)
    assert target.suffix == f".{kind.value}"
    scans.save_scan(desk, code, scan.number, target)
    assert target.read_bytes() == scans.scan_content(desk, code, scan.number) == content
    acts = [line.act for line in progress.show_dossier(desk, code).history]
    assert acts[-2:] == ["add-scan", "save-scan"]
    assert upkeep.verify_ledger(desk).ok


def test_the_same_file_twice_too_many_and_too_large_are_refused(desk: Desk, code: str) -> None:
    keep_settings(desk, {"scan_most_files": 2, "scan_most_mb": 1})
    scans.add_scan(desk, code, "a.jpg", picture())
    assert refusal(desk, code, picture()) == "scan-known"
    assert refusal(desk, code, picture() + b"\0" * 2**20) == "scan-size"
    scans.add_scan(desk, code, "b.png", picture("PNG"))
    assert refusal(desk, code, picture("PNG", 61)) == "scan-count"


# --- hostile --------------------------------------------------------------------------------------


def script(document: pikepdf.Pdf) -> None:
    document.Root.OpenAction = pikepdf.Dictionary(
        S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)")
    )


def enclosed(document: pikepdf.Pdf) -> None:
    document.attachments["x.exe"] = b"MZ"


def huge_page(document: pikepdf.Pdf) -> None:
    document.pages[0].MediaBox = [0, 0, 200_000, 200_000]


def large_pages(document: pikepdf.Pdf) -> None:
    for _number in range(10):
        document.add_blank_page(page_size=(4000, 4000))


def huge_picture(document: pikepdf.Pdf) -> None:
    kind = {"Type": pikepdf.Name.XObject, "Subtype": pikepdf.Name.Image}
    document.pages[0].Resources = pikepdf.Dictionary(
        XObject={"/A": pikepdf.Stream(document, b"x", **kind, Width=60_000, Height=60_000)}
    )


def many_pages(document: pikepdf.Pdf) -> None:
    for _number in range(40):
        document.add_blank_page(page_size=(595, 842))


def png_of(wide: int, high: int) -> bytes:
    """The head of a picture of these sides, its pixels a few bytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", wide, high, 8, 2, 0, 0, 0))
    pixels = chunk(b"IDAT", zlib.compress(b""))
    return b"\x89PNG\r\n\x1a\n" + head + pixels + chunk(b"IEND", b"")


def bomb() -> bytes:
    """A PDF whose packed objects would take 64 MB."""
    packed = zlib.compress(b" " * (64 * 2**20), 9)
    head = (
        b"%%PDF-1.7\n1 0 obj\n<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>\nstream\n"
    )
    return head % len(packed) + packed + b"\nendstream\nendobj\n%%EOF\n"


PACKED = {"object_stream_mode": pikepdf.ObjectStreamMode.generate}
HOSTILE: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "scan-type"),
    "a program": (b"MZ\x90\0" + b"\0" * 100, "scan-type"),
    "a page of the web": (b"<html><script>", "scan-type"),
    "a picture of another kind": (picture("GIF"), "scan-type"),
    "a program with a PDF behind it": (b"MZ" + pdf(), "scan-type"),
    "half a JPEG": (picture("JPEG", 200)[:-300], "scan-broken"),
    "half a PNG": (picture("PNG", 200)[:-20], "scan-broken"),
    "half a PDF": (pdf()[:-60], "scan-broken"),
    "no PDF behind its beginning": (b"%PDF-1.7\nnothing\n%%EOF\n", "scan-broken"),
    "a picture of 10 gigabytes": (png_of(60_000, 60_000), "scan-large"),
    "a picture of one line": (png_of(100_000, 1), "scan-large"),
    "a page of 70 m": (pdf(huge_page), "scan-large"),
    "41 pages": (pdf(many_pages), "scan-large"),
    "ten pages of 1.4 m": (pdf(large_pages), "scan-large"),
    "a picture of 10 gigabytes on a page": (pdf(huge_picture), "scan-large"),
    "objects of 64 MB": (bomb(), "scan-large"),
    "a script": (pdf(script), "scan-active"),
    "a script among packed objects": (pdf(script, **PACKED), "scan-active"),
    "a script under another spelling": (
        pdf(script).replace(b"/JavaScript", b"/J#61vaScript").replace(b"/JS ", b"/J#53 "),
        "scan-active",
    ),
    "a script behind words that hide it": (
        pdf().replace(b"%%EOF", b"%stream\n<</S/JavaScript>>\n%endstream\n%%EOF"),
        "scan-active",
    ),
    "packed objects packed twice": (
        b"%PDF-1.7\n1 0 obj\n<</Type/Obj#53tm/Filter[/LZWDecode/FlateDecode]>>\nstream\n"
        b"x\nendstream\nendobj\n%%EOF\n",
        "scan-active",
    ),
    "a file within": (pdf(enclosed), "scan-active"),
    "a password": (pdf(encryption=pikepdf.Encryption(owner="a", user="b")), "scan-active"),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_file_is_refused_with_one_sentence(desk: Desk, code: str, what: str) -> None:
    content, expected = HOSTILE[what]
    assert refusal(desk, code, content) == expected
    assert scans.list_scans(desk, code) == ()


def test_no_torn_or_endless_file_takes_a_second_or_breaks_the_program(
    desk: Desk, code: str
) -> None:
    whole = [picture("JPEG", 300), picture("PNG", 300), pdf(script), pdf(**PACKED)]
    chance = random.Random(20261129)
    files = [b"%PDF-" + word * (2 * 2**20 // len(word)) + b"%%EOF" for word in ENDLESS]
    files += [b"\xff\xd8\xff" + b"\xff" * 2**21 + b"\xff\xd9"]
    for _time in range(60):
        torn = bytearray(chance.choice(whole))
        for _byte in range(chance.randrange(1, 30)):
            torn[chance.randrange(len(torn))] = chance.randrange(256)
        files.append(bytes(torn[: chance.randrange(len(torn) // 2, len(torn) + 1)]))
    for content in files:
        began = time.process_time()
        with suppress(Refused):
            scans.add_scan(desk, code, "x", content)
        assert time.process_time() - began < 1, content[:40]


ENDLESS = (
    b"/Width 1000 ",
    b"/J",
    b"stream\n",
    b"#4a",
    b"/",
    b"<<",
    b"endstream ",
    b"1 0 obj\n<</Type/ObjStm>>stream\n",
)


def test_only_a_plain_file_is_read(desk: Desk, code: str, tmp_path: Path) -> None:
    file, link, pipe = tmp_path / "a.jpg", tmp_path / "b.jpg", tmp_path / "c.jpg"
    file.write_bytes(picture())
    link.symlink_to(file)
    os.mkfifo(pipe)
    for wrong in (link, pipe, tmp_path, tmp_path / "none.jpg"):
        with pytest.raises(Refused) as refused:
            scans.add_file(desk, code, wrong)
        assert refused.value.code == "scan-file"


# --- put away, taken back, forgotten --------------------------------------------------------------


def test_what_was_removed_can_be_taken_back_today_and_is_gone_tomorrow(
    desk: Desk, clock: TableClock, code: str
) -> None:
    scan = scans.add_scan(desk, code, "a.jpg", picture())
    with pytest.raises(Refused, match="lý do"):
        scans.remove_scan(desk, code, scan.number, " ")
    scans.remove_scan(desk, code, scan.number, "Quét nhầm hồ sơ khác")
    assert scans.list_scans(desk, code) == ()
    become(desk, "binh")
    with pytest.raises(Refused, match="Chỉ người vừa làm"):
        scans.restore_scan(desk, code, scan.number)
    become(desk, "an")
    assert scans.restore_scan(desk, code, scan.number) == scan
    assert scans.scan_content(desk, code, scan.number) == picture()
    scans.remove_scan(desk, code, scan.number, "Quét nhầm hồ sơ khác")
    clock.now = datetime(2026, 11, 24, 8, 0)
    with pytest.raises(Refused, match="trong ngày"):
        scans.restore_scan(desk, code, scan.number)
    desk.close()
    again = opening.open_desk(desk.folder, clock)
    become(again, "an")
    with again.read() as connection:
        assert run(connection, "SELECT count(*) FROM scan_contents").fetchone()[0] == 0
    assert upkeep.verify_ledger(again).ok
    again.close()


def test_a_scan_stands_beside_the_last_act_which_can_still_be_taken_back(
    desk: Desk, code: str
) -> None:
    steps.hand_over(desk, [code], "binh")
    scans.add_scan(desk, code, "a.jpg", picture())
    assert take_back.undo(desk, code, "Bàn giao nhầm").dossier.holder == "an"


def test_anonymising_takes_the_scans_of_a_dossier_away(
    desk: Desk, clock: TableClock, code: str
) -> None:
    scans.add_scan(desk, code, "CCCD Nguyễn Thị Ánh Đào.jpg", picture())
    other = intake.accept_dossier(desk, make_intake(name="Lê Văn Bình")).code
    kept = scans.add_scan(desk, other, "b.png", picture("PNG"))
    steps.withdraw(desk, code)
    clock.now = datetime(2032, 11, 23, 10, 0)
    become(desk, "dung")
    anonymise.anonymise(desk, code, "Hết thời hạn lưu")
    with desk.read() as connection:
        rows = run(connection, "SELECT scan FROM scan_contents").fetchall()
        named = run(connection, "SELECT name FROM scans ORDER BY number").fetchall()
    assert (rows, named) == ([(kept.number,)], [("",), ("b.png",)])
    become(desk, "an")
    with pytest.raises(Refused, match="ẩn danh"):
        scans.add_scan(desk, code, "c.jpg", picture(side=70))
    assert upkeep.verify_ledger(desk).ok


# --- checked and copied ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "done",
    [
        "UPDATE scan_contents SET content = ?",
        "DELETE FROM scan_contents",
        "DELETE FROM scan_contents; DELETE FROM scans",
        "INSERT INTO scans VALUES (9, 1, 'x', 'jpg', 1, 'x', '2026-11-23T10:00', 'an', NULL)",
        "UPDATE scans SET sha256 = 'x'",
    ],
)
def test_a_scan_touched_outside_the_ledger_is_named(desk: Desk, code: str, done: str) -> None:
    scan = scans.add_scan(desk, code, "a.jpg", picture())
    with by_hand(desk.folder) as connection:
        for statement in done.split(";"):
            connection.execute(statement, (b"\xff\xd8\xff",) if "?" in statement else ())
    answer = upkeep.verify_ledger(desk)
    assert any("Bản chụp số" in problem for problem in answer.problems), answer.problems
    if done.startswith("UPDATE scan_contents"):
        with pytest.raises(Trouble, match="không còn đúng"):
            scans.scan_content(desk, code, scan.number)


@pytest.mark.one_pc("a copy of the file")
def test_a_copy_of_the_database_holds_the_scans(
    desk: Desk, clock: TableClock, code: str, tmp_path: Path
) -> None:
    scan = scans.add_scan(desk, code, "a.jpg", picture())
    folder = tmp_path / "copy"
    folder.mkdir()
    backup.copy_database(desk.database, folder / "desk.db")
    copy = opening.open_desk(folder, clock)
    become(copy, "an")
    assert scans.scan_content(copy, code, scan.number) == picture()
    copy.close()


# --- the watched folder ---------------------------------------------------------------------------


def test_the_watched_folder_is_listed_and_nothing_taken(
    desk: Desk, code: str, tmp_path: Path
) -> None:
    assert scans.waiting_files(desk) == frozenset()
    folder = tmp_path / "scanner"
    folder.mkdir()
    keep_settings(desk, {"scan_folder": str(folder)})
    (folder / "quet 1.pdf").write_bytes(pdf())
    (folder / "notes.txt").write_bytes(b"x")
    (folder / ".half.jpg").write_bytes(b"x")
    (folder / "link.png").symlink_to(folder / "quet 1.pdf")
    (folder / "sub.pdf").mkdir()
    assert [one.name for one in scans.waiting_files(desk)] == ["quet 1.pdf"]
    assert scans.list_scans(desk, code) == ()
    keep_settings(desk, {"scan_folder": str(tmp_path / "none")})
    with pytest.raises(Trouble, match="thư mục máy quét"):
        scans.waiting_files(desk)


def test_who_has_no_hand_in_dossiers_sees_no_scan(desk: Desk, code: str) -> None:
    scan = scans.add_scan(desk, code, "a.jpg", picture())
    become(desk, "dung")
    for act in (
        lambda: scans.scan_content(desk, code, scan.number),
        lambda: scans.save_scan(desk, code, scan.number, desk.folder / "x"),
        lambda: scans.remove_scan(desk, code, scan.number, "x"),
        lambda: scans.waiting_files(desk),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.code == "role"
