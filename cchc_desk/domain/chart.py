"""Data of a bar chart and the look it is drawn in; no drawing."""

from dataclasses import dataclass
from enum import Enum


@dataclass(frozen=True)
class Bars:
    """One bar for each name; `texts` are the values as people write them.

    A bar that reaches `line` is an alarm. `upright` bars stand (a course of time); others lie, the
    names to their left (a ranking). An upright bar over `most` is cut off there, with a break, so
    that few cases squash nothing.
    """

    title: str
    names: tuple[str, ...]
    values: tuple[float, ...]
    texts: tuple[str, ...]
    line: float | None = None
    line_text: str = ""
    upright: bool = True
    most: float | None = None
    most_text: str = ""

    @property
    def in_words(self) -> str:
        """The same for a screen reader."""
        return "; ".join(
            f"{name}: {text}" for name, text in zip(self.names, self.texts, strict=True)
        )


@dataclass(frozen=True)
class ChartLook:
    """Size in points, colours as `#rrggbb` and font family of whoever shows the chart."""

    width: float
    height: float
    bar: str
    alarm: str
    ink: str
    family: str


class Shape(Enum):
    """How the values of a picture are drawn."""

    STANDING = "standing"  # a course of time
    LYING = "lying"  # a ranking, names to the left
    GRID = "grid"  # a field for each part, the darker the more


class Tone(Enum):
    """What a part of a bar means."""

    PLAIN = "plain"
    GOOD = "good"
    LATE = "late"


@dataclass(frozen=True)
class Part:
    """A part of a bar, with its value as people write it."""

    value: float
    text: str
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True)
class Bar:
    """Parts one after the other; `text` stands at their end, `short` is a name of few letters."""

    name: str
    parts: tuple[Part, ...]
    text: str = ""
    short: str = ""

    @property
    def value(self) -> float:
        return sum(part.value for part in self.parts)


@dataclass(frozen=True)
class Picture:
    """Bars, and the names of their parts. A standing bar over `most` is drawn to there.

    `line`: a value that must not be reached, `line_text` what stands beside it.
    """

    shape: Shape
    bars: tuple[Bar, ...]
    parts: tuple[str, ...]
    line: float | None = None
    line_text: str = ""
    most: float | None = None

    def words_of(self, bar: int, part: int) -> str:
        """Return one value with its names."""
        one = self.bars[bar]
        named = self.parts[part] if len(self.parts) > 1 else ""
        return f"{' · '.join(filter(None, (one.name, named)))}: {one.parts[part].text}"

    @property
    def in_words(self) -> str:
        """Return all values for a screen reader."""
        return "; ".join(
            self.words_of(bar, part)
            for bar, one in enumerate(self.bars)
            for part in range(len(one.parts))
        )
