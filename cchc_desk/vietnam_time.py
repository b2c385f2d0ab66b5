"""Vietnamese time, whatever the zone that the machine is set to."""

from datetime import datetime, timedelta, timezone

# One zone without summer time since 13/6/1975: no table of zones is needed (Windows has none).
VIETNAM = timezone(timedelta(hours=7))


def vietnam_now() -> datetime:
    """Return the moment in Vietnam, as local time without a zone: how a desk writes its times."""
    return datetime.now(VIETNAM).replace(tzinfo=None)


def vietnam_time(seconds: float) -> datetime:
    """Return seconds since 1970, such as a file's time, as local time in Vietnam."""
    return datetime.fromtimestamp(seconds, VIETNAM).replace(tzinfo=None)
