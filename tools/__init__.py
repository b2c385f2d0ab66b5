"""Tools beside the program: benchmarks, the reliability campaign, fonts; none is shipped."""
