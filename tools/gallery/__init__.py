"""Pictures of every page of the window, and PDFs of every paper, to be looked at."""
