"""Work that the window does by itself: counts, copies, checks of the file, ledger and clock."""
