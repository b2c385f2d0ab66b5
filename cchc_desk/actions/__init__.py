"""One function, one button, one transaction."""
