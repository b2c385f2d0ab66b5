"""Lists that another system gives out: which columns they have, and what their rows say."""
