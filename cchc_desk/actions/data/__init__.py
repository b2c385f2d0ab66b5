"""The desk's data: copies, going back, checks, protection, what is kept of persons."""
