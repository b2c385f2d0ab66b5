"""`make bench`: speed as ratios against a floor measured side by side in the same run (docs/benchmarks.md)."""
