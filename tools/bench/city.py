"""The city: bytes on the wire, uploads against bare inserts, the ranked table against its SQL.

The server is the program as it is started, on a PostgreSQL that waits for the disk; who sends
writes finished bytes from threads of this process.
"""

import http.client
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import psycopg
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from cchc_desk.city import enrolment, figures, office, officers
from cchc_desk.city.office import City
from cchc_desk.city.officers import OfficerRole
from cchc_desk.sync import wire
from cchc_desk.sync.parcel import Day, Entry, Flow, Fuse, LateDossier, Ledger, Parcel, Versions
from tools.bench import measure
from tools.bench.measure import Pairs, Result
from tools.postgres import postgres

DESKS, SENDERS, WORKERS = 103, 32, 2
UPLOADS, ROUNDS = 5, 5  # of each desk in a round
COMMUNES = 3321
NOW = datetime(2026, 11, 20, 10, 0)


def results() -> Iterator[Result]:
    """Each comparison; the bytes are printed beside them."""
    with tempfile.TemporaryDirectory() as folder, postgres(durable=True) as server:
        measure.remark(bytes_on_the_wire())
        alone, together = uploads(Path(folder), server.url)
        yield Result("an upload of one day ÷ its rows by one bare connection", 2.0, alone)
        yield Result(
            f"an upload of one day ÷ its rows by {SENDERS} bare connections at once", 2.0, together
        )
        ranked = dashboard(Path(folder) / "many", server.url)
        yield Result("ranked table, 3,321 communes × 365 days ÷ its bare SQL", 1.5, ranked)


# --- bytes ----------------------------------------------------------------------------------------


def bytes_on_the_wire() -> str:
    """Return the bytes of a night of a ward with 40 dossiers a day, and of a year at once."""
    key, dice = Ed25519PrivateKey.generate(), random.Random(1)
    daily = parcel(str(uuid.uuid4()), "H13.31", 0, dice)
    days = [parcel(daily.desk, daily.ward, n, dice).days[0] for n in range(365)]
    night = len(wire.sign("parcel", daily, key))
    year = len(wire.sign("parcel", msgspec.structs.replace(daily, days=tuple(days)), key))
    request = "POST /api/parcels HTTP/1.1\r\nHost: mot-cua.cantho.gov.vn:8443\r\n"
    head = len(request) + len("User-Agent: cchc-desk\r\n") + 90
    return (
        "bytes per ward-day on the wire (40 dossiers a day, 12 procedures): "
        f"one night {night + head:,}, a year at once {year:,}, that is {year / 365:,.0f} a day"
    )


# --- uploads --------------------------------------------------------------------------------------


@dataclass
class Sender:
    """A desk that exists only here, with its lines signed beforehand."""

    desk: str
    lines: list[str]
    parcels: list[Parcel]


def uploads(root: Path, url: str) -> tuple[Pairs, Pairs]:
    """Measure uploads by SENDERS at once ÷ their rows by one bare connection, and by as many.

    In rounds of some days each: what the server wrote in a round is what both floors write after
    it. The first round, in which everybody still connects and compiles, does not count.
    """
    city = make_city(root / "city", url, "uploads")
    senders = [sender(city, n) for n in range(DESKS)]
    bare = BareTables(url, senders)
    times: list[tuple[float, float, float]] = []
    with serving(root / "city") as port:
        for round_ in range(ROUNDS + 1):
            days = range(round_ * UPLOADS, (round_ + 1) * UPLOADS)
            ours = sent(port, senders, days)
            bare.remember(days)
            times.append((ours, bare.insert(1), bare.insert(SENDERS)))
    bare.close()
    city.database.close()
    alone = tuple((ours, single) for ours, single, _many in times[1:])
    together = tuple((ours, many) for ours, _single, many in times[1:])
    return alone, together


