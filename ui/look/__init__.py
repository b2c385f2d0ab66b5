"""Look of the desk: tokens, one style sheet, small text widgets."""
