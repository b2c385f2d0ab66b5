"""`make gallery`: every page in every state, at each type size, theme and screen.

    python -m tools.gallery OUT [--pages intake,today] [--scenes intake-date] [--states error]
        [--sizes 100,200] [--themes light,dark,contrast] [--screens 1366x768]

The pictures lie in OUT/<page>, contact sheets of each scene in OUT/sheets, and OUT/index.html shows
all of them. What is drawn is the real window over wards of people who do not exist
(tools/gallery/scenes). Every look gets a window and a copy of the ward of its own, as for
somebody who likes the window so, and none sees what another has typed.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QApplication

import tools.gallery.scenes  # noqa: F401 - fills the table
from tools.gallery.sheets import index, sheet
from tools.gallery.table import (
    SCENES,
    Scene,
    page_names,
)
from tools.gallery.visitor import Look, Visitor
from tools.gallery.wanted import Wanted, look_name
from tools.gallery.wards import ONE, STATES, WARDS, ward_of
from ui.look import qt_words, style
from ui.look.tokens import SIZES, THEMES
from ui.shell import jobs
from ui.shell.preferences import appearance

SCREENS = ("1366x768", "1920x1080")
# High contrast and the sizes between are drawn when they are asked for.
_USUAL_THEMES = ("light", "dark")
_USUAL_SIZES = ("100", "125", "150", "200")
_BESIDE = ("nothing", "made", "damaged", "gone", "moved")  # folders of scenes before any log-in
Part = dict[str, Any]  # what one of the processes does, as it goes through JSON


def main() -> int:
    """Draw the pictures asked for; return the exit code."""
    options = _options()
    if options.part:
        return _play_part(json.loads(options.part))
    wanted = Wanted(
        str(options.out),
        options.pages,
        options.states,
        options.sizes,
        options.themes,
        options.screens,
        options.scenes,
    )
    options.out.mkdir(parents=True, exist_ok=True)
    failed = _draw_pictures(wanted, options.out) + _lay_out_sheets(wanted, options.out)
    return 1 if failed else 0


def _draw_pictures(wanted: Wanted, out: Path) -> int:
    """Draw each state on each screen in a process of its own; return the number that failed."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as wards:
        states = [state for state in wanted.states if wanted.scenes(state)]
        kinds = tuple(dict.fromkeys(map(ward_of, states)))
        failed = _in_parallel({"do": "ward", "wards": wards, "kind": kind} for kind in kinds)
        if failed:  # a picture of half a ward shows what no desk has
            return failed
        _say(f"{len(kinds)} wards, {_seconds(began)}")
        shared = {"do": "draw", "wards": wards, "wanted": asdict(wanted)}
        failed += _in_parallel(
            shared | {"state": state, "screen": screen}
            for state in sorted(states, key=lambda state: -len(wanted.scenes(state)))
            for screen in wanted.screens
        )
    _say(f"{len(list(out.glob('*/*.png')))} pictures, {_seconds(began)}")
    return failed


def _lay_out_sheets(wanted: Wanted, out: Path) -> int:
    """Draw a sheet for each scene in each state, and their index; return the number that failed."""
    began = time.monotonic()
    names = [
        (scene.page, scene.name(state)) for state in wanted.states for scene in wanted.scenes(state)
    ]
    workers = os.cpu_count() or 1
    failed = _in_parallel(
        {"do": "sheets", "names": names[part::workers], "wanted": asdict(wanted)}
        for part in range(workers)
    )
    (out / "index.html").write_text(index(out), encoding="utf-8")
    _say(f"{len(names)} sheets, {out / 'index.html'}, {_seconds(began)}")
    return failed


def _options() -> argparse.Namespace:
    def listed(known: Iterable[str]) -> Callable[[str], tuple[str, ...]]:
        def read(text: str) -> tuple[str, ...]:
            asked = tuple(text.split(","))
            if unknown := set(asked) - set(known):
                raise argparse.ArgumentTypeError(f"unknown: {', '.join(sorted(unknown))}")
            return asked

        return read

    parser = argparse.ArgumentParser(prog="python -m tools.gallery")
    parser.add_argument("out", type=Path, nargs="?", default=Path("out/gallery"))
    for name, known, usual in (
        ("pages", page_names(), page_names()),
        ("scenes", tuple(scene.title for scene in SCENES), ()),
        ("states", (*STATES, ONE), (*STATES, ONE)),
        ("sizes", tuple(map(str, SIZES)), _USUAL_SIZES),
        ("themes", tuple(THEMES), _USUAL_THEMES),
        ("screens", SCREENS, SCREENS),
    ):
        parser.add_argument(f"--{name}", type=listed(known), default=usual)
    parser.add_argument("--part", help=argparse.SUPPRESS)  # what one of the processes does
    options = parser.parse_args()
    options.sizes = tuple(map(int, options.sizes))
    return options


