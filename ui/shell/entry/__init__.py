"""Who sits down at the desk: opening it, log-in page, lock and the timer that locks it."""
