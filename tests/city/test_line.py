"""The line itself: TLS that trusts the city's certificate alone, a proxy, and what a server's
keeper asks of it.
"""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from cchc_desk.actions.city import schedule, sending
from cchc_desk.actions.intake import intake
from cchc_desk.actions.office import office_settings
from cchc_desk.city import office
from cchc_desk.city.office import City
from cchc_desk.city.web import app
from cchc_desk.errors import Trouble
from cchc_desk.session import Desk
from cchc_desk.sync.client import CityClient
from tests.actions.conftest import TableClock, become, keep_settings, make_intake
from tests.city.conftest import Served, enrol, later_by, serving


@contextmanager
def over_tls(folder: Path, clock: TableClock) -> Iterator[tuple[City, str]]:
    """A city with a certificate of its own, and its address."""
    office.found_city(folder, "Thành phố", "https://127.0.0.1:1", practice=True).database.close()
    city = office.open_city(folder, clock)
    files = {
        "ssl_certfile": str(folder / "certificate.pem"),
        "ssl_keyfile": str(folder / "certificate.key"),
    }
    with serving(city, **files) as served:
        yield city, f"https://127.0.0.1:{served.port}"
    city.database.close()


@pytest.mark.usefixtures("read_log")
def test_only_the_pinned_certificate_is_spoken_to(tmp_path: Path, clock: TableClock) -> None:
    with (
        over_tls(tmp_path / "right", clock) as (city, url),
        over_tls(tmp_path / "other", clock) as (_city, other),
    ):
        with CityClient(url, city.certificate) as client:
            assert len(client.send("questions", "xin chào")) == 1  # its signed no
        for wrong, certificate in ((other, city.certificate), (url, ""), (url, _city.certificate)):
            with CityClient(wrong, certificate) as client, pytest.raises(Trouble) as trouble:
                client.send("questions", "xin chào")
            assert trouble.value.code == "wrong-certificate"
    with pytest.raises(Trouble) as nonsense:
        CityClient("https://127.0.0.1:1", "không phải chứng thư")
    assert nonsense.value.code == "city-address"


def test_a_proxy_is_asked_where_the_settings_name_one(
    served: Served, make_desk: Callable[..., Desk], clock: TableClock
) -> None:
    asked: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as proxy:

        def answer() -> None:
            client, _address = proxy.accept()
            with client:
                asked.append(client.recv(65_536).split(b"\r\n")[0])
                client.sendall(
                    b"HTTP/1.1 503 Busy\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                )

        thread = threading.Thread(target=answer)
        thread.start()
        desk = make_desk()
        become(desk, "chi")
        office_settings.change_settings(
            desk, {"city_proxy": f"http://127.0.0.1:{proxy.getsockname()[1]}"}
        )
        enrol(desk, served.city)
        assert "đang bận" in sending.send(desk).trouble
        thread.join()
    assert asked == [f"POST {served.url}/api/enrolments HTTP/1.1".encode()]
    become(desk, "chi")
    keep_settings(desk, {"city_proxy": "không phải địa chỉ"})  # as an older version took it
    assert "không dùng được" in sending.send(desk).trouble


def test_the_automatic_sending_rests_after_a_failure_and_longer_each_time(
    served: Served, make_desk: Callable[..., Desk], clock: TableClock
) -> None:
    desk = make_desk()
    assert not schedule.due(desk)
    enrol(desk, served.city)
    sending.send(desk)
    become(desk, "an")
    intake.accept_dossier(desk, make_intake())
    outgoing = sending.prepare(desk)
    away = replace(outgoing, city=replace(outgoing.city, url="http://127.0.0.1:1"))
    waits = []
    for _try in range(9):
        assert schedule.due(desk)
        sending.take_answers(desk, sending.exchange(away))
        (parcel,) = [one for one in sending.state(desk).parcels if one.state == "waiting"]
        assert parcel.next_try is not None
        assert not schedule.due(desk)
        waits.append((parcel.next_try - clock.now).total_seconds() / 60)
        later_by(clock, hours=1, minutes=1)
    assert parcel.tries == 9
    assert max(waits) <= 60
    assert waits[0] <= 1 < waits[-1]
    sending.retry(desk, parcel.id)
    assert schedule.due(desk)
    assert sending.send(desk).trouble == ""
    assert not schedule.due(desk, clock.now)  # nothing waits: new days go every half hour
    assert schedule.due(desk, clock.now - timedelta(minutes=30))


def test_the_keeper_sees_health_figures_and_one_json_line_for_each_event(
    served: Served, make_desk: Callable[..., Desk]
) -> None:
    desk = make_desk()
    enrol(desk, served.city)
    sending.send(desk)
    with httpx.Client(base_url=served.url, trust_env=False) as browser:
        assert browser.get("/health").json()["ok"] is True
        told = browser.get("/metrics").text
        assert 'cchc_lines_total{status="200"}' in told
        assert 'cchc_request_seconds_count{road="api"}' in told
        assert browser.get("/khong-co").status_code == 404
        assert browser.put("/login").status_code == 405


@pytest.mark.usefixtures("read_log")
def test_an_address_that_sends_nothing_but_rubbish_is_no_longer_listened_to(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app, "MOST_REFUSED", 3)
    answers = [
        httpx.post(f"{served.url}/api/parcels", content=b"x", trust_env=False) for _n in range(6)
    ]
    assert [answer.status_code for answer in answers] == [400, 400, 400, 429, 429, 429]
