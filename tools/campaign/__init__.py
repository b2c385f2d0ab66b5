"""The reliability campaign: kills at random moments, torn write-ahead logs, and what was lost."""
