"""Files of every released schema become today's, and will become the next one's too."""

import ast
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from sqlalchemy import Column, Connection, MetaData, String

from cchc_desk.domain.dossiers.dossier import Dossier
from cchc_desk.domain.people.applicant import Applicant, ApplicantKind, Submitter
from cchc_desk.domain.time.deadlines import last_minute, parse_limit
from cchc_desk.store.dossiers import dossiers, search
from cchc_desk.store.engine import backup, migrations, tables
from cchc_desk.store.engine.database import Database
from cchc_desk.store.engine.migration_steps import to_9 as step_9
from cchc_desk.store.ledger import journal

RELEASED = Path(__file__).parent / "released"
VERSIONS = range(1, 1 + len(list(RELEASED.glob("schema-*.db"))))
ENGINE = Path(migrations.__file__).parent

Schema = set[tuple[object, ...]]


def new_file(file: Path) -> Path:
    made = Database(file, create=True)
    with made.write() as connection:
        migrations.create(connection, "test")
    made.close()
    return file


def old_file(folder: Path, version: int) -> Path:
    file = folder / "old.db"
    file.write_bytes((RELEASED / f"schema-{version}.db").read_bytes())
    return file


def upgrade(file: Path) -> None:
    opened = Database(file)
    try:
        migrations.upgrade(opened, lambda it: backup.copy_database(it, file.with_name("before.db")))
    finally:
        opened.close()


def schema_of(file: Path) -> Schema:
    """Every column, foreign key, index, unique constraint and trigger: what a table can do,
    whatever way its text was written.
    """
    connection = sqlite3.connect(file)

    def rows(about: str, name: str) -> list[tuple[object, ...]]:
        return connection.execute(f"PRAGMA {about}('{name}')").fetchall()

    found: Schema = set()
    for kind, name, sql in connection.execute(
        "SELECT type, name, sql FROM sqlite_master"
    ).fetchall():
        if sql and (kind in ("trigger", "index") or "VIRTUAL" in sql):
            found.add((name, " ".join(sql.split())))
        if kind == "table":
            found |= {(name, "column", *row) for row in rows("table_info", name)}
            found |= {(name, "refers", *row[1:]) for row in rows("foreign_key_list", name)}
            for _number, index, *unique in rows("index_list", name):
                columns = tuple(row[2] for row in rows("index_info", str(index)))
                found.add((name, "index", *unique, columns))
    connection.close()
    return found


def content_of(file: Path) -> list[str]:
    """Schema and rows as SQL text."""
    connection = sqlite3.connect(file)
    lines = list(connection.iterdump())
    connection.close()
    return lines


@pytest.mark.parametrize("version", VERSIONS)
def test_a_file_of_every_released_schema_opens_and_becomes_todays(
    tmp_path: Path, version: int
) -> None:
    old = old_file(tmp_path, version)
    upgrade(old)
    opened = Database(old)
    with opened.read() as connection:
        assert migrations.schema_of(connection) == migrations.SCHEMA
        assert connection.exec_driver_sql("SELECT count(*) FROM dossiers").scalar_one() >= 5
        assert journal.lost_last(connection) == ()
    opened.close()
    assert schema_of(old) == schema_of(new_file(tmp_path / "new.db"))


@pytest.mark.parametrize("version", VERSIONS)
def test_dossiers_of_an_older_file_are_found_by_last_digits_and_as_before(
    tmp_path: Path, version: int
) -> None:
    old = old_file(tmp_path, version)
    upgrade(old)
    opened = Database(old)
    with opened.write() as connection:
        for n, code in connection.exec_driver_sql("SELECT n, code FROM dossiers").fetchall():
            dossier = dossiers.load(connection, code)
            assert dossier is not None
            person = dossier.applicant
            for query in (code[-4:], person.id_number[-4:], person.phone[-4:], person.name, code):
                assert not query or n in search.find(connection, query, 100)
            search.forget(connection, n, dossier)  # exactly what was indexed is taken out
            assert search.find(connection, code, 100) == []
    opened.close()


@pytest.fixture
def next_schema(monkeypatch: pytest.MonkeyPatch) -> None:
    """The program's next version: one column more in every table, and a step that adds them."""
    grown = MetaData()
    for table in tables.metadata.sorted_tables:
        table.to_metadata(grown).append_column(
            Column("added_next", String, nullable=False, server_default="")
        )

    def add_the_columns(connection: Connection) -> None:
        for name in grown.tables:
            connection.exec_driver_sql(
                f"ALTER TABLE {name} ADD COLUMN added_next VARCHAR DEFAULT '' NOT NULL"
            )

    monkeypatch.setattr(tables, "metadata", grown)
    monkeypatch.setattr(
        migrations, "STEPS", {**migrations.STEPS, migrations.SCHEMA: add_the_columns}
    )
    monkeypatch.setattr(migrations, "SCHEMA", migrations.SCHEMA + 1)


@pytest.mark.usefixtures("next_schema")
@pytest.mark.parametrize("version", VERSIONS)
def test_a_column_more_in_every_table_lets_every_released_file_open(
    tmp_path: Path, version: int
) -> None:
    old = old_file(tmp_path, version)
    upgrade(old)
    assert schema_of(old) == schema_of(new_file(tmp_path / "new.db"))
    assert {row[0] for row in schema_of(old) if "added_next" in row} == set(tables.metadata.tables)


