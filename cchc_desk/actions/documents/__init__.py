"""Papers chosen, frozen, counted, signed, printed and saved."""
