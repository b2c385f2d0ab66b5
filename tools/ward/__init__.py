"""A ward of many stations on one PostgreSQL, each a process of its own."""
