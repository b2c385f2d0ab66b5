"""The city's page «Kiểm tra giấy»: whose signature the QR of a paper bears, and what it holds."""

import logging
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import text

from cchc_desk.actions.city import sending
from cchc_desk.actions.intake import intake
from cchc_desk.actions.papers.dossier_papers import receipt_of
from cchc_desk.city import enrolment, officers
from cchc_desk.city.officers import OfficerRole
from cchc_desk.domain.papers.check_codes import read_scan
from cchc_desk.session import Desk
from cchc_desk.sync import keys
from cchc_desk.sync.paper_signature import signed
from tests.actions.conftest import make_intake
from tests.city.conftest import OTHER_WARD, WARD, Served, enrol
from tests.city.test_attacks import PASSWORD, form_token, log_in

Check = Callable[[str], httpx.Response]


@pytest.fixture
def desk(make_desk: Callable[..., Desk], served: Served) -> Desk:
    """A desk that the city has welcomed."""
    made = make_desk()
    enrol(made, served.city)
    sending.send(made)
    return made


@pytest.fixture
def check(served: Served) -> Iterator[Check]:
    """An officer puts a scan into the form of the page."""
    officers.keep_officer(served.city, "thu", "Trần Thị Thu", OfficerRole.OFFICER, PASSWORD, "test")
    with httpx.Client(base_url=served.url, trust_env=False, verify=False) as browser:
        log_in(browser, "thu")

        def checked(scan: str) -> httpx.Response:
            token = form_token(browser.get("/papers"))
            return browser.post("/papers", data={"form_token": token, "scan": scan})

        yield checked


def scan_of_a_receipt(desk: Desk) -> str:
    return receipt_of(desk, intake.accept_dossier(desk, make_intake())).scan


def test_a_signed_receipt_is_shown_with_ward_desk_and_moments_and_nothing_is_kept(
    served: Served, desk: Desk, check: Check, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "cchc.city")
    scan = scan_of_a_receipt(desk)
    before = everything(served)
    page = check(scan)
    assert page.status_code == 200
    held = read_scan(scan)
    assert held.due
    for words in (
        "Chữ ký đúng: quầy này đã cấp giấy",
        "Giấy tiếp nhận hồ sơ",
        held.code,
        f"Phường Ninh Kiều ({WARD})",
        desk.settings["desk_name"],
        "10:00 23/11/2026",
        f"{held.due:%H:%M %d/%m/%Y}",
        held.check,
    ):
        assert words in page.text
    assert "Đào" not in page.text
    assert page.headers["cache-control"] == "no-store"
    assert everything(served) == before
    assert any(record.getMessage() == "request" for record in caplog.records)
    assert not any(held.code in str(vars(record)) for record in caplog.records)


def everything(served: Served) -> dict[str, int]:
    """The number of rows in each table but the officers' sessions."""
    with served.city.database.begin() as connection:
        tables = connection.execute(
            text("SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'sessions'")
        ).scalars()
        return {
            name: connection.execute(text(f"SELECT count(*) FROM {name}")).scalar_one()
            for name in tables
        }


def test_what_was_changed_or_signed_by_a_stranger_is_false(desk: Desk, check: Check) -> None:
    held = read_scan(scan_of_a_receipt(desk))
    assert held.due
    moved = replace(held, due=held.due + timedelta(days=1))
    assert "Chữ ký sai" in check(moved.text()).text
    stranger = signed(held, Ed25519PrivateKey.generate())
    page = check(stranger.text())
    assert "không của quầy nào mà thành phố biết" in page.text
    assert WARD not in page.text.replace(held.code, "")
    pretended = replace(stranger, key=held.key)
    assert "Chữ ký sai" in check(pretended.text()).text
    own = keys.key_of(desk.folder, desk.id)
    other = replace(held, code=held.code.replace(WARD, OTHER_WARD))
    assert "không thuộc đơn vị của quầy ấy" in check(signed(other, own).text()).text


def test_a_closed_desk_an_older_key_and_no_key_are_said(
    served: Served, desk: Desk, make_desk: Callable[..., Desk], check: Check
) -> None:
    first = scan_of_a_receipt(desk)
    enrol(desk, served.city)  # again, with a new key
    sending.send(desk)
    assert "bằng một khóa cũ của quầy này" in check(first).text
    second = scan_of_a_receipt(desk)
    assert "Chữ ký đúng: quầy này đã cấp giấy" in check(second).text
    enrolment.close_desk(served.city, desk.id, "test")
    assert "không còn nhận quầy này" in check(second).text
    unsigned = scan_of_a_receipt(make_desk("quay-2", first=1001))
    assert "không có chữ ký" in check(unsigned).text


@pytest.mark.parametrize("scan", ["", "H13.31-261123-0001", "<script>", "A" * 3000])
def test_what_is_no_qr_of_a_paper_gets_one_sentence(check: Check, scan: str) -> None:
    page = check(scan)
    assert page.status_code == 422
    assert "không phải của giấy hẹn" in page.text
    assert "<script" not in page.text
    assert 'name="scan"' in page.text


def test_a_form_longer_than_any_qr_is_not_read(check: Check) -> None:
    assert check("A" * 30_000).status_code == 413
