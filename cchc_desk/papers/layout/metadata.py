"""The data by which an archive finds a paper."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Metadata:
    """Title, office and day of a paper, by which an archive sorts it; a bare day is its midnight.

    Vietnam has one time zone and no summer time: +07:00.
    """

    title: str
    author: str
    made: date
    language: str = "vi"
