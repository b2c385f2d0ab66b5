"""Office hours as people write them: 07:30-11:30,13:00-17:00 or 7h30 - 11h30 và 13h đến 17h."""

import re
from datetime import time

from cchc_desk.domain.time.calendar import Session, Sessions

_TIME = r"(\d{1,2})(?:\s*(?::|\.|h|giờ|g)(?:\s*(\d{2})(?!\s*(?::|h|g)))?)?"  # not 13 of «11h 13h»
_SESSION = re.compile(rf"{_TIME}\s*(?:-|–|—|~|đến|tới)\s*{_TIME}", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*(?:[,;+]|và|\s)\s*", re.IGNORECASE)


def read_hours(text: str) -> Sessions:
    """Return the sessions of a day, none for "". Raises ValueError when they cannot be read."""
    text = text.strip(" \t\n,;.")
    sessions: list[Session] = []
    at = 0
    while at < len(text):
        if sessions:
            between = _BETWEEN.match(text, at)
            if between is None:
                raise ValueError(text)
            at = between.end()
        session = _SESSION.match(text, at)
        if session is None:
            raise ValueError(text)
        from_hour, from_minute, to_hour, to_minute = (int(part or 0) for part in session.groups())
        sessions.append(Session(time(from_hour, from_minute), time(to_hour, to_minute)))
        at = session.end()
    return tuple(sessions)


def hours_text(sessions: Sessions) -> str:
    """Return the sessions as the settings keep them, `07:30-11:30,13:00-17:00`."""
    return ",".join(f"{one.opens:%H:%M}-{one.closes:%H:%M}" for one in sessions)
