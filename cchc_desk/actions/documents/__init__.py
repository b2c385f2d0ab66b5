"""Facts of the desk laid out as PDF."""
