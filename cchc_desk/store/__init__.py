"""The only room that knows SQL: tables, transactions, files on disk."""
