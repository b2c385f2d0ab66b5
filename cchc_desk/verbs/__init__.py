"""The verbs of the command line, by the room they belong to."""
