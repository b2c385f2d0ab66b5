"""The window around the pages: log-in, rail, navigation, notices, jobs, look of the whole."""
