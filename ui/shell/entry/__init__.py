"""The way in: opening the desk, log-in page, lock and the timer that locks."""
