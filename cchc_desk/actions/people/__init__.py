"""People of the desk: officials, passwords, absences, recovery; and its set-up."""
