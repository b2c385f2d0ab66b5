"""The pictures that one run of the gallery draws."""

import os
from dataclasses import dataclass

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


from tools.gallery.table import Scene, scenes_of
from tools.gallery.visitor import Look

TASK_BAR = 28


@dataclass(frozen=True)
class Wanted:
    """The pictures to be drawn, and the folder they go to; no `only`: all of the pages."""

    out: str
    pages: tuple[str, ...]
    states: tuple[str, ...]
    sizes: tuple[int, ...]
    themes: tuple[str, ...]
    screens: tuple[str, ...]
    only: tuple[str, ...] = ()

    def scenes(self, state: str) -> list[Scene]:
        scenes = [scene for scene in scenes_of(state) if scene.page in self.pages]
        return [scene for scene in scenes if not self.only or scene.title in self.only]

    def looks(self, screen: str) -> list[Look]:
        width, height = map(int, screen.split("x"))
        return [
            Look(size, theme, width, height - TASK_BAR)
            for size in self.sizes
            for theme in self.themes
        ]


def look_name(look: Look, screen: str) -> str:
    return f"{look.size}-{look.theme}-{screen.partition('x')[0]}"
