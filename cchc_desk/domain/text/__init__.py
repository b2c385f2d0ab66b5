"""Vietnamese text, and the old encodings it may come in."""
