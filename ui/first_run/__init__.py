"""The first run: from nothing to a desk."""
