"""Lists of other systems: read, shown before anything is kept, taken as watched dossiers."""
