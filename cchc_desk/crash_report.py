"""The report of a bug: files and lines of the program, without any value."""

import platform
import traceback
from datetime import datetime
from pathlib import Path, PureWindowsPath
from types import TracebackType

from cchc_desk import __version__


def report_of(kind: type[BaseException], trace: TracebackType | None, *about: str) -> str:
    """Return files and lines of the traceback; messages and values may hold personal data.

    `about`: what else the first line names, such as the version of Qt.
    """
    frames = traceback.extract_tb(trace)
    lines = [f"{_file(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]
    versions = (
        f"CCHC Desk {__version__}",
        *about,
        f"Python {platform.python_version()}",
        platform.system(),
    )
    return "\n".join([" · ".join(versions), kind.__name__, *lines])


def _file(path: str) -> str:
    """Shorten to `ui/shell/window.py`: folders above, with either slash, may hold a name."""
    parts = PureWindowsPath(path).parts
    ours = [place for place, part in enumerate(parts) if part in ("cchc_desk", "ui")]
    return "/".join(parts[ours[-1] :] if ours else parts[-2:])


def write_report(folder: Path, report: str, now: datetime) -> Path:
    """Write the report into the folder of reports; return its file. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"loi-{now:%Y%m%d-%H%M%S}.txt"
    file.write_text(report + "\n", encoding="utf-8")
    return file
