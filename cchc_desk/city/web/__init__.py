"""The pages and roads of the server."""
