"""Tools beside the program: benchmarks, the reliability campaign, fonts. Nothing here is
shipped.
"""
