"""Lessons of the practice ward: the page that lists them, the strip of a running one."""
