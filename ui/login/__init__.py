"""Log in, switch clerk, unlock."""
