"""The calendar desk: a year entered from its document, confirmed by a second person."""
