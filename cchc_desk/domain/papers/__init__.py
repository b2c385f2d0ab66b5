"""Numbers, check codes and frozen facts of papers."""
