"""The catalogue of procedures, the office's own versions of it, and internal processes."""
