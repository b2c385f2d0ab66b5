"""The table of the gallery: every page in every state, or the reason why it has no scene."""

from collections.abc import Callable
from dataclasses import dataclass

from tools.gallery.visitor import Visitor
from tools.gallery.wards import EMPTY, ERROR, FULL, TYPICAL
from ui.shell import pages

# What stands beside the pages of the window, each as worth looking at as a page.
BESIDE = (
    "login", "restore", "first-run", "palette", "help", "tour", "key-card", "preview", "mirror",
    "notices", "crash",
)  # fmt: skip
# Why a state of a page has no scene, in one place.
WITHOUT = {
    ("login", EMPTY): "a desk has officials from its first minute",
    ("restore", EMPTY): "a list without a line has its sentence, as everywhere",
    ("first-run", EMPTY): "the first step is the empty one",
    ("first-run", FULL): "the list of provinces and communes is always the whole one",
    ("palette", EMPTY): "the commands of a page are there in any ward",
    ("help", EMPTY): "the text is the same in any ward",
    ("help", FULL): "the text is the same in any ward",
    ("help", ERROR): "nothing can be typed into it",
    ("tour", EMPTY): "seven sentences, the same in any ward",
    ("tour", FULL): "seven sentences, the same in any ward",
    ("tour", ERROR): "nothing can be typed into it",
    ("key-card", EMPTY): "the keys are the same in any ward",
    ("key-card", FULL): "the keys are the same in any ward",
    ("key-card", ERROR): "as any other print preview",
    ("preview", EMPTY): "an empty ward has no paper but lists; they stand with the registers",
    ("mirror", ERROR): "a citizen types nothing; a face touched too soon is forgotten",
    ("notices", EMPTY): "the line at the foot stands under every other picture",
    ("notices", TYPICAL): "the line at the foot stands under every other picture",
    ("notices", FULL): "the line at the foot stands under every other picture",
    ("crash", EMPTY): "one report looks like another",
    ("crash", TYPICAL): "a crash is no part of a typical day",
    ("crash", FULL): "one report looks like another",
    ("practice", FULL): "ten lessons, the same in any ward",
    ("dossier", EMPTY): "it opens with a dossier only",
    ("correct", EMPTY): "it opens with a dossier only",
    ("scanner", EMPTY): "typical without a scan is the empty one",
    ("scanner", FULL): "a scan is as long as a card",
    ("procedures", EMPTY): "a desk has its catalogue from its first minute",
    ("settings", EMPTY): "a desk has all its settings from its first minute",
}


@dataclass(frozen=True)
class Scene:
    """A part of a page in some states: `play` opens it for official `who`, "" before any log-in."""

    page: str
    part: str
    states: tuple[str, ...]
    play: Callable[[Visitor], None]
    who: str = "an"

    @property
    def title(self) -> str:
        return "-".join(filter(None, (self.page, self.part)))

    def name(self, state: str) -> str:
        return f"{self.title}-{state}"


SCENES: list[Scene] = []
Play = Callable[[Visitor], None]


def scene(page: str, part: str, *states: str, who: str = "an") -> Callable[[Play], Play]:
    """Add a scene to the table."""

    def put(play: Play) -> Play:
        SCENES.append(Scene(page, part, states, play, who))
        return play

    return put


def scenes_of(state: str) -> list[Scene]:
    """Return the scenes of one state, the clerk's first: each change of official takes a log-in.

    Lessons come last: what they put into the ward is no part of any other picture.
    """
    order = ("", "an", "chi", "dung")
    chosen = (scene for scene in SCENES if state in scene.states)
    return sorted(chosen, key=lambda scene: (scene.page == "practice", order.index(scene.who)))


def page_names() -> tuple[str, ...]:
    """Return every page of the window's own list, and those beside them."""
    return (*(spec.name for spec in pages.PAGES), *BESIDE)
