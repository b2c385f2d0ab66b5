"""What away desks take along and bring back: rows and entries of two databases."""
