"""`make bench`: speed as ratios against a floor measured side by side in the same run (docs/benchmarks.md)."""

import ui  # noqa: F401 - before PySide6, as the program does: see there
