"""The way to the city as people see it: what waits, what was acknowledged, what came down."""
