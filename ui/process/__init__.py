"""The internal process of each procedure, as the administrator or the leader sets it."""
