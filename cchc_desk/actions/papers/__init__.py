"""Papers as PDF, a module for each kind: of a dossier, of its slips and letters, of registers."""
