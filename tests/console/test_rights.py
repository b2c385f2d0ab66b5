"""Every verb as every role, from the shell: refused by its role, or not, as the table here says.

A new verb is refused to nobody until the table says so; the test then asks why.
"""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher

from cchc_desk.actions.data import new_desk
from cchc_desk.actions.training import practice
from cchc_desk.console import command_line
from tests.actions.conftest import MONDAY
from tests.engines import by_hand, new_place

EVERYBODY = ("an", "binh", "chi", "dung")  # clerk, processor, leader, administrator
# Verbs refused to somebody by their role: to whom. What the rest tells is everybody's, or no more
# than one's own dossiers.
REFUSED: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(
        (
            *("ready", "paper", "paper-set", "hand-over", "request", "tell", "supplement"),
            *("resume", "pay", "pause", "oblige", "stop", "undo", "withdraw", "shelve"),
            *("notify", "mistake-letter", "draft-letters", "deliver", "objection"),
            *("morning-sheet", "hand-over-slip", "receipt-annex", "signed-letters"),
            *("courtesy record", "courtesy card", "courtesy observations", "courtesy sheet"),
            *("scan", "remind", "answer-reminder", "roster", "forward", "agency-received"),
        ),
        ("dung",),
    ),
    **dict.fromkeys(
        (
            *("return", "cancel", "restore-receipt", "courtesy rate", "blank-receipts"),
            "void-receipt",
        ),
        ("binh", "dung"),
    ),
    **dict.fromkeys(
        (
            *("correct", "personal-data request", "personal-data acknowledge"),
            *("personal-data requests", "list-take", "list-same", "list-official"),
            *("report-set make", "report-set sent"),
        ),
        ("binh",),
    ),
    **dict.fromkeys(
        (
            *("calendar-confirm", "signer", "courtesy report", "exchange"),
            *("personal-data extend", "personal-data answer", "personal-data breach"),
            *("personal-data exports", "personal-data folder"),
            *("encrypt", "decrypt", "rekey", "protect-copies", "drill", "second-place"),
            *("ward move", "ward invite", "ward away", "ward back", "ward give-up"),
            *("freeze", "report-set add", "report-set change", "report-set remove"),
        ),
        ("an", "binh"),
    ),
    **dict.fromkeys(("sign", "sign-all", "responsibility", "unfreeze"), ("an", "binh", "dung")),
    **dict.fromkeys(
        (
            *("anonymise", "procedure-import", "renew-copies", "recovery-sheet"),
            *(f"official {act}" for act in ("rename", "title", "disable", "enable")),
            *(f"official {act}" for act in ("reset", "reset-password", "unlock")),
        ),
        ("an", "binh", "chi"),
    ),
}
# They read their file, or what their words say, before they ask: their actions are tried in
# tests/actions/test_rights.py.
READS_FIRST = {
    *("accept", "register", "refuse", "lacking", "certify", "courtesy observe", "procedure"),
    *("sign-pdf", "enrol", "take", "calendar-enter", "apologise", "process"),
    *("unlock", "password", "official role", "official add"),
}
# They change the file itself: only those are tried who may not.
CHANGING = {"encrypt", "decrypt", "rekey", "recovery-sheet", "drill", "ward move", "ward away"}


def verbs() -> Iterator[tuple[str, argparse.ArgumentParser]]:
    def under(parser: Any, before: str) -> Iterator[tuple[str, argparse.ArgumentParser]]:
        groups = [one.choices for one in parser._actions if isinstance(one.choices, dict)]
        if not groups:
            yield before.strip(), parser
        for choices in groups:
            for name, made in choices.items():
                yield from under(made, f"{before} {name}")

    yield from under(command_line._parser(), "")


def words(name: str, parser: argparse.ArgumentParser, folder: Path) -> list[str]:
    """The least that the verb asks for, of the right form and about nothing."""
    given = name.split()
    for one in parser._actions:
        if one.dest == "help" or (one.option_strings and not one.required):
            continue
        value = _value(one, folder)
        given += [one.option_strings[0], value] if one.option_strings else [value]
    return given


def _value(one: argparse.Action, folder: Path) -> str:
    if one.choices:
        return str(next(iter(one.choices)))
    of_type = {
        "moment": "2026-11-23T09:00",
        "day": "2026-11-23",
        "month": "2026-10",
        "count": "1",
        "int": "1",
    }
    if one.type is Path:
        return str(folder / "exports" / "out.pdf")
    if one.dest == "file":
        return str(folder / "in.json")
    return of_type.get(getattr(one.type, "__name__", ""), "x")


@pytest.fixture(scope="module")
def ward(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A practice ward whose passwords are checked in no time."""
    folder = tmp_path_factory.mktemp("rights")
    new_place(folder)
    new_desk.set_up(folder, practice.plan(), lambda: MONDAY, practice=True).close()
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(practice.PASSWORD)
    with by_hand(folder) as connection:
        connection.execute("UPDATE officials SET password_hash = ?", (quick,))
    (folder / "in.json").write_text("{}", encoding="utf-8")
    return folder


ALL = dict(verbs())


def test_the_table_names_verbs_that_are_there() -> None:
    assert (set(REFUSED) | READS_FIRST) <= set(ALL)


@pytest.mark.parametrize("verb", [name for name in ALL if not name.startswith("city ")])
def test_a_verb_is_refused_to_whom_the_table_says(
    verb: str,
    ward: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("CCHC_PASSWORD", practice.PASSWORD)

    def code(who: str) -> str:
        given = ["--json", "--data", str(ward), "--now", MONDAY.isoformat(), "--as", who]
        command_line.main([*given, *words(verb, ALL[verb], ward)])
        return str(json.loads(capsys.readouterr().out).get("error", {}).get("code", ""))

    tried = REFUSED[verb] if verb in CHANGING else EVERYBODY
    codes = {who: code(who) for who in tried}
    assert "usage" not in codes.values() or verb in READS_FIRST
    assert tuple(who for who in tried if codes[who] == "role") == REFUSED.get(verb, ())
