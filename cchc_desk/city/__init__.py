"""The receiving server of a city (extra [city]): desks' parcels taken, shown to reform officers."""
