"""The figures: every report of a period on the screen, each of its cells with its dossiers."""
