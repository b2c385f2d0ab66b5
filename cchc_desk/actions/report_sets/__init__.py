"""Reports that are sent again and again: sets of them, and what was made and sent of each."""
