"""The practice ward's lessons in the window: the page that lists them, the strip that goes along
while one runs.
"""
