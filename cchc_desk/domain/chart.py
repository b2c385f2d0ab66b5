"""Data of a bar chart and the look it is drawn in; no drawing."""

from dataclasses import dataclass


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
