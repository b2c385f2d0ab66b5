"""The city's database: its tables, on PostgreSQL or SQLite, and the steps of its schema."""
