"""Lists of other systems: a file is read, shown before anything is written, and taken."""
