"""The appearance and the other preferences of who is at the desk, kept and applied."""
