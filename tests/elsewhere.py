"""Another process at the same desk: what its people do there while a desk is open here."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cchc_desk.actions.training.practice import PASSWORD

_SETTINGS = """
import json, sys
from datetime import datetime
from pathlib import Path
from cchc_desk.actions.office import accounts
from cchc_desk.actions.training.practice import PASSWORD
desk = accounts.open_desk(Path(sys.argv[1]), lambda: datetime(2026, 11, 23, 10, 0))
accounts.log_in(desk, "dung", PASSWORD)
accounts.change_settings(desk, json.loads(sys.argv[2]))
desk.close()
"""
_TAKE_LAW = """
import json, sys
from datetime import datetime
from pathlib import Path
from cchc_desk.actions.city import updates
from cchc_desk.actions.office import accounts
from cchc_desk.actions.training.practice import PASSWORD
from cchc_desk.domain.city import Arrival
from cchc_desk.store.city import outbox
now = datetime(2026, 11, 23, 10, 0)
desk = accounts.open_desk(Path(sys.argv[1]), lambda: now)
accounts.log_in(desk, "chi", PASSWORD)
body = {"regimes": json.loads(sys.argv[2])}
law = Arrival(1, "law", "Quy định mới", now, now, body, "waiting", None, None, "")
with desk.database.write() as connection:
    outbox.add_arrival(connection, law, "")
updates.take(desk, 1)
desk.close()
"""


def change_settings(folder: Path, changes: Mapping[str, Any]) -> None:
    """The administrator changes settings in a process of their own."""
    _run("-c", _SETTINGS, str(folder), json.dumps(changes))


def take_law(folder: Path, regimes: list[dict[str, Any]]) -> None:
    """The leader takes regimes that came from the city, in a process of their own."""
    _run("-c", _TAKE_LAW, str(folder), json.dumps(regimes))


def cchc(folder: Path, official: str, *words: str) -> Any:
    """The answer of the command line, run as a process of its own."""
    options = ("--json", "--data", str(folder), "--now", "2026-11-23T10:00", "--as", official)
    return json.loads(_run("-m", "cchc_desk.console", *options, *words))


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
