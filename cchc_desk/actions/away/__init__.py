"""Away desks: a laptop leaves the ward, works alone, and comes back."""
