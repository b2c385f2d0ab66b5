"""The only room that knows ReportLab: fonts, points, layout."""
