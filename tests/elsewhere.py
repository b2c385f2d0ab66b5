"""Another process at the same desk: what its people do there while a desk is open here."""

import json
import multiprocessing
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from cchc_desk.actions.city import updates
from cchc_desk.actions.data import opening
from cchc_desk.actions.office import office_settings
from cchc_desk.actions.people import accounts
from cchc_desk.actions.training.practice import PASSWORD
from cchc_desk.domain.city import Arrival
from cchc_desk.session import Desk
from cchc_desk.store.city import outbox

# A process of its own for each, begun from one that has imported the desk before.
if sys.platform == "win32":
    _PROCESSES = multiprocessing.get_context("spawn")
else:
    _PROCESSES = multiprocessing.get_context("forkserver")
_PROCESSES.set_forkserver_preload(["pytest", "tests.elsewhere"])
_NOW = datetime(2026, 11, 23, 10, 0)


def _log_in(folder: Path, official: str) -> Desk:
    desk = opening.open_desk(folder, lambda: _NOW)
    accounts.log_in(desk, official, PASSWORD)
    return desk


def _change(folder: Path, changes: Mapping[str, Any]) -> None:
    desk = _log_in(folder, "dung")
    office_settings.change_settings(desk, changes)
    desk.close()


def _take(folder: Path, regimes: list[dict[str, Any]]) -> None:
    desk = _log_in(folder, "chi")
    body = {"regimes": regimes}
    law = Arrival(1, "law", "Quy định mới", _NOW, _NOW, body, "waiting", None, None, "")
    with desk.database.write() as connection:
        outbox.add_arrival(connection, law, "")
    updates.take(desk, 1)
    desk.close()


def change_settings(folder: Path, changes: Mapping[str, Any]) -> None:
    """The administrator changes settings in a process of their own."""
    _in_a_process(_change, folder, changes)


def take_law(folder: Path, regimes: list[dict[str, Any]]) -> None:
    """The leader takes regimes that came from the city, in a process of their own."""
    _in_a_process(_take, folder, regimes)


def cchc(folder: Path, official: str, *words: str) -> Any:
    """The answer of the command line, run as a process of its own."""
    options = ("--json", "--data", str(folder), "--now", "2026-11-23T10:00", "--as", official)
    return json.loads(_run("-m", "cchc_desk.console", *options, *words))


def _in_a_process(act: Callable[..., None], *given: Any) -> None:
    process = _PROCESSES.Process(target=act, args=given)
    process.start()
    process.join(120)
    assert process.exitcode == 0
    process.close()


def _run(*words: str) -> str:
    done = subprocess.run(
        [sys.executable, *words],
        env=os.environ | {"CCHC_PASSWORD": PASSWORD},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
