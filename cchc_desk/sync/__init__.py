"""The only room that knows the city: shapes, keys, wire form, client, the file for a USB stick."""
