"""The office itself: clock, calendar, numbers, places, signing, preferences."""
