"""Papers about one dossier: the numbered forms (mẫu) of the decree, and those beside them."""