def breaking(step: Callable[[Connection], None]) -> Callable[[Connection], None]:
    def broken(connection: Connection) -> None:
        step(connection)
        raise KeyboardInterrupt

    return broken


@pytest.mark.parametrize(
    ("version", "step"), [(v, s) for v in VERSIONS for s in range(v, migrations.SCHEMA)]
)
def test_an_upgrade_that_fails_at_any_step_leaves_the_file_and_succeeds_the_next_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: int, step: int
) -> None:
    old = old_file(tmp_path, version)
    before = content_of(old)
    with monkeypatch.context() as patch:
        patch.setitem(migrations.STEPS, step, breaking(migrations.STEPS[step]))
        with pytest.raises(KeyboardInterrupt):
            upgrade(old)
    assert content_of(old) == before
    upgrade(old)
    assert schema_of(old) == schema_of(new_file(tmp_path / "new.db"))


KILLED = """
import os, sys
from pathlib import Path
from cchc_desk.store.engine import migrations
from cchc_desk.store.engine.database import Database
step = migrations.STEPS[migrations.SCHEMA - 1]
def killed(connection):
    step(connection)
    os._exit(9)
migrations.STEPS[migrations.SCHEMA - 1] = killed
migrations.upgrade(Database(Path(sys.argv[1])), lambda database: None)
"""


def test_a_program_killed_in_the_last_step_leaves_the_file_and_the_next_start_upgrades_it(
    tmp_path: Path,
) -> None:
    old = old_file(tmp_path, 1)
    before = content_of(old)
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, str(old)],
        check=False,
        cwd=Path(__file__).parents[3],
        env=dict(os.environ),
    )
    assert killed.returncode == 9
    assert content_of(old) == before
    upgrade(old)
    assert schema_of(old) == schema_of(new_file(tmp_path / "new.db"))


def test_two_programs_that_open_an_old_file_together_upgrade_it_once(tmp_path: Path) -> None:
    old = old_file(tmp_path, 1)
    first = Database(old)
    try:
        # the second one comes while the first is still copying
        assert migrations.upgrade(first, lambda _: upgrade(old)) is False
    finally:
        first.close()
    assert schema_of(old) == schema_of(new_file(tmp_path / "new.db"))


def test_a_step_uses_nothing_of_todays_program() -> None:
    found = (ENGINE / "migration_steps").glob("to_*.py")
    steps = sorted(found, key=lambda step: int(step.stem.removeprefix("to_")))
    assert [step.stem for step in steps] == [
        f"to_{version}" for version in range(2, migrations.SCHEMA + 1)
    ]
    for step in steps:
        for node in ast.walk(ast.parse(step.read_text(encoding="utf-8"))):
            names = (
                [node.module or "."]
                if isinstance(node, ast.ImportFrom)
                else [alias.name for alias in node.names]
                if isinstance(node, ast.Import)
                else []
            )
            assert not [name for name in names if name.startswith((".", "cchc_desk", "ui"))], step


@pytest.mark.parametrize(
    "limit",
    [
        "3 ngày làm việc",
        "15 ngày",
        "2,0 ngày làm việc",
        "trong ngày",
        "Trong Ngay",
        "8 giờ",
        "4 gio 45 phut",
        "30 PHÚT",
        "0,5 ngày làm việc",
        "1,25 ngay lam viec",
        "10.5 ngày làm việc",
    ],
)
def test_the_step_to_2_counts_lateness_as_the_rules_do(tmp_path: Path, limit: str) -> None:
    old = old_file(tmp_path, 1)
    connection = sqlite3.connect(old)
    with connection:
        connection.execute("UPDATE dossiers SET limit_text = ?", (limit,))
    connection.close()
    upgrade(old)
    connection = sqlite3.connect(old)
    rows = connection.execute("SELECT first_due, last_minute FROM dossiers").fetchall()
    connection.close()
    assert len(rows) == 6
    for first_due, last in rows:
        expected = last_minute(datetime.fromisoformat(first_due), parse_limit(limit))
        assert datetime.fromisoformat(last) == expected


@pytest.mark.parametrize(
    ("name", "id_number", "phone", "submitter"),
    [
        ("Nguyễn Thị Hoà", "092190001234", "0912345678", ""),
        ("H’Nhơn Niê", "092 190 001 234", "+84 912 345 678", "Kʼbrông"),
        ("Hồng Ðăng Khoa", "0921.9000.1234", "0912345678 - 0987654321", "Lê Ɖình"),
        ("Nguyễn Vаn Αn", "０９２１９０", "0907111222 0987654321 (con)", "O'Brien"),
        ("Sok សុខ", "C1234567", "hỏi con", ""),
        ("", "", "", ""),
    ],
)
def test_the_search_of_an_upgraded_file_is_that_of_a_new_one(
    name: str, id_number: str, phone: str, submitter: str
) -> None:
    applicant = Applicant(ApplicantKind.PERSON, name, id_number, phone=phone)
    code = "H13.31-261118-0007"
    by = Submitter(submitter) if submitter else None
    dossier = SimpleNamespace(applicant=applicant, code=code, submitter=by)
    stored = json.dumps({"name": submitter}) if submitter else ""
    assert search.index_row(1, cast(Dossier, dossier)) == (
        1,
        step_9._folded(code, name, id_number, phone, stored),
        step_9._exact(name),
        step_9._tails(code, id_number, phone),
    )
