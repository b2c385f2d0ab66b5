"""Exchange with the city: shapes, keys, signed lines, HTTPS client, the file for a USB stick."""
