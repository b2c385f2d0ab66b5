"""The quick look at every page of the file after an opening; a damaged one leads to the copies."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, SignalInstance

from ui.shell import jobs

LARGE = 200_000_000  # bytes; a larger file is read once nobody is at the desk


def look(owner: QObject, file: Path, idle: SignalInstance, told: Callable[[str], None]) -> None:
    """Read the file beside the worker, now or at the first `idle`; `told` why it is damaged."""

    def read() -> None:
        jobs.run_beside(owner, lambda: _damage(file), told)

    if file.exists() and file.stat().st_size > LARGE:
        idle.connect(read, Qt.ConnectionType.SingleShotConnection)
    else:
        read()


def _damage(file: Path) -> str:
    from cchc_desk.actions.data import repair

    return repair.damage(file)
