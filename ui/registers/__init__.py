"""The registers: every list of the desk, on the screen and on paper."""
