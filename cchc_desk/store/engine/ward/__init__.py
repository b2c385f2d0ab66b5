"""A ward of several PCs on one PostgreSQL: its server, the lines to it, who joins."""
