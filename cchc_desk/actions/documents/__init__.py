"""How papers are chosen, frozen, counted, signed, printed and saved."""
