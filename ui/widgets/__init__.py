"""General widgets without dossiers: fields, lists, previews, the scanner."""
