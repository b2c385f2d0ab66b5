"""Facts of one moment for a board: the morning's, the waiting room's, the roster for the door."""
