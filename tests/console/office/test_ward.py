"""A desk moved to the ward's PostgreSQL and back, from the command line."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from cchc_desk.console import main
from tests.console.test_console import DOSSIER, SETUP
from tools.postgres import postgres


@pytest.fixture
def url() -> Iterator[str]:
    with postgres(durable=True) as server:
        yield server.url.replace("+psycopg", "")


def test_a_desk_moves_to_the_server_and_back(
    tmp_path: Path, url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def cchc(who: int, *words: str, given: object = None) -> tuple[int, Any]:
        official = SETUP["officials"][who]
        monkeypatch.setenv("CCHC_PASSWORD", official["password"])
        file = tmp_path / "given.json"
        file.write_text(json.dumps(given), encoding="utf-8")
        named = ["--as", ("an", "hai")[who]] if words[0] != "setup" else []
        rest = [str(file) if word == "-" else word for word in words]
        code = main(["--json", "--data", str(tmp_path / "desk"), *named, *rest])
        return code, json.loads(capsys.readouterr().out)

    clerk, administrator = 0, 1
    assert cchc(administrator, "setup", "-", given=SETUP)[0] == 0
    code, first = cchc(clerk, "accept", "-", given=DOSSIER)
    assert code == 0, first
    invitation = str(tmp_path / "first.json")
    code, ready = cchc(administrator, "ward", "init", url, "--out", invitation)
    assert (code, ready["ok"], ready["file"]) == (0, True, invitation), ready
    code, refused = cchc(clerk, "ward", "move", invitation)
    assert (code, refused["error"]["code"]) == (1, "role")

    code, moved = cchc(administrator, "ward", "move", invitation)
    assert code == 0, moved
    assert Path(moved["aside"]).exists()
    code, second = cchc(clerk, "accept", "-", given=DOSSIER)
    assert code == 0, second
    assert second["code"] != first["code"]
    code, said = cchc(administrator, "ward", "move", invitation)
    assert (code, said["error"]["code"]) == (1, "already-there")

    code, back = cchc(administrator, "ward", "move", "sqlite")
    assert code == 0, back
    assert back["rows"] > moved["rows"]
    code, verified = cchc(administrator, "verify")
    assert (code, verified["ok"]) == (0, True), verified
    assert cchc(clerk, "show", second["code"])[1]["code"] == second["code"]


def test_check_says_what_is_wrong_with_the_server(
    tmp_path: Path, url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = str(tmp_path / "desk")
    official = SETUP["officials"][1]
    monkeypatch.setenv("CCHC_PASSWORD", official["password"])
    given = tmp_path / "setup.json"
    given.write_text(json.dumps(SETUP), encoding="utf-8")

    def cchc(*words: str) -> Any:
        main(["--json", "--data", desk, *words])
        return json.loads(capsys.readouterr().out)

    cchc("ward", "init", url, "--out", str(tmp_path / "ward.json"))
    cchc("ward", "join", str(tmp_path / "ward.json"))
    cchc("setup", str(given))
    assert cchc("--as", "hai", "check") == {"ok": True, "problems": []}
    with psycopg.connect(url, autocommit=True) as server:
        server.execute("ALTER SYSTEM SET password_encryption TO 'md5'")
        server.execute("SELECT pg_reload_conf()")
    (problem,) = cchc("--as", "hai", "check")["problems"]
    assert "SCRAM" in problem
