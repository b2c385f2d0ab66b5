"""Parcels from the desks: opened, checked, stored once, acknowledged."""
