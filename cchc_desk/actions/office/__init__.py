"""The desk itself: set-up, people, settings, calendar, catalogue, numbers, upkeep of its data."""
