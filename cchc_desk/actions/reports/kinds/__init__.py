"""The kinds of reports: each module makes one or several of them (makers.py has them all)."""
