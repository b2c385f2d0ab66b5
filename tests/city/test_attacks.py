"""What is not to be let in: every attempt is refused with its reason, logged, and leaves nothing
behind.
"""

import base64
import json
import logging
import zlib
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import httpx
import jwt
import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import text

from cchc_desk.actions.city import sending
from cchc_desk.actions.intake import intake
from cchc_desk.city import enrolment, officers
from cchc_desk.city.office import City
from cchc_desk.city.officers import OfficerRole
from cchc_desk.city.parcels import receive
from cchc_desk.city.parcels.store_parcels import Incoming, keep
from cchc_desk.errors import Refused
from cchc_desk.session import Desk
from cchc_desk.sync import keys, wire
from cchc_desk.sync.parcel import Enrolment, Flow, Parcel, Refusal, written
from tests.actions.conftest import TableClock, make_intake
from tests.city.conftest import OTHER_WARD, WARD, Served, enrol, later_by, serving

PASSWORD = "một mật khẩu dài"


@pytest.fixture
def log(read_log: pytest.LogCaptureFixture) -> Iterator[list[str]]:
    """The codes of what the city refused."""
    codes: list[str] = []

    class Reader(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if record.getMessage() == "refused":
                codes.append(record.facts["code"])  # type: ignore[attr-defined]

    reader = Reader()
    logging.getLogger("cchc.city").addHandler(reader)
    yield codes
    logging.getLogger("cchc.city").removeHandler(reader)


@pytest.fixture
def desk(make_desk: Callable[..., Desk], served: Served) -> Desk:
    """A desk that the city knows, with one parcel acknowledged and another one packed."""
    made = make_desk()
    enrol(made, served.city)
    intake.accept_dossier(made, make_intake())
    assert sending.send(made).receipts == (1,)
    return made


def send(served: Served, line: str | bytes, road: str = "parcels") -> httpx.Response:
    return httpx.post(f"{served.url}/api/{road}", content=line, trust_env=False, verify=False)


def refusal(served: Served, response: httpx.Response) -> Refusal:
    """What the city said no with, in its own signature."""
    return wire.read(response.text, "refusal", Refusal, wire.public_key(served.city.public_key))


def rows(city: City) -> dict[str, int]:
    tables = ("parcels", "revisions", "days", "late", "months", "desks", "wards", "sessions")
    with city.database.begin() as connection:
        return {
            name: connection.execute(text(f"SELECT count(*) FROM {name}")).scalar_one()
            for name in tables
        }


def next_parcel(desk: Desk, clock: TableClock) -> tuple[Parcel, str, Ed25519PrivateKey]:
    """A parcel that the city would take, its line, and the key of the desk."""
    later_by(clock, hours=1)
    intake.accept_dossier(desk, make_intake("Trần Văn Bình"))
    line = next(item.line for item in sending.prepare(desk).items if item.parcel)
    key = keys.key_of(desk.folder, desk.id)
    return wire.read(line, "parcel", Parcel, key.public_key()), line, key


def header(line: str) -> dict[str, Any]:
    """What a line says of itself, but for its algorithm."""
    return {name: value for name, value in jwt.get_unverified_header(line).items() if name != "alg"}


def with_key(content: bytes, key: Any, said: dict[str, Any], algorithm: str = "EdDSA") -> str:
    """A line of any content under any algorithm."""
    return jwt.PyJWS([algorithm]).encode(content, key, algorithm, said)


def b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def test_lines_that_are_not_what_they_say(
    served: Served, desk: Desk, clock: TableClock, log: list[str]
) -> None:
    parcel, line, key = next_parcel(desk, clock)
    before = rows(served.city)
    head, body, signature = line.split(".")
    stranger = Ed25519PrivateKey.generate()
    secret = wire.public_text(key).encode()
    pretended = header(line)
    bomb = zlib.compress(b" " * 90_000_000, 9)
    tries: dict[str, list[str]] = {
        "not-signed": [
            "",
            "xin chào",
            "a.b.c",
            f"{head}.{body}",
            with_key(base64.urlsafe_b64decode(body + "=="), None, pretended, "none"),
            with_key(base64.urlsafe_b64decode(body + "=="), secret, pretended, "HS256"),
        ],
        "unknown-desk": [wire.sign("parcel", parcel, stranger)],
        "signature": [
            f"{head}.{body}.{b64(bytes(64))}",
            f"{head}.{body[:-9]}{'A' if body[-9] != 'A' else 'B'}{body[-8:]}.{signature}",
            with_key(zlib.compress(written(parcel)), stranger, pretended),
        ],
        "version": [with_key(b"x", key, pretended | {"typ": "cchc-parcel.2"})],
        "content": [
            with_key(content, key, pretended)
            for content in (
                b"not deflated",
                zlib.compress(b"{}"),
                zlib.compress(b"[" * 100_000),
                zlib.compress(b"\xff"),
            )
        ],
        "too-large": [with_key(bomb, key, pretended)],
    }
    for code, lines in tries.items():
        for one in lines:
            answer = send(served, one)
            assert (refusal(served, answer).code, answer.status_code // 100) == (code, 4), one[:80]
    assert log == [code for code, lines in tries.items() for _line in lines]
    assert send(served, b"x" * (wire.MOST_BYTES + 1)).status_code == 413
    assert rows(served.city) == before


def test_parcels_that_speak_of_what_is_not_theirs(
    served: Served, desk: Desk, make_desk: Callable[..., Desk], clock: TableClock, log: list[str]
) -> None:
    other = make_desk("quay-2", OTHER_WARD)
    enrol(other, served.city)
    sending.send(other)
    other_key = keys.key_of(other.folder, other.id)
    parcel, line, key = next_parcel(desk, clock)
    before = rows(served.city)
    change = msgspec.structs.replace
    day = parcel.days[0]
    for code, strange, by in (
        ("ward-differs", parcel, other_key),  # another ward's key
        ("ward-differs", change(parcel, ward=OTHER_WARD), key),
        ("ward-differs", change(parcel, desk=other.id), key),
        ("practice-differs", change(parcel, practice=False), key),
        ("days", change(parcel, days=(day, day)), key),
        ("days", change(parcel, days=(change(day, day=date(2031, 1, 1)),)), key),
        ("older-revision", change(parcel, days=(change(day, revision=1),)), key),
        ("clock-ahead", change(parcel, made=later_by(clock, hours=3)), key),
    ):
        if code == "clock-ahead":
            later_by(clock, hours=-3)
        assert refusal(served, send(served, wire.sign("parcel", strange, by))).code == code
    for field, value in (
        ("ward", "../../etc"),
        ("id", "'; DROP TABLE days; --"),
        ("practice", "yes"),
        ("name", "An"),
    ):
        told = msgspec.to_builtins(parcel) | {field: value}
        strange_line = with_key(zlib.compress(json.dumps(told).encode()), key, header(line))
        assert refusal(served, send(served, strange_line)).code == "content"
    assert rows(served.city) == before
    assert len(log) == 12


def test_a_refusal_that_the_desk_can_correct_is_a_refusal_with_what_it_needs(
    served: Served, desk: Desk, clock: TableClock, log: list[str]
) -> None:
    parcel, _line, key = next_parcel(desk, clock)
    day = msgspec.structs.replace(parcel.days[0], revision=1)
    line = wire.sign("parcel", msgspec.structs.replace(parcel, days=(day,)), key)
    opened = receive.open_line(served.city, line, "here")
    assert isinstance(opened, Incoming)
    (outcome,) = keep(served.city, [opened])
    assert isinstance(outcome, Refused)
    assert (outcome.code, str(outcome)) == (
        "older-revision",
        "Thành phố đã có bản mới hơn của 1 ngày trong gói.",
    )
    (known,) = refusal(served, send(served, line)).days
    assert (known.day, known.revision) == (day.day, 1)
    assert log == ["older-revision"]


def test_a_parcel_sent_again_is_kept_once_and_one_under_its_name_not_at_all(
    served: Served, desk: Desk, clock: TableClock, log: list[str]
) -> None:
    parcel, line, key = next_parcel(desk, clock)
    first = send(served, line)
    after = rows(served.city)
    later_by(clock, hours=5)
    assert [send(served, line).text for _time in range(3)] == [first.text] * 3
    altered = wire.sign("parcel", msgspec.structs.replace(parcel, strikes={"an": 3}), key)
    assert refusal(served, send(served, altered)).code == "parcel-altered"
    assert rows(served.city) == after
    assert log == ["parcel-altered"]


def test_a_closed_desk_sends_no_more(
    served: Served, desk: Desk, clock: TableClock, log: list[str]
) -> None:
    _parcel, line, _key = next_parcel(desk, clock)
    enrolment.close_desk(served.city, desk.id, "test")
    assert refusal(served, send(served, line)).code == "unknown-desk"
    assert log == ["unknown-desk"]


def test_the_key_of_before_a_new_enrolment_is_worth_nothing(
    served: Served, desk: Desk, clock: TableClock, log: list[str]
) -> None:
    _parcel, line, _key = next_parcel(desk, clock)
    enrol(desk, served.city)
    assert sending.send(desk).trouble == ""
    assert refusal(served, send(served, line)).code == "unknown-desk"
    assert log == ["unknown-desk"]


def test_what_came_cannot_be_changed_in_the_database(
    any_city: City, make_desk: Callable[..., Desk]
) -> None:
    desk = make_desk()
    with serving(any_city) as served:
        enrol(desk, served.city)
        sending.send(desk)
    for statement in (
        "UPDATE parcels SET received = 'x'",
        "DELETE FROM parcels",
        "UPDATE revisions SET hash = 'x'",
        "DELETE FROM revisions",
        "DELETE FROM acts",
    ):
        with (
            pytest.raises(Exception, match="only added to"),
            any_city.database.begin() as connection,
        ):
            connection.execute(text(statement))


# --- enrolment ------------------------------------------------------------------------------------


def request_of(
    code: str, ward: str = WARD, desk: str = "0b6b7c0e-5f6a-4c1d-9d55-0a1b2c3d4e5f"
) -> str:
    key = Ed25519PrivateKey.generate()
    asked = Enrolment(
        ward=ward,
        desk=desk,
        name="Quầy",
        code=code,
        key=wire.public_text(key),
        made=date_time(),
        practice=True,
    )
    return wire.sign("enrolment", asked, key)


def date_time() -> Any:
    from tests.actions.conftest import MONDAY

    return MONDAY


def test_the_code_works_once_for_its_ward_and_a_week_and_guessing_costs_time(
    served: Served, clock: TableClock, log: list[str]
) -> None:
    city = served.city
    used, elsewhere, old = (enrolment.invite(city, WARD, "test").code for _n in range(3))
    assert send(served, request_of(used), "enrolments").status_code == 200
    answers = [refusal(served, send(served, request_of(used), "enrolments"))]
    answers.append(refusal(served, send(served, request_of(elsewhere, OTHER_WARD), "enrolments")))
    answers.append(refusal(served, send(served, request_of(elsewhere, "H99.99"), "enrolments")))
    answers.append(refusal(served, send(served, request_of("AAAA-AAAA-AAAA-AAAA"), "enrolments")))
    later_by(clock, days=8)
    answers.append(refusal(served, send(served, request_of(old), "enrolments")))
    assert {(one.code, one.message) for one in answers} == {("enrol-code", answers[0].message)}
    held_up = send(served, request_of(enrolment.invite(city, WARD, "test").code), "enrolments")
    assert (held_up.status_code, refusal(served, held_up).code) == (429, "try-later")
    later_by(clock, minutes=2)
    right = request_of(
        enrolment.invite(city, WARD, "test").code, desk="1b6b7c0e-5f6a-4c1d-9d55-0a1b2c3d4e5f"
    )
    assert send(served, right, "enrolments").status_code == 200
    assert log == ["enrol-code"] * 5 + ["try-later"]
    with city.database.begin() as connection:
        kept = connection.execute(text("SELECT hash FROM codes")).scalars().all()
    assert used not in kept


# --- the pages ------------------------------------------------------------------------------------


@pytest.fixture
def officer(served: Served) -> Iterator[httpx.Client]:
    """A browser in which the officer Thu is logged in."""
    officers.keep_officer(served.city, "thu", "Trần Thị Thu", OfficerRole.OFFICER, PASSWORD, "test")
    officers.keep_officer(served.city, "xem", "Lê Văn Xem", OfficerRole.VIEWER, PASSWORD, "test")
    with httpx.Client(base_url=served.url, trust_env=False, verify=False) as browser:
        log_in(browser, "thu")
        yield browser


def log_in(browser: httpx.Client, login: str) -> None:
    answer = browser.post("/login", data={"login": login, "password": PASSWORD})
    assert (answer.status_code, answer.headers["location"]) == (303, "/")


def form_token(page: httpx.Response) -> str:
    return page.text.split('name="form_token" value="')[1].split('"')[0]


ROADS = (
    "/",
    "/?only=tripped",
    "/wards.xlsx",
    f"/ward/{WARD}",
    "/ward/H99.99",
    "/strikes",
    "/strikes.xlsx",
    "/alarms",
    "/desks",
    "/news",
    "/papers",
)


def test_without_a_log_in_every_page_says_the_same(served: Served) -> None:
    with httpx.Client(base_url=served.url, trust_env=False, verify=False) as stranger:
        answers = {
            (page.status_code, page.headers["location"], page.text)
            for page in map(stranger.get, ROADS)
        }
    assert answers == {(303, "/login", "")}


def test_guessing_a_password_costs_time_and_tells_nothing(
    served: Served, clock: TableClock, log: list[str]
) -> None:
    officers.keep_officer(served.city, "thu", "Trần Thị Thu", OfficerRole.OFFICER, PASSWORD, "test")
    with httpx.Client(base_url=served.url, trust_env=False, verify=False) as browser:

        def tried(login: str, password: str) -> tuple[int, str]:
            page = browser.post("/login", data={"login": login, "password": password})
            said = (
                page.text.split('role="alert">')[1].split("<")[0] if page.status_code != 303 else ""
            )
            return page.status_code, said

        wrong = tried("thu", "sai mật khẩu")
        assert tried("khong-co-ai", "sai mật khẩu") == wrong
        assert [tried("thu", "sai mật khẩu") for _n in range(3)] == [wrong] * 3
        assert tried("thu", PASSWORD)[0] == 429
        later_by(clock, minutes=2)
        assert tried("thu", PASSWORD) == (303, "")
    assert log == ["wrong-password"] * 5 + ["try-later"]


def test_a_form_of_another_page_changes_nothing(
    served: Served, officer: httpx.Client, log: list[str]
) -> None:
    with httpx.Client(base_url=served.url, trust_env=False, verify=False) as other:
        log_in(other, "thu")
        token_of_another_session = form_token(other.get("/desks"))
    before = rows(served.city)
    forged = {"code": "H13.77", "name": "Phường Lạ"}
    for token in ({}, {"form_token": ""}, {"form_token": token_of_another_session}):
        assert officer.post("/desks/ward", data=forged | token).status_code == 403
    assert rows(served.city) == before
    own = {"form_token": form_token(officer.get("/desks"))}
    assert officer.post("/desks/ward", data=forged | own).status_code == 303
    assert rows(served.city)["wards"] == before["wards"] + 1
    strange = officer.post(
        "/login",
        data={"login": "thu", "password": PASSWORD},
        headers={"Origin": "https://la.example"},
    )
    assert strange.status_code == 403
    assert log == ["form-token"] * 3 + ["origin"]


def test_a_viewer_looks_and_changes_nothing(
    served: Served, officer: httpx.Client, log: list[str]
) -> None:
    with httpx.Client(base_url=served.url, trust_env=False, verify=False) as viewer:
        log_in(viewer, "xem")
        page = viewer.get("/desks")
        assert page.status_code == 200
        assert 'action="/desks/invite"' not in page.text
        token = {"form_token": form_token(page)}
        for road in (
            "/desks/ward",
            "/desks/invite",
            "/desks/close",
            "/news/message",
            "/alarms/1",
            "/papers",
        ):
            assert viewer.post(road, data=token).status_code == 403
    assert log == ["role"] * 6


def test_a_stolen_session_is_worth_little(
    served: Served, officer: httpx.Client, clock: TableClock
) -> None:
    cookie = (
        officer.post("/login", data={"login": "thu", "password": PASSWORD})
        .headers["set-cookie"]
        .lower()
    )
    assert {"httponly", "samesite=strict", "path=/"} <= {part.strip() for part in cookie.split(";")}
    token = officer.cookies["cchc"]
    with served.city.database.begin() as connection:
        kept = [
            str(value)
            for row in connection.execute(text("SELECT * FROM sessions"))
            for value in row
        ]
    assert token not in kept
    stolen = {"cookie": f"cchc={token}"}
    assert httpx.get(f"{served.url}/desks", headers=stolen, trust_env=False).status_code == 200
    officer.post("/logout", data={"form_token": form_token(officer.get("/"))})
    assert httpx.get(f"{served.url}/desks", headers=stolen, trust_env=False).status_code == 303
    log_in(officer, "thu")
    later_by(clock, hours=11)
    assert officer.get("/desks").status_code == 303


def test_no_page_runs_or_frames_anything_and_no_road_leads_to_a_file(
    served: Served, officer: httpx.Client
) -> None:
    page = officer.get("/")
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "unsafe-inline" not in policy
    assert page.headers["x-frame-options"] == "DENY"
    assert page.headers["cache-control"] == "no-store"
    for road in (
        "/static/../city.key",
        "/static/%2e%2e/city.key",
        "/fonts/..%2f..%2fcity.key",
        "/ward/..%2f..%2fcity.json",
    ):
        assert officer.get(road).status_code == 404
    for period in ("2026'; DROP TABLE days; --", "../..", "99999", "2026-13"):
        assert officer.get("/", params={"period": period}).status_code == 422
    assert (
        officer.get("/", params={"order": "w.name; DROP TABLE days", "page": "-1"}).status_code
        == 200
    )


def test_markup_in_a_text_stays_text(
    served: Served, desk: Desk, clock: TableClock, officer: httpx.Client
) -> None:
    parcel, _line, key = next_parcel(desk, clock)
    evil = "<script>alert(1)</script>' OR 1=1; --"
    flows = (Flow(field=evil, procedure="1.001193", channel="direct", received=1),)
    day = msgspec.structs.replace(parcel.days[-1], flows=flows)
    answer = send(served, wire.sign("parcel", msgspec.structs.replace(parcel, days=(day,)), key))
    assert answer.status_code == 200
    page = officer.get(f"/ward/{WARD}").text
    assert "<script>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    token = {"form_token": form_token(officer.get("/news"))}
    officer.post("/news/message", data=token | {"title": evil, "text": evil, "ward": ""})
    assert "<script>" not in officer.get("/news").text


def test_a_cell_of_a_sheet_is_never_a_formula(served: Served, officer: httpx.Client) -> None:
    import io
    import zipfile

    token = {"form_token": form_token(officer.get("/desks"))}
    officer.post(
        "/desks/ward", data=token | {"code": "H13.88", "name": '=HYPERLINK("http://la.example")'}
    )
    sheet = officer.get("/wards.xlsx")
    with zipfile.ZipFile(io.BytesIO(sheet.content)) as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")
        assert b"HYPERLINK" in book.read("xl/sharedStrings.xml")
