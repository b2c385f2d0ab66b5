"""`make bench`: speed as ratios against a floor of the same run (docs/benchmarks.md)."""

import ui  # noqa: F401 - before PySide6, as the program does: see there
