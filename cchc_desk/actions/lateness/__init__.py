"""Broken promises: notice, apology letter, responsibility, the late share."""
