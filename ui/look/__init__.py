"""How the desk looks: tokens, one style sheet, small text widgets."""