def make_city(folder: Path, url: str, name: str) -> City:
    with psycopg.connect(_plain(url), autocommit=True) as keeper:
        keeper.execute(f"CREATE DATABASE {name}")
    database = url.replace("/postgres?", f"/{name}?")
    office.found_city(
        folder, "Thành phố Cần Thơ", "http://127.0.0.1:1", database, practice=True
    ).database.close()
    return office.open_city(folder)


def _plain(url: str) -> str:
    return url.replace("+psycopg", "")


def sender(city: City, number: int) -> Sender:
    """Return a known desk with its days for all rounds, one in each parcel.

    The days are those of a ward of 40 dossiers in 12 procedures.
    """
    from sqlalchemy import text

    key, desk, ward = Ed25519PrivateKey.generate(), str(uuid.uuid4()), f"H13.{number + 100}"
    enrolment.add_ward(city, ward, f"Phường {number}", "bench")
    public = wire.public_text(key)
    with city.database.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO desks (id, ward, name, kid, key, active, enrolled) "
                "VALUES (:id, :ward, 'Quầy', :kid, :key, true, '2026-01-01T08:00')"
            ),
            {"id": desk, "ward": ward, "kid": wire.thumbprint(public), "key": public},
        )
    parcels = [parcel(desk, ward, n, random.Random(n)) for n in range(UPLOADS * (ROUNDS + 1))]
    return Sender(desk, [wire.sign("parcel", daily, key) for daily in parcels], parcels)


def parcel(desk: str, ward: str, n: int, dice: random.Random) -> Parcel:
    day = date(2026, 6, 1) + timedelta(days=n)
    flows = tuple(
        Flow(
            field="Hộ tịch",
            procedure=f"1.0011{p:02d}",
            channel="direct",
            received=dice.randrange(8),
            ready=dice.randrange(8),
        )
        for p in range(12)
    )
    due = datetime.combine(day, datetime.min.time()) + timedelta(hours=10)
    late = (LateDossier(code=f"{ward}-{day:%y%m%d}-0001", procedure="1.001101", due=due),)
    counted = Day(day=day, revision=1, over=True, open=20, open_late=2, flows=flows, late=late)
    hashes = [f"{k:064x}" for k in (n, n + 1)]
    return Parcel(
        id=str(uuid.uuid4()),
        ward=ward,
        desk=desk,
        made=due + timedelta(hours=12),
        practice=True,
        versions=Versions(
            program="0.5.0", catalogue="0123456789abcdef", calendar="2026", law="2025"
        ),
        ledger=Ledger(
            last=Entry(length=100 * (n + 1), hash=hashes[1]),
            known=Entry(length=100 * n, hash=hashes[0]) if n else None,
        ),
        fuse=Fuse(year=2026, late=n, total=40 * (n + 1)),
        days=(counted,),
    )