def _say(words: str) -> None:
    print(words, flush=True)


def _seconds(began: float) -> str:
    return f"{time.monotonic() - began:.0f} s"


# --- processes ------------------------------------------------------------------------------------


def _in_parallel(parts: Iterable[Part]) -> int:
    """Run each part in a process, one for each core at a time; return the number that failed."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return sum(1 for code in pool.map(_process, parts) if code)


def _process(part: Part) -> int:
    command = [sys.executable, "-m", "tools.gallery", "--part", json.dumps(part)]
    with tempfile.TemporaryDirectory() as folder:
        return subprocess.run(
            command, env=os.environ | _screens(part, Path(folder)), check=False
        ).returncode


def _screens(part: Part, folder: Path) -> dict[str, str]:
    """Two screens of the size: the clerk's and, beside it, the citizen's."""
    if "screen" not in part:
        return {}
    width, height = map(int, part["screen"].split("x"))
    screens = [
        {
            "name": name,
            "x": x,
            "y": 0,
            "width": width,
            "height": height,
            "logicalDpi": 96,
            "logicalBaseDpi": 96,
            "dpr": 1,
        }
        for name, x in (("clerk", 0), ("citizen", width))
    ]
    file = folder / "screens.json"
    file.write_text(json.dumps({"screens": screens}), encoding="utf-8")
    return {"QT_QPA_PLATFORM": f"offscreen:configfile={file}", "QT_LOGGING_RULES": "qt.qpa.*=false"}


def _play_part(part: Part) -> int:
    if part["do"] == "ward":
        WARDS[part["kind"]](Path(part["wards"]) / part["kind"])
        return 0
    application = QApplication(sys.argv[:1])
    style.load_fonts(application)
    wanted = Wanted(**part["wanted"])
    if part["do"] == "draw":
        return _draw(application, wanted, Path(part["wards"]), part["state"], part["screen"])
    for page, name in part["names"]:
        sheet(wanted, page, name)
    return 0


# --- pictures -------------------------------------------------------------------------------------


def _draw(application: QApplication, wanted: Wanted, wards: Path, state: str, screen: str) -> int:
    """Draw every scene of a state on one screen in every look; a broken one stops no other."""
    qt_words.install(application)
    jobs.immediately(True)
    broken = 0
    for look in wanted.looks(screen):
        began = time.monotonic()
        with tempfile.TemporaryDirectory() as folder:
            database = (wards / ward_of(state) / "desk.db").read_bytes()
            (Path(folder) / "desk.db").write_bytes(database)
            broken += _visit(wanted, state, screen, look, Path(folder))
        _say(f"  {state} {screen} {look.size} % {look.theme}, {_seconds(began)}")
    return broken


def _visit(wanted: Wanted, state: str, screen: str, look: Look, folder: Path) -> int:
    broken, visitor = 0, None
    out = Path(wanted.out)
    for scene in wanted.scenes(state):
        target = out / scene.page / f"{scene.name(state)}-{look_name(look, screen)}.png"
        target.parent.mkdir(exist_ok=True)
        try:
            if not scene.who:
                _before_log_in(scene, look, folder, target)
                continue
            if visitor is None:
                visitor = Visitor(folder, look, lambda _drawn: None)
                visitor.store_appearance()
                visitor.begin(folder)
            visitor.keep = _keeper(target)
            visitor.be(scene.who)
            visitor.tidy()
            scene.play(visitor)
            if not visitor.seen:
                visitor.look_at()
        except Exception as error:  # noqa: BLE001 - printed, and counted in the exit code
            broken += 1
            _say(f"BROKEN {target.name}: {type(error).__name__}: {error}")
    if visitor:
        visitor.leave()
    return broken


def _before_log_in(scene: Scene, look: Look, folder: Path, target: Path) -> None:
    """Draw a scene before any log-in, with the appearance stored last in its folder."""
    for there in (folder, *(folder / name for name in _BESIDE)):
        there.mkdir(exist_ok=True)
        appearance.save(there, appearance.Appearance("vi", look.theme, look.size))
    visitor = Visitor(folder, look, _keeper(target))
    scene.play(visitor)
    visitor.look_at()
    visitor.leave()


def _keeper(target: Path) -> Callable[[QPixmap], None]:
    return lambda drawn: _save(drawn, target)


def _save(drawn: QPixmap, target: Path) -> None:
    drawn.toImage().convertToFormat(QImage.Format.Format_RGB888).save(str(target))
