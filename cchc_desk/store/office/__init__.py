"""The desk's own rows: settings, officials, catalogue, calendar, numbers."""