@contextmanager
def serving(folder: Path) -> Iterator[int]:
    """`cchc city serve` in a process of its own, on a free port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = [
        "--data",
        str(folder),
        "city",
        "serve",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
        "--workers",
        str(WORKERS),
    ]
    command = [sys.executable, "-m", "cchc_desk.console", *words]
    server = subprocess.Popen(
        command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, start_new_session=True
    )
    assert server.stderr
    ready = 0
    for line in server.stderr:
        ready += b"Application startup complete" in line
        if ready == WORKERS:
            break
    reader = ThreadPoolExecutor(1)
    reader.submit(server.stderr.read)  # a log that nobody reads would stop the server
    try:
        yield port
    finally:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()
        reader.shutdown()


def sent(port: int, senders: list[Sender], days: range) -> float:
    """Return the milliseconds of an upload when SENDERS send at once, each on an open connection.

    The senders are other machines in truth: here they write finished bytes and read an answer's, no
    more.
    """
    head = "POST /api/parcels HTTP/1.1\r\nHost: here\r\nContent-Length: {}\r\n\r\n{}"
    requests = {
        sender.desk: [
            head.format(len(line), line).encode() for line in sender.lines[days.start : days.stop]
        ]
        for sender in senders
    }

    def send(part: list[Sender]) -> None:
        with socket.create_connection(("127.0.0.1", port)) as line:
            for request in (request for sender in part for request in requests[sender.desk]):
                line.sendall(request)
                answer = line.recv(16384)
                head, _blank, body = answer.partition(b"\r\n\r\n")
                assert head.startswith(b"HTTP/1.1 200"), answer[:300]
                length = head.lower().partition(b"content-length:")[2].partition(b"\r")[0]
                left = int(length) - len(body)
                while left:
                    more = line.recv(left)
                    assert more, "the server hung up"
                    left -= len(more)

    began = time.perf_counter()
    with ThreadPoolExecutor(SENDERS) as hands:
        list(hands.map(send, [senders[n::SENDERS] for n in range(SENDERS)]))
    return (time.perf_counter() - began) * 1000 / (len(senders) * len(days))


class BareTables:
    """The tables an upload is written to, without references, in a schema of their own."""

    TABLES = ("revisions", "days", "late", "parcels", "months")

    def __init__(self, url: str, senders: list[Sender]) -> None:
        self._database = _plain(url.replace("/postgres?", "/uploads?"))
        self._desks = [sender.desk for sender in senders]
        self._rows: dict[str, dict[str, list[list[Any]]]] = {}
        self._inserts: dict[str, str] = {}
        self._connections: list[psycopg.Connection] = []
        with psycopg.connect(self._database, autocommit=True) as source:
            source.execute("CREATE SCHEMA bare")
            for table in (*self.TABLES, "desks"):
                source.execute(f"CREATE TABLE bare.{table} (LIKE public.{table} INCLUDING ALL)")
            source.execute("INSERT INTO bare.desks SELECT * FROM public.desks")
            for table in self.TABLES:
                names = [
                    column.name
                    for column in source.execute(f"SELECT * FROM {table} LIMIT 0").description or []
                ]
                columns, places = ", ".join(names), ", ".join(["%s"] * len(names))
                insert = f"INSERT INTO bare.{table} ({columns}) VALUES ({places})"
                if table == "months":
                    changed = ", ".join(
                        f"{name} = excluded.{name}"
                        for name in names
                        if name not in ("desk", "month")
                    )
                    insert += f" ON CONFLICT (desk, month) DO UPDATE SET {changed}"
                self._inserts[table] = insert

    def remember(self, days: range) -> None:
        """Read the rows of these days: from now on insert() writes the same."""
        numbers = f"number > {days.start} AND number <= {days.stop}"
        one_day = f"(desk, day) IN (SELECT desk, day FROM revisions WHERE {numbers})"
        which = {
            "parcels": numbers,
            "revisions": numbers,
            "days": one_day,
            "late": one_day,
            "months": "true",
        }
        self._rows = {desk: {} for desk in self._desks}
        with psycopg.connect(self._database, row_factory=psycopg.rows.dict_row) as source:
            for table in self.TABLES:
                for row in source.execute(
                    f"SELECT * FROM {table} WHERE {which[table]} ORDER BY 1, 2"
                ):
                    self._rows[row["desk"]].setdefault(table, []).append(list(row.values()))

    def insert(self, hands: int) -> float:
        """Return the milliseconds for the rows of one upload, by `hands` bare connections at once.

        Each upload is a transaction.
        """
        update = (
            "UPDATE bare.desks SET parcels = %s, length = %s, head = %s, made = %s, received = %s "
            "WHERE id = %s"
        )
        with psycopg.connect(self._database, autocommit=True) as keeper:
            for table in self.TABLES:
                keeper.execute(f"TRUNCATE bare.{table}")

        def write(desks: list[str], connection: psycopg.Connection) -> int:
            written = 0
            for desk in desks:
                own = self._rows[desk]
                for n in range(len(own["parcels"])):
                    for table in ("revisions", "days", "late", "parcels"):
                        connection.execute(self._inserts[table], own[table][n])
                    connection.execute(self._inserts["months"], own["months"][-1])
                    connection.execute(
                        update, (n, n, "0" * 64, "2026-06-01T22:00", "2026-06-01T22:00", desk)
                    )
                    connection.commit()
                    written += 1
            return written

        self._connections += [
            psycopg.connect(self._database) for _hand in range(hands - len(self._connections))
        ]
        parts = [self._desks[n::hands] for n in range(hands)]
        began = time.perf_counter()
        with ThreadPoolExecutor(hands) as pool:
            written = sum(pool.map(write, parts, self._connections))
        return (time.perf_counter() - began) * 1000 / written

    def close(self) -> None:
        for connection in self._connections:
            connection.close()


# --- the ranked table -----------------------------------------------------------------------------

_FILL = f"""
INSERT INTO wards SELECT 'H' || to_char(n / 1000, 'FM00') || '.' || to_char(n % 1000, 'FM000'),
  'Xã số ' || n, '2026-01-01T08:00' FROM generate_series(1, {COMMUNES}) n;
