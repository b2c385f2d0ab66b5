"""Reports of a period: made, opened cell by cell, printed, saved as workbooks."""
