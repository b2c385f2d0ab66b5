"""The practice ward, its lessons and their certificate."""
