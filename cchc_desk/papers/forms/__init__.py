"""Papers about one dossier: the numbered forms (mẫu) of the decree and what goes with them."""