INSERT INTO desks (id, ward, name, kid, key, active, enrolled, parcels, length, made, received)
  SELECT md5(code)::uuid::text, code, 'Quầy', left(md5(code) || md5(code || 'k'), 43),
  left(md5(code) || md5(code), 43), true, '2026-01-01T08:00', 365, 9000, '2026-12-31T22:00',
  '2026-12-31T22:00'
  FROM wards;
INSERT INTO days SELECT d.id, to_char(date '2026-01-01' + n, 'YYYY-MM-DD'), d.ward, 1,
  repeat('0', 64), true,
  20, 19, (n + length(d.ward) * 7) % 3, 1, 0, 25, (n * 7 + length(d.id)) % 4, 1, '[]', '{{}}'
  FROM desks d, generate_series(0, 364) n;
INSERT INTO late SELECT d.desk, d.day || n, d.ward, d.day, '1.001193',
  d.day || 'T10:00', d.day || 'T16:00',
  NULL, NULL, 'volume', 'an', hashtext(d.desk || d.day || n) % 10 = 0, 'in-time', 1,
  CASE WHEN hashtext(d.day || d.desk) % 20 = 0 THEN 0 ELSE 1 END, d.day || 'T17:00'
  FROM days d, generate_series(1, 1) n WHERE hashtext(d.desk || d.day) % 3 = 0;
INSERT INTO months SELECT desk, left(day, 7), ward, count(*), sum(received), sum(ready),
  sum(ready_late), sum(gone), sum(gone_late), sum(late), 5, max(day), 25, 2
  FROM days GROUP BY desk, ward, left(day, 7);
ANALYZE;
"""


def dashboard(folder: Path, url: str) -> Pairs:
    """Measure the ranked table of a year: its first page and its bare statement, in ms."""
    city = make_city(folder, url, "many")
    database = _plain(url.replace("/postgres?", "/many?"))
    with psycopg.connect(database, autocommit=True) as connection:
        for statement in _FILL.split(";"):
            if statement.strip():
                connection.execute(statement)
    officers.keep_officer(
        city, "bench", "Bench", OfficerRole.VIEWER, "không phải mật khẩu", "bench"
    )
    token = officers.log_in(city, "bench", "không phải mật khẩu", "here")
    period = figures.Period("2026-01", "2026-12")
    values = figures.ranking_values(period, NOW) | {"limit": 120, "offset": 0}
    sql = figures.ranking_sql("share")
    for name in values:
        sql = sql.replace(f":{name}", f"%({name})s")
    with serving(folder) as port, psycopg.connect(database) as bare:
        line = http.client.HTTPConnection("127.0.0.1", port)

        def page() -> None:
            line.request("GET", "/?period=2026", headers={"Cookie": f"cchc={token}"})
            answer = line.getresponse()
            assert answer.status == 200
            assert answer.read().count(b"<tr") == 121

        floor = measure.timed(lambda: bare.execute(sql, values).fetchall())
        pairs = measure.in_turn(measure.timed(page), floor, rounds=25, warm=2)
    city.database.close()
    return pairs


if __name__ == "__main__":
    measure.write(results())
