"""Rules of the desk: standard library only; no clock, files, SQL or sentences for people."""
