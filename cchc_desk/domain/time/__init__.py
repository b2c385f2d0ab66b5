"""The office calendar, due moments, pauses."""
