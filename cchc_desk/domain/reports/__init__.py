"""Reports over the dossiers of a period: what each counts, its columns, its definitions."""
